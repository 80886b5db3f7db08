//! Versions laid over their bases: each whole, in an order in which all that it rests on is there before it.

use super::basis::other;
use super::release::{self, Included};
use super::unsettled;
use super::whole::whole;
use crate::diagnostic::Code;
use crate::model::{Appendix, Findings, Head, Placed, Recorded, RecordedModification, Stated, Version, natural};
use crate::suggest::did_you_mean;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The versions that could be made whole, by id in natural order.
///
/// `headless` are the ids of versions that are there but can't be read, `broken` of those that can't be read in full.
pub(super) fn compose(
    appendix: &Appendix,
    stated: &[Stated],
    headless: &[String],
    broken: &[String],
    findings: &mut Findings,
) -> Vec<Version> {
    let needs = needs(stated, headless, findings);
    // What isn't settled has no text that could be laid over anything.
    let open: Vec<bool> = stated.iter().map(|stated| unsettled::tell(stated, findings)).collect();
    let mut making = Making { appendix, stated, needs: &needs, done: BTreeMap::new() };
    let mut waiting: Vec<usize> = (0..stated.len()).collect();
    // Each round makes those whose grounds are made; what is left when a round makes none rests on something broken.
    loop {
        let is_ready = |index: &usize| {
            needs
                .get(*index)
                .and_then(Option::as_ref)
                .is_some_and(|needs| needs.all().all(|needed| making.done.contains_key(&needed)))
                && open.get(*index) == Some(&false)
        };
        let (ready, rest): (Vec<usize>, Vec<usize>) = waiting.into_iter().partition(is_ready);
        if ready.is_empty() {
            break;
        }
        for index in ready {
            let mut own = Findings::default();
            let made = making.make(index, &mut own);
            let is_broken = stated.get(index).is_none_or(|it| broken.contains(&it.head().id.to_lowercase()));
            if let Some(made) = made.filter(|_| !is_broken && own.is_empty()) {
                making.done.insert(index, made);
            }
            own.into_diagnostics().into_iter().for_each(|finding| findings.push(finding));
        }
        waiting = rest;
    }
    let mut versions: Vec<Version> = making.done.into_values().collect();
    versions.sort_by(|a, b| natural(&a.id.to_lowercase(), &b.id.to_lowercase()));
    versions
}

/// What a version rests on, by index.
#[derive(Clone, Debug, Default)]
struct Needs {
    base: Option<usize>,
    includes: Vec<usize>,
}

impl Needs {
    fn all(&self) -> impl Iterator<Item = usize> {
        self.base.into_iter().chain(self.includes.iter().copied())
    }
}

/// The versions while they are made.
struct Making<'s> {
    appendix: &'s Appendix,
    stated: &'s [Stated],
    needs: &'s [Option<Needs>],
    done: BTreeMap<usize, Version>,
}

impl Making<'_> {
    /// A version of which all that it rests on is made.
    fn make(&self, index: usize, findings: &mut Findings) -> Option<Version> {
        let (stated, needs) = (self.stated.get(index)?, self.needs.get(index)?.as_ref()?);
        let mut made = self.laid(stated, needs, findings);
        if stated.is_release() {
            let name = |at: &usize| self.stated.get(*at).map(Stated::head);
            let recorded = |head: &Head| RecordedModification {
                id: head.id.value.clone(),
                name: head.name.clone(),
                title: head.title.as_ref().map(|title| title.text.clone()),
            };
            made.record.push(Recorded {
                id: made.id.value.clone(),
                name: made.name.clone(),
                date: stated.in_force().map(str::to_owned),
                modifications: needs.includes.iter().filter_map(name).map(recorded).collect(),
            });
        }
        Some(made)
    }

    fn laid(&self, stated: &Stated, needs: &Needs, findings: &mut Findings) -> Version {
        let base = needs.base.and_then(|base| self.done.get(&base));
        let (Stated::Modification(release), Some(base), false) = (stated, base, needs.includes.is_empty()) else {
            return whole(self.appendix, stated, base, findings);
        };
        let included: Vec<Included<'_>> = needs.includes.iter().filter_map(|at| self.included(*at)).collect();
        let merged = release::merge(self.appendix, release, base, &included, findings);
        whole(self.appendix, stated, Some(&merged), findings)
    }

    fn included(&self, index: usize) -> Option<Included<'_>> {
        let Stated::Modification(modification) = self.stated.get(index)? else { return None };
        let base = self.needs.get(index)?.as_ref()?.base?;
        Some(Included { modification, own: self.done.get(&index)?, base: self.done.get(&base)? })
    }
}

