//! What cells hold that isn't text, where the tables have text.

use super::table::{Found, Row, called};
use crate::model::{Appendix, ColumnKind};
use crate::reader::xlsx::{Address, Sheet, Value};

/// The words of a cell of a sheet.
pub(super) fn text(sheet: &Sheet, row: u32, column: u32) -> String {
    let value = sheet.rows.get(&row).and_then(|row| row.get(&column));
    value.map(|value| value.text().trim().to_owned()).unwrap_or_default()
}

/// Whether a cell holds something that can't be said in words.
pub(super) fn has_no_words(value: &Value) -> bool {
    matches!(value, Value::Date | Value::Uncomputed)
}

/// What is wrong with the cells of a row, each with its address.
pub(super) fn wrong(found: &Found<'_>, row: &Row<'_>) -> Vec<(Address, String)> {
    let mut wrong = Vec::new();
    let columns = found.shape.columns.iter().map(|column| Some(column.kind)).zip(&found.columns).zip(&row.cells);
    let cells = columns.map(|((kind, column), value)| (kind, *column, *value));
    let id = found.ids.map(|column| (None, column, row.id));
    for (kind, column, value) in cells.chain(id) {
        let at = Address { row: row.at, column };
        let Some(what) = value.and_then(|value| fault(kind, value)) else { continue };
        wrong.push((at, format!("{at} holds {what}")));
    }
    wrong
}

/// What is wrong with what a cell of a kind of column holds; an id has no kind.
fn fault(kind: Option<ColumnKind>, value: &Value) -> Option<String> {
    let is_key = matches!(kind, None | Some(ColumnKind::Reference | ColumnKind::Variant));
    let again = "format the column as text, and type it again";
    match value {
        Value::Number(number) if is_key && number.contains('.') => {
            Some(format!("the number {number}; keys are text, since {number}0 is another Service Request: {again}"))
        }
        Value::Number(number) if is_key => Some(format!("the number {number}; keys are text: {again}")),
        Value::Number(number) if kind == Some(ColumnKind::Cv) => {
            Some(format!("the number {number}, which is no applicability"))
        }
        Value::Date if is_key => Some(format!("a date, which Excel makes of a key such as 6.2: {again}")),
        Value::Date => Some("a date".to_owned()),
        Value::Logical(_) if is_key || kind == Some(ColumnKind::Cv) => {
            Some(format!("{}, which is no {}", value.text(), kind.map_or("id", called)))
        }
        Value::Error(error) if error == "#N/A" && kind == Some(ColumnKind::Cv) => {
            Some("the error #N/A: type N/A as text, with ' before it".to_owned())
        }
        Value::Error(error) => Some(format!("the error {error}: mend its formula, or type what it should say")),
        Value::Uncomputed => {
            Some("a formula, and not what it comes to: open the workbook in Excel, and save it".to_owned())
        }
        _ => None,
    }
}

/// What cells say in other words than the tables do, which take their place in `texts`.
pub(super) fn said_otherwise(
    found: &Found<'_>,
    row: &Row<'_>,
    appendix: &Appendix,
    texts: &mut [String],
) -> Vec<(Address, String)> {
    let mut told = Vec::new();
    for (nth, column) in found.shape.columns.iter().enumerate() {
        if let (ColumnKind::Critical, Some(Value::Logical(is_critical))) = (column.kind, row.cells[nth]) {
            let said = if *is_critical { &appendix.critical.yes } else { &appendix.critical.no };
            let at = Address { row: row.at, column: found.columns[nth] };
            told.push((at, format!("{at} holds {}, and is read as “{said}”", texts[nth])));
            texts[nth].clone_from(said);
        }
    }
    told
}
