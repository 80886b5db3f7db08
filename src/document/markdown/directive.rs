//! What rides along in HTML comments: identity and marks that Markdown has no words for.

use crate::document::{Align, Cell, Column, Mark, Meta, Revised, RowKind, Run, Table, TableRow, TextRole};
use serde::{Deserialize, Serialize};

pub(super) const PREFIX: &str = "ctsd:";

/// `<!-- ctsd:name {…} -->`, on one line and with nothing in it that could end the comment early.
pub(super) fn comment(name: &str, data: Option<&impl Serialize>) -> String {
    let Some(data) = data else {
        return format!("<!-- {PREFIX}{name} -->");
    };
    let json = serde_json::to_string(data).expect("plain data turns into JSON");
    let safe = json.replace("--", "-\\u002d").replace('>', "\\u003e").replace('<', "\\u003c");
    format!("<!-- {PREFIX}{name} {safe} -->")
}

/// The name and the data of a directive; `None` for any other comment.
pub(super) fn parse(html: &str) -> Option<(&str, &str)> {
    let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let inner = inner.strip_prefix(PREFIX)?;
    let (name, data) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    Some((name, data.trim()))
}

#[derive(Serialize, Deserialize)]
pub(super) struct DocumentSpec {
    #[serde(flatten)]
    pub now: Meta,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Meta>,
}

impl From<&Revised<Meta>> for DocumentSpec {
    fn from(meta: &Revised<Meta>) -> Self {
        Self { now: meta.now.clone(), was: meta.was.clone() }
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FurnitureSpec {
    #[serde(default)]
    pub mark: Mark,
}

/// The section that a paragraph opens without a heading.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClauseSpec {
    pub id: String,
    pub level: u8,
}

/// The directive over the paragraph that opens a section without a heading.
pub fn clause(id: &str, level: u8) -> String {
    comment("clause", Some(&ClauseSpec { id: id.to_owned(), level }))
}

/// Everything of a table but its text. What is left out is what a plain Markdown table has.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TableSpec {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Whether the table had another id before, or none.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub was: Option<Option<String>>,
    pub columns: Vec<ColumnSpec>,
    pub rows: Vec<RowSpec>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub header_column: bool,
    /// How many rows are header rows, as a drafter says.
    #[serde(skip)]
    pub header_rows: Option<usize>,
    /// The shares of the columns in the width, as a drafter says.
    #[serde(skip)]
    pub widths: Vec<u16>,
}

/// Tells `null` from nothing.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Deserialize::deserialize(from).map(Some)
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "ColumnForm", into = "ColumnForm")]
pub(super) struct ColumnSpec {
    pub key: Revised<String>,
    pub share: u16,
    pub mark: Mark,
}

/// A column with nothing to say but its key is written as that key alone.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum ColumnForm {
    Key(String),
    Full {
        key: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")]
        share: u16,
        #[serde(default, skip_serializing_if = "is_default")]
        mark: Mark,
    },
}

impl From<ColumnForm> for ColumnSpec {
    fn from(form: ColumnForm) -> Self {
        match form {
            ColumnForm::Key(key) => Self { key: key.into(), share: 0, mark: Mark::Kept },
            ColumnForm::Full { key, was, share, mark } => Self { key: Revised { now: key, was }, share, mark },
        }
    }
}

impl From<ColumnSpec> for ColumnForm {
    fn from(spec: ColumnSpec) -> Self {
        match (spec.mark, spec.key.was, spec.share) {
            (Mark::Kept, None, 0) => Self::Key(spec.key.now),
            (mark, was, share) => Self::Full { key: spec.key.now, was, share, mark },
        }
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "RowForm", into = "RowForm")]
pub(super) struct RowSpec {
    pub key: Revised<String>,
    pub kind: RowKind,
    pub mark: Mark,
    /// How many columns each cell covers; empty where each covers one.
    pub spans: Vec<usize>,
    /// Which of its cells are more of those above, from 0.
    pub above: Vec<usize>,
}

