//! What templates can use.

use super::memory::Memory;
use crate::content;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Block, CLAUSE_LEVELS, Kind, PartKind, anchor, markdown};
use crate::model::{
    Appendix, Classification, Column, ColumnKind, Counts, Matrix, Omitted, Part, Recorded, Row, Section, Version,
    counts,
};
use serde::Serialize;
use std::sync::Arc;
use tera::{Kwargs, State, Value};

/// A value as JSON that can stand in a directive.
pub(super) fn json(value: &Value, _: Kwargs, _: &State) -> Value {
    let json = serde_json::to_string(value).unwrap_or_default();
    Value::safe_string(&json.replace("--", "-\\u002d").replace('<', "\\u003c").replace('>', "\\u003e"))
}

/// A version without its parts.
#[derive(Debug, Serialize)]
pub(super) struct Head<'a> {
    id: &'a str,
    /// As documents print it, such as "SEC Version 6.18" or "MP089".
    name: &'a str,
    title: Option<&'a str>,
    /// The version that it amends, by its id and by its name.
    base_id: Option<&'a str>,
    base_name: Option<&'a str>,
    legal_text_version: Option<&'a str>,
    classification: &'a Classification,
    date: Option<&'a str>,
    extract: Option<&'a str>,
    /// The versions of the code that led to it: `id`, `name`, `date` and `modifications` with `id`, `name`, `title`.
    record: &'a [Recorded],
}

impl<'a> Head<'a> {
    pub fn new(version: &'a Version, base: Option<&'a Version>) -> Self {
        Self {
            id: &version.id,
            name: &version.name,
            title: version.title.as_deref(),
            base_id: base.map(|base| base.id.as_str()),
            base_name: base.map(|base| base.name.as_str()),
            legal_text_version: version.legal_text_version.as_deref(),
            classification: &version.classification,
            date: version.date.as_deref(),
            extract: version.extract.as_deref(),
            record: &version.record,
        }
    }
}

/// A section or a table as its template sees it.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum PartContext<'a> {
    Section(SectionContext<'a>),
    Matrix(MatrixContext<'a>),
}

#[derive(Debug, Serialize)]
pub(super) struct SectionContext<'a> {
    id: &'a str,
    number: &'a str,
    level: usize,
    /// As many as the heading's level.
    hashes: String,
    /// Empty for a section without a heading.
    heading: &'a str,
    /// What stands over the first paragraph of a section without a heading.
    clause: Option<String>,
    /// The heading's id attribute.
    anchor: String,
    /// Markdown that needs no escaping.
    body: Arc<str>,
}

#[derive(Debug, Serialize)]
pub(super) struct MatrixContext<'a> {
    id: &'a str,
    number: &'a str,
    title: Option<&'a str>,
    role: &'a str,
    role_name: &'a str,
    columns: &'a [Column],
    column_keys: Vec<&'a str>,
    rows: Vec<RowContext<'a>>,
    counts: Option<Counts>,
    /// The widths, in columns, of the cells of a count row: label, figures and, if there is a column for it, total.
    count_spans: Vec<usize>,
    /// The same of the row of the grand total.
    total_spans: Vec<usize>,
    /// Whether a column stands after the figures, which then holds the totals.
    total_column: bool,
    /// An element for each further column that the label covers.
    label_filler: Vec<()>,
    total_filler: Vec<()>,
    omitted: OmittedContext<'a>,
}

#[derive(Debug, Serialize)]
struct RowContext<'a> {
    key: &'a str,
    /// In the order of the columns.
    cells: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum OmittedContext<'a> {
    Nothing,
    Counted { rows: u32 },
    Unknown { reason: &'a str },
}

/// The parts of a version, with their bodies read and written again as the dialect writes them.
///
/// # Errors
/// All that the bodies hold and the dialect doesn't, each at its place.
pub(super) fn parts<'a>(
    appendix: &'a Appendix,
    version: &'a Version,
    known: Option<&Memory<Arc<str>>>,
) -> Result<Vec<PartContext<'a>>, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut parts = Vec::with_capacity(version.parts.len());
    for part in &version.parts {
        match part {
            Part::Section(section) => match known_body(section, known) {
                Ok(body) => parts.push(PartContext::Section(section_context(section, body))),
                Err(more) => findings.extend(more),
            },
            Part::Matrix(matrix) => parts.push(PartContext::Matrix(matrix_context(appendix, matrix))),
        }
    }
    if findings.is_empty() { Ok(parts) } else { Err(findings) }
}

