//! What moves a modification: the versions that it stands between, and what has been found on the way.

use super::replaced::Replaced;
use crate::align;
use crate::compose::conflict::{Claim, Conflict, ConflictKind, ConflictPart};
use crate::compose::numbering::Numbering;
use crate::compose::slots::{Slots, moves};
use crate::model::{Modification, Origin, Sides, Standing, Text, Version};
use std::collections::{BTreeMap, BTreeSet};

/// The versions that a modification stands between.
#[derive(Clone, Copy)]
pub(in crate::compose) struct Between<'v> {
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
    /// The sections that the modification moves.
    pub moves: BTreeSet<String>,
    /// What it does to the numbers of sections.
    pub numbering: Numbering,
    pub replaced: &'v mut Replaced,
    /// What is being moved.
    pub part: ConflictPart,
    pub conflicts: Vec<Conflict>,
    pub dropped: Vec<String>,
}

impl<'v> Mover<'v> {
    pub fn new(modification: &Modification, between: Between<'v>, replaced: &'v mut Replaced) -> Self {
        let ids = |version: &'v Version| version.sections().map(|section| section.id.as_str());
        let Between { base, own, onto, slots } = between;
        let is_said = |id: &str| slots.move_of(id).is_some_and(|at| at.version() != Some(base.id.as_str()));
        let moved = moved(ids(base), ids(onto), is_said);
        let moves = moves(modification, base).into_keys().collect();
        let numbering = Numbering::stated(modification, base, own);
        let part = ConflictPart::default();
        Self { between, moved, moves, numbering, replaced, part, conflicts: Vec::new(), dropped: Vec::new() }
    }

    pub fn conflict(&mut self, kind: ConflictKind, about: String, was: Option<Claim>, ours: Claim, theirs: Claim) {
        let part = self.part.clone();
        self.conflicts.push(Conflict { kind, part, about, was, ours, theirs, offer: None });
    }

    /// Words as they shall be over the other version; nothing if they are so already.
    pub fn words(&mut self, about: String, was: &Text, ours: Option<&Text>, theirs: &Text) -> Outcome<Text> {
        let Some(ours) = ours.filter(|ours| ours.text != was.text && ours.text != theirs.text) else {
            return Outcome::default();
        };
        let text = |text: String, origin: &Origin| Text { lines: Vec::new(), text, origin: origin.clone() };
        match align::merge(was, ours, theirs) {
            Ok(merged) if merged == theirs.text => Outcome::default(),
            Ok(merged) => Outcome::this(text(merged, &ours.origin)),
            Err(collided) => {
                for it in collided.collisions {
                    let was = Claim::new(it.base, &was.origin);
                    let (ours, theirs) = (Claim::new(it.ours, &ours.origin), Claim::new(it.theirs, &theirs.origin));
                    self.conflict(ConflictKind::Words, about.clone(), Some(was), ours, theirs);
                }
                Outcome::open(Sides {
                    was: Some(text(collided.base, &was.origin)),
                    ours: Some(text(collided.ours, &ours.origin)),
                    theirs: Some(text(collided.theirs, &theirs.origin)),
                    origin: Standing(ours.origin.clone()),
                })
            }
        }
    }

    /// Tells of a conflict in what happens at all; the sides in words, for the statement that it is about.
    pub fn disputed(
        &mut self,
        kind: ConflictKind,
        about: String,
        was: Option<Claim>,
        ours: Claim,
        theirs: Claim,
    ) -> Sides<Text> {
        let text = |claim: &Claim| Some(Text::from(&*claim.text)).filter(|text| !text.trim().is_empty());
        let sides = Sides {
            was: was.as_ref().and_then(text),
            ours: text(&ours),
            theirs: text(&theirs),
            origin: Standing(ours.origin.clone()),
        };
        self.conflict(kind, about, was, ours, theirs);
        sides
    }
}

/// What becomes of a value over the other version: it is said, or isn't, or all sides of it are.
#[derive(Debug)]
pub(super) struct Outcome<V> {
    pub said: Option<V>,
    pub open: Option<Sides<V>>,
}

impl<V> Default for Outcome<V> {
    fn default() -> Self {
        Self { said: None, open: None }
    }
}

impl<V> Outcome<V> {
    pub fn this(said: V) -> Self {
        Self { said: Some(said), open: None }
    }

    pub fn open(sides: Sides<V>) -> Self {
        Self { said: None, open: Some(sides) }
    }

    pub fn is_nothing(&self) -> bool {
        self.said.is_none() && self.open.is_none()
    }
}

/// All three that are said of one value.
pub(super) fn sides<V>(was: Option<V>, ours: V, theirs: V, at: &Origin) -> Sides<V> {
    Sides { was, ours: Some(ours), theirs: Some(theirs), origin: Standing(at.clone()) }
}

/// Which of these, by identity, the other sequence has moved past others: those of which somebody says so, and of the
/// rest as few as can be.
pub(super) fn moved<'i>(
    was: impl Iterator<Item = &'i str>,
    is: impl Iterator<Item = &'i str>,
    is_said: impl Fn(&str) -> bool,
) -> BTreeSet<String> {
    let places: BTreeMap<&str, usize> = is.enumerate().map(|(at, id)| (id, at)).collect();
    let both: Vec<(&str, usize)> = was.filter_map(|id| Some((id, *places.get(id)?))).collect();
    let is_passed = |at: usize| {
        let to = both[at].1;
        both[..at].iter().any(|(_, other)| *other > to) || both[at + 1..].iter().any(|(_, other)| *other < to)
    };
    let is_moved = |at: usize| is_said(both[at].0) && is_passed(at);
    let pairs: Vec<(usize, usize)> =
        both.iter().enumerate().filter(|(at, _)| !is_moved(*at)).map(|(at, (_, to))| (at, *to)).collect();
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

/// Where the base has nothing, both say something.
pub(super) fn said<T: Clone + PartialEq>(base: Option<&T>, ours: Option<&T>, theirs: &T) -> Said<T> {
    match ours.filter(|ours| Some(*ours) != base && *ours != theirs) {
        Some(ours) if Some(theirs) == base => Said::This(ours.clone()),
        Some(_) => Said::Collision,
        None => Said::Nothing,
    }
}
