//! What makes a table a matrix: its columns, known by what stands at their heads, or else by what they hold.

use super::grid::{folded, grid};
use crate::document::{RowKind, Table};
use crate::model::{Appendix, Column, ColumnKind, Number, Standing};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The columns of a matrix.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub columns: Arc<[Column]>,
    /// How many rows stand at the head of its first table.
    pub header: usize,
    /// What those rows say, folded.
    heads: Vec<Vec<String>>,
}

/// What stands at the heads of a table's columns.
#[derive(Clone, Debug)]
pub(super) struct Heads {
    /// How many rows that is.
    pub rows: usize,
    /// The words of all rows.
    texts: Vec<Vec<String>>,
}

impl Heads {
    /// Those of a table, if it is wide enough to be a matrix.
    pub fn of(table: &Table) -> Option<Self> {
        if table.columns.len() < NARROWEST {
            return None;
        }
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| grid(table, row)).collect();
        let marked = table.rows.iter().take_while(|row| row.kind == RowKind::Header).count();
        // Not everybody tells Word that a row is a header; and some tell it of the first of two.
        let header = (marked..=(marked + 1).min(rows.len())).rev().find(|header| {
            *header > 0 && rows[header - 1].iter().filter(|text| by_words(text).is_some()).count() * 2 >= rows[0].len()
        });
        let header = header.unwrap_or(marked);
        Some(Self { rows: header, texts: rows })
    }

    /// Whether words can stand over a column of a matrix.
    pub fn knows(label: &str) -> bool {
        by_words(label).is_some()
    }

    /// What stands over a column.
    pub fn label(&self, at: usize) -> Option<&str> {
        self.texts[..self.rows].iter().rev().map(|row| row[at].as_str()).find(|text| !text.is_empty())
    }

    /// What each column is, where that can be known; `named` is what somebody says of the words over it.
    pub fn columns(&self, appendix: &Appendix, named: &dyn Fn(&str) -> Option<Column>) -> Vec<Option<Column>> {
        let width = self.texts.first().map_or(0, Vec::len);
        let column = |at: usize| {
            let label = self.label(at);
            label.and_then(named).or_else(|| column(at, label, &self.texts[self.rows..], appendix))
        };
        (0..width).map(column).collect()
    }

    /// The shape of a table with these columns.
    pub fn shape(self, columns: Vec<Column>) -> Shape {
        let heads = self.texts[..self.rows].iter().map(|row| row.iter().map(|text| folded(text)).collect()).collect();
        Shape { columns: columns.into(), header: self.rows, heads }
    }
}

/// A matrix has at least a number, a name and a command variant.
const NARROWEST: usize = 3;

impl Shape {
    /// The shape of a table, if it is that of a matrix.
    pub fn of(table: &Table, appendix: &Appendix) -> Option<Self> {
        let heads = Heads::of(table)?;
        let columns: Option<Vec<Column>> = heads.columns(appendix, &|_| None).into_iter().collect();
        let columns = unique(columns?);
        is_matrix(&columns).then(|| heads.shape(columns))
    }

    /// Whether a table can be the next page of one of this shape.
    pub fn fits(&self, table: &Table, appendix: &Appendix) -> bool {
        if table.columns.len() != self.columns.len() {
            return false;
        }
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| grid(table, row)).collect();
        let repeats = rows.first().is_some_and(|row| self.is_header(row));
        let holds = |at: usize| {
            let cells = rows.iter().filter_map(|row| row.get(at)).filter(|text| !text.is_empty());
            cells.clone().all(|text| known(text, appendix)) && cells.count() > 0
        };
        let mut cv = (0..self.columns.len()).filter(|at| self.columns[*at].kind == ColumnKind::Cv);
        repeats || cv.any(holds)
    }

    /// Whether a row says what stands at the head of the table.
    pub fn is_header(&self, row: &[String]) -> bool {
        let row: Vec<String> = row.iter().map(|text| folded(text)).collect();
        self.heads.contains(&row)
    }

    /// Where the column of a kind stands.
    pub fn at(&self, kind: ColumnKind) -> Option<usize> {
        self.columns.iter().position(|column| column.kind == kind)
    }

    /// Where the command-variant columns stand.
    pub fn cv(&self) -> impl Iterator<Item = usize> + '_ {
        self.columns.iter().enumerate().filter(|(_, column)| column.kind == ColumnKind::Cv).map(|(at, _)| at)
    }
}

fn known(text: &str, appendix: &Appendix) -> bool {
    appendix.applicabilities.iter().any(|known| folded(&known.name) == folded(text))
}

