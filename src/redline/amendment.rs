//! What a redline did, as data: the list of amendments that stands beside a change document.
//!
//! The kinds are those of Akoma Ntoso's textual modifications (OASIS LegalDocML, `textualMod/@type`) where one fits;
//! `move` is ours, because that vocabulary has none.

use crate::document::{Block, PartKind, RowKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt::{Display, Formatter};
use std::ops::Range;

/// All amendments that turn one version into another, in document order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ChangeList")]
pub struct ChangeList<A = Amendment> {
    /// The version that is amended.
    pub base: String,
    /// The version that the amendments give.
    pub target: String,
    /// The title, header, footer and classification that the target carries, as the data of its document directive,
    /// where they differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub properties: Option<serde_json::Value>,
    /// In the order of the document.
    pub amendments: Vec<A>,
}

impl<A> ChangeList<A> {
    /// The same list, with something else made of each amendment.
    ///
    /// # Errors
    /// The first that `make` gives.
    pub fn try_map<B, E>(self, make: impl FnMut(A) -> Result<B, E>) -> Result<ChangeList<B>, E> {
        let amendments = self.amendments.into_iter().map(make).collect::<Result<_, _>>()?;
        Ok(ChangeList { base: self.base, target: self.target, properties: self.properties, amendments })
    }
}

/// One amendment: what one instruction of a change document would stand over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// Stable: the same comparison gives the same ids.
    pub id: String,
    /// What is done.
    pub kind: AmendmentKind,
    /// What it is done to.
    #[serde(rename = "where")]
    pub site: Site,
    /// The number that it had before, where the amendment gives it another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renumbered_from: Option<String>,
    /// The last of the sections that are renumbered in a row, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<LastOfRow>,
    /// Where it is put, for what is inserted or moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Whether what stands within it is left where it is, by what is deleted or moved.
    #[serde(default, skip_serializing_if = "is_false")]
    pub alone: bool,
    /// The modifications that make it, where a release puts several together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<String>,
    /// The parts that it covers: one, a section and what stands within it, or sections in a row.
    pub parts: Vec<PartChange>,
}

impl Amendment {
    /// What is shown of one of its parts, out of the marked tree: all of it; but of what only moved or got another
    /// number, which the instruction says, no more than the first part's heading, where nothing else is shown.
    pub fn shown<'b>(&'b self, part: &'b PartChange, marked: &'b [Block]) -> &'b [Block] {
        let whole = match part.edits.as_slice() {
            [] => marked.get(part.marked.clone()).unwrap_or_default(),
            edits => edits,
        };
        let is_told = |part: &PartChange| self.kind == AmendmentKind::Move || part.renumbered_from.is_some();
        let stays = |part: &PartChange| part.from.is_some() && part.at.is_some();
        let is_shown = |part: &PartChange| !(stays(part) && is_told(part)) || part.is_amended();
        let is_further = self.through.is_some() || part.site != self.site;
        match is_shown(part) {
            true => whole,
            false if is_further || self.parts.iter().any(is_shown) => &[],
            false => whole.get(..1).unwrap_or_default(),
        }
    }
}

impl AsRef<Self> for Amendment {
    fn as_ref(&self) -> &Self {
        self
    }
}

/// The last of several sections that are renumbered in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LastOfRow {
    /// Its number as it was.
    pub from: String,
    /// As it is now.
    pub to: String,
    /// How many sections there are in the row.
    pub sections: usize,
}

/// Where something is put: in the base, once the amendments before this one are made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Behind a table, or behind a section and what stands within it.
    After(Neighbour),
    /// Behind the text of the section that it is the first part of.
    FirstIn(Neighbour),
    /// In front of a section or table.
    Before(Neighbour),
    /// Before all others.
    Start,
    /// Behind all others.
    End,
    /// Behind what bears the greatest number below its own.
    InOrder,
}

/// What something is put beside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Neighbour {
    /// What sort of part it is.
    pub kind: SiteKind,
    /// The identity of the section or table.
    pub id: String,
    /// Its number in the base; in the target, where it is new.
    pub number: String,
    /// The heading without the number, or the caption of a table.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// Whether an amendment before this one inserts it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub new: bool,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AmendmentKind {
    /// Something new.
    Insertion,
    /// Something deleted.
    Repeal,
    /// Words within something that stays.
    Substitution,
    /// Something that gave way whole to something else in its place.
    Replacement,
    /// A new number for the same text.
    Renumbering,
    /// One paragraph that became two.
    Split,
    /// Two paragraphs that became one.
    Join,
    /// Something that stands in another place, be it changed or not.
    Move,
}

/// Where an amendment applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// What sort of part it is.
    pub kind: SiteKind,
    /// The identity of the section or table, which outlives its number; empty for the front matter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// As printed: "5.4".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// The heading without the number, or the caption of a table.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading: String,
}

