//! What a modification does to the numbers of its base's sections: what it inserts takes a number or moves others on,
//! what it deletes may close up, and some it numbers anew. All of it is told in the base's numbers, so that what several
//! do can be counted together, whatever their order.

use crate::model::{Modification, Number, Origin, Version, natural};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What a number stands in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Parent {
    /// The section of this identity, whatever its number.
    Section(String),
    /// A number that no section has; an empty one at the top.
    Number(String),
}

/// A number, told so that it outlives those of others: within which section, and there under which last part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    pub within: Parent,
    pub last: Number,
}

impl Seat {
    /// Whether it is in the same section and stands before another.
    pub fn is_before(&self, other: &Self) -> bool {
        self.within == other.within && compare(&self.last, &other.last).is_lt()
    }
}

/// A section that the base hasn't got.
#[derive(Clone, Debug)]
pub(super) struct Newcomer {
    /// Its number, as the base has numbers.
    pub seat: Seat,
    /// The section of the base whose number it takes, so that this and those behind it move on; none where it takes a
    /// number that nobody had.
    pub takes: Option<String>,
}

/// What is done to the numbers of a base.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    pub new: BTreeMap<String, Newcomer>,
    /// What goes, and those behind it close up.
    pub closed: BTreeMap<String, Seat>,
    /// The number that a section shall have, and where that is said.
    pub renumbered: BTreeMap<String, (Seat, Origin)>,
}

impl Numbering {
    /// What a modification says, which makes `own` of its base.
    pub fn stated(modification: &Modification, base: &Version, own: &Version) -> Self {
        let mut found = Self::default();
        if !modification.sections.iter().any(|it| it.insert || it.close_up || it.renumber.is_some()) {
            return found;
        }
        let (was, is) = (seats(base), seats(own));
        let changed = modification.sections.iter().filter(|it| !it.insert);
        let known = changed.filter_map(|it| Some((it, base.section_numbered(&it.number)?.id.as_str())));
        for (_, id) in known.clone().filter(|(it, _)| it.delete.is_some() && it.close_up) {
            found.closed.extend(was.get(id).map(|seat| (id.to_owned(), seat.clone())));
        }
        for (to, id) in known.filter_map(|(it, id)| Some((it.renumber.as_ref()?, id))) {
            let (Some(now), Some(number)) = (is.get(id), Number::parse(to)) else { continue };
            // It is said once others have closed up: before they did, there were as many more before it.
            let mut seat = Seat { within: now.within.clone(), last: number.last() };
            let mut closed: Vec<&Seat> = found.closed.values().filter(|it| it.within == seat.within).collect();
            closed.sort_by(|a, b| compare(&a.last, &b.last));
            for closed in closed {
                if compare(&closed.last, &seat.last).is_le() {
                    seat.last = seat.last.moved(1);
                }
            }
            found.renumbered.insert(id.to_owned(), (seat, to.origin.clone()));
        }
        found.new = newcomers(&was, &is, &found.closed, |id| found.renumbered.contains_key(id));
        found
    }

    /// What of it is known by identity in another base, together with what can be seen in a version that came of that:
    /// what is new, and, where not all is known that was said, what closed up.
    pub fn seen(&self, was: &BTreeMap<&str, Seat>, is: &BTreeMap<&str, Seat>, is_complete: bool) -> Self {
        let mut seen = Self { renumbered: self.renumbered.clone(), ..Self::default() };
        for (id, seat) in was.iter().filter(|(id, _)| !is.contains_key(*id)) {
            let next = was.iter().filter(|(id, it)| is.contains_key(*id) && seat.is_before(it));
            let next = next.min_by(|(_, a), (_, b)| compare(&a.last, &b.last));
            let moves_back = || next.and_then(|(id, next)| Some(is.get(id)?.last.step_from(&next.last) < 0));
            if self.closed.contains_key(*id) || !is_complete && moves_back() == Some(true) {
                seen.closed.insert((*id).to_owned(), seat.clone());
            }
        }
        seen.new = newcomers(was, is, &seen.closed, |id| self.renumbered.contains_key(id));
        seen
    }

