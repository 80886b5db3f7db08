//! From changed parts to amendments: what each instruction stands over, in an order in which they can be carried out.

use super::amendment::{Amendment, AmendmentKind, LastOfRow, PartChange, Place, SiteKind};
use super::place::Standing;
use super::renumber::Renumbering;
use super::steps::{FoundPart, PartStep};
use crate::model::is_below;

/// An amendment while it is planned.
struct Draft {
    kind: AmendmentKind,
    /// The part that it is about: its number is the instruction's.
    lead: usize,
    /// The parts that it covers, as indexes into those found.
    members: Vec<usize>,
    place: Option<Place>,
    alone: bool,
    /// Whether it gives the part another number; and, where it gives others to those that follow, the last of them
    /// and how many there are.
    renumbers: bool,
    through: Option<(usize, usize)>,
}

impl Draft {
    fn new(kind: AmendmentKind, lead: usize, members: Vec<usize>) -> Self {
        Self { kind, lead, members, place: None, alone: false, renumbers: false, through: None }
    }
}

/// The amendments in document order; what moves is amended where it comes to stand.
pub(super) fn amendments(found: Vec<FoundPart>, is_extract: bool) -> Vec<Amendment> {
    let numbers = Renumbering::of(&found);
    let mut plan = Plan { found: &found, numbers, covered: vec![false; found.len()] };
    let mut standing = Standing::new(&found, is_extract);
    let mut drafts = Vec::new();
    for index in 0..found.len() {
        drafts.extend(plan.run(index));
        if !plan.covered[index] {
            drafts.extend(plan.draft(index, &mut standing));
        }
    }
    let mut amendments: Vec<Amendment> = drafts.iter().map(|draft| amendment(draft, &found)).collect();
    let mut parts: Vec<Option<PartChange>> = found.into_iter().map(|part| Some(part.change)).collect();
    for (amendment, draft) in amendments.iter_mut().zip(&drafts) {
        amendment.parts = draft.members.iter().filter_map(|&member| parts[member].take()).collect();
    }
    amendments
}

/// An amendment without its parts.
fn amendment(draft: &Draft, found: &[FoundPart]) -> Amendment {
    let lead = &found[draft.lead].change;
    let site = lead.site.clone();
    let name = match site.kind {
        SiteKind::Front => "front".to_owned(),
        SiteKind::Section => format!("section-{}", site.id),
        SiteKind::Table => format!("table-{}", site.id),
    };
    let suffix = match draft.kind {
        AmendmentKind::Repeal => "-base",
        _ if draft.through.is_some() => "-on",
        _ => "",
    };
    let renumbered_from = draft.renumbers.then(|| lead.former_number().to_owned());
    let through = draft.through.map(|(last, sections)| {
        let last = &found[last].change;
        LastOfRow { from: last.former_number().to_owned(), to: last.site.number.clone(), sections }
    });
    let Draft { kind, ref place, alone, .. } = *draft;
    let place = place.clone();
    Amendment {
        id: name + suffix,
        kind,
        site,
        renumbered_from,
        through,
        place,
        alone,
        by: Vec::new(),
        parts: Vec::new(),
    }
}

struct Plan<'a> {
    found: &'a [FoundPart],
    numbers: Renumbering,
    /// The parts that a draft covers.
    covered: Vec<bool>,
}

