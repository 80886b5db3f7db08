//! An amendment as the templates of the change document see it.

use crate::redline::{Amendment, AmendmentKind};
use serde::Serialize;

/// As in the data, and whether its text is the one that goes.
#[derive(Debug, Serialize)]
pub(super) struct AmendmentContext<'a> {
    #[serde(flatten)]
    amendment: &'a Amendment,
    /// Nothing while it is being worded.
    #[serde(skip_serializing_if = "Option::is_none")]
    instruction: Option<&'a str>,
    /// For one half of a move: whether the text is deleted here, and inserted elsewhere.
    gone: bool,
    /// The keys of the rows that were moved.
    moved_rows: Vec<&'a str>,
    /// How many paragraphs were moved within their section.
    moved_paragraphs: usize,
}

impl<'a> AmendmentContext<'a> {
    pub fn new(amendment: &'a Amendment, instruction: Option<&'a str>) -> Self {
        let gone = amendment.kind == AmendmentKind::Move && amendment.parts.iter().all(|part| part.at.is_none());
        let changes = || amendment.parts.iter().flat_map(|part| &part.changes);
        // Each move is two changes, of which the one in the new place tells where.
        let moved_rows = changes().flat_map(|change| &change.rows).filter(|row| row.moved && row.at.is_some());
        Self {
            amendment,
            instruction,
            gone,
            moved_rows: moved_rows.map(|row| row.row.as_str()).collect(),
            moved_paragraphs: changes().filter(|change| change.moved && change.at.is_some()).count(),
        }
    }
}
