//! What laying over rests on, whatever is laid.

use crate::model::{Appendix, Column, ColumnKind, Origin, Placed, Version};
use std::sync::Arc;

/// What the tables of a version rest on.
#[derive(Debug)]
pub(super) struct TableBasis<'a> {
    pub appendix: &'a Appendix,
    pub columns: &'a Arc<[Column]>,
    pub base: Option<&'a Version>,
}

impl TableBasis<'_> {
    pub fn cv_columns(&self) -> usize {
        self.columns.iter().filter(|column| column.kind == ColumnKind::Cv).count()
    }

    /// Cells that hold what a row doesn't name.
    pub fn default_cells(&self, at: &Origin) -> Vec<Placed<Arc<str>>> {
        vec![Placed::new(Arc::clone(&self.appendix.default_applicability), at.clone()); self.cv_columns()]
    }
}

/// What to do, and where the other of two things stands.
pub(super) fn other(first: &Origin, help: &str) -> String {
    match first.location() {
        Some(location) => format!("{help}; the other is at {location}"),
        None => help.to_owned(),
    }
}
