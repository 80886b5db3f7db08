//! The journey of a new project: a folder in which everything works, with an example to look at.

use super::schemas;
use crate::diagnostic::Failure;
use crate::files::Root;
use crate::publish::{self, File};
use crate::{starter, template};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The templates that a project has of its own from the start: how its documents look, and the words that are most
/// often a project's own. All others are the program's until a project has a file of their name.
const TEMPLATES: [&str; 4] = ["style.yaml", "cover.md", "redline-cover.md", "instruction.md"];

/// The files that a project begins with.
pub fn files() -> Vec<File> {
    let text = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let own = starter::FILES.iter().map(|(name, contents)| text(name, contents));
    let templates = TEMPLATES
        .iter()
        .filter_map(|name| Some(text(&format!("{}/{name}", template::TEMPLATES), template::default(name)?)));
    let files: BTreeMap<String, Vec<u8>> = own.chain(templates).collect();
    let schemas = schemas::schemas(&Root::memory(files.clone()))
        .into_iter()
        .map(|file| File { name: format!("{}/{}", schemas::FOLDER, file.name), bytes: file.bytes });
    let files = files.into_iter().map(|(name, bytes)| File { name, bytes });
    files.chain(schemas).collect()
}

/// Makes a project in a folder, whole or not at all, and says where each file is. Other files may stand in the folder,
/// such as the documents that the project shall take in.
///
/// # Errors
/// If the folder has something that a project begins with, or what keeps the files from being written.
pub fn new_project(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let files = files();
    let tops: BTreeSet<&str> = files.iter().filter_map(|file| file.name.split('/').next()).collect();
    let there: Vec<String> = tops
        .into_iter()
        .filter(|name| folder.join(name).symlink_metadata().is_ok())
        .map(|name| format!("“{name}”"))
        .collect();
    if !there.is_empty() {
        return Err(Failure::refused(format!(
            "{} has {} already: a project begins in a folder that has nothing of the kind. Choose another folder; \
             to draft in the project that is there, open it and run “ctsd list”",
            folder.display(),
            there.join(", ")
        )));
    }
    if folder.symlink_metadata().is_ok() { publish::write(folder, &files) } else { publish::create(folder, &files) }
}
