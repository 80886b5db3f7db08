//! Word documents that become content.

mod amended;
mod difference;
mod guessed;
mod pictures;
mod redlined;
mod round;
mod trapped;

use ctsd::adopt::Wanted;
use ctsd::diagnostic::Failure;
use ctsd::files::Root;
use ctsd::model::{Matrix, Version};
use ctsd::pipeline::importing::{self, Imported, Importing};
use ctsd::pipeline::{Desk, Format, Options};
use ctsd::reader::docx;
use std::collections::BTreeMap;

/// The files of a project, by path.
type Files = BTreeMap<String, String>;

/// The vocabulary that ships, and no version.
fn vocabulary() -> Files {
    BTreeMap::from([("content/appendix.yaml".to_owned(), include_str!("../../../content/appendix.yaml").to_owned())])
}

fn root(files: &Files) -> Root {
    let bytes = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    Root::memory(bytes.collect())
}

fn desk(files: &Files) -> Desk {
    Desk::open_from(&root(files)).unwrap_or_else(|failure| panic!("{failure}"))
}

fn as_version(id: &str) -> Importing {
    let wanted = Wanted { id: id.to_owned(), name: None };
    Importing { wanted, base: None, authors: Vec::new(), accepts_vocabulary: false, replaces: false }
}

fn import(files: &Files, file: &[u8], importing: &Importing) -> Result<Imported, Failure> {
    importing::import(&root(files), docx::read(file).expect("a Word document"), importing)
}

/// How a modification of a version is imported.
fn as_modification(id: &str, base: Option<&str>) -> Importing {
    Importing { base: base.map(str::to_owned), ..as_version(id) }
}

/// The files, with what an import makes of them.
fn with(files: &Files, imported: &Imported) -> Files {
    let mut files = files.clone();
    files.extend(imported.revised.written.iter().map(|file| (file.path.clone(), file.text.clone())));
    files
}

/// A version in one format.
fn built(desk: &Desk, id: &str, format: Format) -> Vec<u8> {
    let options = Options { formats: vec![format], ..Options::default() };
    let version = desk.version(id).unwrap_or_else(|failure| panic!("{failure}"));
    desk.build(version, &options).unwrap_or_else(|failure| panic!("{failure}")).remove(0).bytes
}

/// What the sections of a version say, in their order.
fn sections(version: &Version) -> Vec<(&str, &str, &str)> {
    version.sections().map(|it| (it.number.as_str(), it.heading.text.as_str(), it.body.text.trim_end())).collect()
}

/// What the tables of a version say, in their order.
fn tables(version: &Version) -> Vec<(&str, Vec<String>)> {
    let row = |matrix: &Matrix| -> Vec<String> {
        let text = |row: &ctsd::model::Row| {
            let cells: Vec<&str> = row.cv.iter().map(|cell| &*cell.value).collect();
            format!("{} {} {} {} {}", *row.reference, *row.variant, row.name.text, *row.critical, cells.join(" "))
        };
        matrix.rows().map(text).collect()
    };
    version.matrices().map(|it| (it.number.as_str(), row(it))).collect()
}
