//! Amendments with their instructions, as the list beside a change document has them.

use super::amendment::{Amendment, AmendmentKind, PartChange, Site};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An amendment, and the instruction that stands over it in the change document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(into = "Entry", from = "Entry")]
#[schemars(with = "Entry", rename = "Amendment")]
pub struct Instructed {
    /// What is amended.
    pub amendment: Amendment,
    /// As the change document words it.
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
    /// The number that it had before, where it was renumbered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    renumbered_from: Option<String>,
    /// What it stands after in the target, for what was inserted or moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<Site>,
    /// What it is the first part of in the target, for what was inserted or moved and follows no part of its level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_in: Option<Site>,
    /// The instruction as the change document words it.
    #[serde(default)]
    instruction: String,
    /// The parts that it covers: one, or a section and its subsections.
    parts: Vec<PartChange>,
}

impl From<Instructed> for Entry {
    fn from(Instructed { amendment, instruction }: Instructed) -> Self {
        let Amendment { id, kind, site, renumbered_from, after, first_in, parts } = amendment;
        Self { id, kind, site, renumbered_from, after, first_in, instruction, parts }
    }
}

impl From<Entry> for Instructed {
    fn from(entry: Entry) -> Self {
        let Entry { id, kind, site, renumbered_from, after, first_in, instruction, parts } = entry;
        Self { amendment: Amendment { id, kind, site, renumbered_from, after, first_in, parts }, instruction }
    }
}
