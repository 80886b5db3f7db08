//! A release: several modifications put together over one base, and what it decides where they collide.

use super::conflict::{Conflict, ConflictPart, digest};
use super::rebase::rebase_among;
use super::slots::Slots;
use super::whole::whole;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Appendix, Decision, Findings, Modification, Placed, Stated, Version};

/// A modification that a release includes, with what it makes and of what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Included<'v> {
    pub modification: &'v Modification,
    /// What it makes of its base.
    pub own: &'v Version,
    /// What it was drafted against.
    pub base: &'v Version,
}

/// The base with all that a release includes laid over it, one after another, each moved onto what the ones before it
/// made, which `told` is told of. Collisions that the release doesn't decide are findings.
pub(super) fn merge(
    appendix: &Appendix,
    release: &Modification,
    base: &Version,
    included: &[Included<'_>],
    findings: &mut Findings,
    told: &mut dyn FnMut(&Included<'_>, &Version),
) -> Version {
    let mut merged = base.clone();
    let mut conflicts: Vec<Conflict> = Vec::new();
    let mut slots = Slots::default();
    for it in included {
        if merged.parts == it.base.parts && merged.columns == it.base.columns {
            (merged.parts, merged.columns) = (it.own.parts.clone(), it.own.columns.clone());
        } else {
            let rebased = rebase_among(it.modification, it.base, it.own, &merged, &slots);
            conflicts.extend(rebased.conflicts.iter().cloned());
            let made = whole(appendix, &Stated::Modification(rebased.agreed()), Some(&merged), findings);
            (merged.parts, merged.columns) = (made.parts, made.columns);
        }
        // Slots are of the release's base: one that is drafted against another knows only places of that.
        if it.base.id == base.id {
            slots.add(it.modification, it.base, it.own);
        }
        told(it, &merged);
    }
    decide(release, base, &merged, conflicts, findings);
    merged
}

/// Tells of the conflicts that the release's own statements don't decide, and of decisions between what doesn't collide.
fn decide(
    release: &Modification,
    base: &Version,
    merged: &Version,
    mut conflicts: Vec<Conflict>,
    findings: &mut Findings,
) {
    let section = |number: &str| merged.section_numbered(number).or(base.section_numbered(number)).map(|it| &it.id);
    let table = |number: &str| merged.matrix_numbered(number).or(base.matrix_numbered(number)).map(|it| &it.id);
    let sections = release.sections.iter().map(|it| (&it.decision, section(&it.number), false));
    let tables = release.tables.iter().map(|it| (&it.decision, table(&it.number), true));
    for (decision, id, is_table) in sections.chain(tables).filter(|(decision, ..)| !decision.between.is_empty()) {
        let is_decided = |conflict: &Conflict| {
            conflict.part.is_table == is_table
                && id.is_some_and(|id| *id == conflict.part.id)
                && [&conflict.ours, &conflict.theirs].into_iter().all(|claim| names(decision, claim.origin.version()))
        };
        let (decided, rest): (Vec<Conflict>, Vec<Conflict>) = conflicts.into_iter().partition(is_decided);
        conflicts = rest;
        if let Some(finding) = unfit(decision, &decided) {
            findings.push(finding);
        }
    }
    for part in parts(&conflicts) {
        let of_part: Vec<&Conflict> = conflicts.iter().filter(|conflict| conflict.part == part).collect();
        let digest = digest(of_part.iter().copied());
        for conflict in of_part {
            let later = |named: &&Placed<String>| {
                conflict.ours.origin.version().is_some_and(|version| named.eq_ignore_ascii_case(version))
            };
            let named = release.includes.iter().find(later).or(release.includes.last());
            findings.push(conflict.finding(named.map_or(&release.head.id.origin, |named| &named.origin), &digest));
        }
    }
}

fn parts(conflicts: &[Conflict]) -> Vec<ConflictPart> {
    let mut parts = Vec::new();
    for conflict in conflicts {
        if !parts.contains(&conflict.part) {
            parts.push(conflict.part.clone());
        }
    }
    parts
}

/// Whether a decision is between that version and others; what the base says needs no name.
fn names(decision: &Decision, version: Option<&str>) -> bool {
    version.is_none_or(|version| decision.between.iter().any(|id| id.eq_ignore_ascii_case(version)))
}

/// What is wrong with a decision.
fn unfit(decision: &Decision, decided: &[Conflict]) -> Option<Diagnostic> {
    let first = decision.between.first()?;
    let between: Vec<&str> = decision.between.iter().map(|id| id.value.as_str()).collect();
    if decided.is_empty() {
        let message = format!("there is nothing to decide here between {}", between.join(" and "));
        let finding = Diagnostic::error(Code::VoidDecision, message).at(first.origin.location());
        return Some(finding.help("delete “decides” and “from”, or the whole file if it says no more"));
    }
    let digest = digest(decided.iter());
    let (at, message) = match &decision.digest {
        Some(written) if written.value == digest => return None,
        Some(written) => {
            (written, format!("what {} say here has changed since this was decided", between.join(" and ")))
        }
        None => (first, "the decision doesn't say what it decides between".to_owned()),
    };
    let help = format!("read what they say now, and write “from: \"{digest}\"” once it still holds");
    Some(Diagnostic::error(Code::VoidDecision, message).at(at.origin.location()).help(help))
}
