//! Projects in memory, and what is imported into them.

use super::copy;
use ctsd::adopt::Wanted;
use ctsd::files::Root;
use ctsd::pipeline::importing::{Imported, Importing};
use ctsd::pipeline::{Desk, Format, Options};
use std::collections::BTreeMap;
use std::path::Path;

/// The files of a project, by path.
pub type Files = BTreeMap<String, String>;

/// The vocabulary that ships, and no version.
pub fn vocabulary() -> Files {
    BTreeMap::from([("content/appendix.yaml".to_owned(), include_str!("../../../content/appendix.yaml").to_owned())])
}

pub fn root(files: &Files) -> Root {
    let bytes = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    Root::memory(bytes.collect())
}

pub fn desk(files: &Files) -> Desk {
    Desk::open_from(&root(files)).unwrap_or_else(|failure| panic!("{failure}"))
}

/// The versions that ship and those of an example, and their files.
pub fn shipped() -> (Files, Desk) {
    let root = tempfile::tempdir().unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for from in ["content", "examples/several/content"] {
        copy(&here.join(from), &root.path().join("content"));
    }
    let mut files = Files::new();
    let mut waiting = vec![root.path().to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(root.path()).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let desk = desk(&files);
    (files, desk)
}

/// A version in one format.
pub fn built(desk: &Desk, id: &str, format: Format) -> Vec<u8> {
    let options = Options { formats: vec![format], ..Options::default() };
    let version = desk.version(id).unwrap_or_else(|failure| panic!("{failure}"));
    desk.build(version, &options).unwrap_or_else(|failure| panic!("{failure}")).remove(0).bytes
}

/// How something is imported: as a version, or as a modification of one.
pub fn importing(id: &str, base: Option<&str>) -> Importing {
    Importing {
        wanted: Wanted { id: id.to_owned(), name: None },
        base: base.map(str::to_owned),
        authors: Vec::new(),
        numbers_headings: false,
        accepts_vocabulary: false,
        replaces: false,
    }
}

/// The files, with what an import makes of them.
pub fn with(files: &Files, imported: &Imported) -> Files {
    let mut files = files.clone();
    files.extend(imported.revised.written.iter().map(|file| (file.path.clone(), file.text.clone())));
    files
}
