//! References that have come to name another part than they did, because numbers have shifted under them.
//!
//! What a reference means is what its number names in the base, as long as it is the base's reference. A drafter who
//! restates a section may have updated some of its references and kept others: those of the base and those of the
//! version are paired in order, so that as many as can be are one or the other.

use crate::check::reading::{Passage, Reading, Slip, Sort};
use crate::check::subject::Subject;
use crate::diagnostic::Code;
use crate::document::{NamedPart, PartKind, PartWords, markdown, named_parts};
use crate::model::{Part, Version, natural};
use std::collections::BTreeMap;

/// A reference that names another part than it did.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stale<'v> {
    meant: &'v Part,
    /// The number that the part has now; none if it is gone.
    now: Option<&'v str>,
    /// What bears the number that the text names.
    bearer: Option<&'v Part>,
    /// Whether the number of the part can take the place of the one that the text names.
    is_certain: bool,
}

/// What became of the numbers of the base: of those that don't mean what they did.
type Shifts<'v> = BTreeMap<(PartKind, &'v str), Stale<'v>>;

/// The references of a version that are stale, by their passage and where they begin in it.
pub(super) fn find<'v>(
    subject: &Subject<'v>,
    reading: &Reading<'_>,
    words: &PartWords,
) -> BTreeMap<(usize, usize), Stale<'v>> {
    let mut found = BTreeMap::new();
    let Some(base) = subject.base else { return found };
    let shifts = shifts(base, subject.version);
    if shifts.is_empty() {
        return found;
    }
    let order = [base, subject.version].map(Order::of);
    let mut start = 0;
    let are_of_one = |a: &Passage<'_>, b: &Passage<'_>| {
        let is_heading = |passage: &Passage<'_>| passage.sort == Sort::Heading;
        a.section().is_some() && a.section() == b.section() && is_heading(a) == is_heading(b)
    };
    for passages in reading.passages.chunk_by(are_of_one) {
        let first = passages.first();
        let section = first.and_then(Passage::section).zip(subject.below.as_ref()).and_then(|(id, it)| it.section(id));
        if let Some((first, old)) = first.zip(section) {
            let was = match first.sort {
                Sort::Heading => vec![old.heading.text.clone()],
                _ => {
                    let written = markdown::passages(&old.body).unwrap_or_default();
                    written.into_iter().map(|passage| passage.text).collect()
                }
            };
            found.extend(of_text(&shifts, &order, &was, start, passages, words));
        }
        start += passages.len();
    }
    found
}

/// Every number of the base under which its part isn't found any more.
fn shifts<'v>(base: &'v Version, version: &'v Version) -> Shifts<'v> {
    let of = |version: &'v Version| version.parts.iter().map(|part| ((kind(part), id(part)), part)).collect();
    let now: BTreeMap<(PartKind, &str), &Part> = of(version);
    let bearers: BTreeMap<(PartKind, &str), &Part> =
        version.parts.iter().map(|part| ((kind(part), part.number()), part)).collect();
    let shift = |meant: &'v Part| {
        let now = now.get(&(kind(meant), id(meant))).map(|part| part.number());
        let bearer = bearers.get(&(kind(meant), meant.number())).copied();
        // What is gone, and gave its number to none, is told as a reference to nothing.
        let is_stale = now != Some(meant.number()) && (now.is_some() || bearer.is_some());
        is_stale.then_some(((kind(meant), meant.number()), Stale { meant, now, bearer, is_certain: true }))
    };
    base.parts.iter().filter_map(shift).collect()
}

