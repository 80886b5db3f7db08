//! The sheet of a matrix: its caption, its header, its rows, and under them what is counted and noted.

use super::book::Book;
use super::changes::{self, Changes};
use super::figures::{self, Counted, Rows, formula};
use super::look;
use super::names::{self, Names};
use crate::document::{RowKind, Table, TableRow, text_of};
use crate::model::{ColumnKind, Role};
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Format, FormatAlign, IgnoreError, Note,
    Worksheet, XlsxError,
};

/// A matrix, and what stands around it.
pub(super) struct Found<'a> {
    pub caption: String,
    pub table: &'a Table,
    pub notes: Vec<String>,
}

/// The field of content that tells a row whose variant another bears too.
const ROW_ID: &str = "id";
/// Excel takes no longer list of what a cell may hold.
const LONGEST_LIST: usize = 255;
/// The rows before those of the table: its caption, and its header.
const HEADER: u32 = 1;
const WIDEST: usize = 48;
const NARROWEST: usize = 7;
/// Of a command variant's column: its words stand in two lines.
const OF_CELLS: usize = 12;

pub(super) fn sheet(
    found: &Found<'_>,
    book: &Book<'_>,
    changes: &Changes<'_>,
    names: &mut Names,
) -> Result<Worksheet, XlsxError> {
    let table = found.table;
    let id = table.id.now.as_deref().unwrap_or_default();
    let mut sheet = Worksheet::new();
    sheet.set_name(names.take(&names::of_caption(&found.caption, id)))?;
    sheet.write_with_format(0, 0, &found.caption, &look::heading())?;
    let mut made = Made { sheet, table, book, base: changes.base, totals: Vec::new(), widths: Vec::new() };
    let rows = changes.rows(id, table.rows.len());
    made.lay_out()?;
    let mut at = HEADER;
    for row in table.rows.iter().filter(|row| row.kind == RowKind::Header).take(1) {
        made.header(row, at)?;
    }
    at += 1;
    let data: Vec<(&TableRow, &changes::Row)> =
        table.rows.iter().zip(&rows).filter(|(row, _)| row.kind == RowKind::Data).collect();
    let counted = Rows { first: at, last: at + u32::try_from(data.len()).unwrap_or(u32::MAX).saturating_sub(1) };
    for (row, change) in &data {
        made.row(row, change, at)?;
        at += 1;
    }
    if !data.is_empty() {
        made.offer(counted)?;
    }
    // A line parts them, so that who sorts the rows doesn't sort these in.
    at = at.max(HEADER + 2) + 1;
    for (row, change) in table.rows.iter().zip(&rows).filter(|(row, _)| row.kind == RowKind::Count) {
        made.count(row, change, at, counted, &data)?;
        at += 1;
    }
    for note in &found.notes {
        made.sheet.write_with_format(at, 0, note, &look::note())?;
        at += 1;
    }
    Ok(made.sheet)
}

struct Made<'a> {
    sheet: Worksheet,
    table: &'a Table,
    book: &'a Book<'a>,
    /// What the table was compared with.
    base: &'a str,
    /// The row totals that the grand total takes in.
    totals: Vec<String>,
    /// How wide its columns are, in characters.
    widths: Vec<f64>,
}

