//! The content that drafters write, read into the model: the only room that knows YAML.
//!
//! ```text
//! content/appendix.yaml            the name and the vocabulary of the appendix
//! content/<version>/version.yaml   what the version is; with `base`, a modification of that version
//! content/<version>/sections/*     a section each: whole, or what the modification does to it
//! content/<version>/tables/*       a table each: whole, or what the modification does to its rows
//! content/registers/*              facts about Service Requests that checks hold rows against
//! content/terms.yaml               how the appendix says things, which checks hold its text against
//! content/allow.yaml               findings that are known and allowed
//! ```
//!
//! A modification is laid over its base here, so that no other room ever sees one that isn't whole. Every value
//! keeps its place in its file, and everything that is wrong with the files is told at once.

mod assemble;
mod body;
mod cells;
mod files;
mod findings;
mod folder;
mod head;
mod logo;
mod matrices;
mod node;
mod reader;
mod rows;
mod schema;
mod section;
mod sections;
mod standards;
mod style;
pub(crate) mod suggest;
mod syntax;
mod table;
mod vocabulary;

use crate::diagnostic::{Diagnostic, Location, sort};
use crate::model::{Appendix, Version};
use findings::Findings;
use folder::Loader;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

pub use files::Root;
pub use schema::schemas;
pub use standards::{standards, standards_from};
pub use style::stylesheet;

/// The folder of the content, below the root.
const CONTENT: &str = "content";

/// Everything that the content says.
#[derive(Debug)]
pub struct Project {
    pub appendix: Appendix,
    /// Whole, by id in natural order.
    pub versions: Vec<Version>,
    pub sources: Sources,
}

impl Project {
    /// The version of that id, whatever its case.
    pub fn version(&self, id: &str) -> Option<&Version> {
        let id = id.to_lowercase();
        self.versions.iter().find(|version| version.id.to_lowercase() == id)
    }

    /// The version that another is drafted against.
    pub fn version_below(&self, version: &Version) -> Option<&Version> {
        self.version(version.base.as_ref()?)
    }
}

/// The text of each file, to show the line that a finding is about.
#[derive(Debug, Default)]
pub struct Sources {
    files: BTreeMap<Arc<str>, String>,
}

impl Sources {
    pub fn text(&self, file: &str) -> Option<&str> {
        self.files.get(file).map(String::as_str)
    }

    /// The path and the text of each file, in order.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(file, text)| (&**file, text.as_str()))
    }

    /// These and others.
    pub fn with(mut self, others: Self) -> Self {
        self.files.extend(others.files);
        self
    }

    /// The line that a place is on.
    pub fn line(&self, location: &Location) -> Option<&str> {
        self.text(&location.file)?.lines().nth(location.line.checked_sub(1)?)
    }
}

/// What can't be loaded: everything that is wrong, by place, and the text of the files that it is wrong with.
#[derive(Debug)]
pub struct Failure {
    pub diagnostics: Vec<Diagnostic>,
    pub sources: Sources,
}

/// Reads the content below `root`, the folder that holds `content/`.
///
/// Fails with everything that is wrong, sorted by place.
pub fn load(root: &Path) -> Result<Project, Vec<Diagnostic>> {
    load_with_sources(root).map_err(|failure| failure.diagnostics)
}

/// As [`load`], and a failure brings the text of the files, to show the lines at fault.
pub fn load_with_sources(root: &Path) -> Result<Project, Failure> {
    if !root.join(CONTENT).is_dir() {
        let message = format!("there is no folder “{CONTENT}” in {}", root.display());
        let help = "go to the folder that holds it, or name that folder with --root";
        let diagnostics = vec![Diagnostic::error("no-content", message).help(help)];
        return Err(Failure { diagnostics, sources: Sources::default() });
    }
    load_from(Root::Disk(root))
}

/// As [`load_with_sources`], from wherever the files are.
pub fn load_from(root: Root<'_>) -> Result<Project, Failure> {
    let mut loader = Loader::new(root);
    let appendix = loader.appendix();
    let files = loader.versions(appendix.as_ref());
    let mut findings = Findings::default();
    let headless = std::mem::take(&mut loader.headless);
    let versions = appendix.as_ref().map(|appendix| assemble::assemble(appendix, files, &headless, &mut findings));
    let (sources, mut diagnostics) = loader.finish();
    diagnostics.extend(findings.into_diagnostics());
    match (appendix, versions) {
        (Some(appendix), Some(versions)) if diagnostics.is_empty() => Ok(Project { appendix, versions, sources }),
        _ => {
            sort(&mut diagnostics);
            Err(Failure { diagnostics, sources })
        }
    }
}
