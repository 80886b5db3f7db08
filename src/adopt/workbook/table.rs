//! A sheet with the table that is on it: which of its columns and rows are the table's.

use super::naming::{Meant, Naming, words};
use crate::adopt::grid::folded;
use crate::adopt::shape::{Heads, Shape, is_matrix, unique};
use crate::document::{self, Cell, RowKind, Run, Table, TableRow};
use crate::model::{Appendix, Column, ColumnKind};
use crate::reader::xlsx::{Address, Sheet, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A header stands near the top of its sheet.
const DEEPEST_HEADER: usize = 40;
/// No table of Service Requests has more rows.
const MOST_ROWS: usize = 10_000;
/// What stands in cells that are one is the word of a list, not a text.
const LONGEST_FILLED: usize = 255;

/// A sheet with a table.
pub(super) struct Found<'b> {
    pub sheet: &'b Sheet,
    pub shape: Shape,
    /// Which columns of the sheet those of the shape are.
    pub columns: Vec<u32>,
    /// Which column of the sheet tells rows of one variant apart.
    pub ids: Option<u32>,
    /// The first row of the header, and the first after it.
    pub header: (u32, u32),
    /// What stands above the header.
    pub above: Vec<String>,
    /// The rows below the header, as they are in the sheet.
    pub rows: Vec<Row<'b>>,
}

/// A row of a sheet.
#[derive(Clone, Debug)]
pub(super) struct Row<'b> {
    pub at: u32,
    /// What the columns of the shape hold.
    pub cells: Vec<Option<&'b Value>>,
    pub id: Option<&'b Value>,
}

/// What is told of a sheet: where, whether something is lost by it, and what.
pub(super) type Told = Vec<(Address, bool, String)>;

/// The table of a sheet, if it has one.
///
/// # Errors
/// What must be known first: what a column is.
pub(super) fn find<'b>(
    sheet: &'b Sheet,
    appendix: &Appendix,
    naming: &Naming,
    met: &mut Vec<String>,
    told: &mut Told,
) -> Result<Option<Found<'b>>, Vec<(Address, String)>> {
    let mut wrong = Vec::new();
    for (&at, row) in sheet.rows.iter().take(DEEPEST_HEADER) {
        let knows = |value: &Value| {
            naming.column(value.text()).is_some()
                || appendix.columns.iter().any(|known| folded(&known.label) == folded(value.text()))
                || Heads::knows(value.text())
        };
        if row.values().filter(|value| matches!(value, Value::Text(_)) && knows(value)).count() < 2 {
            continue;
        }
        match Columns::of(sheet, at, appendix, naming, met) {
            Ok(Some(columns)) => return Ok(Some(columns.found(sheet, at, told)?)),
            Ok(None) => {}
            Err(unclear) if wrong.is_empty() => wrong = unclear,
            Err(_) => {}
        }
    }
    if wrong.is_empty() { Ok(None) } else { Err(wrong) }
}

/// What the columns of a sheet are.
struct Columns {
    shape: Shape,
    columns: Vec<u32>,
    ids: Option<u32>,
    /// Those that are left out, with what stands over them.
    left: Vec<(u32, String)>,
}

