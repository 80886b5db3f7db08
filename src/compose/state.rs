//! What a whole version states when it rests on no other: the way back from what was laid over.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Appendix, Cells, Column, ColumnKind, Head, Matrix, Omitted, OmittedStatement, Part, Placed, Published,
    PublishedCount, PublishedRowStatement, PublishedStatement, Release, Row, RowStatement, Section, SectionStatement,
    Standing, TableStatement, Version, natural,
};
use std::sync::Arc;

/// The release that has a version's text for its own. Cells that hold the default aren't stated.
///
/// # Errors
/// If parts don't stand in the order of their numbers: only a modification can have them so.
pub fn state(version: &Version, appendix: &Appendix) -> Result<Release, Vec<Diagnostic>> {
    let wrong: Vec<Diagnostic> = version.parts.windows(2).filter_map(out_of_order).collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let own_columns = version.columns != appendix.columns;
    let head = Head {
        id: version.id.clone(),
        name: version.name.clone(),
        title: version.title.clone(),
        legal_text_version: version.legal_text_version.clone(),
        classification: Some(version.classification.clone()),
        date: version.date.clone(),
        extract: version.extract.clone(),
        provenance: version.provenance.clone(),
        status: None,
        effective: None,
        columns: own_columns.then(|| Arc::clone(&version.columns)),
        open_columns: None,
    };
    let sections = version.sections().map(section).collect();
    let default = Some(&*appendix.default_applicability);
    let tables = version.matrices().map(|matrix| table(matrix, default)).collect();
    Ok(Release { head, sections, tables })
}

fn out_of_order(pair: &[Part]) -> Option<Diagnostic> {
    let [first, second] = pair else { return None };
    natural(first.number(), second.number()).is_gt().then(|| {
        let (first, second) = (first.number(), second.number());
        let finding = Diagnostic::error(Code::SectionOrder, format!("{second} stands after {first}"));
        finding
            .help("renumber what is out of order: a version without a base has its parts in the order of their numbers")
    })
}

/// An identity, where the number alone doesn't tell it.
fn own_id(id: &str, number: &Placed<String>) -> Option<Placed<String>> {
    (id != number.value).then(|| Placed::new(id.to_owned(), number.origin.clone()))
}

/// A section stated whole.
pub(super) fn section(section: &Section) -> SectionStatement {
    SectionStatement {
        number: section.number.clone(),
        id: own_id(&section.id, &section.number),
        heading: section.own_heading(),
        has_heading: !section.is_clause(),
        body: Some(section.body.clone()).filter(|body| !body.is_empty()),
        provenance: section.provenance.clone(),
        origin: Standing(section.origin.clone()),
        ..SectionStatement::default()
    }
}

/// A table stated whole, of its cells those that don't hold the default.
pub(super) fn table(matrix: &Matrix, default: Option<&str>) -> TableStatement {
    let rows: Vec<RowStatement> = matrix.rows.iter().map(|it| row(it, matrix, default)).collect();
    TableStatement {
        number: matrix.number.clone(),
        id: own_id(&matrix.id, &matrix.number),
        title: matrix.title.clone(),
        role: Some(matrix.role.clone()),
        rows: Some(Placed::new(rows, matrix.origin.clone())),
        omitted: omitted(&matrix.omitted),
        published: matrix.published.as_ref().map(published),
        provenance: matrix.provenance.clone(),
        origin: Standing(matrix.origin.clone()),
        ..TableStatement::default()
    }
}

/// A row stated whole, of its cells those that don't hold the default.
pub(super) fn row(row: &Row, matrix: &Matrix, default: Option<&str>) -> RowStatement {
    let stated = named(&matrix.columns, &row.cv, |cell| Some(&*cell.value) != default);
    RowStatement {
        id: Some(row.key.clone()).filter(|key| *key != row.variant),
        reference: Some(row.reference.clone()),
        variant: Some(row.variant.clone()),
        name: Some(row.name.clone()),
        critical: Some(row.critical.clone()),
        cells: Some(stated).filter(|cells| !cells.is_empty()).map(Cells::Some),
        role: Some(row.role.clone()).filter(|role| *role != matrix.role),
        provenance: row.provenance.clone(),
        open: None,
        origin: Standing(row.origin.clone()),
    }
}

/// Values by the keys of their columns, as far as they are worth stating.
fn named<T: Clone>(
    columns: &[Column],
    values: &[Placed<T>],
    is_stated: impl Fn(&Placed<T>) -> bool,
) -> Vec<(Placed<String>, Placed<T>)> {
    let keys = columns.iter().filter(|column| column.kind == ColumnKind::Cv).map(|column| &column.key);
    let stated = keys.zip(values).filter(|(_, value)| is_stated(value));
    stated.map(|(key, value)| (Placed::new(key.to_string(), value.origin.clone()), value.clone())).collect()
}

fn all(values: &[Placed<u32>]) -> Cells<u32> {
    Cells::All(values.to_vec(), Standing::default())
}

/// What an extract leaves out, as a file states it.
pub(super) fn omitted(omitted: &Omitted) -> Option<OmittedStatement> {
    match omitted.clone() {
        Omitted::Nothing => None,
        Omitted::Unknown { reason } => Some(OmittedStatement::Unknown { reason, provenance: None }),
        Omitted::Counted { rows, counts, provenance } => {
            let counts = counts.iter().map(|count| (Arc::clone(&count.applicability).into(), all(&count.cv))).collect();
            Some(OmittedStatement::Counted { rows, counts, provenance })
        }
    }
}

/// Figures as a file states them.
pub fn published(published: &Published) -> PublishedStatement {
    let row = |count: &PublishedCount| {
        let figures = PublishedRowStatement { cells: all(&count.cv), total: count.total.clone() };
        (Arc::clone(&count.applicability).into(), figures)
    };
    PublishedStatement {
        rows: published.counts.iter().map(row).collect(),
        total_tests: published.total_tests.clone(),
        provenance: published.provenance.clone(),
    }
}
