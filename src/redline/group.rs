//! From changed parts to amendments: what one instruction stands over.

use super::amendment::{Amendment, AmendmentKind, PartChange, Site, SiteKind};
use super::parts::{PartStep, Segment};

/// A part, what became of it, and where it stands.
#[derive(Debug)]
pub(super) struct FoundPart {
    pub step: PartStep,
    pub level: u8,
    /// The number that it had, if that differs.
    pub renumbered_from: Option<String>,
    pub change: PartChange,
}

/// The amendments in document order. A section and all its subsections are one amendment, under the section's own
/// number, where the same was done to all of them.
pub(super) fn amendments(found: Vec<FoundPart>, new: &[Segment<'_>]) -> Vec<Amendment> {
    let mut amendments = Vec::new();
    let mut covered = vec![false; found.len()];
    let groups: Vec<Option<Vec<usize>>> = (0..found.len())
        .map(|index| {
            if covered[index] {
                return None;
            }
            let members = members(&found, index)?;
            members.iter().for_each(|&member| covered[member] = true);
            Some(members)
        })
        .collect();
    let mut found: Vec<Option<FoundPart>> = found.into_iter().map(Some).collect();
    for members in groups.into_iter().flatten() {
        let parts: Vec<FoundPart> = members.iter().filter_map(|&member| found[member].take()).collect();
        amendments.extend(amendment(parts, new));
    }
    amendments
}

/// The parts of the amendment that begins with the part at `index`; `None` if nothing was done to it.
fn members(found: &[FoundPart], index: usize) -> Option<Vec<usize>> {
    let part = &found[index];
    let below = subsections(found, index);
    if !below.is_empty() {
        let whole = match part.step {
            PartStep::Kept { .. } => part.renumbered_from.is_none() && every_subsection_is_amended(found, index),
            PartStep::Inserted { .. } | PartStep::Deleted { .. } => {
                below.iter().all(|&at| same_deed(part.step, found[at].step))
            }
        };
        if whole {
            return Some(std::iter::once(index).chain(below).collect());
        }
    }
    let touched = match part.step {
        PartStep::Kept { .. } => part.change.is_amended() || part.renumbered_from.is_some(),
        PartStep::Inserted { .. } | PartStep::Deleted { .. } => true,
    };
    touched.then(|| vec![index])
}

/// The sections below the one at `index`, at any depth.
fn subsections(found: &[FoundPart], index: usize) -> Vec<usize> {
    let section = |at: usize| found[at].change.site.kind == SiteKind::Section;
    if !section(index) {
        return Vec::new();
    }
    (index + 1..found.len())
        .filter(|&at| section(at))
        .take_while(|&at| found[at].level > found[index].level && is_below(&found[at], &found[index]))
        .collect()
}

/// An extract may lack the sections between, so the level alone doesn't tell: 5.4 isn't a subsection of 1.
fn is_below(part: &FoundPart, above: &FoundPart) -> bool {
    let (part, above) = (&part.change.site.number, &above.change.site.number);
    let below = part.strip_prefix(above.as_str()).is_some_and(|rest| rest.starts_with('.'));
    below || part.is_empty() || above.is_empty()
}

fn every_subsection_is_amended(found: &[FoundPart], index: usize) -> bool {
    let below = subsections(found, index);
    let Some(level) = below.iter().map(|&at| found[at].level).min() else { return false };
    below.iter().filter(|&&at| found[at].level == level).all(|&at| {
        let part = &found[at];
        let stays = matches!(part.step, PartStep::Kept { .. }) && part.renumbered_from.is_none();
        let deeper = subsections(found, at);
        stays
            && (part.change.is_amended() || every_subsection_is_amended(found, at))
            && deeper
                .iter()
                .all(|&at| matches!(found[at].step, PartStep::Kept { .. }) && found[at].renumbered_from.is_none())
    })
}

fn same_deed(a: PartStep, b: PartStep) -> bool {
    match (a, b) {
        (PartStep::Inserted { moved: a, .. }, PartStep::Inserted { moved: b, .. }) => a.is_some() == b.is_some(),
        (PartStep::Deleted { moved: a, .. }, PartStep::Deleted { moved: b, .. }) => a == b,
        _ => false,
    }
}

fn amendment(parts: Vec<FoundPart>, new: &[Segment<'_>]) -> Option<Amendment> {
    let first = parts.first()?;
    let kind = match first.step {
        PartStep::Kept { .. } => match first.renumbered_from.is_some() && only_the_number(first) {
            true => AmendmentKind::Renumbering,
            false => AmendmentKind::Substitution,
        },
        PartStep::Deleted { moved: true, .. } | PartStep::Inserted { moved: Some(_), .. } => AmendmentKind::Move,
        PartStep::Deleted { .. } => AmendmentKind::Repeal,
        PartStep::Inserted { .. } => AmendmentKind::Insertion,
    };
    let (after, first_in) = match first.step {
        PartStep::Inserted { new: at, .. } => neighbour(new, at),
        _ => (None, None),
    };
    let site = first.change.site.clone();
    let suffix = if matches!(first.step, PartStep::Deleted { .. }) { "-base" } else { "" };
    let id = match site.kind {
        SiteKind::Front => "front".to_owned(),
        SiteKind::Section => format!("section-{}{suffix}", site.id),
        SiteKind::Table => format!("table-{}{suffix}", site.id),
    };
    let renumbered_from = first.renumbered_from.clone();
    let parts = parts.into_iter().map(|part| part.change).collect();
    Some(Amendment { id, kind, site, renumbered_from, after, first_in, parts })
}

/// Whether the number in the heading or caption is all that changed.
fn only_the_number(part: &FoundPart) -> bool {
    let Some(before) = &part.renumbered_from else { return false };
    let after = &part.change.site.number;
    part.change.changes.iter().all(|change| {
        change.rows.is_empty() && change.words.iter().all(|words| words.old == *before && words.new == *after)
    })
}

/// What a new part stands after; or, if it opens a section, that section.
pub(super) fn neighbour(new: &[Segment<'_>], at: usize) -> (Option<Site>, Option<Site>) {
    let part = &new[at];
    let is_table = part.site.kind == SiteKind::Table;
    let before = new[1..at].iter().rev().find(|other| match is_table {
        true => true,
        false => other.site.kind == SiteKind::Section && other.level <= part.level,
    });
    match before {
        Some(other) if is_table || other.level == part.level => (Some(other.site.clone()), None),
        Some(other) => (None, Some(other.site.clone())),
        None => (None, None),
    }
}