/// Those in the heading of a section, or in its body. `start` is the place of its first passage among all.
fn of_text<'v>(
    shifts: &Shifts<'v>,
    order: &[Order<'_>; 2],
    was: &[String],
    start: usize,
    passages: &[Passage<'_>],
    words: &PartWords,
) -> Vec<((usize, usize), Stale<'v>)> {
    let was: Vec<NamedPart<'_>> = was.iter().flat_map(|text| named_parts(text, words)).collect();
    let is: Vec<(usize, NamedPart<'_>)> = (start..)
        .zip(passages)
        .flat_map(|(index, passage)| named_parts(&passage.text, words).into_iter().map(move |named| (index, named)))
        .collect();
    let is_kept = |index: usize, named: &NamedPart<'_>| {
        passages.get(index - start).is_some_and(|passage| passage.is_kept(&named.at))
    };
    // An update counts as much as a reference that was kept, unless either could be.
    const UPDATED: u64 = 1 << 32;
    const KEPT: u64 = UPDATED + 1;
    let weight = |old: usize, new: usize| {
        let Some((old, (index, new))) = was.get(old).zip(is.get(new)) else { return 0 };
        let now = shifts.get(&(old.kind, old.number)).map_or(Some(old.number), |shift| shift.now);
        match old.kind == new.kind {
            true if now == Some(new.number) => UPDATED,
            true if old.number == new.number && is_kept(*index, new) => KEPT,
            _ => 0,
        }
    };
    let stale = |(old, new): (usize, usize)| {
        let (was, is) = (was.get(old)?, is.get(new)?);
        let shift = shifts.get(&(was.kind, was.number))?;
        let is_certain = is.1.range.is_none_or(|range| holds_the_same(order, shifts, is.1.kind, range));
        (weight(old, new) == KEPT).then_some(((is.0, is.1.at.start), Stale { is_certain, ..*shift }))
    };
    pairs(was.len(), is.len(), weight).into_iter().filter_map(stale).collect()
}

/// The parts of a version in the order of their numbers, and where in that each stands.
struct Order<'v> {
    ids: [Vec<&'v str>; 2],
    places: BTreeMap<(PartKind, &'v str), usize>,
}

impl<'v> Order<'v> {
    fn of(version: &'v Version) -> Self {
        let mut order = Self { ids: [Vec::new(), Vec::new()], places: BTreeMap::new() };
        let mut parts: Vec<&Part> = version.parts.iter().collect();
        parts.sort_by(|a, b| natural(a.number(), b.number()));
        for part in parts {
            let ids = &mut order.ids[usize::from(kind(part) == PartKind::Table)];
            order.places.insert((kind(part), part.number()), ids.len());
            ids.push(id(part));
        }
        order
    }

    /// The identities of the parts from one number to another.
    fn between(&self, kind: PartKind, [first, last]: [&str; 2]) -> Option<&[&'v str]> {
        let place = |number| self.places.get(&(kind, number)).copied();
        self.ids[usize::from(kind == PartKind::Table)].get(place(first)?..=place(last)?)
    }
}

/// Whether the ends of a range, as they are numbered now, hold the same parts between them: only then are those numbers
/// what is meant.
fn holds_the_same(
    [was, is]: &[Order<'_>; 2],
    shifts: &Shifts<'_>,
    kind: PartKind,
    (first, last): (&str, &str),
) -> bool {
    let now = |number| shifts.get(&(kind, number)).map_or(Some(number), |shift: &Stale<'_>| shift.now);
    let (Some(first_now), Some(last_now)) = (now(first), now(last)) else { return false };
    let between = was.between(kind, [first, last]);
    between.is_some() && between == is.between(kind, [first_now, last_now])
}

/// So many pairs are weighed; of a text with more references, each is held against the one in its place.
const MOST: usize = 1 << 22;

/// The pairs of two sequences, in the order of both, that weigh the most together; what weighs nothing is no pair.
fn pairs(old: usize, new: usize, weight: impl Fn(usize, usize) -> u64) -> Vec<(usize, usize)> {
    // Most texts keep their references.
    let in_place = (0..old.min(new)).map(|at| (at, at)).filter(|&(a, b)| weight(a, b) > 0);
    if old.saturating_mul(new) > MOST || (old == new && in_place.clone().count() == old) {
        return in_place.collect();
    }
    let mut most = vec![vec![0_u64; new + 1]; old + 1];
    for a in (0..old).rev() {
        for b in (0..new).rev() {
            let skipped = most[a + 1][b].max(most[a][b + 1]);
            most[a][b] = match weight(a, b) {
                0 => skipped,
                weight => skipped.max(most[a + 1][b + 1] + weight),
            };
        }
    }
    let (mut a, mut b, mut found) = (0, 0, Vec::new());
    while a < old && b < new {
        if most[a][b] == most[a + 1][b] {
            a += 1;
        } else if most[a][b] == most[a][b + 1] {
            b += 1;
        } else {
            found.push((a, b));
            (a, b) = (a + 1, b + 1);
        }
    }
    found
}

impl Stale<'_> {
    pub fn slip(&self, passage: usize, named: &NamedPart<'_>) -> Slip {
        let NamedPart { word, number, .. } = named;
        let name = match named.kind {
            PartKind::Section => "Section",
            PartKind::Table => "Table",
        };
        let bearer = match self.bearer {
            Some(bearer) => format!("{name} {number} is {} now", title(bearer)),
            None => format!("there is no {name} {number} any more"),
        };
        let meant = title(self.meant);
        let (message, help) = match self.now {
            Some(now) => (
                format!("“{word} {number}” meant {meant}, which is {name} {now} now; {bearer}"),
                match self.is_certain {
                    true => format!("write “{word} {now}”, or let “ctsd check --fix” restate the text so"),
                    false => "restate what the range shall hold: other parts stand between its ends now".to_owned(),
                },
            ),
            None => (
                format!("“{word} {number}” meant {meant}, which is deleted; {bearer}"),
                "restate the text without the reference, or with one to what takes its place".to_owned(),
            ),
        };
        let slip = Slip::warning(Code::StaleReference, passage, named.at.clone(), message, help);
        match self.now {
            Some(now) if self.is_certain => slip.mend(named.at.end - number.len()..named.at.end, now),
            _ => slip,
        }
    }
}

fn kind(part: &Part) -> PartKind {
    match part {
        Part::Section(_) => PartKind::Section,
        Part::Matrix(_) => PartKind::Table,
    }
}

fn id(part: &Part) -> &str {
    match part {
        Part::Section(section) => &section.id,
        Part::Matrix(matrix) => &matrix.id,
    }
}

/// What a part is called, without its number.
fn title(part: &Part) -> String {
    match part {
        Part::Section(section) => format!("“{}”", section.title()),
        Part::Matrix(matrix) => format!("“{}”", matrix.title.as_ref().map_or(&matrix.role_name, |title| &title.text)),
    }
}

#[cfg(test)]
mod tests {
    use super::pairs;
    use proptest::prelude::*;

    /// The plain definition, without memory.
    fn most(old: &[u64], new: &[u64]) -> u64 {
        match (old, new) {
            ([a, old_rest @ ..], [b, new_rest @ ..]) => {
                let pair = if a == b { 1 + a + most(old_rest, new_rest) } else { 0 };
                pair.max(most(old_rest, new)).max(most(old, new_rest))
            }
            _ => 0,
        }
    }

    proptest! {
        #[test]
        fn pairs_stand_in_order_and_weigh_as_much_as_can_be(
            old in prop::collection::vec(0_u64..4, 0..7), new in prop::collection::vec(0_u64..4, 0..7),
        ) {
            let weight = |a: usize, b: usize| if old[a] == new[b] { 1 + old[a] } else { 0 };
            let found = pairs(old.len(), new.len(), weight);
            prop_assert!(found.iter().all(|&(a, b)| weight(a, b) > 0));
            prop_assert!(found.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
            prop_assert_eq!(found.iter().map(|&(a, b)| weight(a, b)).sum::<u64>(), most(&old, &new));
        }
    }
}
