//! The last step of each journey that changes the content: what becomes of its files is shown, kept as it was, or written.

use super::Desk;
use crate::align::unified;
use crate::content::Revised;
use crate::diagnostic::Failure;
use crate::files::{Limit, below};
use crate::publish::{self, File};
use std::path::{Path, PathBuf};

/// What has been read as content was no larger.
const LIMIT: Limit = Limit { megabytes: u64::MAX >> 20, help: "" };

impl Desk {
    /// What differs in the files, line by line, as patches say it.
    pub fn difference(&self, revised: &Revised) -> String {
        let old = |path: &str| {
            let bytes = self.root.has(path).then(|| self.root.bytes(path, LIMIT).ok())??;
            String::from_utf8(bytes).ok()
        };
        let written = revised.written.iter().map(|file| unified(&file.path, old(&file.path).as_deref(), &file.text));
        let removed = revised.removed.iter().map(|path| unified(path, old(path).as_deref(), ""));
        written.chain(removed).collect()
    }

    /// Keeps the files that are about to change, below a folder of their own in `output`; says which that is.
    ///
    /// # Errors
    /// What keeps them from being written.
    pub fn keep_files(&self, output: &Path, name: &str, revised: &Revised) -> Result<PathBuf, Failure> {
        let folder = (1..)
            .map(|count| if count == 1 { format!("before-{name}") } else { format!("before-{name}-{count}") })
            .map(|name| output.join(name))
            .find(|folder| !folder.exists())
            .unwrap_or_else(|| output.to_owned());
        let written = revised.written.iter().map(|file| &file.path);
        let there = written.chain(&revised.removed).filter(|path| self.root.has(path));
        let mut files = Vec::new();
        for path in there {
            let bytes = self.root.bytes(path, LIMIT).map_err(|wrong| self.failure(vec![wrong]))?;
            files.push(File { name: path.clone(), bytes });
        }
        publish::write(&folder, &files)?;
        Ok(folder)
    }

    /// As [`write_content`], of the desk's own project.
    ///
    /// # Errors
    /// If the desk isn't a folder's, or as [`write_content`].
    pub fn write_content(&self, revised: &Revised) -> Result<Vec<PathBuf>, Failure> {
        write_content(self.folder()?, revised)
    }
}

/// Writes what becomes of files of the project below `root` and deletes those that say no more, all of it or none; says
/// where each is that is written.
///
/// # Errors
/// What keeps the files from being written or deleted.
pub fn write_content(root: &Path, revised: &Revised) -> Result<Vec<PathBuf>, Failure> {
    let written = revised.written.iter().map(|file| (&file.path, file.text.as_bytes()));
    let pictures = revised.pictures.iter().map(|(path, bytes)| (path, bytes.as_slice()));
    let files: Vec<File> =
        written.chain(pictures).map(|(path, bytes)| File { name: path.clone(), bytes: bytes.to_vec() }).collect();
    let gone: Vec<PathBuf> = revised.removed.iter().map(|path| below(root, path)).collect();
    publish::replace(root, &files, &gone)
}