impl Made<'_> {
    fn kind(&self, column: usize) -> Option<ColumnKind> {
        let key = &self.table.columns.get(column)?.key.now;
        self.book.columns.iter().find(|known| *known.key == **key).map(|known| known.kind)
    }

    fn columns_of(&self, kind: ColumnKind) -> impl Iterator<Item = usize> {
        (0..self.table.columns.len()).filter(move |column| self.kind(*column) == Some(kind))
    }

    /// The command-variant columns, from the first to the last.
    fn cv(&self) -> Option<(u16, u16)> {
        let columns: Vec<usize> = self.columns_of(ColumnKind::Cv).collect();
        Some((narrow(*columns.first()?), narrow(*columns.last()?)))
    }

    fn is_key(&self, column: usize) -> bool {
        matches!(self.kind(column), Some(ColumnKind::Reference | ColumnKind::Variant))
    }

    /// Where the ids of rows stand, if one has its own: beside the columns of the table.
    fn ids(&self) -> Option<usize> {
        let has_own = |row: &TableRow| row.kind == RowKind::Data && self.own_id(row).is_some();
        self.table.rows.iter().any(has_own).then_some(self.table.columns.len())
    }

    /// The id of a row, if that isn't its variant.
    fn own_id<'r>(&self, row: &'r TableRow) -> Option<&'r str> {
        let variant = self.columns_of(ColumnKind::Variant).chain(self.columns_of(ColumnKind::Reference)).next()?;
        let says = row.cells.get(variant).map(|cell| text_of(&cell.runs)).unwrap_or_default();
        Some(row.key.now.as_str()).filter(|key| **key != says)
    }

    fn lay_out(&mut self) -> Result<(), XlsxError> {
        let is_cell = |row: &&TableRow| row.kind != RowKind::Count;
        for column in 0..self.table.columns.len() {
            let texts = self.table.rows.iter().filter(is_cell).filter_map(|row| row.cells.get(column));
            let longest = texts.map(|cell| text_of(&cell.runs).chars().count()).max().unwrap_or_default();
            let width = match self.kind(column) {
                Some(ColumnKind::Name) => longest.clamp(NARROWEST, WIDEST),
                _ => longest.clamp(NARROWEST, OF_CELLS),
            };
            self.widths.push(width as f64);
            self.sheet.set_column_width(narrow(column), width as f64 + 2.0)?;
            if self.is_key(column) {
                // What is typed below is text too.
                self.sheet.set_column_format(narrow(column), &look::text(look::words()))?;
            }
        }
        if let Some(ids) = self.ids() {
            self.sheet.set_column_width(narrow(ids), (WIDEST / 2) as f64)?;
            self.sheet.set_column_format(narrow(ids), &look::text(look::words()))?;
        }
        let keys = (0..self.table.columns.len()).take_while(|column| self.is_key(*column)).count();
        self.sheet.set_freeze_panes(HEADER + 1, narrow(keys))?;
        self.sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, HEADER)?;
        Ok(())
    }

    /// Makes a row as high as its words need.
    fn heighten(&mut self, row: &TableRow, at: u32) -> Result<(), XlsxError> {
        let lines = row.cells.iter().zip(&self.widths).map(|(cell, width)| look::lines(&text_of(&cell.runs), *width));
        self.sheet.set_row_height(at, look::height(lines.max().unwrap_or(1))).map(|_| ())
    }

    fn header(&mut self, row: &TableRow, at: u32) -> Result<(), XlsxError> {
        self.heighten(row, at)?;
        for (column, cell) in row.cells.iter().enumerate() {
            self.sheet.write_with_format(at, narrow(column), text_of(&cell.runs), &look::head())?;
        }
        if let Some(ids) = self.ids() {
            self.sheet.write_with_format(at, narrow(ids), ROW_ID, &look::head())?;
        }
        Ok(())
    }

    fn row(&mut self, row: &TableRow, change: &changes::Row, at: u32) -> Result<(), XlsxError> {
        self.heighten(row, at)?;
        for (column, cell) in row.cells.iter().enumerate() {
            let format = look::cell(change.shade(column));
            let format = match self.kind(column) {
                Some(ColumnKind::Reference | ColumnKind::Variant) => look::text(format),
                Some(ColumnKind::Name) => format,
                _ => format.set_align(FormatAlign::Center),
            };
            self.write(at, column, &text_of(&cell.runs), &format)?;
            self.was(at, column, change)?;
        }
        if let (Some(ids), Some(id)) = (self.ids(), self.own_id(row)) {
            self.write(at, ids, id, &look::text(look::words()))?;
        }
        Ok(())
    }

    fn write(&mut self, at: u32, column: usize, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(at, narrow(column), text, format).map(|_| ())
    }

    /// A note of what a cell held.
    fn was(&mut self, at: u32, column: usize, change: &changes::Row) -> Result<(), XlsxError> {
        if let Some(was) = change.was(column) {
            let note = Note::new(format!("{}:\n{was}", self.base)).add_author_prefix(false);
            self.sheet.insert_note(at, narrow(column), &note)?;
        }
        Ok(())
    }

    /// Filters, what cells may hold, and what recedes.
    fn offer(&mut self, rows: Rows) -> Result<(), XlsxError> {
        let Rows { first, last } = rows;
        let width = self.ids().unwrap_or(self.table.columns.len() - 1);
        self.sheet.autofilter(HEADER, 0, last, narrow(width))?;
        let appendix = self.book.appendix;
        let names: Vec<&str> = appendix.applicabilities.iter().map(|it| &*it.name).collect();
        let roles: Vec<&str> = appendix.roles.iter().map(|Role { code, .. }| code.as_str()).collect();
        let critical = [appendix.critical.yes.as_str(), appendix.critical.no.as_str()];
        let recedes = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(appendix.default_applicability.to_string()))
            .set_format(look::quiet());
        for column in 0..self.table.columns.len() {
            let list: &[&str] = match self.kind(column) {
                Some(ColumnKind::Cv) => {
                    self.sheet.add_conditional_format(first, narrow(column), last, narrow(column), &recedes)?;
                    &names
                }
                Some(ColumnKind::Critical) => &critical,
                Some(ColumnKind::Role) => &roles,
                _ => &[],
            };
            if let Some(list) = one_of(list)? {
                self.sheet.add_data_validation(first, narrow(column), last, narrow(column), &list)?;
            }
            if self.is_key(column) {
                let numbers = IgnoreError::NumberStoredAsText;
                self.sheet.ignore_error_range(first, narrow(column), last, narrow(column), numbers)?;
            }
        }
        Ok(())
    }

    fn count(
        &mut self,
        row: &TableRow,
        change: &changes::Row,
        at: u32,
        rows: Rows,
        data: &[(&TableRow, &changes::Row)],
    ) -> Result<(), XlsxError> {
        let label = row.cells.first().map(|cell| text_of(&cell.runs)).unwrap_or_default();
        let book = self.book;
        let counted = figures::counted(&label, book);
        let mut column = 0;
        for cell in &row.cells {
            let text = text_of(&cell.runs);
            let place = narrow(column);
            let formula = match (&counted, text.parse::<u64>()) {
                (Some((counted, _)), Ok(figure)) if column > 0 => {
                    self.figure(*counted, column, at, figure, rows, data).map(|it| formula(&it, figure))
                }
                (Some((counted, Some((words, figure)))), _) if column == 0 => {
                    self.total(*counted, at).and_then(|it| figures::labelled(words, &it, *figure))
                }
                _ => None,
            };
            let shade = change.shade(column);
            let format = if column == 0 { look::label(shade) } else { look::count(shade) };
            match formula {
                Some(formula) => self.sheet.write_formula_with_format(at, place, formula, &format)?,
                None if text.is_empty() => &mut self.sheet,
                None => self.sheet.write_with_format(at, place, text, &format)?,
            };
            self.was(at, column, change)?;
            column += cell.span;
        }
        Ok(())
    }

    /// The formula of a figure that stands in a column.
    fn figure(
        &mut self,
        counted: Counted<'_>,
        column: usize,
        at: u32,
        figure: u64,
        rows: Rows,
        data: &[(&TableRow, &changes::Row)],
    ) -> Option<String> {
        match (counted, self.kind(column)) {
            (Counted::Cells(applicability), Some(ColumnKind::Cv)) => {
                let holds = |row: &TableRow| {
                    row.cells.get(column).is_some_and(|cell| text_of(&cell.runs) == *applicability.name)
                };
                let shown = data.iter().filter(|(row, _)| holds(row)).count() as u64;
                let more = figure.checked_sub(shown)?;
                match data.is_empty() {
                    true => Some(more.to_string()),
                    false => rows.count(narrow(column), &applicability.name, more),
                }
            }
            (_, Some(ColumnKind::Cv)) => None,
            (counted, _) => self.total(counted, at),
        }
    }

    /// The formula of the total of a count row, or of all.
    fn total(&mut self, counted: Counted<'_>, at: u32) -> Option<String> {
        match counted {
            Counted::Tests => Some(figures::sum_of(&self.totals)),
            Counted::Cells(_) => {
                let sum = figures::sum(at, self.cv()?);
                self.totals.push(sum.clone());
                Some(sum)
            }
        }
    }
}

/// A list to choose from, if Excel can hold it.
fn one_of(list: &[&str]) -> Result<Option<DataValidation>, XlsxError> {
    let length: usize = list.iter().map(|it| it.chars().count() + 1).sum();
    if list.is_empty() || length > LONGEST_LIST || list.iter().any(|it| it.is_empty() || it.contains([',', '"'])) {
        return Ok(None);
    }
    DataValidation::new().allow_list_strings(list).map(Some)
}

/// Excel has fewer columns than rows; what doesn't fit is refused when it is written.
fn narrow(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
