//! Where instructions put what they insert and move: said of what stands there when the instruction is carried out.
//!
//! Instructions are carried out in their order, on the base. What has stood in the base is called by its number there,
//! what is new by the number that it is given; and a section is everything behind it that bears a number below its own.

use super::amendment::{Neighbour, Place, SiteKind};
use super::steps::{FoundPart, PartStep};
use crate::model::{is_below, natural};

/// The parts in the order in which they stand, while instructions are carried out one after another.
pub(super) struct Standing<'a> {
    found: &'a [FoundPart],
    /// The parts of the target in order, as indexes into those found.
    target: Vec<usize>,
    /// What stands, as indexes into those found.
    order: Vec<usize>,
    /// Of each part found, whether it stands where it shall.
    placed: Vec<bool>,
    is_extract: bool,
}

/// Where something can be put, so that it stands behind what it stands behind in the target: in `from..=to`.
struct Gap {
    from: usize,
    to: usize,
}

impl Gap {
    fn holds(&self, at: usize) -> bool {
        (self.from..=self.to).contains(&at)
    }
}

impl<'a> Standing<'a> {
    /// The base as it stands before the first instruction.
    pub fn new(found: &'a [FoundPart], is_extract: bool) -> Self {
        let moves = |index: usize| matches!(found[index].step, PartStep::Deleted { moved: true, .. });
        let of = |place: fn(&FoundPart) -> Option<usize>| {
            let mut order: Vec<usize> =
                (0..found.len()).filter(|&at| !moves(at) && place(&found[at]).is_some()).collect();
            order.sort_by_key(|&at| place(&found[at]));
            order
        };
        Self {
            found,
            target: of(|part| part.change.at),
            order: of(|part| part.change.from),
            placed: found.iter().map(|part| matches!(part.step, PartStep::Kept { .. })).collect(),
            is_extract,
        }
    }

    /// Whether a part stands where it shall.
    pub fn is_placed(&self, index: usize) -> bool {
        self.placed[index]
    }

