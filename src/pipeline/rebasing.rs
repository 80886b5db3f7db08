//! A modification's files moved from the version that they were drafted against onto another.

use super::Desk;
use super::listing::Chain;
use crate::compose::{self, Rebased};
use crate::content::{self, Revised};
use crate::diagnostic::{Code, Diagnostic, Failure};
use crate::model::{Modification, Stated, Version};

/// What becomes of a modification on another base.
#[derive(Debug)]
pub struct Moved {
    /// What becomes of its files.
    pub revised: Revised,
    /// What of it the other version has already, in words.
    pub dropped: Vec<String>,
    /// Where it collides with what the other version says: its files have all sides of that.
    pub conflicts: Vec<Diagnostic>,
}

impl Desk {
    /// What becomes of a modification's files on another base; nothing is written.
    ///
    /// # Errors
    /// If one of the two isn't there or isn't whole, if it is no modification, or what keeps a file from being changed
    /// in place.
    pub fn rebase(&self, id: &str, onto: &str) -> Result<Moved, Failure> {
        let own = self.version(id)?;
        let onto = self.version(onto)?;
        let (modification, base) = self.modification(own)?;
        let below = self.project.stated(&onto.id).map(|stated| Chain(&self.project.stated).below(stated));
        if onto.id == own.id || below.is_some_and(|below| below.contains(&own.id.to_lowercase())) {
            return Err(Failure::refused(format!("{} rests on {}, and can't be its base", onto.name, own.name)));
        }
        let Rebased { modification, conflicts, dropped } =
            compose::rebase(&self.project, modification, base, own, onto);
        let stated = Stated::Modification(modification);
        let revised = content::edit(&self.root, &self.project.appendix, &stated)
            .map_err(|diagnostics| self.failure(diagnostics))?;
        let conflicts = conflicts.iter().map(|conflict| conflict.against(&onto.name)).collect();
        Ok(Moved { revised, dropped, conflicts })
    }

    /// Nothing, if a modification that is moved doesn't collide with its new base.
    ///
    /// # Errors
    /// Every collision between the two, at the place where the modification's files as they are say it.
    pub fn agreed(&self, moved: &Moved) -> Result<(), Failure> {
        if moved.conflicts.is_empty() { Ok(()) } else { Err(self.failure(moved.conflicts.clone())) }
    }

    /// What a modification states, and its base.
    pub(super) fn modification(&self, own: &Version) -> Result<(&Modification, &Version), Failure> {
        let stated = match self.project.stated(&own.id) {
            Some(Stated::Modification(modification)) if modification.includes.is_empty() => Some(modification),
            _ => None,
        };
        let base = own.base.as_ref().and_then(|base| self.project.version(base));
        stated.zip(base).ok_or_else(|| {
            let finding = Diagnostic::error(Code::UnknownBase, format!("{} is no modification", own.name));
            self.failure(vec![finding.at(own.id.origin.location()).help("move modifications only")])
        })
    }
}
