//! Where the files are: what other programs, and Windows, do to them there.

use super::found::Look;
use crate::files::SOURCES;
use std::collections::BTreeMap;
use std::fs::{DirEntry, Metadata};
use std::path::{Path, PathBuf};

/// How long a path can be that every program on Windows opens, in characters.
const LONGEST: usize = 259;

/// Looks at the files of the project in `root`, an absolute path, and at the folder that its documents go to.
pub(super) fn look(root: &Path, output: &Path, look: &mut Look) {
    if let Some(cloud) = root.components().map(|part| part.as_os_str().to_string_lossy()).find(|it| is_cloud(it)) {
        look.fact(
            "kept by",
            format!("“{cloud}”, which copies the files to others: wait until it has, before two of you draft"),
        );
    }
    let mut files = Vec::new();
    SOURCES.iter().for_each(|folder| list(&root.join(folder), &mut files));
    files.sort_by(|one, other| one.0.cmp(&other.0));
    let shown = |path: &Path| path.strip_prefix(root).unwrap_or(path).display().to_string();
    let away: Vec<&(PathBuf, Metadata)> = files.iter().filter(|(_, metadata)| is_away(metadata)).collect();
    if let Some((first, _)) = away.first() {
        look.odd(
            format!("{} files are kept elsewhere and not on this disk, such as {}", away.len(), shown(first)),
            "choose “Always keep on this device” for the project's folder",
        );
    }
    for (path, metadata) in &files {
        if metadata.permissions().readonly() {
            look.odd(format!("{} can't be changed", shown(path)), "take “Read-only” from its properties");
        }
        if cfg!(windows) && path.as_os_str().len() > LONGEST {
            look.odd(
                format!("the path of {} has more than {LONGEST} characters", shown(path)),
                "move the project to a folder with a shorter path",
            );
        }
    }
    for alike in differing_in_case(files.iter().map(|(path, _)| shown(path))) {
        look.odd(
            format!("{} are one file on Windows", alike.join(" and ")),
            "rename all but one, or put their text together",
        );
    }
    let entries = std::fs::read_dir(output).into_iter().flatten().flatten();
    for name in entries.filter_map(|entry| entry.file_name().into_string().ok()) {
        if let Some(rest) = name.strip_prefix("~$") {
            look.odd(
                format!("Word has a document open in {}: its name ends with “{rest}”", output.display()),
                "close it before you write it again; if it isn't open, delete the file that begins with “~$”",
            );
        }
    }
}

/// Whether a folder of this name is one that a service copies to others.
fn is_cloud(name: &str) -> bool {
    ["onedrive", "sharepoint", "dropbox", "google drive", "icloud"].iter().any(|it| name.to_lowercase().starts_with(it))
}

/// The files in a folder and below it. What can't be read is told by those who read it.
fn list(folder: &Path, files: &mut Vec<(PathBuf, Metadata)>) {
    let entries: Vec<DirEntry> = std::fs::read_dir(folder).into_iter().flatten().flatten().collect();
    for entry in entries {
        let Ok(metadata) = entry.metadata() else { continue };
        if metadata.is_dir() {
            list(&entry.path(), files);
        } else {
            files.push((entry.path(), metadata));
        }
    }
}

/// Whether only the name of a file is on this disk, and what it holds comes over the network when it is opened.
#[cfg(windows)]
fn is_away(metadata: &Metadata) -> bool {
    use std::os::windows::fs::MetadataExt;
    const OFFLINE: u32 = 0x1000;
    const RECALL_ON_OPEN: u32 = 0x4_0000;
    const RECALL_ON_DATA_ACCESS: u32 = 0x40_0000;
    metadata.file_attributes() & (OFFLINE | RECALL_ON_OPEN | RECALL_ON_DATA_ACCESS) != 0
}

/// Elsewhere, nothing tells.
#[cfg(not(windows))]
fn is_away(_: &Metadata) -> bool {
    false
}

/// Paths that differ in nothing but capitals.
fn differing_in_case(paths: impl Iterator<Item = String>) -> Vec<Vec<String>> {
    let mut alike: BTreeMap<String, Vec<String>> = BTreeMap::new();
    paths.for_each(|path| alike.entry(path.to_lowercase()).or_default().push(path));
    alike.into_values().filter(|paths| paths.len() > 1).collect()
}