    fn label(&self, index: usize) -> &'a str {
        self.found[index].change.former_number()
    }

    fn number(&self, index: usize) -> &'a str {
        &self.found[index].change.site.number
    }

    fn kind(&self, index: usize) -> SiteKind {
        self.found[index].change.site.kind
    }

    fn position(&self, index: usize) -> usize {
        self.order.iter().position(|&other| other == index).unwrap_or(self.order.len())
    }

    /// How many parts stand within the one at a position of the order.
    fn extent(&self, at: usize) -> usize {
        let Some(&root) = self.order.get(at).filter(|&&root| self.kind(root) == SiteKind::Section) else { return 0 };
        let below = self.order[at + 1..].iter().take_while(|&&part| is_below(self.label(part), self.label(root)));
        below.count()
    }

    /// Takes out what goes: the part, with all that stands within it where that goes too; else alone, which is told.
    pub fn delete(&mut self, index: usize) -> (Vec<usize>, bool) {
        let at = self.position(index);
        let within = self.extent(at);
        let goes = |&part: &usize| matches!(self.found[part].step, PartStep::Deleted { .. });
        let whole = self.order[at..=at + within].iter().all(goes);
        let count = if whole { within + 1 } else { 1 };
        (self.order.drain(at..at + count).collect(), count <= within)
    }

    /// The new parts that one instruction inserts: the part, and the new ones right behind it that stand within it.
    pub fn insert(&mut self, index: usize) -> (Vec<usize>, Place) {
        let start = self.found[index].change.at.unwrap_or_default();
        let is_new = |part: usize| matches!(self.found[part].step, PartStep::Inserted { moved: None, .. });
        let within = |&&part: &&usize| is_new(part) && is_below(self.number(part), self.number(index));
        let below = self.target[start + 1..].iter().take_while(within).copied();
        let members: Vec<usize> = std::iter::once(index).chain(below).collect();
        let place = self.put(&members);
        members.iter().for_each(|&member| self.placed[member] = true);
        (members, place)
    }

    /// The parts that one instruction moves, those that stand within the part among them, unless some of these stay;
    /// then the part moves alone, which is told.
    pub fn shift(&mut self, index: usize) -> (Vec<usize>, bool, Place) {
        let at = self.position(index);
        let within = self.extent(at);
        let carried = self.carried(&self.order[at..=at + within]);
        let count = if carried.is_some() { within + 1 } else { 1 };
        let block: Vec<usize> = self.order.drain(at..at + count).collect();
        let place = self.put(&block);
        let carried = carried.unwrap_or_else(|| vec![index]);
        carried.iter().for_each(|&member| self.placed[member] = true);
        (carried, count <= within, place)
    }

    /// Of a part that moves, and what stands within it, those that then stand where they shall; none, if some of them
    /// stand where they shall already.
    fn carried(&self, block: &[usize]) -> Option<Vec<usize>> {
        if block.iter().any(|&part| self.placed[part]) {
            return None;
        }
        let mut carried: Vec<usize> = block.first().copied().into_iter().collect();
        let mut last = self.found[*block.first()?].change.at?;
        for &part in &block[1..] {
            let Some(at) = self.found[part].change.at.filter(|&at| at > last) else { continue };
            if self.target[last + 1..at].iter().all(|&between| !self.placed[between]) {
                carried.push(part);
                last = at;
            }
        }
        Some(carried)
    }

    /// Puts parts, of which the first gives the place, behind what they stand behind in the target.
    fn put(&mut self, block: &[usize]) -> Place {
        let Some(&index) = block.first() else { return Place::End };
        let behind = self.found[index].change.at.and_then(|at| Some(self.target[at.checked_sub(1)?]));
        let from = behind.map_or(0, |behind| self.position(behind) + 1);
        let to = (from..self.order.len()).find(|&at| self.placed[self.order[at]]).unwrap_or(self.order.len());
        let gap = Gap { from, to };
        let (place, at) = self.place(index, behind, &gap);
        self.order.splice(at..at, block.iter().copied());
        place
    }

    /// Where a part is put, in words that hold, and where that is: beside what bears the number next to its own, if
    /// it can be said so.
    fn place(&self, index: usize, behind: Option<usize>, gap: &Gap) -> (Place, usize) {
        let (number, is_section) = (self.number(index), self.kind(index) == SiteKind::Section);
        let Some(behind) = behind.filter(|&behind| self.kind(behind) != SiteKind::Front) else {
            return (Place::Start, gap.from);
        };
        let next = self.order.get(gap.to).copied();
        let is_sibling =
            |other: usize| self.kind(other) == self.kind(index) && parent(self.number(other)) == parent(number);
        // What ends where the part is put.
        let ends = |at: &usize| {
            let other = self.order[*at];
            let is_around = other == behind || is_below(self.label(behind), self.label(other));
            self.placed[other] && is_around && gap.holds(at + 1 + self.extent(*at))
        };
        let ending: Vec<usize> = (0..gap.from).rev().filter(ends).collect();
        let after = |at: usize| (Place::After(self.neighbour(self.order[at])), at + 1 + self.extent(at));
        let before = |next: usize| (Place::Before(self.neighbour(next)), gap.to);
        if is_section {
            if let Some(&at) = ending.iter().find(|&&at| follows(self.number(self.order[at]), number)) {
                return after(at);
            }
            let is_first = !self.is_extract || last(number) == (1, "");
            if self.kind(behind) == SiteKind::Section && parent(number) == Some(self.number(behind)) && is_first {
                return (Place::FirstIn(self.neighbour(behind)), gap.from);
            }
            if let Some(next) = next.filter(|&next| is_sibling(next) && follows(number, self.number(next))) {
                return before(next);
            }
            if self.is_extract {
                if next.is_none() {
                    return (Place::End, self.order.len());
                }
                let in_order = self.in_order(number);
                if gap.holds(in_order) && number == self.label(index) {
                    return (Place::InOrder, in_order);
                }
            }
        }
        let level = |at: &&usize| self.found[self.order[**at]].level == self.found[index].level;
        let sibling = ending.iter().find(|&&at| is_sibling(self.order[at]));
        if let Some(&at) = sibling.or(ending.iter().find(level)).or(ending.first()) {
            return after(at);
        }
        match next {
            Some(next) => before(next),
            None => (Place::End, self.order.len()),
        }
    }

    /// Behind what bears the greatest number below this one.
    fn in_order(&self, number: &str) -> usize {
        let numbered = self.order.iter().enumerate().filter(|(_, part)| !self.label(**part).is_empty());
        let below = numbered.filter(|(_, part)| natural(self.label(**part), number).is_lt());
        below.max_by(|(_, a), (_, b)| natural(self.label(**a), self.label(**b))).map_or(0, |(at, _)| at + 1)
    }

    fn neighbour(&self, index: usize) -> Neighbour {
        let FoundPart { step, change, .. } = &self.found[index];
        Neighbour {
            kind: change.site.kind,
            id: change.site.id.clone(),
            number: change.former_number().to_owned(),
            heading: change.site.heading.clone(),
            new: matches!(step, PartStep::Inserted { moved: None, .. }),
        }
    }
}

/// The number of the section that one of this number stands in; none of one at the top.
fn parent(number: &str) -> Option<&str> {
    number.rsplit_once('.').map(|(parent, _)| parent)
}

/// The last of a number's parts: its figures, and the letters behind them.
pub(super) fn last(number: &str) -> (u64, &str) {
    let last = number.rsplit('.').next().unwrap_or(number);
    let figures = last.bytes().take_while(u8::is_ascii_digit).count();
    (last[..figures].parse().unwrap_or(0), &last[figures..])
}

/// Whether a number is the next after another: 5.5 after 5.4, and 5.4A too.
fn follows(number: &str, next: &str) -> bool {
    let ((figure, letters), (then, more)) = (last(number), last(next));
    let by_figure = letters.is_empty() && more.is_empty() && figure.checked_add(1) == Some(then);
    parent(number) == parent(next) && (by_figure || figure == then && letters.is_empty() && more == "A")
}
