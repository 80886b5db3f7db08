//! A project as it is read: its versions whole, and what keeps the others from being so.

use super::overlay::compose;
use crate::content::{self, Before, Content};
use crate::diagnostic::{Diagnostic, Failure, Sources, sort};
use crate::files::Root;
use crate::model::{Appendix, Findings, Stated, Version};
use std::path::Path;

/// Everything that the content says: what is whole, and what is wrong with the rest.
#[derive(Clone, Debug)]
pub struct Project {
    /// What is true of the appendix in every version.
    pub appendix: Appendix,
    /// Those that are whole and without fault, by id in natural order.
    pub versions: Vec<Version>,
    /// What the files of each version state, as far as they can be read.
    pub stated: Vec<Stated>,
    /// What is wrong with the files, by place. No version rests on anything named here.
    pub faults: Vec<Diagnostic>,
    /// The text of each file.
    pub sources: Sources,
}

impl Project {
    /// The version of that id, whatever its case; none if there is none that is whole.
    pub fn version(&self, id: &str) -> Option<&Version> {
        let id = id.to_lowercase();
        self.versions.iter().find(|version| version.id.to_lowercase() == id)
    }

    /// The version that another is drafted against.
    pub fn version_below(&self, version: &Version) -> Option<&Version> {
        self.version(version.base.as_ref()?)
    }

    /// What the files of the version of that id state.
    pub fn stated(&self, id: &str) -> Option<&Stated> {
        let id = id.to_lowercase();
        self.stated.iter().find(|stated| stated.head().id.to_lowercase() == id)
    }

    /// What keeps the version of that id from being whole: the faults in its own files and in those of its bases.
    /// Empty if it is whole, or if nothing is known of it.
    pub fn faults_of(&self, id: &str) -> Vec<Diagnostic> {
        let mut folders: Vec<String> = Vec::new();
        let mut next = Some(id.to_lowercase());
        while let Some(id) = next.filter(|id| !folders.contains(&content::folder_of(id))) {
            folders.push(content::folder_of(&id));
            next = self.stated(&id).and_then(Stated::base).map(|base| base.to_lowercase());
        }
        let within = |finding: &&Diagnostic| {
            let file = finding.location.as_ref().map(|location| location.file.to_lowercase());
            file.is_some_and(|file| folders.iter().any(|folder| file.starts_with(folder.as_str())))
        };
        self.faults.iter().filter(within).cloned().collect()
    }

    /// Nothing, if no file of the project is at fault.
    ///
    /// # Errors
    /// Everything that is wrong with any of its versions.
    pub fn sound(&self) -> Result<(), Vec<Diagnostic>> {
        if self.faults.is_empty() { Ok(()) } else { Err(self.faults.clone()) }
    }

    /// The project, if no version in it has a fault.
    ///
    /// # Errors
    /// Everything that is wrong with any of its versions.
    pub fn whole(self) -> Result<Self, Failure> {
        match self.faults.is_empty() {
            true => Ok(self),
            false => Err(Failure::content(self.faults, self.sources)),
        }
    }
}

/// Reads the project below `root`, the folder that holds `content/`, all of whose versions must be whole.
///
/// # Errors
/// Everything that is wrong, sorted by place.
pub fn load(root: &Path) -> Result<Project, Vec<Diagnostic>> {
    load_from(&Root::folder(root)).and_then(Project::whole).map_err(|failure| failure.into_account().diagnostics)
}

/// Reads the project below `root`; what is wrong with one version leaves the others whole.
///
/// # Errors
/// Everything that is wrong, if no version can be made: there is no content, or the appendix's own data is at fault.
pub fn load_from(root: &Root) -> Result<Project, Failure> {
    content::read(root).and_then(project)
}

/// As [`load_from`], where the project was read before: files that say the same aren't read again.
///
/// # Errors
/// As [`load_from`].
pub fn load_again(root: &Root, before: &Project) -> Result<Project, Failure> {
    let Project { stated, faults, sources, .. } = before;
    content::read_again(root, Before { stated, faults, sources }).and_then(project)
}

fn project(content: Content) -> Result<Project, Failure> {
    let Content { appendix, stated, headless, broken, mut diagnostics, sources } = content;
    let mut findings = Findings::default();
    let versions = appendix.as_ref().map(|appendix| compose(appendix, &stated, &headless, &broken, &mut findings));
    diagnostics.extend(findings.into_diagnostics());
    sort(&mut diagnostics);
    match appendix.zip(versions) {
        Some((appendix, versions)) if !(stated.is_empty() && versions.is_empty()) => {
            Ok(Project { appendix, versions, stated, faults: diagnostics, sources })
        }
        _ => Err(Failure::content(diagnostics, sources)),
    }
}
