//! The journey of a public set: what may be published, only after a check, and the proof of what was.

use super::check::Passed;
use super::made::TOOL;
use super::{Desk, Findings, Format, Options};
use crate::diagnostic::{Failure, Severity};
use crate::model::Version;
use crate::publish::File;
use crate::publish::public::{self, Manifest};
use std::path::{Path, PathBuf};

/// What is chosen of the revisions in a public set; what isn't, the version says.
#[derive(Clone, Debug, Default)]
pub struct Revisions {
    /// Who made them.
    pub author: Option<String>,
    /// When, in ISO 8601 and UTC.
    pub date: Option<String>,
}

impl Revisions {
    /// The documents of a public set: as they are for others to read, not to work on.
    pub fn options(&self) -> Options {
        let (author, date) = (self.author.clone(), self.date.clone());
        let formats = Format::usual().collect();
        Options { formats, author, date, ..Options::default() }
    }
}

/// What a public set is proved to be.
#[derive(Clone, Debug)]
pub struct Verified {
    /// How many files it has.
    pub files: usize,
    /// What is not as it was published, or as a fresh build gives it.
    pub differences: Vec<String>,
}

impl Desk {
    /// Checks a version, makes its public set, and writes it to a folder.
    ///
    /// # Errors
    /// If the folder is one that is read, or holds the set of another version; every error that the check finds; all
    /// that keeps the set from being made, its classification among it, or from being written.
    pub fn publish(&self, version: &Version, revisions: &Revisions, to: &Path) -> Result<Vec<PathBuf>, Failure> {
        self.publish_if(version, revisions, to, Severity::Error)
    }

    /// As [`Desk::publish`], if the check finds nothing that is as bad as what is denied.
    ///
    /// # Errors
    /// As [`Desk::publish`].
    pub fn publish_if(
        &self,
        version: &Version,
        revisions: &Revisions,
        to: &Path,
        denied: Severity,
    ) -> Result<Vec<PathBuf>, Failure> {
        self.outside_sources(to)?;
        public::holds_no_other(to, &version.id, &version.name)?;
        let files = self.public_set(self.passed(version, denied)?, revisions)?;
        self.write(to, &files)
    }

    /// Holds the files of a public set against its manifest, and against the set as the content gives it now.
    ///
    /// # Errors
    /// If the version that the set is of isn't there, or all that keeps the set from being made afresh.
    pub fn verify(&self, folder: &Path, manifest: &Manifest) -> Result<Verified, Failure> {
        let revisions = Revisions { author: manifest.author.clone(), date: manifest.date.clone() };
        // What was published was checked then; that it is the same is proved whatever a check would say now.
        let fresh = self.set(self.version(&manifest.version)?, &revisions).map_err(|told| self.failure(told))?;
        let mut differences = public::broken_sums(folder, manifest);
        differences.extend(public::differences(folder, &fresh));
        differences.dedup();
        Ok(Verified { files: fresh.len(), differences })
    }

    /// The public set of a version that has passed a check.
    fn public_set(&self, version: Passed<'_>, revisions: &Revisions) -> Result<Vec<File>, Failure> {
        self.set(version.version(), revisions).map_err(|findings| self.failure(findings))
    }

    /// The clean appendix and the version as data; of a modification, the change document too. With manifest and sums.
    fn set(&self, version: &Version, revisions: &Revisions) -> Result<Vec<File>, Findings> {
        let options = &revisions.options();
        let base = version.base.as_ref().and_then(|base| self.project.version(base));
        let told: Vec<&Version> = base.into_iter().chain([version]).collect();
        public::guard(&self.project.appendix, &told)?;
        let mut files = self.clean(version, options)?;
        let data = serde_json::to_string_pretty(version).expect("plain data turns into JSON");
        files.push(File { name: format!("{}.json", self.file_name(version)), bytes: data.into_bytes() });
        if let Some(base) = base {
            files.extend(self.amended(base, version, options)?);
        }
        public::says_its_classification(&self.project.appendix, &told, &files)?;
        let logo = self.sheet.picture().map(|(logo, picture)| (logo.file.as_str(), picture.file.as_slice()));
        let figures = self.sheet.figures.iter().map(|(file, picture)| (file.as_str(), picture.file.as_slice()));
        let manifest = Manifest {
            version: version.id.value.clone(),
            baseline: base.map(|base| base.id.value.clone()),
            classification: version.classification.name.value.clone(),
            tool: TOOL.to_owned(),
            content: public::content_digest(
                self.project.sources.all().chain(self.templates.sources()),
                logo.into_iter().chain(figures),
            ),
            author: options.author.clone(),
            date: options.date.clone(),
            files: Default::default(),
        };
        Ok(public::seal(files, manifest))
    }
}