/// A row with nothing to say but its key is written as that key alone.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum RowForm {
    Key(String),
    Full {
        key: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")]
        kind: RowKind,
        #[serde(default, skip_serializing_if = "is_default")]
        mark: Mark,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        spans: Vec<usize>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        above: Vec<usize>,
    },
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl From<RowForm> for RowSpec {
    fn from(form: RowForm) -> Self {
        match form {
            RowForm::Key(key) => Self::new(key, RowKind::Data),
            RowForm::Full { key, was, kind, mark, spans, above } => {
                Self { key: Revised { now: key, was }, kind, mark, spans, above }
            }
        }
    }
}

impl From<RowSpec> for RowForm {
    fn from(spec: RowSpec) -> Self {
        let RowSpec { key: Revised { now: key, was }, kind, mark, spans, above } = spec;
        let plain = spans.is_empty() && above.is_empty() && was.is_none();
        if plain && kind == RowKind::Data && mark == Mark::Kept {
            return Self::Key(key);
        }
        Self::Full { key, was, kind, mark, spans, above }
    }
}

impl RowSpec {
    /// A row of which nothing more is said.
    pub fn new(key: String, kind: RowKind) -> Self {
        Self { key: key.into(), kind, mark: Mark::Kept, spans: Vec::new(), above: Vec::new() }
    }
}

impl From<&Table> for TableSpec {
    fn from(table: &Table) -> Self {
        let columns = table.columns.iter().map(|c| ColumnSpec { key: c.key.clone(), share: c.share, mark: c.mark });
        let rows = table
            .rows
            .iter()
            .map(|row| RowSpec {
                key: row.key.clone(),
                kind: row.kind,
                mark: row.mark,
                spans: match row.cells.iter().all(|cell| cell.span == 1) {
                    true => Vec::new(),
                    false => row.cells.iter().map(|cell| cell.span).collect(),
                },
                above: (0..row.cells.len()).filter(|&at| row.cells[at].above).collect(),
            })
            .collect();
        let (id, was, header_column) = (table.id.now.clone(), table.id.was.clone(), table.header_column);
        Self { id, was, columns: columns.collect(), rows, header_column, ..Self::default() }
    }
}

impl TableSpec {
    /// The table that the Markdown cells make with this directive, or what doesn't fit.
    pub fn table(self, aligns: &[Align], cells: Vec<Vec<Vec<Run>>>) -> Result<Table, String> {
        let columns = self.columns(aligns, &cells)?;
        if !self.rows.is_empty() && self.rows.len() != cells.len() {
            return Err(format!("the directive names {} rows and the table has {}", self.rows.len(), cells.len()));
        }
        let mut table = Table { id: Revised { now: self.id, was: self.was }, columns, ..Table::default() };
        table.header_column = self.header_column;
        let mut specs = self.rows.into_iter();
        for (index, texts) in cells.into_iter().enumerate() {
            let spec = specs.next().unwrap_or_else(|| plain_row(index, &texts));
            let row = row(&table, spec, texts)?;
            table.rows.push(row);
        }
        Ok(table)
    }

    fn columns(&self, aligns: &[Align], cells: &[Vec<Vec<Run>>]) -> Result<Vec<Column>, String> {
        if self.columns.is_empty() {
            let header = cells.first().map(Vec::as_slice).unwrap_or_default();
            let key = |at: usize| header.get(at).map(|runs| crate::document::text_of(runs)).unwrap_or_default();
            let column = |(at, &align)| Column {
                key: key(at).into(),
                align,
                share: self.widths.get(at).copied().unwrap_or_default(),
                mark: Mark::Kept,
            };
            return Ok(aligns.iter().enumerate().map(column).collect());
        }
        if self.columns.len() != aligns.len() {
            return Err(format!(
                "the directive names {} columns and the table has {}",
                self.columns.len(),
                aligns.len()
            ));
        }
        let column = |(spec, &align): (&ColumnSpec, _)| Column {
            key: spec.key.clone(),
            align,
            share: spec.share,
            mark: spec.mark,
        };
        Ok(self.columns.iter().zip(aligns).map(column).collect())
    }
}

