//! Tables of a copy that stand where their numbers don't put them.
//!
//! Nothing states where a table stands but its number. If somebody keeps a table that was to go before one that comes, or
//! the old number of a section behind a new table, the copy has tables in an order that no version has.

use crate::adopt::amendment::name_of;
use crate::model::{Part, Version};
use crate::reader::marked::Remark;

/// What is told of the tables that stand elsewhere in a copy than where statements put them; nothing, if more differs than
/// that.
pub fn by_number(made: &Version, copy: &Version) -> Option<Vec<Remark>> {
    let sections = |version: &Version| -> Vec<Part> {
        version.parts.iter().filter(|part| matches!(part, Part::Section(_))).cloned().collect()
    };
    let (own, others) = (sections(made), sections(copy));
    let is_same = |part: &Part| made.parts.iter().any(|it| it.identity() == part.identity() && it.reads_as(part));
    let all_same = made.parts.len() == copy.parts.len()
        && copy.parts.iter().all(is_same)
        && own.iter().zip(&others).all(|(own, other)| own.identity() == other.identity());
    if !all_same {
        return None;
    }
    let behind = |version: &Version, table: &Part| {
        let at = version.parts.iter().position(|it| it.identity() == table.identity())?;
        at.checked_sub(1).map(|before| name_of(&version.parts[before]))
    };
    let place = |before: Option<String>| before.map_or("at the beginning".to_owned(), |it| format!("after {it}"));
    let tables = copy.parts.iter().filter(|part| matches!(part, Part::Matrix(_)));
    let told = tables.filter_map(|table| {
        let (wanted, has) = (behind(copy, table), behind(made, table));
        (wanted != has).then(|| {
            let (wanted, has) = (place(wanted), place(has));
            let name = name_of(table);
            Remark::of_all(format!(
                "{name} stands {wanted} in the copy, where its number doesn't put it: it stands {has}"
            ))
        })
    });
    Some(told.collect())
}