impl Plan<'_> {
    /// The amendment that gives numbers to sections in a row, if it begins at this part.
    fn run(&mut self, index: usize) -> Option<Draft> {
        let run = self.numbers.run(index)?.to_vec();
        let pure = run.iter().copied().filter(|&member| !self.found[member].change.is_amended());
        let mut members: Vec<usize> = pure.collect();
        members.extend(run.iter().flat_map(|&member| self.carried(member)));
        members.sort_unstable();
        let mut draft = Draft::new(AmendmentKind::Renumbering, index, members);
        draft.through = run.last().map(|&last| (last, run.len()));
        draft.renumbers = true;
        self.cover(draft)
    }

    /// The amendment that is about a part, if something was done to it.
    fn draft(&mut self, index: usize, standing: &mut Standing<'_>) -> Option<Draft> {
        match self.found[index].step {
            PartStep::Deleted { moved: true, .. } => None,
            PartStep::Deleted { moved: false, .. } => {
                let (members, alone) = standing.delete(index);
                self.cover(Draft { alone, ..Draft::new(AmendmentKind::Repeal, index, members) })
            }
            PartStep::Inserted { moved: None, .. } => {
                let (members, place) = standing.insert(index);
                self.cover(Draft { place: Some(place), ..Draft::new(AmendmentKind::Insertion, index, members) })
            }
            PartStep::Inserted { moved: Some(_), .. } if !standing.is_placed(index) => {
                let (mut members, alone, place) = standing.shift(index);
                // One with a number of its own has an instruction of its own.
                members.retain(|&member| member == index || !self.numbers.is_own(member));
                let renumbers = self.numbers.is_own(index);
                if renumbers {
                    let carried = self.carried(index);
                    members.extend(carried.into_iter().filter(|member| !members.contains(member)).collect::<Vec<_>>());
                }
                members.sort_unstable();
                let draft = Draft::new(AmendmentKind::Move, index, members);
                self.cover(Draft { place: Some(place), alone, renumbers, ..draft })
            }
            PartStep::Inserted { .. } | PartStep::Kept { .. } => self.amend(index),
        }
    }

    fn amend(&mut self, index: usize) -> Option<Draft> {
        let part = &self.found[index].change;
        let below = self.subsections(index);
        if part.renumbered_from.is_none() && self.every_subsection_is_amended(index) {
            let members = std::iter::once(index).chain(below).collect();
            return self.cover(Draft::new(AmendmentKind::Substitution, index, members));
        }
        let renumbers = self.numbers.is_own(index) && !self.numbers.is_in_run(index);
        let (kind, mut members) = match (part.is_amended(), renumbers) {
            (true, _) => (AmendmentKind::Substitution, vec![index]),
            (false, true) => (AmendmentKind::Renumbering, vec![index]),
            (false, false) => return None,
        };
        if renumbers {
            members.extend(self.carried(index));
        }
        self.cover(Draft { renumbers, ..Draft::new(kind, index, members) })
    }

    /// What gets its number with that of another, and needs no other instruction.
    fn carried(&self, index: usize) -> Vec<usize> {
        let stays = |at: &usize| {
            let part = &self.found[*at];
            matches!(part.step, PartStep::Kept { .. }) && !part.change.is_amended() && !self.covered[*at]
        };
        self.numbers.carried_by(index).filter(stays).collect()
    }

    fn cover(&mut self, draft: Draft) -> Option<Draft> {
        draft.members.iter().for_each(|&member| self.covered[member] = true);
        Some(draft)
    }

    /// The sections below the one at `index`, at any depth. An extract may lack the sections between, so the level
    /// alone doesn't tell: 5.4 isn't a subsection of 1.
    fn subsections(&self, index: usize) -> Vec<usize> {
        let site = |at: usize| &self.found[at].change.site;
        if site(index).kind != SiteKind::Section {
            return Vec::new();
        }
        let is_unnumbered = |at: usize| site(at).number.is_empty() || site(index).number.is_empty();
        let is_within = |at: usize| is_below(&site(at).number, &site(index).number) || is_unnumbered(at);
        (index + 1..self.found.len())
            .filter(|&at| site(at).kind == SiteKind::Section)
            .take_while(|&at| self.found[at].level > self.found[index].level && is_within(at))
            .collect()
    }

    fn every_subsection_is_amended(&self, index: usize) -> bool {
        let below = self.subsections(index);
        let Some(level) = below.iter().map(|&at| self.found[at].level).min() else { return false };
        let stays = |at: usize| {
            let part = &self.found[at];
            matches!(part.step, PartStep::Kept { .. }) && part.change.renumbered_from.is_none()
        };
        let top = below.iter().filter(|&&at| self.found[at].level == level);
        below.iter().all(|&at| stays(at))
            && top.into_iter().all(|&at| self.found[at].change.is_amended() || self.every_subsection_is_amended(at))
    }
}
