//! Amendments with their instructions, as the list beside a change document has them.

use super::amendment::{Amendment, AmendmentKind, LastOfRow, PartChange, Place, Site};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An amendment, and the instruction that stands over it in the change document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(into = "Entry", from = "Entry")]
#[schemars(with = "Entry", rename = "Amendment")]
pub struct Instructed {
    /// What is amended.
    pub amendment: Amendment,
    /// As the change document words it; nothing, where it has no instruction for it.
    pub instruction: String,
}

impl AsRef<Amendment> for Instructed {
    fn as_ref(&self) -> &Amendment {
        &self.amendment
    }
}

/// How it is written.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Stable: the same comparison gives the same ids.
    id: String,
    kind: AmendmentKind,
    #[serde(rename = "where")]
    site: Site,
    /// The number that it had before, where the amendment gives it another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    renumbered_from: Option<String>,
    /// The last of the sections that are renumbered in a row, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    through: Option<LastOfRow>,
    /// Where it is put, for what is inserted or moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// Whether what stands within it is left where it is, by what is deleted or moved.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    alone: bool,
    /// The modifications that make it, where a release puts several together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    by: Vec<String>,
    /// The instruction as the change document words it; none for what it has none for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    instruction: String,
    /// The parts that it covers: one, a section and what stands within it, or sections in a row.
    parts: Vec<PartChange>,
}

impl From<Instructed> for Entry {
    fn from(Instructed { amendment, instruction }: Instructed) -> Self {
        let Amendment { id, kind, site, renumbered_from, through, place, alone, by, parts } = amendment;
        Self { id, kind, site, renumbered_from, through, place, alone, by, instruction, parts }
    }
}

impl From<Entry> for Instructed {
    fn from(entry: Entry) -> Self {
        let Entry { id, kind, site, renumbered_from, through, place, alone, by, instruction, parts } = entry;
        Self { amendment: Amendment { id, kind, site, renumbered_from, through, place, alone, by, parts }, instruction }
    }
}
