//! The content that drafters write, read into what it states: the only room that knows YAML.
//!
//! ```text
//! content/appendix.yaml            the name and the vocabulary of the appendix
//! content/<version>/version.yaml   what the version is; with `base`, a modification of that version
//! content/<version>/sections/*     a section each: whole, or what the modification does to it
//! content/<version>/tables/*       a table each: whole, or what the modification does to its rows
//! content/figures/*                the pictures that bodies show
//! content/registers/*              facts about Service Requests that checks hold rows against
//! content/terms.yaml               how the appendix says things, which checks hold its text against
//! content/allow.yaml               findings that are known and allowed
//! content/<version>/comments.yaml  what reviewers say of it, which it does without
//! ```
//!
//! What a version's files state leaves this room as a `Release` or a `Modification`; `compose` makes whole versions of
//! them. Every value keeps its place in its file, and everything that is wrong with the files is told at once.

mod before;
mod begin;
mod body;
mod comments;
mod definitions;
mod edit;
mod extent;
mod figures;
mod folder;
mod form;
mod head;
mod kinds;
mod likeness;
mod logo;
mod names;
mod node;
mod pictures;
mod reader;
mod schema;
mod section;
mod sides;
mod standards;
mod state;
mod style;
mod syntax;
mod table;
mod vocabulary;
mod write;
mod yaml;

use crate::diagnostic::{Code, Diagnostic, Failure, Sources};
use crate::files::Root;
use crate::model::{Appendix, Findings, PartNames, Stated};
use crate::stylesheet::Picture;
use folder::{CONTENT, Loader};
use reader::Beside;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use before::Before;
pub use begin::{begin, taken};
pub use body::blocks;
pub use comments::{comments, write_comments};
pub(crate) use folder::folder_of;
pub use head::is_day;
pub(crate) use names::unfit;
pub use schema::schemas;
pub use standards::standards;
#[cfg(test)]
pub(crate) use style::shipped as shipped_stylesheet;
pub use style::stylesheet;
pub use write::{Revised, Written, edit, edit_appendix, files_of, write, write_appendix};

/// Everything that the files state, and what is wrong with them.
#[derive(Debug)]
pub struct Content {
    /// What is true of the appendix in every version; none if it can't be read without fault.
    pub appendix: Option<Appendix>,
    /// What the files of each version state, by folder.
    pub stated: Vec<Stated>,
    /// The ids, in lower case, of versions that are there and of which nothing can be said.
    pub headless: Vec<String>,
    /// The ids, in lower case, of versions of whose files something can't be read.
    pub broken: Vec<String>,
    /// What is wrong, in no order.
    pub diagnostics: Vec<Diagnostic>,
    /// The text of each file.
    pub sources: Sources,
}

/// The path of a picture, by the name that it has for bodies.
pub(crate) fn path_of_picture(file: &str) -> String {
    format!("{CONTENT}/{file}")
}

/// The name that bodies have for a picture of these very bytes, if there is one.
pub(crate) fn picture_like(root: &Root, bytes: &[u8]) -> Option<String> {
    let there = root.list(&path_of_picture(folder::FIGURES)).unwrap_or_default();
    let is_it = |path: &str| root.bytes(path, pictures::FILE).is_ok_and(|own| own == bytes);
    there.into_iter().find(|entry| is_it(&entry.path)).map(|entry| format!("{}/{}", folder::FIGURES, entry.name))
}

/// The pictures that some bodies show, by the names that these have for them; those that can't be shown are left out.
pub fn figures<'b>(root: &Root, bodies: impl Iterator<Item = &'b str>) -> BTreeMap<String, Arc<Picture>> {
    pictures::all(Beside { root, folder: CONTENT }, bodies)
}

/// The vocabulary of the content below `root`, whatever versions there are.
///
/// # Errors
/// Everything that is wrong with its file.
pub fn vocabulary(root: &Root) -> Result<Appendix, Failure> {
    let mut loader = Loader::new(root);
    let appendix = loader.appendix().map(|appendix| with_part_names(root, appendix));
    let (sources, diagnostics) = loader.finish();
    appendix.ok_or_else(|| Failure::content(diagnostics, sources))
}

/// The appendix with what its text calls its parts, wherever the content says so.
fn with_part_names(root: &Root, mut appendix: Appendix) -> Appendix {
    if appendix.references == PartNames::default() {
        appendix.references = standards::part_names(root).unwrap_or_default();
    }
    appendix
}

/// Reads the content below `root`, which holds the folder `content`.
///
/// # Errors
/// If there is no such folder. What is wrong with its files stands in what is read.
pub fn read(root: &Root) -> Result<Content, Failure> {
    read_by(root, Loader::new(root))
}

/// As [`read`], of a project that was read before: of what says the same as then that is taken.
///
/// # Errors
/// As [`read`].
pub fn read_again(root: &Root, before: Before<'_>) -> Result<Content, Failure> {
    read_by(root, Loader::again(root, before))
}

fn read_by(root: &Root, mut loader: Loader<'_>) -> Result<Content, Failure> {
    if !root.has_folder(CONTENT) {
        let message = format!("there is no folder “{CONTENT}” in {root}");
        let help = "go to the folder that holds it, or name that folder with --root";
        let diagnostics = vec![Diagnostic::error(Code::NoContent, message).help(help)];
        return Err(Failure::content(diagnostics, Sources::default()));
    }
    let appendix = loader.appendix().map(|appendix| with_part_names(root, appendix));
    let files = loader.versions(appendix.as_ref());
    let headless = std::mem::take(&mut loader.headless);
    let (sources, mut diagnostics) = loader.finish();
    let mut findings = Findings::default();
    let state::States { stated, broken } = state::state(files, &mut findings);
    diagnostics.extend(findings.into_diagnostics());
    Ok(Content { appendix, stated, headless, broken, diagnostics, sources })
}
