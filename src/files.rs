//! The one door to the project's files: content, templates, style sheet and pictures, from disk or from memory.
//!
//! Paths are relative to the root, with `/` between their parts on every system. What is wrong with a file is told here
//! in the same words, whatever the file is for.

mod text;

use crate::diagnostic::{Code, Diagnostic};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

pub(crate) use text::{control_character, decode, is_forbidden, start_of};

/// How large a file may be, in megabytes, and what to do with a larger one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub megabytes: u64,
    pub help: &'static str,
}

/// The folders of a project that it is read from.
pub(crate) const SOURCES: [&str; 2] = ["content", "templates"];

/// Where the files of a project are.
#[derive(Clone, Debug)]
pub struct Root(Place);

#[derive(Clone, Debug)]
enum Place {
    Folder(PathBuf),
    Memory(BTreeMap<String, Vec<u8>>),
    /// Files of another place, some of them as they would be.
    Over(Box<Place>, BTreeMap<String, Vec<u8>>),
}

/// As a person would name it.
impl fmt::Display for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::Folder(folder) => folder.display().fmt(f),
            Place::Memory(_) | Place::Over(..) => f.write_str("the files"),
        }
    }
}

/// A file or folder in a folder.
#[derive(Debug)]
pub(crate) struct Entry {
    pub name: String,
    /// Relative to the root, with `/` between its parts.
    pub path: String,
    pub is_folder: bool,
}

impl Root {
    /// The files below a folder on disk.
    pub fn folder(folder: impl Into<PathBuf>) -> Self {
        Self(Place::Folder(folder.into()))
    }

    /// Files in memory, by path relative to the root, with `/` between its parts.
    pub fn memory(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self(Place::Memory(files))
    }

    /// The same files with these written over them, in memory alone.
    pub(crate) fn with(&self, files: BTreeMap<String, Vec<u8>>) -> Self {
        Self(Place::Over(Box::new(self.0.clone()), files))
    }

    /// The folder on disk, if the files are on one.
    pub(crate) fn path(&self) -> Option<&Path> {
        match &self.0 {
            Place::Folder(folder) => Some(folder),
            Place::Memory(_) | Place::Over(..) => None,
        }
    }

    /// Whether a file or folder is there, be it a link that leads nowhere.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.0.has(path)
    }

    /// Whether a folder is there.
    pub(crate) fn has_folder(&self, path: &str) -> bool {
        self.0.has_folder(path)
    }

    /// What stands in a folder, sorted by name, without what begins with a point.
    pub(crate) fn list(&self, folder: &str) -> Result<Vec<Entry>, Diagnostic> {
        self.0.list(folder)
    }

    /// The text of a file, or everything that is wrong with it.
    pub(crate) fn text(&self, file: &str, limit: Limit) -> Result<String, Vec<Diagnostic>> {
        let bytes = self.bytes(file, limit).map_err(|diagnostic| vec![diagnostic.at(start_of(file))])?;
        text::decode(file, bytes)
    }

    /// The bytes of a file, or what keeps them from being read, without its place.
    pub(crate) fn bytes(&self, file: &str, limit: Limit) -> Result<Vec<u8>, Diagnostic> {
        let most = limit.megabytes << 20;
        let bytes = self.0.bytes(file, most)?;
        if bytes.len() as u64 > most {
            let message = format!("{file} is larger than {} MB", limit.megabytes);
            return Err(Diagnostic::error(Code::FileTooLarge, message).help(limit.help));
        }
        Ok(bytes)
    }
}

/// Whether a name that is written somewhere leads to no other folder, and to no hidden file.
pub fn is_bare_name(name: &str) -> bool {
    !name.contains(['/', '\\', ':']) && !name.starts_with('.')
}

impl Place {
    fn has(&self, path: &str) -> bool {
        match self {
            Self::Folder(root) => below(root, path).symlink_metadata().is_ok(),
            Self::Memory(files) => files.contains_key(path) || !list_memory(files, path).is_empty(),
            Self::Over(place, files) => {
                place.has(path) || files.contains_key(path) || !list_memory(files, path).is_empty()
            }
        }
    }

