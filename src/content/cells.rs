//! Values for the command-variant columns: a list of all of them, or a few by the column's key.

use super::reader::{Field, Reader, all};
use crate::diagnostic::Code;
use crate::model::{Appendix, Cells, Placed};
use crate::suggest::did_you_mean;
use std::sync::Arc;

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
        reader.error(Code::UnknownApplicability, &name.origin, format!("“{}” is no applicability", name.value), help);
    }
    let value = known.map_or_else(|| Arc::from(name.value), |known| Arc::clone(&known.name));
    Placed::new(value, name.origin)
}
