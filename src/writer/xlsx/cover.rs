//! The first sheet: what the workbook is, what isn't in it, what its colours say, and the rows that are gone.

use super::changes::Changes;
use super::look::{self, Shade};
use super::names::Names;
use crate::document::{Block, Document, Kind, Mark, Paragraph, TextRole};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

/// Of its one wide column, in characters.
const WIDTH: f64 = 86.0;

pub(super) fn sheet(document: &Document, changes: &Changes<'_>, names: &mut Names) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    let paragraphs: Vec<&Paragraph> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            _ => None,
        })
        .collect();
    let heading = paragraphs.iter().find(|paragraph| matches!(paragraph.kind.now, Kind::Heading { .. }));
    sheet.set_name(names.take(&heading.map(|paragraph| paragraph.text()).unwrap_or_default()))?;
    sheet.set_column_width(0, WIDTH)?;
    sheet.set_print_fit_to_pages(1, 0);
    let mut row = 0;
    for paragraph in paragraphs {
        sheet.write_with_format(row, 0, paragraph.text(), &format(paragraph))?;
        let size = if matches!(paragraph.kind.now, Kind::Body | Kind::Role(TextRole::Classification)) { 1 } else { 2 };
        sheet.set_row_height(row, look::height(size.max(look::lines(&paragraph.text(), WIDTH * 1.1))))?;
        row += 1;
    }
    for (caption, gone) in &changes.gone {
        row += 1;
        sheet.write_with_format(row, 0, caption, &look::words().set_bold())?;
        for texts in gone {
            row += 1;
            let said: Vec<&str> = texts.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
            sheet.write_with_format(row, 0, said.join(" | "), &look::gone())?;
        }
    }
    Ok(sheet)
}

/// A line of the legend looks as what it is about: new, gone, or with something of both.
fn format(paragraph: &Paragraph) -> Format {
    let marks = |mark| paragraph.runs.iter().any(|run| run.mark == mark);
    match (&paragraph.kind.now, marks(Mark::Inserted), marks(Mark::Deleted)) {
        (_, true, true) => look::shaded(look::words(), Shade::Other),
        (_, true, false) => look::shaded(look::words(), Shade::New),
        (_, false, true) => look::gone(),
        (Kind::Heading { .. } | Kind::Role(TextRole::Title | TextRole::Subtitle), ..) => look::heading(),
        _ => look::words(),
    }
}
