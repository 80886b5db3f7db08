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
}

/// Tells `null` from nothing.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Deserialize::deserialize(from).map(Some)
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "ColumnForm", into = "ColumnForm")]
pub(super) struct ColumnSpec {
    pub key: Revised<String>,
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
        mark: Mark,
    },
}

impl From<ColumnForm> for ColumnSpec {
    fn from(form: ColumnForm) -> Self {
        match form {
            ColumnForm::Key(key) => Self { key: key.into(), mark: Mark::Kept },
            ColumnForm::Full { key, was, mark } => Self { key: Revised { now: key, was }, mark },
        }
    }
}

impl From<ColumnSpec> for ColumnForm {
    fn from(spec: ColumnSpec) -> Self {
        match (spec.mark, spec.key.was) {
            (Mark::Kept, None) => Self::Key(spec.key.now),
            (mark, was) => Self::Full { key: spec.key.now, was, mark },
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
    },
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl From<RowForm> for RowSpec {
    fn from(form: RowForm) -> Self {
        match form {
            RowForm::Key(key) => Self { key: key.into(), kind: RowKind::Data, mark: Mark::Kept, spans: Vec::new() },
            RowForm::Full { key, was, kind, mark, spans } => Self { key: Revised { now: key, was }, kind, mark, spans },
        }
    }
}

impl From<RowSpec> for RowForm {
    fn from(spec: RowSpec) -> Self {
        if spec.kind == RowKind::Data && spec.mark == Mark::Kept && spec.spans.is_empty() && spec.key.was.is_none() {
            return Self::Key(spec.key.now);
        }
        Self::Full { key: spec.key.now, was: spec.key.was, kind: spec.kind, mark: spec.mark, spans: spec.spans }
    }
}

impl From<&Table> for TableSpec {
    fn from(table: &Table) -> Self {
        let columns = table.columns.iter().map(|c| ColumnSpec { key: c.key.clone(), mark: c.mark }).collect();
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
            })
            .collect();
        Self { id: table.id.now.clone(), was: table.id.was.clone(), columns, rows }
    }
}

impl TableSpec {
    /// The table that the Markdown cells make with this directive, or what doesn't fit.
    pub fn table(self, aligns: &[Align], cells: Vec<Vec<Vec<Run>>>) -> Result<Table, String> {
        let columns = self.columns(aligns, &cells)?;
        if !self.rows.is_empty() && self.rows.len() != cells.len() {
            return Err(format!("the directive names {} rows and the table has {}", self.rows.len(), cells.len()));
        }
        let mut table = Table { id: Revised { now: self.id, was: self.was }, columns, rows: Vec::new() };
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
            let column = |(at, &align)| Column { key: key(at).into(), align, mark: Mark::Kept };
            return Ok(aligns.iter().enumerate().map(column).collect());
        }
        if self.columns.len() != aligns.len() {
            return Err(format!(
                "the directive names {} columns and the table has {}",
                self.columns.len(),
                aligns.len()
            ));
        }
        let column = |(spec, &align): (&ColumnSpec, _)| Column { key: spec.key.clone(), align, mark: spec.mark };
        Ok(self.columns.iter().zip(aligns).map(column).collect())
    }
}

/// A row that no directive speaks of: the first is the header, and the first cell of each is its key.
fn plain_row(index: usize, texts: &[Vec<Run>]) -> RowSpec {
    let key = texts.first().map(|runs| crate::document::text_of(runs)).unwrap_or_default();
    let kind = if index == 0 { RowKind::Header } else { RowKind::Data };
    RowSpec { key: key.into(), kind, mark: Mark::Kept, spans: Vec::new() }
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
        cells.push(Cell { span, runs });
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
