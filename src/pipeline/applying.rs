//! What reviewers did in their copies, written into the modification: the least that makes of its files what they want.

use super::reviewing::Reviewed;
use super::{Desk, made};
use crate::adopt::review::{self, Edits, Review, Shared, together, typed_as, unprinted_as};
use crate::compose::{ConflictKind, difference, lay_over, rebase_apart, restated};
use crate::content::{self, Revised};
use crate::diagnostic::{Code, Diagnostic, Failure};
use crate::document::PartKind;
use crate::model::{Modification, Stated, Version};
use crate::reader::marked::Remark;
use crate::reader::{self, Carried, View};
use std::collections::BTreeSet;

/// What of a copy is applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Only {
    /// All of it.
    #[default]
    All,
    /// Which changes were accepted and rejected, and what was typed without being tracked.
    Decisions,
    /// The tracked changes of reviewers.
    Edits,
    /// Those of one.
    Author(String),
}

/// What becomes of a modification; nothing of it is written.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// What becomes of its files.
    pub revised: Revised,
    /// Where copies collide with each other, or with what has changed since they went out.
    pub conflicts: Vec<Diagnostic>,
    /// What a copy asks for that is there already, in words.
    pub dropped: Vec<String>,
    /// What is to be known of how it was found.
    pub remarks: Vec<Remark>,
}

impl Desk {
    /// What copies of redlines of one modification make of its files; each has the name by which it is told of.
    ///
    /// # Errors
    /// If they aren't of one modification, a copy isn't a version any more, or what keeps a file from being changed in
    /// place.
    pub fn apply(&self, copies: &[(String, Reviewed)], only: &Only) -> Result<Applied, Failure> {
        let Some((_, first)) = copies.first() else { return Ok(Applied::default()) };
        if let Some((name, other)) = copies.iter().find(|(_, it)| it.target != first.target) {
            return Err(Failure::refused(format!(
                "{name} is a copy of {}, and the first is one of {}: apply them one after the other",
                other.target, first.target
            )));
        }
        if let Only::Author(name) = only {
            is_known(name, copies)?;
        }
        let target = self.version(&first.target)?;
        let (own, base) = self.modification(target)?;
        let mut applied = Applied::default();
        let mut made = target.clone();
        let mut before: Vec<&str> = Vec::new();
        for (name, copy) in copies {
            let (was, now) = texts(copy, only);
            let edits = Edits::between(&copy.sent, (was.as_ref(), &now), target, &self.project.appendix)
                .map_err(|why| refused(name, &why))?;
            let edits = match edits.is_whole {
                true => edits,
                false => {
                    let today = format!("{} as it is today", target.name);
                    let completed = edits
                        .completed(&self.project.appendix, own, (base, target))
                        .map_err(|why| refused(name, &why))?;
                    let unshown = completed.conflicts.iter().filter(|it| it.kind == ConflictKind::SameNumber);
                    let unshown: Vec<Remark> = unshown.map(review::collides_unshown).collect();
                    // It can collide with nothing that came since, where nothing did.
                    if !unshown.is_empty() && self.is_as_sent(copy, target)? {
                        return Err(refused(name, &unshown));
                    }
                    applied.conflicts.extend(completed.conflicts.iter().map(|it| it.in_copies(name, &today)));
                    applied.dropped.extend(completed.dropped);
                    completed.edits
                }
            };
            applied.remarks.extend(edits.remarks.iter().cloned());
            if edits.now.reads_as(&made) {
                before.push(name);
                continue;
            }
            if before.is_empty() && edits.was.reads_as(target) {
                // What was sent is what stands there today, and the whole of it.
                made = edits.instead_of(target);
                before.push(name);
                continue;
            }
            let (by, wrong) = edits.by(&self.project.appendix);
            applied.remarks.extend(wrong.iter().map(|number| review::not_stated(number)));
            let rebased = rebase_apart(&self.project.appendix, &by, &edits.was, &edits.now, &made);
            let others = if before.is_empty() { format!("{} as it is today", target.name) } else { before.join(", ") };
            applied.conflicts.extend(rebased.conflicts.iter().map(|it| it.in_copies(name, &others)));
            applied.dropped.extend(rebased.dropped);
            if rebased.conflicts.is_empty() {
                made = lay_over(&self.project.appendix, &rebased.modification, &made)
                    .map_err(|found| self.failure(found))?;
                before.push(name);
            }
        }
        if *only == Only::All {
            applied.conflicts.extend(contradictions(copies));
        }
        if applied.conflicts.is_empty() && !made.reads_as(target) {
            let stated = Stated::Modification(self.restated(own, (base, target), &mut made, &mut applied.remarks)?);
            applied.revised = content::edit(&self.root, &self.project.appendix, &stated)
                .map_err(|diagnostics| self.failure(diagnostics))?;
        }
        if applied.conflicts.is_empty() {
            applied.revised.written.extend(self.commented(&target.id, copies, only)?);
        }
        Ok(applied)
    }

    /// Nothing, if copies don't collide.
    ///
    /// # Errors
    /// Every collision.
    pub fn settled(&self, applied: &Applied) -> Result<(), Failure> {
        if applied.conflicts.is_empty() { Ok(()) } else { Err(self.failure(applied.conflicts.clone())) }
    }

