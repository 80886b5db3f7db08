//! Values for the command-variant columns as a drafter states them: a list of all, or a few by the column's key.

use super::appendix::{Column, ColumnKind};
use super::findings::Findings;
use super::origin::{Placed, Standing};
use crate::diagnostic::Code;
use crate::suggest::{did_you_mean, in_curly_quotes};

/// Values as written, before anyone knows which columns the table has.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells<T> {
    /// One for each column.
    All(Vec<Placed<T>>, Standing),
    /// Those of some columns, by key.
    Some(Vec<(Placed<String>, Placed<T>)>),
}

impl<T> Default for Cells<T> {
    fn default() -> Self {
        Self::Some(Vec::new())
    }
}

impl<T: Clone> Cells<T> {
    /// The values in the order of the columns; `otherwise` holds those of columns that aren't named.
    pub fn resolve(&self, columns: &[Column], otherwise: &[Placed<T>], findings: &mut Findings) -> Vec<Placed<T>> {
        let keys: Vec<&str> =
            columns.iter().filter(|column| column.kind == ColumnKind::Cv).map(|column| &*column.key).collect();
        let mut values = otherwise.to_vec();
        match self {
            Self::All(all, at) if all.len() != keys.len() => {
                let message = format!("{} values are given for {} command-variant columns", all.len(), keys.len());
                findings.error(Code::CellCount, at, message, "give one for each column, or name the columns: “1: …”");
            }
            Self::All(all, _) => values.clone_from(all),
            Self::Some(some) => {
                for (key, value) in some {
                    match keys.iter().position(|known| **known == *key.value).and_then(|at| values.get_mut(at)) {
                        Some(cell) => *cell = value.clone(),
                        None if let Some(within) = in_curly_quotes(key) => {
                            let message = "the quotation marks of the column are curly";
                            findings.error(
                                Code::CurlyQuotes,
                                &key.origin,
                                message,
                                format!("type straight ones: \"{within}\""),
                            );
                        }
                        None => {
                            let message = format!("there is no command-variant column “{}”", key.value);
                            let help = did_you_mean(key, keys.iter().copied(), "the columns are");
                            findings.error(Code::UnknownColumn, &key.origin, message, help);
                        }
                    }
                }
            }
        }
        values
    }
}
