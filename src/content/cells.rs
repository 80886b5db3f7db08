//! Values for the command-variant columns: a list of all of them, or a few by the column's key.

use super::findings::Findings;
use super::reader::in_curly_quotes;
use super::reader::{Field, Reader, all};
use super::suggest::did_you_mean;
use crate::model::{Appendix, Column, ColumnKind, Origin, Placed};
use std::sync::Arc;

/// Values as written, before anyone knows which columns the table has.
#[derive(Debug)]
pub(super) enum Cells<T> {
    /// One for each column.
    All(Vec<Placed<T>>, Origin),
    /// Those of some columns, by key.
    Some(Vec<(Placed<String>, Placed<T>)>),
}

pub(super) fn read<T>(
    reader: &mut Reader<'_>,
    field: Field<'_>,
    read: impl Fn(&mut Reader<'_>, Field<'_>) -> Option<Placed<T>>,
) -> Option<Cells<T>> {
    if field.is_list() {
        let items = reader.list(field, "the cell")?;
        let values = all(items.into_iter().map(|item| read(reader, item)))?;
        return Some(Cells::All(values, reader.origin(field)));
    }
    let entries = reader.map(field, "a list with a value for each column, or fields such as “1: Mandatory”")?;
    let some = entries.into_iter().filter_map(|entry| Some((reader.name(entry), read(reader, entry)?)));
    Some(Cells::Some(some.collect()))
}

/// The applicability of that name, in the appendix's own letters.
pub(super) fn applicability(
    reader: &mut Reader<'_>,
    name: Placed<String>,
    words: Option<&Appendix>,
) -> Placed<Arc<str>> {
    let known = words.and_then(|words| words.applicability(&name));
    if let (None, Some(words)) = (known, words) {
        let names = words.applicabilities.iter().map(|known| &*known.name);
        let help = did_you_mean(&name, names, "the applicabilities are");
        reader.error("unknown-applicability", &name.origin, format!("“{}” is no applicability", name.value), help);
    }
    let value = known.map_or_else(|| Arc::from(name.value), |known| Arc::clone(&known.name));
    Placed::new(value, name.origin)
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
                findings.error("cell-count", at, message, "give one for each column, or name the columns: “1: …”");
            }
            Self::All(all, _) => values.clone_from(all),
            Self::Some(some) => {
                for (key, value) in some {
                    match keys.iter().position(|known| **known == *key.value).and_then(|at| values.get_mut(at)) {
                        Some(cell) => *cell = value.clone(),
                        None if let Some(within) = in_curly_quotes(key) => {
                            let message = "the quotation marks of the column are curly";
                            findings.error(
                                "curly-quotes",
                                &key.origin,
                                message,
                                format!("type straight ones: \"{within}\""),
                            );
                        }
                        None => {
                            let message = format!("there is no command-variant column “{}”", key.value);
                            let help = did_you_mean(key, keys.iter().copied(), "the columns are");
                            findings.error("unknown-column", &key.origin, message, help);
                        }
                    }
                }
            }
        }
        values
    }
}
