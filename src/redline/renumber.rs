//! Which instruction gives a section its new number: one of its own, or that of the section that it stands in; and
//! which sections in a row get theirs by one.

use super::amendment::SiteKind;
use super::place::last;
use super::steps::{FoundPart, PartStep};
use crate::model::{Number, natural};
use std::collections::BTreeMap;

/// The new numbers of what stood in the base.
pub(super) struct Renumbering {
    /// Of each part found, whether its number needs an instruction.
    own: Vec<bool>,
    /// Of each part found, which other carries its number along.
    carrier: Vec<Option<usize>>,
    /// Sections in a row that go on by as many numbers, by the first in the document.
    runs: BTreeMap<usize, Vec<usize>>,
    /// Of each part found, whether it is in one of them.
    in_run: Vec<bool>,
}

impl Renumbering {
    pub fn of(found: &[FoundPart]) -> Self {
        let from_base = |part: &FoundPart| part.change.from.is_some() && part.change.at.is_some();
        let is_section = |part: &FoundPart| part.change.site.kind == SiteKind::Section;
        let by_number: BTreeMap<&str, usize> = found
            .iter()
            .enumerate()
            .filter(|(_, part)| from_base(part) && is_section(part))
            .map(|(index, part)| (part.change.former_number(), index))
            .collect();
        let (mut own, mut carrier) = (vec![false; found.len()], vec![None; found.len()]);
        for (index, part) in found.iter().enumerate().filter(|(_, part)| from_base(part)) {
            let (was, is) = (part.change.former_number(), part.change.site.number.as_str());
            let above = Some(part).filter(|part| is_section(part)).and_then(|_| above(was, &by_number));
            let carried = above.and_then(|above| {
                let (from, to) = (&found[above].change.former_number(), &found[above].change.site.number);
                Some(Number::parse(was)?.rebased(&Number::parse(from)?, &Number::parse(to)?).to_string())
            });
            own[index] = carried.as_deref().unwrap_or(was) != is;
            carrier[index] = above.filter(|_| was != is && !own[index]);
        }
        let mut numbering = Self { own, carrier, runs: BTreeMap::new(), in_run: vec![false; found.len()] };
        for siblings in siblings(&by_number) {
            numbering.find_runs(&siblings, found);
        }
        numbering
    }

    /// Whether its number needs an instruction of its own, or one in common with those beside it.
    pub fn is_own(&self, index: usize) -> bool {
        self.own[index]
    }

    /// Whether it gets its number with those beside it.
    pub fn is_in_run(&self, index: usize) -> bool {
        self.in_run[index]
    }

    /// The sections that get their numbers in a row, of which this is the first.
    pub fn run(&self, index: usize) -> Option<&[usize]> {
        self.runs.get(&index).map(Vec::as_slice)
    }

    /// What gets its number with that of another, at any depth.
    pub fn carried_by(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let leads = move |mut at: usize| {
            while let Some(next) = self.carrier[at] {
                if next == index {
                    return true;
                }
                at = next;
            }
            false
        };
        (0..self.carrier.len()).filter(move |&at| leads(at))
    }

    /// Stretches of siblings, in the order of their numbers, that stay in their places and go on by as many numbers.
    fn find_runs(&mut self, siblings: &[usize], found: &[FoundPart]) {
        let step = |index: usize| -> Option<(i128, String)> {
            let part = &found[index];
            let (was, is) = (part.change.former_number(), &part.change.site.number);
            let ((from, letters), (to, same)) = (last(was), last(is));
            let goes_on = self.own[index] && was != is && letters == same;
            let stays = matches!(part.step, PartStep::Kept { .. }) && goes_on;
            let above = is.rsplit_once('.').map_or("", |(above, _)| above);
            stays.then(|| (i128::from(to) - i128::from(from), above.to_owned()))
        };
        for run in siblings.chunk_by(|&a, &b| step(a).is_some() && step(a) == step(b)) {
            let is_pure = |&index: &usize| !found[index].change.is_amended();
            let rises = run.is_sorted();
            if let [first, _, ..] = run
                && rises
                && run.iter().any(is_pure)
            {
                run.iter().for_each(|&index| self.in_run[index] = true);
                self.runs.insert(*first, run.to_vec());
            }
        }
    }
}

/// The nearest section that one of this number stood in, of those that are still there.
fn above(number: &str, by_number: &BTreeMap<&str, usize>) -> Option<usize> {
    let mut number = number;
    while let Some((above, _)) = number.rsplit_once('.') {
        if let Some(&index) = by_number.get(above) {
            return Some(index);
        }
        number = above;
    }
    None
}

/// The sections by those that they stood in, each lot in the order of its numbers.
fn siblings(by_number: &BTreeMap<&str, usize>) -> Vec<Vec<usize>> {
    let mut lots: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
    for (number, &index) in by_number {
        lots.entry(number.rsplit_once('.').map_or("", |(above, _)| above)).or_default().push((number, index));
    }
    lots.into_values()
        .map(|mut lot| {
            lot.sort_by(|(a, _), (b, _)| natural(a, b));
            lot.into_iter().map(|(_, index)| index).collect()
        })
        .collect()
}
