//! The journey of a Word document from elsewhere: its text, or both of its texts, as our Markdown.

use crate::diagnostic::{Code, Diagnostic, Failure, Severity};
use crate::document::markdown;
use crate::files::{Limit, Root};
use crate::reader::marked::{Marked, Remark};
use crate::reader::xlsx::{self, Book};
use crate::reader::{self, docx};
use std::path::Path;

pub use crate::reader::View;

const LIMIT: Limit = Limit {
    megabytes: 200,
    help: "check that it is the Word document that you mean; if it is, have Word compress its pictures",
};

/// What a Word document says, and what of it couldn't be carried.
#[derive(Clone, Debug)]
pub struct Read {
    /// The text as our Markdown.
    pub markdown: String,
    /// What couldn't be carried, each with its place in the document.
    pub findings: Vec<Diagnostic>,
}

/// Reads a Word document for one of its texts, or for both.
///
/// # Errors
/// If there is no such file, or it isn't a Word document that can be read.
pub fn read(file: &Path, view: View) -> Result<Read, Failure> {
    let (document, remarks) = reader::document(&marked(file)?, view);
    let findings = remarks.iter().map(finding).collect();
    Ok(Read { markdown: markdown::write(&document), findings })
}

/// A Word document with its revisions.
///
/// # Errors
/// As [`read`].
pub(super) fn marked(file: &Path) -> Result<Marked, Failure> {
    read_file(file, docx::read)
}

/// What the sheets of a workbook hold.
///
/// # Errors
/// If there is no such file, or it isn't a workbook that can be read.
pub(super) fn workbook(file: &Path) -> Result<Book, Failure> {
    read_file(file, xlsx::read)
}

fn read_file<T>(file: &Path, read: fn(&[u8]) -> Result<T, Failure>) -> Result<T, Failure> {
    let named = |why: String| Failure::refused(format!("{}: {why}", file.display()));
    let (Some(folder), Some(name)) = (file.parent(), file.file_name().and_then(|name| name.to_str())) else {
        return Err(named("this is no name of a file: name the document that you mean".to_owned()));
    };
    let root = Root::folder(folder);
    if !root.has(name) {
        return Err(named("there is no such file: check its name, and the folder that it is looked for in".to_owned()));
    }
    if root.has_folder(name) {
        return Err(named("this is a folder: name the document in it that you mean".to_owned()));
    }
    let bytes = root.bytes(name, LIMIT).map_err(|told| {
        let help = told.help.map(|help| format!(": {help}")).unwrap_or_default();
        named(format!("{}{help}", told.message))
    })?;
    read(&bytes).map_err(|failure| named(failure.to_string()))
}

pub(super) fn finding(remark: &Remark) -> Diagnostic {
    let (severity, code) = match remark.lost {
        true => (Severity::Warning, Code::LeftOut),
        false => (Severity::Note, Code::ReadOtherwise),
    };
    Diagnostic::new(severity, code, remark.to_string())
}
