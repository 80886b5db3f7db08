//! Whether two modifications of one base can be put together, or one with a version that came after its base.

use super::conflict::Conflict;
use super::project::Project;
use super::rebase::rebase;
use super::slots::Slots;
use super::three_way::{Between, Rebased, Replaced, rebase_among};
use super::whole::whole;
use crate::diagnostic::Location;
use crate::model::{Appendix, Findings, Modification, Stated, Version};

/// A modification, and what it makes of its base.
#[derive(Clone, Copy, Debug)]
pub struct Laid<'v> {
    /// What its files state.
    pub modification: &'v Modification,
    /// What it makes of its base.
    pub own: &'v Version,
}

/// What keeps two from being put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// What it is about, such as “the body of Section 5.4”.
    pub about: String,
    /// Where the one says so, as far as a file does.
    pub one: Option<Location>,
    /// Where the other says so.
    pub other: Option<Location>,
}

impl Collision {
    fn new(conflict: Conflict) -> Self {
        let Conflict { about, ours, theirs, .. } = conflict;
        Self { about, one: ours.origin.location(), other: theirs.origin.location() }
    }

    fn turned(self) -> Self {
        Self { one: self.other, other: self.one, ..self }
    }
}

/// Where two modifications of a base collide, whichever of them comes first.
pub fn collisions(appendix: &Appendix, base: &Version, one: Laid<'_>, other: Laid<'_>) -> Vec<Collision> {
    let mut replaced = Replaced::default();
    let after = laid_after(appendix, base, one, other, &mut replaced);
    let before: Vec<Collision> =
        told(laid_after(appendix, base, other, one, &mut replaced)).into_iter().map(Collision::turned).collect();
    let unmade = if before.is_empty() { unmade(appendix, &after, other.own) } else { Vec::new() };
    let mut found = told(after);
    // What shows only in one order makes the result depend on the order.
    let unseen: Vec<Collision> =
        before.into_iter().filter(|it| found.iter().all(|known| known.about != it.about)).collect();
    found.extend(unseen);
    found.extend(unmade);
    found
}

/// Where a modification collides with a version that came after its base.
pub fn collisions_with(project: &Project, base: &Version, one: Laid<'_>, onto: &Version) -> Vec<Collision> {
    let rebased = rebase(project, one.modification, base, one.own, onto);
    let unmade = unmade(&project.appendix, &rebased, onto);
    told(rebased).into_iter().chain(unmade).collect()
}

fn laid_after(appendix: &Appendix, base: &Version, one: Laid<'_>, other: Laid<'_>, replaced: &mut Replaced) -> Rebased {
    let mut slots = Slots::complete(base);
    slots.add(other.modification, base, other.own);
    let between = Between { base, own: one.own, onto: other.own, slots: &slots };
    rebase_among(appendix, one.modification, between, replaced)
}

fn told(rebased: Rebased) -> Vec<Collision> {
    rebased.conflicts.into_iter().map(Collision::new).collect()
}

/// What is wrong with the two put together, though nothing that they say collides by itself.
fn unmade(appendix: &Appendix, rebased: &Rebased, onto: &Version) -> Vec<Collision> {
    if !rebased.conflicts.is_empty() {
        return Vec::new();
    }
    let mut findings = Findings::default();
    whole(appendix, &Stated::Modification(rebased.modification.clone()), Some(onto), &mut findings);
    let collision = |finding: crate::diagnostic::Diagnostic| Collision {
        about: finding.message,
        one: finding.location,
        other: None,
    };
    findings.into_diagnostics().into_iter().map(collision).collect()
}