    fn has_folder(&self, path: &str) -> bool {
        match self {
            Self::Folder(root) => below(root, path).is_dir(),
            Self::Memory(files) => !list_memory(files, path).is_empty(),
            Self::Over(place, files) => place.has_folder(path) || !list_memory(files, path).is_empty(),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<Entry>, Diagnostic> {
        match self {
            Self::Folder(root) => {
                list_disk(root, folder).map_err(|error| cannot_read(folder, &error).at(start_of(folder)))
            }
            Self::Memory(files) => Ok(list_memory(files, folder)),
            Self::Over(place, files) => {
                let mut entries = if place.has_folder(folder) { place.list(folder)? } else { Vec::new() };
                let new = |entry: &Entry| !entries.iter().any(|known| known.name == entry.name);
                let new: Vec<Entry> = list_memory(files, folder).into_iter().filter(new).collect();
                entries.extend(new);
                entries.sort_by(|a, b| a.name.cmp(&b.name));
                Ok(entries)
            }
        }
    }

    fn bytes(&self, file: &str, most: u64) -> Result<Vec<u8>, Diagnostic> {
        match self {
            Self::Folder(root) => read_disk(&below(root, file), file, most),
            Self::Memory(files) => {
                files.get(file).cloned().ok_or_else(|| cannot_read(file, &ErrorKind::NotFound.into()))
            }
            Self::Over(place, files) => files.get(file).cloned().map_or_else(|| place.bytes(file, most), Ok),
        }
    }
}

impl Entry {
    /// Whether its name says that it holds YAML.
    pub fn is_yaml(&self) -> bool {
        Path::new(&self.name)
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml"))
    }

    /// The name that it had before an editor added `.txt`, if that is the name of YAML.
    pub fn as_yaml(&self) -> Option<&str> {
        let (name, ending) = self.name.rsplit_once('.')?;
        let is_yaml = name.to_lowercase().ends_with(".yaml") || name.to_lowercase().ends_with(".yml");
        (!self.is_folder && ending.eq_ignore_ascii_case("txt") && is_yaml).then_some(name)
    }

    /// Whether a system or a program put it there for itself, and nobody else need know.
    pub fn is_by_system(&self) -> bool {
        let name = self.name.to_lowercase();
        !self.is_folder && (["thumbs.db", "desktop.ini"].contains(&name.as_str()) || name.starts_with("~$"))
    }
}

/// A path on disk, part by part: on Windows a root can be of a sort in which `/` parts nothing.
pub(crate) fn below(root: &Path, path: &str) -> PathBuf {
    root.components().map(|part| part.as_os_str()).chain(path.split('/').map(AsRef::as_ref)).collect()
}

fn list_memory(files: &BTreeMap<String, Vec<u8>>, folder: &str) -> Vec<Entry> {
    let within = |path: &'_ str| path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned);
    let names: BTreeSet<(String, bool)> = files
        .keys()
        .filter_map(|path| within(path))
        .map(|path| path.split_once('/').map_or((path.clone(), false), |(name, _)| (name.to_owned(), true)))
        .filter(|(name, _)| !name.starts_with('.'))
        .collect();
    names.into_iter().map(|(name, is_folder)| Entry { path: format!("{folder}/{name}"), name, is_folder }).collect()
}

fn list_disk(root: &Path, folder: &str) -> std::io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(below(root, folder))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            // Links are followed, so that a folder shared by link is read like any other.
            let is_folder = match entry.file_type() {
                Ok(kind) if !kind.is_symlink() => kind.is_dir(),
                _ => fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_dir()),
            };
            entries.push(Entry { path: format!("{folder}/{name}"), name, is_folder });
        }
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

/// The bytes of a file; of a larger one than `most`, one more than that.
fn read_disk(path: &Path, file: &str, most: u64) -> Result<Vec<u8>, Diagnostic> {
    let unread = |error| cannot_read(file, &error);
    let metadata = fs::metadata(path).map_err(unread)?;
    if metadata.is_dir() {
        return Err(Diagnostic::error(Code::NotAFile, format!("{file} is a folder; a file belongs there"))
            .help("move what is in it elsewhere and delete the folder, or rename it"));
    }
    if !metadata.is_file() {
        return Err(Diagnostic::error(Code::NotAFile, format!("{file} is no ordinary file"))
            .help("put a file in its place: a device or a pipe can't be read"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(most)).unwrap_or(0) + 1);
    fs::File::open(path).map_err(unread)?.take(most + 1).read_to_end(&mut bytes).map_err(unread)?;
    Ok(bytes)
}

fn cannot_read(file: &str, error: &std::io::Error) -> Diagnostic {
    let (message, help) = match error.kind() {
        ErrorKind::NotFound => (format!("{file} isn't there"), "create it, or correct its name"),
        ErrorKind::PermissionDenied => {
            (format!("{file} can't be read: you have no permission"), "ask its owner for permission to read it")
        }
        ErrorKind::NotADirectory => (format!("{file} is a file; a folder belongs there"), "rename the file"),
        _ => (
            format!("{file} can't be read: {}", plain(error)),
            "check that it isn't a link in a circle, open elsewhere, or on a drive that is gone",
        ),
    };
    Diagnostic::error(Code::UnreadableFile, message).help(help)
}

/// What the system said, without its error number.
fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_a_disk_without_the_disk() {
        let paths = ["content/a.yaml", "content/b/c.yaml", "content/b/.hidden", "templates/style.yaml"];
        let disk = tempfile::tempdir().unwrap();
        for path in paths {
            fs::create_dir_all(below(disk.path(), path).parent().unwrap()).unwrap();
            fs::write(below(disk.path(), path), path).unwrap();
        }
        let memory = Root::memory(paths.iter().map(|path| ((*path).to_owned(), path.as_bytes().to_vec())).collect());
        let disk = Root::folder(disk.path());
        const LIMIT: Limit = Limit { megabytes: 1, help: "" };
        for path in ["content", "content/a.yaml", "content/b", "content/b/c.yaml", "content/d", "elsewhere"] {
            assert_eq!(disk.has(path), memory.has(path), "{path}");
            assert_eq!(disk.has_folder(path), memory.has_folder(path), "{path}");
            if disk.has_folder(path) {
                let listed = |root: &Root| format!("{:?}", root.list(path).unwrap());
                assert_eq!(listed(&disk), listed(&memory), "{path}");
            } else {
                assert_eq!(disk.text(path, LIMIT), memory.text(path, LIMIT), "{path}");
            }
        }
    }
}
