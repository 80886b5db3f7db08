//! Word documents that become content.

mod amended;
mod difference;
mod guessed;
mod pictures;
mod redlined;
mod round;
mod trapped;

use crate::common::project::{Files, built, desk, importing as as_modification, root, shipped, vocabulary, with};
use ctsd::diagnostic::Failure;
use ctsd::model::{Matrix, Version};
use ctsd::pipeline::importing::{self, Imported, Importing};
use ctsd::reader::docx;

fn as_version(id: &str) -> Importing {
    as_modification(id, None)
}

fn import(files: &Files, file: &[u8], importing: &Importing) -> Result<Imported, Failure> {
    importing::import(&root(files), docx::read(file).expect("a Word document"), importing)
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
