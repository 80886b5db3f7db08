//! The count rows: each figure as the formula that gives it.

use super::book::Book;
use crate::model::Applicability;
use rust_xlsxwriter::Formula;
use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell};

/// Excel takes no longer text in a formula.
const LONGEST: usize = 255;

/// What a count row counts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Counted<'a> {
    /// The cells that hold an applicability.
    Cells(&'a Applicability),
    /// The tests of all of them.
    Tests,
}

/// What a label says is counted, and the figure in it where the table has no column for that.
pub(super) fn counted<'a>(label: &'a str, book: &'a Book<'_>) -> Option<(Counted<'a>, Option<(&'a str, u64)>)> {
    let of = |label: &str| {
        let known = book.appendix.applicabilities.iter().find(|known| known.count_label == label);
        known.map(Counted::Cells).or_else(|| (label == book.appendix.total_label).then_some(Counted::Tests))
    };
    if let Some(counted) = of(label) {
        return Some((counted, None));
    }
    let (words, figure) = label.rsplit_once(": ")?;
    Some((of(words)?, Some((words, figure.parse().ok()?))))
}

/// Where the rows that are counted stand: from the first to the last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    pub first: u32,
    pub last: u32,
}

impl Rows {
    /// How many cells of a column hold an applicability, and `more` that aren't shown.
    pub fn count(self, column: u16, applicability: &str, more: u64) -> Option<String> {
        let criterion = criterion(applicability)?;
        let name = column_number_to_name(column);
        let rest = if more > 0 { format!("+{more}") } else { String::new() };
        Some(format!("COUNTIF({name}${}:{name}${},{criterion}){rest}", self.first + 1, self.last + 1))
    }
}

/// What is equal to a text, and no pattern.
fn criterion(text: &str) -> Option<String> {
    let escaped = text.replace('~', "~~").replace('*', "~*").replace('?', "~?").replace('"', "\"\"");
    // Else the text's own sign would be taken for what is asked.
    let asks = if text.starts_with(['=', '<', '>']) { "=" } else { "" };
    (escaped.chars().count() < LONGEST).then(|| format!("\"{asks}{escaped}\""))
}

/// The sum of a row's cells, from one column to another.
pub(super) fn sum(row: u32, (from, to): (u16, u16)) -> String {
    format!("SUM({}:{})", row_col_to_cell(row, from), row_col_to_cell(row, to))
}

/// The sum of those sums.
pub(super) fn sum_of(sums: &[String]) -> String {
    if sums.is_empty() { "0".to_owned() } else { sums.join("+") }
}

/// A formula that comes to a figure.
pub(super) fn formula(formula: &str, figure: u64) -> Formula {
    Formula::new(format!("={formula}")).set_result(figure.to_string())
}

/// A formula that comes to a label and a figure.
pub(super) fn labelled(words: &str, formula: &str, figure: u64) -> Option<Formula> {
    let quoted = words.replace('"', "\"\"");
    (quoted.chars().count() < LONGEST)
        .then(|| Formula::new(format!("=\"{quoted}: \"&{formula}")).set_result(format!("{words}: {figure}")))
}