/// Tells of a version that would come into force before what it rests on.
fn comes_too_early(version: &Stated, base: &Stated, findings: &mut Findings) {
    let (Some(own), Some(before)) = (&version.head().effective, &base.head().effective) else { return };
    if own.value < before.value {
        let (id, base) = (&version.head().id.value, &base.head().id.value);
        let message = format!(
            "{id} would be in force from {}, before {base}, which it rests on: from {}",
            own.value, before.value
        );
        let help = other(&before.origin, "give it that day or a later one, or another base");
        findings.error(Code::EffectiveOrder, &own.origin, message, help);
    }
}

/// Tells of decisions in what is no release, and of those that name what it doesn't include, or fewer than two.
fn decides_for_itself(version: &Stated, findings: &mut Findings) {
    let sections = version.sections().iter().map(|it| &it.decision);
    let tables = version.tables().iter().map(|it| &it.decision);
    for decision in sections.chain(tables) {
        let Some(first) = decision.between.first() else { continue };
        let id = &version.head().id.value;
        let known = || version.includes().iter().chain(version.base());
        let is_included = |named: &&Placed<String>| known().any(|it| it.eq_ignore_ascii_case(named));
        let strange = decision.between.iter().find(|named| !is_included(named));
        let (at, message, help) = match strange {
            _ if version.includes().is_empty() => {
                let message = format!("{id} includes nothing that it could decide between");
                (first, message, "delete “decides”: only a release decides between its modifications")
            }
            Some(strange) => {
                let message = format!("{id} doesn't include {}, so there is nothing to decide", strange.value);
                (strange, message, "name those that collide here, as “includes” names them")
            }
            None if decision.between.len() < 2 => {
                (first, "this decides between one and nobody".to_owned(), "name both of those that collide here")
            }
            None => continue,
        };
        findings.error(Code::VoidDecision, &at.origin, message, help);
    }
}

/// Tells of parts of a version that would come into force before what the version rests on.
fn parts_come_too_early(version: &Stated, base: &Stated, findings: &mut Findings) {
    let Some(before) = base.in_force() else { return };
    let sections = version.sections().iter().map(|it| ("Section", &it.number, &it.effective));
    let tables = version.tables().iter().map(|it| ("Table", &it.number, &it.effective));
    for (what, number, day) in sections.chain(tables) {
        let Some(day) = day.as_ref().filter(|day| day.value.as_str() < before) else { continue };
        let base = &base.head().id.value;
        let message = format!(
            "this change of {what} {} would be in force from {}, before {base}, which it rests on: from {before}",
            number.value, day.value
        );
        findings.error(Code::EffectiveOrder, &day.origin, message, "give it that day or a later one, or another base");
    }
}

