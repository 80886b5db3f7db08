//! The journey of the list: every version, how far behind it is, and which of those in flight collide.

use super::Desk;
use crate::compose::{self, Collision, Laid};
use crate::diagnostic::Location;
use crate::model::{Stated, Status, Version, natural};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What there is, and what of it collides.
#[derive(Clone, Debug, Serialize)]
pub struct List {
    /// Every version of which the files say what it is, by id in natural order.
    pub versions: Vec<Listed>,
    /// Every two in flight that are drafted against one base, unless a release has both.
    pub pairs: Vec<Pair>,
}

/// A version.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    /// As written, such as `MP089`.
    pub id: String,
    /// As documents print it.
    pub name: String,
    /// Whether it is a version of the code, and not a modification of one.
    pub is_release: bool,
    /// What it is drafted against, or a release of.
    pub base: Option<String>,
    /// What it puts together.
    pub includes: Vec<String>,
    /// How far it has come, if it says.
    pub status: Option<&'static str>,
    /// The day from which it is in force, once that is known.
    pub effective: Option<String>,
    /// Whether something in its files, or below it, keeps it from being made.
    pub has_errors: bool,
    /// Whether it is a modification that may still become part of a release.
    pub in_flight: bool,
    /// How many releases stand between it and the newest, that one too.
    pub behind: usize,
    /// The newest release that came of the one that it rests on, if that isn't the same.
    pub newest: Option<String>,
    /// How one in flight goes with the newest release.
    pub with_newest: Option<WithNewest>,
}

/// How a modification in flight goes with the newest release.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum WithNewest {
    /// It is a part of it.
    Included,
    /// It can be moved onto it.
    Merges,
    /// It collides with it.
    Collides {
        /// Where.
        conflicts: Vec<Clash>,
    },
}

/// Two modifications in flight.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// The id of the one.
    pub one: String,
    /// The id of the other.
    pub other: String,
    /// What both are drafted against.
    pub base: String,
    /// Where they collide.
    pub conflicts: Vec<Clash>,
}

/// Where two collide.
#[derive(Clone, Debug, Serialize)]
pub struct Clash {
    /// What it is about.
    pub about: String,
    /// Where the one says so.
    pub one: Option<FilePlace>,
    /// Where the other says so.
    pub other: Option<FilePlace>,
}

/// A place in a file.
#[derive(Clone, Debug, Serialize)]
pub struct FilePlace {
    /// Relative to the root.
    pub file: Arc<str>,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

impl From<Location> for FilePlace {
    fn from(at: Location) -> Self {
        Self { file: at.file, line: at.line, column: at.column }
    }
}

impl From<Collision> for Clash {
    fn from(it: Collision) -> Self {
        Self { about: it.about, one: it.one.map(FilePlace::from), other: it.other.map(FilePlace::from) }
    }
}

/// A modification in flight that is whole, and its base.
#[derive(Clone, Copy)]
struct Flying<'d> {
    laid: Laid<'d>,
    base: &'d Version,
}

impl Desk {
    /// Every version, and what of what is in flight collides.
    pub fn list(&self) -> List {
        let stated = &self.project.stated;
        let chain = Chain(stated);
        let flying: Vec<Flying<'_>> = stated.iter().filter_map(|it| self.flying(it)).collect();
        let mut versions: Vec<Listed> = stated.par_iter().map(|it| self.listed(it, &chain, &flying)).collect();
        versions.sort_by(|a, b| natural(&a.id.to_lowercase(), &b.id.to_lowercase()));
        List { versions, pairs: self.pairs(&chain, &flying) }
    }

    fn flying<'d>(&'d self, stated: &'d Stated) -> Option<Flying<'d>> {
        let Stated::Modification(modification) = stated else { return None };
        let own = self.project.version(&stated.head().id).filter(|_| is_in_flight(stated))?;
        Some(Flying { laid: Laid { modification, own }, base: self.project.version(&modification.base)? })
    }