fn section_context(section: &Section, body: Arc<str>) -> SectionContext<'_> {
    SectionContext {
        id: &section.id,
        number: &section.number,
        level: section.level,
        hashes: "#".repeat(section.level.clamp(1, 6)),
        heading: &section.heading,
        clause: clause(section),
        anchor: format!("{{#{}}}", anchor(PartKind::Section, &section.id)),
        body,
    }
}

/// The directive of the paragraph that begins a section without a heading.
fn clause(section: &Section) -> Option<String> {
    let level = u8::try_from(section.level).unwrap_or(u8::MAX).clamp(1, CLAUSE_LEVELS);
    section.is_clause().then(|| markdown::clause(&section.id, level))
}

/// As [`body`], which is the same for sections that say the same at the same depth.
fn known_body(section: &Section, known: Option<&Memory<Arc<str>>>) -> Result<Arc<str>, Vec<Diagnostic>> {
    let make = |_: &str| body(section).map(Arc::from);
    let Some(known) = known else { return make("") };
    known.made(&format!("{} {}\n{}", section.level, section.is_clause(), &*section.body), make)
}

/// The body as the dialect writes it, with its headings one level and more below the section's own.
fn body(section: &Section) -> Result<String, Vec<Diagnostic>> {
    let mut blocks = content::blocks(&section.body)?;
    let begins = matches!(blocks.first(), Some(Block::Paragraph(first)) if first.kind.now == Kind::Body);
    if section.is_clause() && !begins && !blocks.is_empty() {
        let length = section.body.lines().next().unwrap_or_default().chars().count();
        let message = format!("Section {} has no heading, and doesn't begin with a paragraph", section.number.value);
        let finding = Diagnostic::error(Code::BodyMarkdown, message).at(section.body.locate(0, length));
        return Err(vec![finding.help("Put its first words in a paragraph above, or give it a “heading”.")]);
    }
    let own = u8::try_from(section.level).unwrap_or(6).min(6);
    for block in &mut blocks {
        let Block::Paragraph(paragraph) = block else { continue };
        if let Kind::Heading { level, .. } = &mut paragraph.kind.now {
            *level = level.saturating_add(own).min(6);
        }
    }
    Ok(markdown::write_blocks(&blocks))
}

fn matrix_context<'a>(appendix: &'a Appendix, matrix: &'a Matrix) -> MatrixContext<'a> {
    let is_cv = |column: &&Column| column.kind == ColumnKind::Cv;
    let before = matrix.columns.iter().take_while(|column| column.kind != ColumnKind::Cv).count();
    let figures = matrix.columns.iter().filter(is_cv).count();
    let after = matrix.columns.len() - before - figures;
    let total = (after > 0).then_some(after);
    let count_spans = std::iter::once(before).chain(std::iter::repeat_n(1, figures)).chain(total).collect();
    let total_spans = std::iter::once(before + figures).chain(total).collect();
    MatrixContext {
        id: &matrix.id,
        number: &matrix.number,
        title: matrix.title.as_deref(),
        role: &matrix.role,
        role_name: &matrix.role_name,
        columns: &matrix.columns,
        column_keys: matrix.columns.iter().map(|column| &*column.key).collect(),
        rows: matrix.rows.iter().map(|row| row_context(appendix, matrix, row)).collect(),
        counts: counts(appendix, matrix),
        total_spans,
        total_column: after > 0,
        label_filler: vec![(); before.saturating_sub(1)],
        total_filler: vec![(); (before + figures).saturating_sub(1)],
        count_spans,
        omitted: match &matrix.omitted {
            Omitted::Nothing => OmittedContext::Nothing,
            Omitted::Counted { rows, .. } => OmittedContext::Counted { rows: rows.value },
            Omitted::Unknown { reason } => OmittedContext::Unknown { reason },
        },
    }
}

fn row_context<'a>(appendix: &'a Appendix, matrix: &'a Matrix, row: &'a Row) -> RowContext<'a> {
    let mut cv = row.cv.iter();
    let cell = |column: &Column| -> &'a str {
        match column.kind {
            ColumnKind::Reference => &row.reference,
            ColumnKind::Variant => &row.variant,
            ColumnKind::Name => &row.name,
            ColumnKind::Critical if row.critical.value => &appendix.critical.yes,
            ColumnKind::Critical => &appendix.critical.no,
            ColumnKind::Cv => cv.next().map_or("", |cell| &cell.value),
            ColumnKind::Role => &row.role,
        }
    };
    RowContext { key: &row.key, cells: matrix.columns.iter().map(cell).collect() }
}
