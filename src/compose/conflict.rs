//! Where modifications collide: a conflict is a value, with all that was said.

use crate::diagnostic::{Code, Diagnostic};
use crate::digest::hexadecimal;
use crate::model::{Origin, Section};
use sha2::{Digest, Sha256};

/// What two modifications, or one and the version that it is laid over, say of one thing.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// What sort of thing it is.
    pub kind: ConflictKind,
    /// The section or the table that it is in.
    pub part: ConflictPart,
    /// What it is about, such as “the body of Section 5.4”.
    pub about: String,
    /// What it was; none where it is new.
    pub was: Option<Claim>,
    /// What the modification says that comes later.
    pub ours: Claim,
    /// What was there before it came.
    pub theirs: Claim,
    /// What would settle it, where that is known: a consequential amendment.
    pub offer: Option<String>,
}

/// A section or a table, by what outlives its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConflictPart {
    /// Whether it is a table.
    pub is_table: bool,
    /// Its identity.
    pub id: String,
}

/// What somebody says of a thing.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The words, or what happens to it.
    pub text: String,
    /// Where that is said.
    pub origin: Origin,
}

/// The sorts of conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConflictKind {
    /// The same words are changed differently.
    Words,
    /// The same cell, or the same part of a row, is changed differently.
    Cell,
    /// One deletes what the other changes.
    Deleted,
    /// Both insert a row of one key, or a table of one number, with other content.
    SameKey,
    /// Both give one number to a section, new or numbered anew.
    SameNumber,
    /// The place to stand beside is gone, or both move it elsewhere.
    Place,
    /// Something of a table as a whole is said differently: its title, its role, its columns.
    Table,
    /// One deletes what new text of the other refers to.
    Referred,
    /// One gives another number to what new text of the other refers to.
    Renumbered,
    /// One renames a term that new text of the other uses.
    Term,
    /// Figures of a table that are right for neither once the rows of both are in it.
    Figures,
    /// What both come to depends on which of them comes first.
    Order,
}

impl Claim {
    pub(super) fn new(text: impl Into<String>, origin: &Origin) -> Self {
        Self { text: text.into(), origin: origin.clone() }
    }
}

impl Conflict {
    /// As a finding of a release, at the place where it includes the one that comes later. The digest is that of all that
    /// collides in the part.
    pub fn finding(&self, at: &Origin, digest: &str) -> Diagnostic {
        let who = |claim: &Claim| claim.origin.version().unwrap_or("the base").to_uppercase();
        let (ours, theirs) = (who(&self.ours), who(&self.theirs));
        let message = format!(
            "{theirs} and {ours} collide in {}: {} and {}",
            self.about,
            quoted(&self.theirs.text),
            quoted(&self.ours.text)
        );
        let place = |name: &str, claim: &Claim| claim.origin.location().map(|at| format!("; {name} is at {at}"));
        let places = [place(&theirs, &self.theirs), place(&ours, &self.ours)].map(Option::unwrap_or_default).concat();
        let was = self.was.as_ref().map(|was| format!("; it was {}", quoted(&was.text))).unwrap_or_default();
        let offer = self.offer.as_ref().map(|offer| format!("{offer}: ")).unwrap_or_default();
        let help = format!(
            "{offer}change one of the two, or state in the release what it shall be, with “decides: [{theirs}, {ours}]” and \
             “from: \"{digest}\"”{places}{was}"
        );
        Diagnostic::error(Code::Conflict, message).at(at.location()).help(help)
    }
}

impl Conflict {
    /// As a finding where what reviewers did to a redline collides with what others did since, or in other copies.
    pub fn in_copies(&self, ours: &str, theirs: &str) -> Diagnostic {
        let message = format!(
            "{theirs} and {ours} collide in {}: {} and {}",
            self.about,
            quoted(&self.theirs.text),
            quoted(&self.ours.text)
        );
        let was = self.was.as_ref().map(|was| format!("it was {}; ", quoted(&was.text))).unwrap_or_default();
        let offer = self.offer.as_ref().map(|offer| format!("; {offer}")).unwrap_or_default();
        let help = format!("{was}settle it with those who say so, in one of the two, and apply them again{offer}");
        Diagnostic::error(Code::Conflict, message).help(help)
    }

    /// As a finding where a modification is to be moved onto a version of that name.
    pub fn against(&self, name: &str) -> Diagnostic {
        let message = format!("what is said of {} collides with {name}: {}", self.about, quoted(&self.ours.text));
        let there = self.theirs.origin.location().map(|at| format!(" at {at}")).unwrap_or_default();
        let offer = self.offer.as_ref().map(|offer| format!("; {offer}")).unwrap_or_default();
        let help = format!(
            "it says {}{there}: say here what it shall be over that, or take it out{offer}",
            quoted(&self.theirs.text)
        );
        Diagnostic::error(Code::Conflict, message).at(self.ours.origin.location()).help(help)
    }
}

/// What tells, in short, whether a section still reads as it did when something was written from it.
pub fn reading_of(section: &Section) -> String {
    short([&*section.heading.text, &*section.body.text].into_iter())
}

/// What tells, in short, whether those who collide still say what they said.
pub(super) fn digest<'c>(conflicts: impl Iterator<Item = &'c Conflict>) -> String {
    short(conflicts.flat_map(|it| [&*it.about, &*it.ours.text, &*it.theirs.text]))
}

fn short<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    hexadecimal(&hash.finalize()[..6])
}

/// Words as somebody says them, in quotation marks; where somebody has none, that.
pub(super) fn quoted(text: &str) -> String {
    match shown(text) {
        words if words.is_empty() => "nothing".to_owned(),
        words => format!("“{words}”"),
    }
}

/// Words on one line, as far as they tell what is meant.
pub fn shown(text: &str) -> String {
    const MOST: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{} …", line.get(..at).unwrap_or_default()),
        None => line,
    }
}
