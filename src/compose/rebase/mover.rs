//! What moves a modification: the versions that it stands between, and what has been found on the way.

use crate::align;
use crate::compose::conflict::{Claim, Conflict, ConflictKind, ConflictPart};
use crate::compose::slots::Slots;
use crate::model::{Text, Version};
use std::collections::{BTreeMap, BTreeSet};

/// The versions that a modification stands between.
#[derive(Clone, Copy)]
pub(super) struct Between<'v> {
    /// What it was drafted against.
    pub base: &'v Version,
    /// What it makes of that.
    pub own: &'v Version,
    /// What it shall be laid over.
    pub onto: &'v Version,
    /// Where new parts of that belong in the base.
    pub slots: &'v Slots,
}

pub(super) struct Mover<'v> {
    pub between: Between<'v>,
    /// The sections that the other version has moved past others.
    pub moved: BTreeSet<String>,
    /// What is being moved.
    pub part: ConflictPart,
    pub conflicts: Vec<Conflict>,
    pub dropped: Vec<String>,
}

impl<'v> Mover<'v> {
    pub fn new(between: Between<'v>) -> Self {
        let ids = |version: &'v Version| version.sections().map(|section| section.id.as_str());
        let moved = moved(ids(between.base), ids(between.onto));
        Self { between, moved, part: ConflictPart::default(), conflicts: Vec::new(), dropped: Vec::new() }
    }

    pub fn conflict(&mut self, kind: ConflictKind, about: String, was: Option<Claim>, ours: Claim, theirs: Claim) {
        let part = self.part.clone();
        self.conflicts.push(Conflict { kind, part, about, was, ours, theirs });
    }

    /// Words as they shall be over the other version; `None` if they are so already.
    pub fn words(&mut self, about: String, was: &Text, ours: Option<&Text>, theirs: &Text) -> Option<Text> {
        let ours = ours.filter(|ours| ours.text != was.text && ours.text != theirs.text)?;
        match align::merge(was, ours, theirs) {
            Ok(text) if text == theirs.text => None,
            Ok(text) => Some(Text { lines: Vec::new(), text, origin: ours.origin.clone() }),
            Err(collisions) => {
                for it in collisions {
                    let was = Claim::new(it.base, &was.origin);
                    let (ours, theirs) = (Claim::new(it.ours, &ours.origin), Claim::new(it.theirs, &theirs.origin));
                    self.conflict(ConflictKind::Words, about.clone(), Some(was), ours, theirs);
                }
                None
            }
        }
    }
}

/// Which of these, by identity, the other sequence has moved past others.
pub(super) fn moved<'i>(was: impl Iterator<Item = &'i str>, is: impl Iterator<Item = &'i str>) -> BTreeSet<String> {
    let places: BTreeMap<&str, usize> = is.enumerate().map(|(at, id)| (id, at)).collect();
    let both: Vec<(&str, usize)> = was.filter_map(|id| Some((id, *places.get(id)?))).collect();
    let pairs: Vec<(usize, usize)> = both.iter().enumerate().map(|(at, (_, to))| (at, *to)).collect();
    let kept: BTreeSet<usize> = align::rising(&pairs).into_iter().map(|(at, _)| at).collect();
    both.iter().enumerate().filter(|(at, _)| !kept.contains(at)).map(|(_, (id, _))| (*id).to_owned()).collect()
}

/// The nearest before it in a sequence that another has too.
pub(super) fn before<'i>(id: &str, sequence: impl Iterator<Item = &'i str>, known: &BTreeSet<&str>) -> Option<&'i str> {
    sequence.take_while(|other| *other != id).filter(|other| known.contains(other)).last()
}

/// What three say of one value.
pub(super) enum Said<T> {
    /// The other version has it already, or nothing is said.
    Nothing,
    /// This is what is to be said over the other version.
    This(T),
    /// Both say something, and not the same.
    Collision,
}

pub(super) fn said<T: Clone + PartialEq>(base: &T, ours: Option<&T>, theirs: &T) -> Said<T> {
    match ours {
        Some(ours) if ours != base && ours != theirs && theirs == base => Said::This(ours.clone()),
        Some(ours) if ours != base && ours != theirs => Said::Collision,
        _ => Said::Nothing,
    }
}
