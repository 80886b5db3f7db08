//! The count rows of a table, as the document printed them.

use super::grid::folded;
use super::shape::Shape;
use crate::model::{
    Appendix, Cells, ColumnKind, OmittedStatement, Placed, PublishedRowStatement, PublishedStatement, RowStatement,
    Standing,
};
use std::sync::Arc;

/// The figures of a table.
#[derive(Debug)]
pub(super) struct Figures<'a> {
    appendix: &'a Appendix,
    shape: &'a Shape,
    rows: Vec<(Arc<str>, Vec<u32>, Option<u32>)>,
    total: Option<u32>,
}

impl<'a> Figures<'a> {
    pub fn new(appendix: &'a Appendix, shape: &'a Shape) -> Self {
        Self { appendix, shape, rows: Vec::new(), total: None }
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.total.is_none()
    }

    /// Takes a row in if it counts others.
    pub fn take(&mut self, texts: &[String]) -> bool {
        let Some(label) = texts.iter().find(|text| !text.is_empty()) else { return false };
        let (label, beside) = match label.rsplit_once(':') {
            Some((label, figure)) if figure.trim().is_empty() => (label, None),
            Some((label, figure)) => match figure.trim().parse().ok() {
                Some(figure) => (label, Some(figure)),
                None => return false,
            },
            None => (label.as_str(), None),
        };
        let last: Option<u32> = self.shape.at(ColumnKind::Role).and_then(|at| texts[at].parse().ok());
        let total = beside.or(last);
        if folded(label) == folded(&self.appendix.total_label) {
            let elsewhere = texts.iter().rev().find_map(|text| text.parse().ok());
            self.total = total.or(elsewhere);
            return self.total.is_some();
        }
        let Some(applicability) = self.counted(label) else { return false };
        let cv: Option<Vec<u32>> = self.shape.cv().map(|at| texts[at].parse().ok()).collect();
        let Some(cv) = cv else { return false };
        self.rows.push((applicability, cv, total));
        true
    }

    /// What a label counts, such as “Count of Mandatory”.
    fn counted(&self, label: &str) -> Option<Arc<str>> {
        let known = &self.appendix.applicabilities;
        if let Some(known) = known.iter().find(|known| folded(&known.count_label) == folded(label)) {
            return Some(Arc::clone(&known.name));
        }
        // An applicability that is new is counted in the same words.
        let start =
            |known: &crate::model::Applicability| known.count_label.strip_suffix(&*known.name).map(str::to_owned);
        let start = known.iter().find_map(start).filter(|start| !start.is_empty())?;
        label.trim().strip_prefix(&start).map(|name| name.trim().into())
    }

    /// What a table leaves out, if its counts take in rows that it hasn't: in each column the same number.
    pub fn omitted(&self, rows: &[RowStatement], shape: &Shape) -> Option<OmittedStatement> {
        let shown = u32::try_from(rows.len()).ok()?;
        let keys: Vec<&str> = shape.cv().map(|at| &*shape.columns[at].key).collect();
        let counted = |at: usize| self.rows.iter().map(|(_, cv, _)| cv[at]).sum::<u32>();
        let all = counted(0);
        if self.rows.is_empty() || all <= shown || (1..keys.len()).any(|at| counted(at) != all) {
            return None;
        }
        let mut counts = Vec::new();
        for (applicability, cv, _) in &self.rows {
            let here = |key: &str| rows.iter().filter(|row| self.holds(row, key, applicability)).count();
            let left: Option<Vec<u32>> =
                cv.iter().zip(&keys).map(|(count, key)| count.checked_sub(u32::try_from(here(key)).ok()?)).collect();
            counts.push((Placed::from(Arc::clone(applicability)), all_of(&left?)));
        }
        Some(OmittedStatement::Counted { rows: (all - shown).into(), counts, provenance: None })
    }

    fn holds(&self, row: &RowStatement, key: &str, applicability: &str) -> bool {
        let cell = match &row.cells {
            Some(Cells::Some(cells)) => {
                cells.iter().find(|(known, _)| known.value == key).map(|(_, cell)| &*cell.value)
            }
            _ => None,
        };
        cell.unwrap_or(&self.appendix.default_applicability) == applicability
    }

    pub fn published(&self) -> Option<PublishedStatement> {
        let row = |(applicability, cv, total): &(Arc<str>, Vec<u32>, Option<u32>)| {
            let figures = PublishedRowStatement { cells: all_of(cv), total: total.map(Into::into) };
            (Placed::from(Arc::clone(applicability)), figures)
        };
        (!self.is_empty()).then(|| PublishedStatement {
            rows: self.rows.iter().map(row).collect(),
            total_tests: self.total.map(Into::into),
            provenance: None,
        })
    }
}

fn all_of(figures: &[u32]) -> Cells<u32> {
    Cells::All(figures.iter().map(|figure| (*figure).into()).collect(), Standing::default())
}
