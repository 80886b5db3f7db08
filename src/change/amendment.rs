//! An amendment as the templates of the change document see it.

use crate::document::RowKind;
use crate::redline::{Amendment, AmendmentKind, Change, PartChange, RowDeed, RowName, SiteKind};
use serde::Serialize;

/// As in the data, and whether its text is the one that goes.
#[derive(Debug, Serialize)]
pub(super) struct AmendmentContext<'a> {
    #[serde(flatten)]
    amendment: &'a Amendment,
    /// Nothing while it is being worded.
    #[serde(skip_serializing_if = "Option::is_none")]
    instruction: Option<&'a str>,
    /// The number by which those know it who have the base before them; of what is new, its own.
    number: &'a str,
    /// Whether words or rows of it change, so that they are shown.
    amended: bool,
    /// Of a table, what is done to its rows, and to what else it has.
    deeds: Vec<DeedContext<'a>>,
    /// How many paragraphs were moved within their section.
    moved_paragraphs: usize,
}

impl<'a> AmendmentContext<'a> {
    pub fn new(amendment: &'a Amendment, instruction: Option<&'a str>) -> Self {
        let lead = amendment.parts.iter().find(|part| part.site == amendment.site);
        let number = amendment.renumbered_from.as_deref().or(lead.map(|part| part.former_number()));
        let changes = || amendment.parts.iter().flat_map(|part| &part.changes);
        Self {
            amendment,
            instruction,
            number: number.unwrap_or(&amendment.site.number),
            amended: amendment.parts.iter().any(PartChange::is_amended),
            deeds: deeds(amendment),
            moved_paragraphs: changes().filter(|change| change.moved && change.at.is_some()).count(),
        }
    }
}

/// Something that is done to a table.
#[derive(Debug, Serialize)]
struct DeedContext<'a> {
    kind: AmendmentKind,
    /// To what: `data`, `header` or `count` rows, the `columns`, or the `words` above and below the table.
    of: &'static str,
    rows: &'a [RowName],
    /// Whether all the rows print the same.
    alike: bool,
    after: Option<&'a RowName>,
}

impl<'a> DeedContext<'a> {
    fn of_rows(deed: &'a RowDeed) -> Self {
        let of = match deed.of {
            RowKind::Data => "data",
            RowKind::Header => "header",
            RowKind::Count => "count",
        };
        let alike = deed.rows.windows(2).all(|pair| pair[0].row == pair[1].row);
        Self { kind: deed.kind, of, rows: &deed.rows, alike, after: deed.after.as_ref() }
    }

    fn of_the_rest(of: &'static str) -> Self {
        Self { kind: AmendmentKind::Substitution, of, rows: &[], alike: false, after: None }
    }
}

fn deeds(amendment: &Amendment) -> Vec<DeedContext<'_>> {
    if amendment.site.kind != SiteKind::Table {
        return Vec::new();
    }
    let changes = || amendment.parts.iter().flat_map(|part| &part.changes);
    let is_table = |change: &&Change| !change.rows.is_empty() || !change.deeds.is_empty();
    let mut deeds: Vec<DeedContext<'_>> =
        changes().flat_map(|change| &change.deeds).map(DeedContext::of_rows).collect();
    let columns = changes().filter(is_table).any(|change| change.kind == AmendmentKind::Replacement);
    deeds.extend(columns.then(|| DeedContext::of_the_rest("columns")));
    let words = changes().any(|change| !is_table(&change));
    deeds.extend((words && !deeds.is_empty()).then(|| DeedContext::of_the_rest("words")));
    deeds
}
