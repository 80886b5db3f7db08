//! A modification moved onto a version that came of its base, with what is known of the way there.

use super::project::Project;
use super::slots::Slots;
use super::three_way::{Between, Rebased, Replaced, rebase_among};
use crate::model::{Appendix, Modification, Stated, Version};

/// Moves a modification from `base`, over which it makes `own`, onto another version.
pub fn rebase(
    project: &Project,
    modification: &Modification,
    base: &Version,
    own: &Version,
    onto: &Version,
) -> Rebased {
    let slots = slots_between(project, base, onto);
    rebase_among(&project.appendix, modification, Between { base, own, onto, slots: &slots }, &mut Replaced::default())
}

/// Moves a modification from `base`, over which it makes `own`, onto a version that isn't known to have come of it.
pub fn rebase_apart(
    appendix: &Appendix,
    modification: &Modification,
    base: &Version,
    own: &Version,
    onto: &Version,
) -> Rebased {
    let slots = Slots::default();
    rebase_among(appendix, modification, Between { base, own, onto, slots: &slots }, &mut Replaced::default())
}

/// What was done to a version on the way to another.
fn slots_between(project: &Project, base: &Version, onto: &Version) -> Slots {
    let mut slots = Slots::default();
    let mut before = base.clone();
    project.history(onto, &mut |step, state| {
        if step.own.id == base.id {
            slots = Slots::complete(base);
        } else if let Stated::Modification(by) = step.by {
            // What comes through a release speaks of its own base, and the release itself of all of them together.
            let ground = step.through.map_or(Some(&before), |_| project.version_below(step.own));
            match ground {
                Some(ground) if ground.id == base.id => slots.add(by, ground, step.own),
                Some(ground) => slots.add_changes(by, ground, step.own, base),
                None => {}
            }
        }
        before.clone_from(state);
    });
    slots
}
