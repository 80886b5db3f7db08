//! The version in force on a day: the last that is in force by then, without what of it begins later.

use super::overlay::compose;
use super::project::Project;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Findings, Placed, Stated, Version};
use std::collections::BTreeSet;

/// Why there is no version in force on a day.
#[derive(Debug)]
pub enum NotInForce {
    /// The first of them that begins, and when; none, if none says when it does.
    Yet(Option<(String, String)>),
    /// What collides, or has gone, without the parts that begin later.
    Faults(Vec<Diagnostic>),
}

/// The files that are in force on a day, and what they make.
#[derive(Debug)]
pub struct InForce {
    /// The id of the version.
    pub id: String,
    /// What its files state, and those of all that it rests on, without what begins later; nothing, if all of it has
    /// begun: then it is the version that is stored.
    pub changed: Option<(Vec<Stated>, Vec<Version>)>,
    /// The later versions of the code that don't say from when they are in force, so that they aren't counted.
    pub undated: Vec<Diagnostic>,
}

impl Project {
    /// The version of the code in force on a day, given in ISO form: of all, or of one and those that it is drafted
    /// against. Those that don't say from when they are in force aren't.
    ///
    /// # Errors
    /// If none was by then, or what keeps it from being made.
    pub fn in_force_on(&self, day: &str, within: Option<&Version>) -> Result<InForce, NotInForce> {
        let chain: Option<BTreeSet<String>> =
            within.map(|version| self.grounds(version).iter().map(|it| it.file_name()).collect());
        let is_within =
            |stated: &Stated| chain.as_ref().is_none_or(|chain| chain.contains(&stated.head().id.to_lowercase()));
        let dated = || {
            let releases = self.stated.iter().filter(|it| it.is_release() && is_within(it));
            releases.filter_map(|it| Some((it.in_force()?, self.grounds(self.version(&it.head().id)?).len(), it)))
        };
        let begun = dated().filter(|(begins, ..)| *begins <= day);
        let Some((_, _, stated)) = begun.max_by_key(|(begins, depth, _)| (*begins, *depth)) else {
            let first = dated().min_by_key(|(begins, depth, _)| (*begins, *depth));
            let told = |(begins, _, it): (&str, usize, &Stated)| (it.head().id.value.clone(), begins.to_owned());
            return Err(NotInForce::Yet(first.map(told)));
        };
        let id = stated.head().id.value.clone();
        let undated = self.stated.iter().filter(|it| it.is_release() && it.in_force().is_none() && is_within(it));
        let undated = undated.filter(|it| {
            let below = self.version(&it.head().id).map(|version| self.grounds(version)).unwrap_or_default();
            below.iter().any(|below| below.id.value == id)
        });
        let undated = undated.map(|it| uncounted(it, day)).collect();
        let mut below = self.below(stated);
        if !below.iter().any(|it| begins_later(it, day)) {
            return Ok(InForce { id, changed: None, undated });
        }
        below.iter_mut().for_each(|it| without_later(it, day));
        let partial = format!("{id}-as-of-{day}");
        for head in below.iter_mut().map(head_of).filter(|head| head.id.value == id) {
            head.id = Placed::new(partial.clone(), head.id.origin.clone());
            head.name = format!("{} as in force on {day}", head.name);
        }
        let mut findings = Findings::default();
        let versions = compose(&self.appendix, &below, &[], &[], &mut findings);
        match versions.iter().any(|version| version.id.value == partial) {
            true => Ok(InForce { id: partial, changed: Some((below, versions)), undated }),
            false => Err(NotInForce::Faults(findings.into_diagnostics())),
        }
    }

    /// What a version's files state, and those of all that it rests on.
    fn below(&self, stated: &Stated) -> Vec<Stated> {
        let mut found: Vec<Stated> = Vec::new();
        let mut waiting = vec![stated];
        while let Some(it) = waiting.pop() {
            if found.iter().all(|known| known.head().id != it.head().id) {
                found.push(it.clone());
                waiting.extend(it.base().into_iter().chain(it.includes()).filter_map(|id| self.stated(id)));
            }
        }
        found
    }
}

fn uncounted(stated: &Stated, day: &str) -> Diagnostic {
    let head = stated.head();
    let message = format!("{} doesn't say from when it is in force, so it isn't on {day}", head.name);
    Diagnostic::note(Code::NoDate, message)
        .at(head.id.origin.location())
        .help("add “effective: …”, with a year, month and day, to its version.yaml")
}

fn head_of(stated: &mut Stated) -> &mut crate::model::Head {
    match stated {
        Stated::Release(release) => &mut release.head,
        Stated::Modification(modification) => &mut modification.head,
    }
}

/// Whether a statement with that day of its own, or with none, begins later than a day.
fn is_later(stated: Option<&Placed<String>>, version: Option<&str>, day: &str) -> bool {
    stated.map(|day| day.value.as_str()).or(version).is_some_and(|begins| begins > day)
}

fn begins_later(stated: &Stated, day: &str) -> bool {
    let of_sections = stated.sections().iter().map(|it| &it.effective);
    let of_tables = stated.tables().iter().map(|it| &it.effective);
    of_sections.chain(of_tables).any(|own| is_later(own.as_ref(), stated.in_force(), day))
}

fn without_later(stated: &mut Stated, day: &str) {
    let version = stated.in_force().map(str::to_owned);
    if let Stated::Modification(it) = stated {
        it.sections.retain(|it| !is_later(it.effective.as_ref(), version.as_deref(), day));
        it.tables.retain(|it| !is_later(it.effective.as_ref(), version.as_deref(), day));
    }
}
