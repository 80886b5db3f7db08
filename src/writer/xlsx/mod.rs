//! The workbook leaf: a sheet for each matrix of a clean document, for those who work on rows in Excel.
//!
//! Count rows are formulas beside the figures that they come to, so that they stay right while rows are changed; keys are
//! text, and what a cell may hold is offered. What changed against a base is coloured, with a note of what stood there.
//! The words of the first sheet are a template's.

mod around;
mod book;
mod changes;
mod cover;
mod figures;
mod look;
mod names;
mod sheet;

pub use book::Book;

use super::Problem;
use crate::document::{Document, Meta};
use crate::ooxml::archive;
use around::{caption, matrices, notes};
use changes::Changes;
use names::Names;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

/// Files say when they were made; this one, if nobody says.
const ONCE: &str = "2000-01-01";

/// The matrices of a clean document as a workbook.
///
/// # Errors
/// What a workbook can't hold.
pub fn write(document: &Document, book: &Book<'_>, author: &str, date: Option<&str>) -> Result<Vec<u8>, Vec<Problem>> {
    let meta = &document.meta.now;
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(meta, author, date).map_err(|error| vec![problem(None, &error)])?);
    let mut names = Names::default();
    let mut problems = Vec::new();
    let changes = Changes::of(book.compared.as_ref());
    let first = cover::sheet(&book.cover, &changes, &mut names);
    problems.extend(add(&mut workbook, first, meta, None));
    for (at, table) in matrices(document) {
        let found = sheet::Found { caption: caption(&document.blocks, at), table, notes: notes(&document.blocks, at) };
        let made = sheet::sheet(&found, book, &changes, &mut names);
        problems.extend(add(&mut workbook, made, meta, Some(at)));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let bytes = workbook.save_to_buffer().map_err(|error| vec![problem(None, &error)])?;
    // As its writer packs it, it says on which system that was.
    archive::repacked(&bytes).map_err(|error| vec![problem(None, &XlsxError::IoError(error))])
}

fn add(
    workbook: &mut Workbook,
    sheet: Result<Worksheet, XlsxError>,
    meta: &Meta,
    block: Option<usize>,
) -> Option<Problem> {
    match sheet {
        Ok(mut sheet) => {
            running(&mut sheet, meta);
            workbook.push_worksheet(sheet);
            None
        }
        Err(error) => Some(problem(block, &error)),
    }
}

fn problem(block: Option<usize>, error: &XlsxError) -> Problem {
    Problem {
        block,
        character: None,
        message: format!("a workbook can't hold this: {error}"),
        help: "shorten what is too long, or leave --format xlsx out".to_owned(),
    }
}

fn properties(meta: &Meta, author: &str, date: Option<&str>) -> Result<DocProperties, XlsxError> {
    let date = date.and_then(|date| date.get(..ONCE.len())).unwrap_or(ONCE);
    Ok(DocProperties::new()
        .set_title(&meta.title)
        .set_subject(&meta.subject)
        .set_author(author)
        .set_category(&meta.classification)
        .set_creation_datetime(&ExcelDateTime::parse_from_str(date)?))
}

/// What stands at the head and foot of each printed page. Excel takes no more than so many characters of each.
fn running(sheet: &mut Worksheet, meta: &Meta) {
    const LONGEST: usize = 255;
    // A figure after the code of a size would be read as more of it.
    let line = |text: &str| text.replace('&', "&&").replace("{page}", "&P").replace("{pages}", "&N");
    let cut = |text: String| match text.chars().count() > LONGEST {
        true => text.chars().take(LONGEST).collect::<String>().trim_end_matches('&').to_owned(),
        false => text,
    };
    let footer: Vec<String> = meta.footer.iter().map(|text| line(text)).collect();
    sheet.set_header(cut(format!("&C{}", line(&meta.header))));
    // The classification comes last, and must not be what is cut.
    let foot = footer.join("\n");
    let foot = if foot.chars().count() + 2 > LONGEST { footer.last().cloned().unwrap_or_default() } else { foot };
    sheet.set_footer(cut(format!("&C{foot}")));
    sheet.set_paper_size(A4);
}

const A4: u8 = 9;