    fn listed(&self, stated: &Stated, chain: &Chain<'_>, flying: &[Flying<'_>]) -> Listed {
        let head = stated.head();
        let (behind, newest) = chain.newest(stated);
        let with_newest = newest.and_then(|newest| {
            let flying = flying.iter().find(|it| it.laid.own.id == head.id)?;
            self.with_newest(flying, newest, chain)
        });
        Listed {
            id: head.id.value.clone(),
            name: head.name.clone(),
            is_release: stated.is_release(),
            base: stated.base().map(|base| base.value.clone()),
            includes: stated.includes().iter().map(|id| id.value.clone()).collect(),
            status: head.status.map(Status::name),
            effective: head.effective.as_ref().map(|date| date.value.clone()),
            has_errors: self.project.version(&head.id).is_none(),
            in_flight: is_in_flight(stated),
            behind,
            newest: newest.map(|newest| newest.head().id.value.clone()),
            with_newest,
        }
    }

    fn with_newest(&self, flying: &Flying<'_>, newest: &Stated, chain: &Chain<'_>) -> Option<WithNewest> {
        if chain.below(newest).contains(&flying.laid.own.file_name()) {
            return Some(WithNewest::Included);
        }
        let onto = self.project.version(&newest.head().id)?;
        let found = compose::collisions_with(&self.project, flying.base, flying.laid, onto);
        let conflicts: Vec<Clash> = found.into_iter().map(Clash::from).collect();
        Some(if conflicts.is_empty() { WithNewest::Merges } else { WithNewest::Collides { conflicts } })
    }

    fn pairs(&self, chain: &Chain<'_>, flying: &[Flying<'_>]) -> Vec<Pair> {
        let releases: Vec<BTreeSet<String>> =
            self.project.stated.iter().filter(|it| it.is_release()).map(|it| chain.below(it)).collect();
        let mut sorted = flying.to_vec();
        sorted.sort_by(|a, b| natural(&a.laid.own.file_name(), &b.laid.own.file_name()));
        let is_settled = |one: &Flying<'_>, other: &Flying<'_>| {
            let (one, other) = (one.laid.own.file_name(), other.laid.own.file_name());
            releases.iter().any(|release| release.contains(&one) && release.contains(&other))
        };
        let pairs: Vec<(Flying<'_>, Flying<'_>)> = sorted
            .iter()
            .enumerate()
            .flat_map(|(at, one)| sorted.iter().skip(at + 1).map(|other| (*one, *other)))
            .filter(|(one, other)| one.base.id == other.base.id && !is_settled(one, other))
            .collect();
        let pair = |(one, other): &(Flying<'_>, Flying<'_>)| {
            let found = compose::collisions(&self.project.appendix, one.base, one.laid, other.laid);
            Pair {
                one: one.laid.own.id.value.clone(),
                other: other.laid.own.id.value.clone(),
                base: one.base.id.value.clone(),
                conflicts: found.into_iter().map(Clash::from).collect(),
            }
        };
        pairs.par_iter().map(pair).collect()
    }
}

fn is_in_flight(stated: &Stated) -> bool {
    let has_landed = matches!(stated.head().status, Some(Status::Implemented | Status::Withdrawn | Status::Rejected));
    !stated.is_release() && !has_landed
}

/// What rests on what, by what the files state: circles, which are errors, come to an end all the same.
pub(super) struct Chain<'d>(pub(super) &'d [Stated]);

impl<'d> Chain<'d> {
    fn get(&self, id: &str) -> Option<&'d Stated> {
        self.0.iter().find(|it| it.head().id.eq_ignore_ascii_case(id))
    }

    /// The ids, in lower case, of all that a version rests on.
    pub(super) fn below(&self, stated: &Stated) -> BTreeSet<String> {
        let mut below = BTreeSet::new();
        let mut waiting = vec![stated];
        while let Some(it) = waiting.pop() {
            for id in it.base().into_iter().chain(it.includes()) {
                if below.insert(id.to_lowercase()) {
                    waiting.extend(self.get(id));
                }
            }
        }
        below
    }

    /// The nearest release that a version is, or is drafted against.
    fn ground(&self, stated: &'d Stated) -> Option<&'d Stated> {
        let mut it = stated;
        for _ in 0..=self.0.len() {
            if it.is_release() {
                return Some(it);
            }
            it = self.get(it.base()?)?;
        }
        None
    }

    /// How many releases came of the one that a version rests on, one of the other, and the last of them: of several
    /// ways, the longest, then the one that comes into force last.
    fn newest(&self, stated: &'d Stated) -> (usize, Option<&'d Stated>) {
        let Some(ground) = self.ground(stated) else { return (0, None) };
        let mut latest = vec![ground];
        for behind in 0..self.0.len() {
            let follows = |it: &&Stated| {
                let below = it.base().and_then(|base| self.ground(self.get(base)?));
                below.is_some_and(|below| latest.iter().any(|known| known.head().id == below.head().id))
            };
            let next: Vec<&'d Stated> = self.0.iter().filter(|it| it.is_release()).filter(follows).collect();
            if next.is_empty() {
                return (behind, last(latest).filter(|_| behind > 0));
            }
            latest = next;
        }
        (0, None)
    }
}

fn last(releases: Vec<&Stated>) -> Option<&Stated> {
    let effective = |it: &Stated| it.head().effective.as_ref().map(|date| date.value.clone());
    releases.into_iter().max_by(|a, b| {
        effective(a).cmp(&effective(b)).then_with(|| natural(&a.head().id.to_lowercase(), &b.head().id.to_lowercase()))
    })
}
