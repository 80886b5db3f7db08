//! The journey of the count rows: a version's tables, and what they come to.

use super::Desk;
use crate::diagnostic::Failure;
use crate::model::{Counts, Matrix, Version, counts};

impl Desk {
    /// The count rows of a version's tables, or of the one of that number or identity. A table has none if nothing says
    /// what it leaves out.
    ///
    /// # Errors
    /// If there is no such table.
    pub fn counts<'v>(
        &self,
        version: &'v Version,
        table: Option<&str>,
    ) -> Result<Vec<(&'v Matrix, Option<Counts>)>, Failure> {
        let wanted = |matrix: &&Matrix| table.is_none_or(|id| *id == *matrix.number || *id == matrix.id);
        let counted = |matrix| (matrix, counts(&self.project.appendix, matrix));
        let all: Vec<_> = version.matrices().filter(wanted).map(counted).collect();
        match table {
            Some(id) if all.is_empty() => {
                let ids: Vec<&str> = version.matrices().map(|matrix| matrix.number.as_str()).collect();
                Err(Failure::refused(format!("{} has no table “{id}”; it has {}", version.name, ids.join(", "))))
            }
            _ => Ok(all),
        }
    }
}
