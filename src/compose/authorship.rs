//! Whose each change between two versions is, where several made them.

use super::history::Step;
use super::project::Project;
use crate::align::{Interner, align};
use crate::model::{Part, Version};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Who changed which parts.
#[derive(Clone, Debug, Default)]
pub struct Authorship {
    /// The ids of those who did, in the order in which they come to be.
    pub authors: Vec<String>,
    /// For each part, whether it is a table and its identity, those who changed it, as places in `authors`.
    parts: BTreeMap<(bool, String), BTreeSet<usize>>,
    /// What each of them did by himself.
    pub deeds: Vec<Deed>,
}

/// One who changed something.
#[derive(Clone, Debug, Serialize)]
pub struct Author {
    /// The id of the version.
    pub id: String,
    /// As documents print it.
    pub name: String,
    /// What a modification calls itself.
    pub title: Option<String>,
    /// The day from which it is in force, in ISO form, once that is known.
    pub date: Option<String>,
}

/// What a version does to what it is drafted against.
#[derive(Clone, Debug)]
pub struct Deed {
    /// Who does it.
    pub author: Author,
    /// The parts that it changes, as they were.
    pub before: Version,
    /// The same, as it has them.
    pub after: Version,
}

impl Authorship {
    /// Those who changed a part.
    pub fn of(&self, is_table: bool, id: &str) -> impl Iterator<Item = usize> + use<'_> {
        self.parts.get(&(is_table, id.to_owned())).into_iter().flatten().copied()
    }
}

/// Whose each change is on the way from a version to one that rests on it; nothing, if it doesn't, or if one alone made
/// all of them.
pub fn authorship(project: &Project, base: &Version, target: &Version) -> Option<Authorship> {
    let mut found = Authorship::default();
    let mut before: Option<Version> = None;
    project.history(target, &mut |step, state| {
        if let Some(before) = &mut before {
            let at = found.authors.len();
            found.authors.push(step.own.id.value.clone());
            found.deeds.push(deed(project, step, before));
            for identity in changed(before, state) {
                found.parts.entry(identity).or_default().insert(at);
            }
            before.clone_from(state);
        } else if step.through.is_none() && step.own.id == base.id {
            before = Some(state.clone());
        }
    });
    (found.authors.len() > 1).then_some(found)
}

fn deed(project: &Project, step: Step<'_>, before: &Version) -> Deed {
    let date = step.by.in_force().or_else(|| step.through?.in_force());
    let own = step.own;
    let author = Author {
        id: own.id.value.clone(),
        name: own.name.clone(),
        title: own.title.as_deref().map(str::to_owned),
        date: date.map(str::to_owned),
    };
    // What a modification does by itself is seen against its own base, whatever came before it in the release.
    let before = step.through.and_then(|_| project.version_below(step.own)).unwrap_or(before);
    let touched: BTreeSet<(bool, String)> = changed(before, step.own).into_iter().collect();
    let only = |version: &Version| {
        let is_touched = |part: &&Part| touched.contains(&(part.identity().0, part.identity().1.to_owned()));
        Version { parts: version.parts.iter().filter(is_touched).cloned().collect(), ..version.clone() }
    };
    Deed { author, before: only(before), after: only(step.own) }
}

/// The parts that read otherwise, stand elsewhere, came or went.
fn changed(old: &Version, new: &Version) -> Vec<(bool, String)> {
    let mut numbers = Interner::new();
    let old_numbers: Vec<u32> = old.parts.iter().map(|part| numbers.number(part.identity())).collect();
    let new_numbers: Vec<u32> = new.parts.iter().map(|part| numbers.number(part.identity())).collect();
    let pairs = align(&old_numbers, &new_numbers);
    let stays = |(a, b): &(usize, usize)| old.parts[*a].reads_as(&new.parts[*b]);
    let (kept_old, kept_new): (BTreeSet<usize>, BTreeSet<usize>) = pairs.into_iter().filter(stays).unzip();
    let parts = |version: &'_ Version, kept: &BTreeSet<usize>| -> Vec<(bool, String)> {
        let own = version.parts.iter().enumerate().filter(|(at, _)| !kept.contains(at));
        own.map(|(_, part): (usize, &Part)| (part.identity().0, part.identity().1.to_owned())).collect()
    };
    [parts(old, &kept_old), parts(new, &kept_new)].concat()
}