/// What each version rests on; none where it names something that there isn't, that it can't rest on, or that rests on
/// it.
fn needs(files: &[Stated], headless: &[String], findings: &mut Findings) -> Vec<Option<Needs>> {
    let by_id: BTreeMap<String, usize> =
        files.iter().enumerate().map(|(index, version)| (version.head().id.to_lowercase(), index)).collect();
    let mut found: Vec<Option<Needs>> = Vec::new();
    for version in files {
        let mut find = |named: &Placed<String>| {
            let at = by_id.get(&named.to_lowercase()).copied();
            if at.is_none() && !headless.contains(&named.to_lowercase()) {
                let names = files.iter().map(|version| version.head().id.as_str());
                let help = did_you_mean(named, names, "the versions are");
                let message = format!("there is no version “{}”", named.value);
                findings.error(Code::UnknownBase, &named.origin, message, help);
            }
            at
        };
        // One without a base needs none; one whose base isn't there can't be made.
        let base = version.base().map_or(Some(None), |named| find(named).map(Some));
        let includes: Option<Vec<usize>> =
            version.includes().iter().map(find).collect::<Vec<_>>().into_iter().collect();
        let needs = base.zip(includes).map(|(base, includes)| Needs { base, includes });
        found.push(needs);
    }
    let mut sound = found.clone();
    for (index, version) in files.iter().enumerate() {
        decides_for_itself(version, findings);
        let Some(needs) = found.get(index).and_then(Option::as_ref) else { continue };
        if let Some(base) = needs.base.and_then(|base| files.get(base)) {
            comes_too_early(version, base, findings);
            parts_come_too_early(version, base, findings);
        }
        if let Some(circle) = circle(index, &found) {
            let names: Vec<&str> = circle.iter().map(|&at| files[at].head().id.as_str()).collect();
            let message = format!("the version rests on itself: {}", names.join(", which rests on "));
            let next = circle.get(1).and_then(|&at| files.get(at)).map(|next| next.head().id.to_lowercase());
            let named = version.base().into_iter().chain(version.includes());
            let at = named.into_iter().find(|named| Some(named.to_lowercase()) == next);
            let at = at.map_or(&version.head().id.origin, |named| &named.origin);
            findings.error(Code::BaseCycle, at, message, "name a version here that doesn't rest on this one");
            sound[index] = None;
        } else if !includes_are_sound(version, needs, files, &found, findings) {
            sound[index] = None;
        }
    }
    sound
}

/// Whether a release can include what it names: modifications, each once, drafted against its base or against one that
/// stands before.
fn includes_are_sound(
    version: &Stated,
    needs: &Needs,
    files: &[Stated],
    all: &[Option<Needs>],
    findings: &mut Findings,
) -> bool {
    let mut before: BTreeSet<usize> = needs.base.into_iter().collect();
    let mut is_sound = true;
    for (named, at) in version.includes().iter().zip(&needs.includes) {
        let base = all.get(*at).and_then(Option::as_ref).and_then(|needs| needs.base);
        let (message, help) = match base {
            _ if before.contains(at) => (format!("{} is included already", named.value), "delete one of the two"),
            None => (format!("{} is no modification", named.value), "include modifications only"),
            // Only what its own files state would come in, and nothing of what it includes.
            Some(_) if files.get(*at).is_some_and(|it| !it.includes().is_empty()) => (
                format!("{} is a release itself", named.value),
                "name the modifications that it includes, or make it the base",
            ),
            Some(base) if !before.contains(&base) => {
                let against = files.get(base).map_or("another", |base| base.head().id.as_str());
                let message = format!("{} is drafted against {against}, which this isn't a release of", named.value);
                (message, "put what it is drafted against before it, or move it onto the base with “ctsd rebase”")
            }
            Some(_) => {
                before.insert(*at);
                continue;
            }
        };
        findings.error(Code::Includes, &named.origin, message, help);
        is_sound = false;
    }
    is_sound
}

/// The shortest way from a version back to itself, through what each rests on.
fn circle(start: usize, needs: &[Option<Needs>]) -> Option<Vec<usize>> {
    let mut waiting = VecDeque::from([vec![start]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = waiting.pop_front() {
        let at = *way.last()?;
        for next in needs.get(at).and_then(Option::as_ref).into_iter().flat_map(Needs::all) {
            let way: Vec<usize> = way.iter().copied().chain([next]).collect();
            if next == start {
                return Some(way);
            }
            if seen.insert(next) {
                waiting.push_back(way);
            }
        }
    }
    None
}
