//! How a version came to be: each state of the text on the way to it, and who made it of the one before.

use super::project::Project;
use super::release::{self, Included};
use super::three_way::Replaced;
use crate::model::{Findings, Stated, Version};

/// A state of the text.
#[derive(Clone, Copy, Debug)]
pub struct Step<'p> {
    /// The files of the version that made it.
    pub by: &'p Stated,
    /// What that version makes of its own base.
    pub own: &'p Version,
    /// The release that it is made in, where a modification comes through one.
    pub through: Option<&'p Stated>,
}

impl Project {
    /// Tells of each state of the text on the way to a version, from the first, with the version as the last.
    pub fn history<'p>(&'p self, version: &'p Version, visit: &mut dyn FnMut(Step<'p>, &Version)) {
        for own in self.grounds(version) {
            let Some(by) = self.stated(&own.id) else { continue };
            if let Stated::Modification(release) = by
                && let Some(base) = self.version(&release.base).filter(|_| !release.includes.is_empty())
            {
                let included: Vec<(&Stated, Included<'_>)> =
                    release.includes.iter().filter_map(|id| self.included(id)).collect();
                let mut steps = included.iter().map(|(of, it)| Step { by: of, own: it.own, through: Some(by) });
                let included: Vec<Included<'_>> = included.iter().map(|(_, it)| *it).collect();
                let mut told = |merged: &Version| {
                    if let Some(step) = steps.next() {
                        visit(step, merged);
                    }
                };
                let (findings, replaced) = (&mut Findings::default(), &mut Replaced::default());
                release::put_together(&self.appendix, base, &included, findings, replaced, &mut told);
            }
            visit(Step { by, own, through: None }, own);
        }
    }

    /// A version and what it is drafted against, from the first.
    pub(super) fn grounds<'p>(&'p self, version: &'p Version) -> Vec<&'p Version> {
        let mut grounds = vec![version];
        while let Some(below) = grounds.last().and_then(|it| self.version_below(it)) {
            grounds.push(below);
        }
        grounds.reverse();
        grounds
    }

    pub(super) fn included(&self, id: &str) -> Option<(&Stated, Included<'_>)> {
        let stated @ Stated::Modification(modification) = self.stated(id)? else { return None };
        let (own, base) = (self.version(id)?, self.version(&modification.base)?);
        Some((stated, Included { modification, own, base }))
    }
}