/// What a column is.
fn column(at: usize, label: Option<&str>, rows: &[Vec<String>], appendix: &Appendix) -> Option<Column> {
    let Some(label) = label else {
        // Nothing stands over it: it is what its cells are, if the vocabulary has such a column there.
        let kind = by_values(at, rows, appendix)?;
        return appendix.columns.get(at).filter(|column| column.kind == kind).cloned();
    };
    if let Some(known) = appendix.columns.iter().find(|known| folded(&known.label) == folded(label)) {
        return Some(known.clone());
    }
    let kind = by_words(label).or_else(|| by_values(at, rows, appendix))?;
    let key = match kind.field() {
        Some(field) => field.to_owned(),
        None => command_variant(label).unwrap_or_else(|| key(label)),
    };
    Some(Column {
        key: key.into(),
        label: label.split_whitespace().collect::<Vec<_>>().join(" "),
        kind,
        origin: Standing::default(),
    })
}

/// What a column is, by the words over it.
fn by_words(label: &str) -> Option<ColumnKind> {
    let label = folded(label);
    let words: Vec<&str> = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |any: &[&str]| words.iter().any(|word| any.contains(word));
    if command_variant(&label).is_some() {
        Some(ColumnKind::Cv)
    } else if has(&["variant", "srv"]) {
        Some(ColumnKind::Variant)
    } else if has(&["reference", "ref"]) {
        Some(ColumnKind::Reference)
    } else if has(&["critical", "criticality"]) {
        Some(ColumnKind::Critical)
    } else if has(&["role", "roles"]) {
        Some(ColumnKind::Role)
    } else if has(&["name", "description"]) || label == "service request" {
        Some(ColumnKind::Name)
    } else {
        None
    }
}

/// The number of a command variant: “CV 4”, “Command Variant 4” or “4” alone.
fn command_variant(label: &str) -> Option<String> {
    let label = folded(label);
    let rest = ["command variant", "cv"].iter().find_map(|start| label.strip_prefix(start)).unwrap_or(&label).trim();
    let is_number = (1..=2).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| rest.to_owned())
}

/// What a column is, by what nearly all of its cells hold.
fn by_values(at: usize, rows: &[Vec<String>], appendix: &Appendix) -> Option<ColumnKind> {
    let cells: Vec<&str> =
        rows.iter().filter_map(|row| row.get(at)).map(String::as_str).filter(|it| !it.is_empty()).collect();
    let nearly_all = |is: &dyn Fn(&str) -> bool| {
        !cells.is_empty() && cells.iter().filter(|cell| is(cell)).count() * 10 >= cells.len() * 9
    };
    let count = |text: &str| text.parse::<u32>().is_ok();
    let critical = |text: &str| {
        let text = folded(text);
        [folded(&appendix.critical.yes), folded(&appendix.critical.no)].contains(&text) || text.parse::<u32>().is_ok()
    };
    let some = |is: &dyn Fn(&str) -> bool| cells.iter().any(|cell| is(cell));
    if some(&|text| known(text, appendix)) && nearly_all(&|text| known(text, appendix) || count(text)) {
        return Some(ColumnKind::Cv);
    }
    if some(&|text| appendix.role(text).is_some()) && nearly_all(&|text| appendix.role(text).is_some() || count(text)) {
        return Some(ColumnKind::Role);
    }
    if nearly_all(&critical) && !nearly_all(&count) {
        return Some(ColumnKind::Critical);
    }
    let numbered = cells.iter().filter(|cell| is_number(cell)).count();
    match at {
        0 if numbered * 2 > cells.len() => Some(ColumnKind::Reference),
        1 if numbered * 2 > cells.len() => Some(ColumnKind::Variant),
        _ if nearly_all(&|text| text.chars().any(char::is_alphabetic)) => Some(ColumnKind::Name),
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && Number::parse(text).is_some()
}

/// A key of letters, digits and hyphens.
fn key(label: &str) -> String {
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

/// Columns whose keys are all different.
pub(super) fn unique(mut columns: Vec<Column>) -> Vec<Column> {
    let mut keys = BTreeSet::new();
    for column in &mut columns {
        let mut key = column.key.to_string();
        let mut count = 2;
        while !keys.insert(key.clone()) {
            key = format!("{}-{count}", column.key);
            count += 1;
        }
        column.key = key.into();
    }
    columns
}

/// Whether columns are those of a matrix.
pub(super) fn is_matrix(columns: &[Column]) -> bool {
    let count = |kind| columns.iter().filter(|column| column.kind == kind).count();
    let numbers = count(ColumnKind::Reference).max(count(ColumnKind::Variant));
    let once = [ColumnKind::Reference, ColumnKind::Variant, ColumnKind::Critical, ColumnKind::Role];
    count(ColumnKind::Name) == 1
        && count(ColumnKind::Cv) > 0
        && numbers == 1
        && once.into_iter().all(|kind| count(kind) <= 1)
}