impl Columns {
    fn of(
        sheet: &Sheet,
        at: u32,
        appendix: &Appendix,
        naming: &Naming,
        met: &mut Vec<String>,
    ) -> Result<Option<Self>, Vec<(Address, String)>> {
        // What stands beside the header is no part of the table; its last word can stand over several columns.
        let head = &sheet.rows[&at];
        let (Some(from), Some(last)) = (head.keys().next().copied(), head.keys().last().copied()) else {
            return Ok(None);
        };
        let over = sheet.merged.iter().filter(|(first, _)| first.row == at && first.column == last);
        let to = over.map(|(_, end)| end.column).max().unwrap_or(last);
        let used: Vec<u32> = (from..=to)
            .filter(|column| sheet.rows.range(at..).take(MOST_ROWS).any(|(_, row)| row.contains_key(column)))
            .collect();
        // A second row can stand over the columns, such as the numbers of command variants under one word.
        let known = |value: &Value| Heads::knows(value.text()) || naming.column(value.text()).is_some();
        let is_second = sheet.rows.get(&(at + 1)).is_some_and(|row| row.values().all(known));
        let texts = |columns: &[u32]| -> Table {
            let cell = |row: &BTreeMap<u32, Value>, column: &u32| {
                let text = row.get(column).map(Value::text).unwrap_or_default();
                Cell { span: 1, runs: vec![Run::plain(text)], ..Cell::default() }
            };
            let rows = sheet.rows.range(at..).take(MOST_ROWS).map(|(row, cells)| TableRow {
                kind: if *row == at || is_second && *row == at + 1 { RowKind::Header } else { RowKind::Data },
                cells: columns.iter().map(|column| cell(cells, column)).collect(),
                ..TableRow::default()
            });
            Table {
                columns: vec![document::Column::default(); columns.len()],
                rows: rows.collect(),
                ..Table::default()
            }
        };
        let Some(heads) = Heads::of(&texts(&used)) else { return Ok(None) };
        // What is no column of the table goes first: what others hold is guessed from where they stand.
        let (mut columns, mut ids, mut left) = (Vec::new(), None, Vec::new());
        for (nth, column) in used.iter().enumerate() {
            let label = heads.label(nth).unwrap_or_default();
            let meant = naming.column(label);
            if meant.is_some() {
                met.push(folded(label));
            }
            match meant {
                Some(Meant::Nothing) => left.push((*column, label.to_owned())),
                Some(Meant::Id) => ids = Some(*column),
                None if folded(label) == "id" => ids = Some(*column),
                _ => columns.push(*column),
            }
        }
        let Some(heads) = Heads::of(&texts(&columns)) else { return Ok(None) };
        let named = |label: &str| naming.column(label).and_then(|meant| meant.of_table(label, appendix));
        let meant = heads.columns(appendix, &named);
        let known: Vec<Column> = meant.iter().flatten().cloned().collect();
        let has = |kind| known.iter().any(|column| column.kind == kind);
        // A sheet that has nothing of a matrix is another matter.
        if !has(ColumnKind::Name) || !has(ColumnKind::Cv) || heads.rows == 0 {
            return Ok(None);
        }
        let place = |nth: usize| Address { row: at + u32::try_from(heads.rows - 1).unwrap_or(0), column: columns[nth] };
        let label = |nth: usize| heads.label(nth).unwrap_or_default();
        let by_words = |nth: usize| {
            let is_known = |known: &Column| folded(&known.label) == folded(label(nth));
            naming.column(label(nth)).is_some() || Heads::knows(label(nth)) || appendix.columns.iter().any(is_known)
        };
        let of_kind = |nth: usize, kind| meant[nth].as_ref().is_some_and(|column| column.kind == kind);
        let mut wrong = Vec::new();
        for (nth, column) in meant.iter().enumerate() {
            // What it holds only looks like what another column is called.
            let is_other = |kind| (0..meant.len()).any(|at| at != nth && of_kind(at, kind) && by_words(at));
            let taken =
                column.as_ref().map(|column| column.kind).filter(|kind| *kind != ColumnKind::Cv && is_other(*kind));
            let says = label(nth);
            let what = match (column, taken) {
                (Some(_), None) => continue,
                (None, _) if says.is_empty() => {
                    format!("nothing says what this column is: type that over it ({})", words())
                }
                (Some(_), Some(kind)) if by_words(nth) => format!(
                    "“{says}” is read as a column that the table has twice ({}): say what it is with --columns \"{says}=…\"",
                    called(kind)
                ),
                _ => format!(
                    "it isn't clear what the column “{says}” is: say it with --columns \"{says}=…\" ({})",
                    words()
                ),
            };
            wrong.push((place(nth), what));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let meant = unique(known);
        if !is_matrix(&meant) {
            let what =
                "the table has no column with references or variants: say which has with --columns \"…=variant\"";
            return Err(vec![(place(0), what.to_owned())]);
        }
        Ok(Some(Self { shape: heads.shape(meant), columns, ids, left }))
    }

    fn found<'b>(self, sheet: &'b Sheet, at: u32, told: &mut Told) -> Result<Found<'b>, Vec<(Address, String)>> {
        let end = at + u32::try_from(self.shape.header).unwrap_or(1);
        let above = sheet.rows.range(..at).flat_map(|(_, row)| row.values()).map(|value| value.text().to_owned());
        let mut rows: Vec<Row<'b>> = sheet
            .rows
            .range(end..)
            .take(MOST_ROWS + 1)
            .map(|(row, cells)| Row {
                at: *row,
                cells: self.columns.iter().map(|column| cells.get(column)).collect(),
                id: self.ids.and_then(|column| cells.get(&column)),
            })
            .collect();
        if rows.len() > MOST_ROWS {
            let place = Address { row: end, column: 0 };
            return Err(vec![(
                place,
                format!("it has more than {MOST_ROWS} rows, which no table of Service Requests has"),
            )]);
        }
        self.fill(sheet, end, &mut rows, told);
        self.tell(sheet, at, end, told);
        rows.retain(|row| row.id.is_some() || row.cells.iter().any(Option::is_some));
        let header = (at, end);
        Ok(Found {
            sheet,
            shape: self.shape,
            columns: self.columns,
            ids: self.ids,
            header,
            above: above.collect(),
            rows,
        })
    }

    /// What stands in cells that are one is said of each row that they cover, and of each command variant.
    fn fill<'b>(&self, sheet: &'b Sheet, from: u32, rows: &mut [Row<'b>], told: &mut Told) {
        for (first, last) in sheet.merged.iter().filter(|(first, _)| first.row >= from) {
            let Some(value) = sheet.rows.get(&first.row).and_then(|row| row.get(&first.column)) else { continue };
            if value.text().len() > LONGEST_FILLED {
                continue;
            }
            let is_cv = |nth: usize| self.shape.columns[nth].kind == ColumnKind::Cv;
            let covered: Vec<usize> = (0..self.columns.len())
                .filter(|nth| (first.column..=last.column).contains(&self.columns[*nth]))
                .filter(|nth| self.columns[*nth] == first.column || is_cv(*nth))
                .collect();
            // A label over columns that differ is only wide.
            let covered =
                if covered.iter().all(|nth| is_cv(*nth)) { &covered[..] } else { &covered[..covered.len().min(1)] };
            let mut filled = false;
            for row in rows.iter_mut().filter(|row| (first.row..=last.row).contains(&row.at)) {
                for nth in covered {
                    if row.cells[*nth].is_none() {
                        row.cells[*nth] = Some(value);
                        filled = true;
                    }
                }
            }
            if filled {
                let what =
                    format!("{first}:{last} is one cell: “{}” is read in each row and column of it", value.text());
                told.push((*first, false, what));
            }
        }
    }

    /// What is hidden, and what is left out.
    fn tell(&self, sheet: &Sheet, at: u32, end: u32, told: &mut Told) {
        for (column, label) in &self.left {
            told.push((
                Address { row: at, column: *column },
                true,
                format!("the column “{label}” is left out, as asked"),
            ));
        }
        let hidden: BTreeSet<u32> = sheet.hidden_rows.range(end..).copied().collect();
        if let Some(first) = hidden.first() {
            let rows: Vec<String> = hidden.iter().take(8).map(|row| (row + 1).to_string()).collect();
            let more = if hidden.len() > 8 { " and more" } else { "" };
            let what = format!("hidden rows are read like the others: {}{more}", rows.join(", "));
            told.push((Address { row: *first, column: 0 }, false, what));
        }
        let is_hidden = |column: &&u32| sheet.hidden_columns.iter().any(|(from, to)| (from..=to).contains(column));
        if let Some(first) = self.columns.iter().find(is_hidden) {
            let columns: Vec<String> = self
                .columns
                .iter()
                .filter(is_hidden)
                .map(|column| Address { row: 0, column: *column }.to_string().trim_end_matches('1').to_owned())
                .collect();
            let what = format!("hidden columns are read like the others: {}", columns.join(", "));
            told.push((Address { row: at, column: *first }, false, what));
        }
    }
}

/// What a column is called where somebody says which it is.
pub(super) fn called(kind: ColumnKind) -> &'static str {
    kind.field().unwrap_or("cv")
}
