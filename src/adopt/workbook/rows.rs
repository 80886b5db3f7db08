//! The rows of a sheet's table: which say something of a Service Request, which count, and which are only words.

use super::held;
use super::table::{Found, Row};
use crate::adopt::figures::Figures;
use crate::model::{Appendix, ColumnKind};
use crate::reader::xlsx::Address;

/// A row as texts.
#[derive(Clone, Debug)]
pub(super) struct Text<'f> {
    pub row: &'f Row<'f>,
    pub texts: Vec<String>,
    pub kind: Kept,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// A Service Request.
    Data,
    /// It counts others.
    Count,
    /// It is only words.
    Words,
}

/// Something that is told of a cell.
pub(super) type OfCell = (Address, String);

/// The rows of a table, what is wrong with their cells, and what of those is read as something else.
pub(super) fn read<'f>(found: &'f Found<'_>, appendix: &Appendix) -> (Vec<Text<'f>>, Vec<OfCell>, Vec<OfCell>) {
    let mut figures = Figures::new(appendix, &found.shape);
    let (mut rows, mut wrong, mut told) = (Vec::new(), Vec::new(), Vec::new());
    for row in &found.rows {
        let texts: Vec<String> =
            row.cells.iter().map(|value| value.map(|it| it.text().trim().to_owned()).unwrap_or_default()).collect();
        let filled = texts.iter().filter(|text| !text.is_empty()).count();
        let has_other = || row.cells.iter().flatten().any(|value| held::has_no_words(value));
        let kind = if figures.take(&texts) {
            Kept::Count
        } else if filled <= 1 && row.id.is_none() && !has_other() {
            Kept::Words
        } else {
            Kept::Data
        };
        let mut text = Text { row, texts, kind };
        if kind == Kept::Data && !found.shape.is_header(&text.texts) {
            wrong.extend(held::wrong(found, row));
            told.extend(held::said_otherwise(found, row, appendix, &mut text.texts));
        }
        rows.push(text);
    }
    (rows, wrong, told)
}

/// The User Roles of the rows, in the order in which they come.
pub(super) fn roles(rows: &[Text<'_>], found: &Found<'_>) -> Vec<String> {
    let Some(column) = found.shape.at(ColumnKind::Role) else { return Vec::new() };
    let mut roles: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| row.kind == Kept::Data && !found.shape.is_header(&row.texts)) {
        let role = &row.texts[column];
        if !role.is_empty() && !roles.contains(role) {
            roles.push(role.clone());
        }
    }
    roles
}