    /// Whether a version reads today, with what a copy shows of it and what it doesn't, as it did when the redline was sent.
    fn is_as_sent(&self, copy: &Reviewed, target: &Version) -> Result<bool, Failure> {
        let sent = copy.copy.trace.as_ref().and_then(|trace| trace.target.as_ref());
        Ok(sent == made::trace_of_one(target, &self.document(target)?).target.as_ref())
    }

    /// The modification as it makes another version of its base, in its drafter's words as far as they still say it. Tables
    /// come to stand in `made` where their numbers put them, which is told.
    fn restated(
        &self,
        own: &Modification,
        (base, target): (&Version, &Version),
        made: &mut Version,
        remarks: &mut Vec<Remark>,
    ) -> Result<Modification, Failure> {
        let appendix = &self.project.appendix;
        if made.reads_as(base) {
            return Ok(Modification { sections: Vec::new(), tables: Vec::new(), ..own.clone() });
        }
        typed_as(made, base);
        unprinted_as(made, base);
        unprinted_as(made, target);
        let (before, _) = difference(appendix, own.head.clone(), base, target);
        let (after, wrong) = difference(appendix, own.head.clone(), base, made);
        if !wrong.is_empty()
            && let Ok(laid) = lay_over(appendix, &after, base)
            && let Some(told) = review::by_number(&laid, made)
        {
            remarks.extend(told);
            *made = laid;
        }
        let stated = restated(own, &before, &after);
        // New numbers and moves are said together, or not at all.
        let ways = [
            stated.clone(),
            Modification { sections: after.sections.clone(), ..stated.clone() },
            Modification { sections: after.sections.clone(), tables: after.tables.clone(), ..stated },
        ];
        let is_right = |way: &Modification| lay_over(appendix, way, base).is_ok_and(|it| it.reads_as(made));
        ways.into_iter().find(is_right).ok_or_else(|| {
            let of = if wrong.is_empty() { String::new() } else { format!(" of {}", wrong.join(", ")) };
            Failure::refused(format!(
                "no statements say all that the copies ask for{of}: apply less of them, with --only, or by hand"
            ))
        })
    }
}

/// What one copy accepts, and another doesn't.
fn contradictions(copies: &[(String, Reviewed)]) -> Vec<Diagnostic> {
    if copies.windows(2).any(|pair| pair[0].1.sent != pair[1].1.sent) {
        return Vec::new();
    }
    let reviews: Vec<&Review> = copies.iter().map(|(_, reviewed)| &reviewed.review).collect();
    let finding = |place: Shared<'_>| {
        let (accepts, other) = place.contradiction()?;
        let words =
            place.said.iter().flat_map(|(_, changes)| changes).map(|it| &it.sent).find(|it| !it.trim().is_empty());
        let part = if place.site.kind == Some(PartKind::Table) { "Table" } else { "Section" };
        let about = words.map(|words| format!(" on “{}”", crate::compose::shown(words))).unwrap_or_default();
        let message = format!(
            "{} accepts what {} doesn't, in {part} {}{about}",
            copies[accepts].0, copies[other].0, place.site.number
        );
        let help = "settle it with those who say so, in one of the two, and apply them again";
        Some(Diagnostic::error(Code::Conflict, message).help(help))
    };
    together(&reviews).into_iter().filter_map(finding).collect()
}

/// Whether somebody tracked changes in one of the copies.
fn is_known(name: &str, copies: &[(String, Reviewed)]) -> Result<(), Failure> {
    let of_copy = |(_, reviewed): &(String, Reviewed)| -> Vec<String> {
        let authors = reviewed.copy.authors().into_iter().map(str::to_owned);
        authors.filter(|author| !reviewed.drafters.contains(author)).collect()
    };
    let reviewers: BTreeSet<String> = copies.iter().flat_map(of_copy).collect();
    if reviewers.contains(name) {
        return Ok(());
    }
    let known = match reviewers.is_empty() {
        true => "nobody".to_owned(),
        false => reviewers.into_iter().collect::<Vec<_>>().join(" and "),
    };
    let copies = if copies.len() == 1 { "it" } else { "them" };
    Err(Failure::refused(format!("nobody called “{name}” tracked changes in {copies}: {known} did")))
}

/// Both of the texts between which that lies which is applied; the former is what was sent, if it isn't given.
fn texts(reviewed: &Reviewed, only: &Only) -> (Option<Carried>, Carried) {
    let Reviewed { copy, drafters, .. } = reviewed;
    let proposed = |authors: Option<&[&str]>| match authors {
        Some(authors) => reader::text(&copy.keep(drafters, authors), View::Proposed),
        None => reader::text(copy, View::Proposed),
    };
    match only {
        Only::All => (None, proposed(None)),
        Only::Decisions => (None, proposed(Some(&[]))),
        Only::Edits => (Some(proposed(Some(&[]))), proposed(None)),
        Only::Author(name) => (Some(proposed(Some(&[]))), proposed(Some(&[name]))),
    }
}

fn refused(name: &str, why: &[Remark]) -> Failure {
    let why: Vec<&str> = why.iter().map(|remark| remark.what.as_str()).collect();
    Failure::refused(format!("{name}: {}", why.join("; ")))
}