/// A row that no directive speaks of: the first is the header, and the first cell of each is its key.
fn plain_row(index: usize, texts: &[Vec<Run>]) -> RowSpec {
    let key = texts.first().map(|runs| crate::document::text_of(runs)).unwrap_or_default();
    let kind = if index == 0 { RowKind::Header } else { RowKind::Data };
    RowSpec::new(key, kind)
}

/// Gathers the cells of a row from the Markdown cells, of which there is one for each column of the table.
fn row(table: &Table, spec: RowSpec, mut texts: Vec<Vec<Run>>) -> Result<TableRow, String> {
    let grid: Vec<usize> = table.grid(spec.mark).collect();
    let spans = if spec.spans.is_empty() { vec![1; grid.len()] } else { spec.spans };
    if spans.contains(&0) || spans.iter().try_fold(0usize, |sum, &n| sum.checked_add(n)) != Some(grid.len()) {
        return Err(format!(
            "the cells of row “{}” cover {} columns and the table has {}",
            spec.key.now,
            spans.iter().fold(0usize, |sum, &n| sum.saturating_add(n)),
            grid.len()
        ));
    }
    texts.resize(table.columns.len(), Vec::new());
    let mut at = 0;
    let mut cells = Vec::with_capacity(spans.len());
    for span in spans {
        let runs = std::mem::take(&mut texts[grid[at]]);
        let above = spec.above.contains(&cells.len());
        if above && !(runs.is_empty() && has_above(table, at..at + span)) {
            return Err(format!("a cell of row “{}” is more of one above, and doesn't fit under it", spec.key.now));
        }
        cells.push(Cell { span, above, runs });
        at += span;
    }
    if let Some(stray) = texts.iter().find(|runs| !runs.is_empty()) {
        return Err(format!(
            "“{}” in row “{}” stands where another cell already covers the column",
            crate::document::text_of(stray),
            spec.key.now
        ));
    }
    Ok(TableRow { key: spec.key, kind: spec.kind, mark: spec.mark, cells })
}

/// Whether a cell of the last row covers these places of its grid, and no others.
fn has_above(table: &Table, places: std::ops::Range<usize>) -> bool {
    let mut start = 0;
    table.rows.last().is_some_and(|row| {
        row.cells.iter().any(|cell| {
            start += cell.span;
            start - cell.span == places.start && start == places.end
        })
    })
}

/// What a drafter says of a table, such as `header-rows=2 header-column widths=2,1,1`, and all that is wrong with it.
pub(super) fn typed_table(words: &str) -> (TableSpec, Vec<String>) {
    let (mut spec, mut wrong) = (TableSpec::default(), Vec::new());
    for word in words.split_whitespace() {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        match name {
            "header-column" if value.is_empty() => spec.header_column = true,
            "header-rows" => match value.parse() {
                Ok(rows) if rows > 0 => spec.header_rows = Some(rows),
                _ => wrong.push(format!("“{word}” doesn't say how many rows are header rows")),
            },
            "widths" => match value.split(',').map(str::parse).collect::<Result<Vec<u16>, _>>() {
                Ok(widths) if !widths.contains(&0) => spec.widths = reduced(widths),
                _ => wrong.push(format!("“{word}” doesn't say how wide the columns are to each other")),
            },
            _ => wrong.push(format!("nothing about a table is called “{word}”")),
        }
    }
    (spec, wrong)
}

/// The smallest numbers with the same proportions, so that what looks alike is one text.
fn reduced(mut widths: Vec<u16>) -> Vec<u16> {
    let divisor = |mut a: u16, mut b: u16| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let common = widths.iter().copied().fold(0, divisor).max(1);
    widths.iter_mut().for_each(|width| *width /= common);
    widths
}

/// The role that a directive over a paragraph gives it.
pub(super) fn role(name: &str) -> Option<TextRole> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

pub(super) fn role_name(role: TextRole) -> String {
    match serde_json::to_value(role) {
        Ok(serde_json::Value::String(name)) => name,
        _ => unreachable!("a role is written as a string"),
    }
}