    /// Adds of what another says of a base of its own what is known by identity.
    pub fn add_changes(&mut self, other: Self, was: &BTreeMap<&str, Seat>) {
        for id in other.closed.into_keys() {
            if let Some(seat) = was.get(id.as_str()) {
                self.closed.entry(id).or_insert_with(|| seat.clone());
            }
        }
        keep(&mut self.renumbered, other.renumbered);
    }

    /// Adds what another says that is done to the same base; what is said first stays.
    pub fn add(&mut self, other: Self) {
        keep(&mut self.new, other.new);
        keep(&mut self.closed, other.closed);
        keep(&mut self.renumbered, other.renumbered);
    }
}

/// Adds what isn't there yet.
fn keep<V>(known: &mut BTreeMap<String, V>, more: BTreeMap<String, V>) {
    for (id, it) in more {
        known.entry(id).or_insert(it);
    }
}

/// The seat of each section of a version, by identity.
pub(super) fn seats(version: &Version) -> BTreeMap<&str, Seat> {
    let ids: BTreeMap<&str, &str> =
        version.sections().map(|section| (section.number.as_str(), section.id.as_str())).collect();
    let seat = |number: &Number| {
        let parent = number.parent().map(|parent| parent.to_string()).unwrap_or_default();
        let within = match ids.get(parent.as_str()) {
            Some(id) => Parent::Section((*id).to_owned()),
            None => Parent::Number(parent),
        };
        Seat { within, last: number.last() }
    };
    version.sections().filter_map(|it| Some((it.id.as_str(), seat(&Number::parse(&it.number)?)))).collect()
}

pub(super) fn compare(a: &Number, b: &Number) -> Ordering {
    natural(&a.to_string(), &b.to_string())
}

/// The sections that a version has and its base hasn't.
fn newcomers(
    was: &BTreeMap<&str, Seat>,
    is: &BTreeMap<&str, Seat>,
    closed: &BTreeMap<String, Seat>,
    is_renumbered: impl Fn(&str) -> bool,
) -> BTreeMap<String, Newcomer> {
    let mut runs: BTreeMap<&Parent, Vec<(&str, &Number)>> = BTreeMap::new();
    for (id, seat) in is {
        runs.entry(&seat.within).or_default().push((id, &seat.last));
    }
    let mut new = BTreeMap::new();
    for (within, mut run) in runs {
        run.sort_by(|(_, a), (_, b)| compare(a, b));
        // Those that are in both, by their number in the base, and how far they have moved on.
        let stays = |(id, last): &(&str, &Number)| {
            let seat = was.get(id).filter(|seat| seat.within == *within && !is_renumbered(id))?;
            Some(((*id).to_owned(), seat.clone(), last.step_from(&seat.last)))
        };
        for (at, (id, last)) in run.iter().enumerate().filter(|(_, (id, _))| !was.contains_key(id)) {
            let before = run[..at].iter().rev().find_map(stays);
            let after = run[at + 1..].iter().find_map(stays);
            let moved = before.as_ref().map_or(0, |(_, _, step)| *step);
            let takes = after.filter(|(next, after, step)| {
                let is_between = |seat: &&Seat| {
                    seat.is_before(after) && before.as_ref().is_none_or(|(_, it, _): &(_, Seat, _)| it.is_before(seat))
                };
                let gone = i64::try_from(closed.values().filter(is_between).count()).unwrap_or(i64::MAX);
                let behind = run[at + 1..].iter().take_while(|(id, _)| id != next);
                let rank = 1 + behind.filter(|(id, _)| !was.contains_key(id)).count();
                i64::try_from(rank).is_ok_and(|rank| rank <= step - moved + gone)
            });
            let seat = Seat { within: within.clone(), last: last.moved(-moved) };
            new.insert((*id).to_owned(), Newcomer { seat, takes: takes.map(|(id, ..)| id) });
        }
    }
    new
}