impl Display for Site {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self.kind {
            SiteKind::Front => f.write_str("the front matter"),
            SiteKind::Section => write!(f, "Section {} {} ({})", self.number, self.heading, self.id),
            SiteKind::Table => write!(f, "{} ({})", self.heading, self.id),
        }
    }
}

/// What sort of part an amendment is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SiteKind {
    /// What stands before the first section.
    Front,
    /// A section.
    Section,
    /// A table.
    Table,
}

impl From<PartKind> for SiteKind {
    fn from(kind: PartKind) -> Self {
        match kind {
            PartKind::Section => Self::Section,
            PartKind::Table => Self::Table,
        }
    }
}

/// What became of one section or table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartChange {
    /// Which part it is.
    #[serde(rename = "where")]
    pub site: Site,
    /// Its position among the parts of the base, where the front matter is 0; nothing if it is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<usize>,
    /// Its position among the parts of the target; nothing if it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
    /// The number that it had, if that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renumbered_from: Option<String>,
    /// The Markdown of what was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The Markdown of what was inserted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// What changed in it, where it stays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// Its blocks in the marked tree; of one that moved, those where it stands now.
    #[serde(skip)]
    pub marked: Range<usize>,
    /// Of one that moved, its marked blocks as if it had stayed.
    #[serde(skip)]
    pub edits: Vec<Block>,
}

/// What became of one paragraph, heading, list item or table within a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The identity of what changed.
    pub id: String,
    /// What was done.
    pub kind: AmendmentKind,
    /// Its position in the part of the base, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<usize>,
    /// Its position in the part of the target, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
    /// Whether the same text stands elsewhere in the part: this is one half of a move.
    #[serde(default, skip_serializing_if = "is_false")]
    pub moved: bool,
    /// The Markdown that it had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The Markdown that it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// The words that differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<WordChange>,
    /// The rows that differ, where it is a table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<RowChange>,
    /// What is done to rows, where it is a table, in an order in which it can be carried out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deeds: Vec<RowDeed>,
}

/// What is done to rows that an instruction can name together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowDeed {
    /// What is done.
    pub kind: AmendmentKind,
    /// What sort of rows it is done to.
    pub of: RowKind,
    /// The rows, where they are told one by one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<RowName>,
    /// What they are put behind, if they are inserted or moved; without it, they come to stand first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<RowName>,
}

/// A row by what is printed in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowName {
    /// As its cell has it: the service reference variant, as a rule.
    pub row: String,
    /// Which one it is of those that have the same, from 1, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<usize>,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// Words that gave way to others; either may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WordChange {
    /// As it was.
    pub old: String,
    /// As it is now.
    pub new: String,
}

/// What became of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowChange {
    /// The identity of the row.
    pub id: String,
    /// What was done to it.
    pub kind: AmendmentKind,
    /// Its key: the service reference variant, as a rule.
    pub row: String,
    /// Its position in the base, from 1, header rows included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<usize>,
    /// Its position in the target, from 1, header rows included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
    /// Whether the same row stands elsewhere in the table: this is one half of a move.
    #[serde(default, skip_serializing_if = "is_false")]
    pub moved: bool,
    /// The row as it was; of one that is inserted, none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<RowText>,
    /// The row as it is now; of one that is deleted, none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<RowText>,
    /// The cells that differ, where the row stays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<CellChange>,
    /// The figures that differ, where it is a count row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<CellChange>,
}

/// A whole row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowText {
    /// What tells it from the other rows.
    pub key: String,
    /// What the row is for.
    pub kind: RowKind,
    /// Its cells, from left to right.
    pub cells: Vec<CellText>,
}

impl Display for RowText {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let cells: Vec<&str> = self.cells.iter().map(|cell| cell.text.as_str()).collect();
        write!(f, "{}: {}", self.key, cells.join(" | "))
    }
}

/// A cell of a row, and the column that it is in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CellText {
    /// How many columns it covers.
    pub span: usize,
    /// Whether it is more of the cell above.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub above: bool,
    /// Its Markdown.
    pub text: String,
}

/// A cell that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CellChange {
    /// The key of the column, or of the first that the cell covers.
    pub column: String,
    /// As it was.
    pub old: String,
    /// As it is now.
    pub new: String,
}

impl PartChange {
    /// Whether anything in it differs but the number.
    pub fn is_amended(&self) -> bool {
        let only_number =
            |words: &WordChange| self.renumbered_from.as_ref() == Some(&words.old) && words.new == self.site.number;
        !self.changes.iter().all(|change| {
            self.renumbered_from.is_some()
                && change.at == Some(1)
                && change.kind == AmendmentKind::Substitution
                && change.rows.is_empty()
                && !change.words.is_empty()
                && change.words.iter().all(only_number)
        })
    }

    /// The number by which those know it who have the base before them.
    pub fn former_number(&self) -> &str {
        self.renumbered_from.as_ref().unwrap_or(&self.site.number)
    }
}
