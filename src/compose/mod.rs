//! Whole versions out of what files state: a release by itself, a modification laid over its base.
//!
//! A fault in one version keeps from being made only it and what rests on it.

mod basis;
mod conflict;
mod matrices;
mod project;
mod rebase;
mod rows;
mod sections;
mod state;
mod three_way;

use crate::diagnostic::Code;
use crate::model::{Appendix, Findings, Modification, Origin, Part, Release, Stated, Version, natural};
use crate::suggest::did_you_mean;
use std::collections::BTreeMap;
use std::sync::Arc;

use basis::{TableBasis, other};

pub use conflict::{Claim, Conflict, ConflictKind};
pub use project::{Project, load, load_from};
pub use rebase::{Rebased, rebase};
pub use state::state;

/// What the files of one version state, and whether all of them could be read.
#[derive(Debug)]
struct Draft<'s> {
    stated: &'s Stated,
    /// Whether something in its files couldn't be read, so that no other version can be laid over this one.
    broken: bool,
}

/// The versions that could be made whole, by id in natural order.
///
/// `headless` are the ids of versions that are there but can't be read, `broken` of those that can't be read in full.
fn compose(
    appendix: &Appendix,
    stated: &[Stated],
    headless: &[String],
    broken: &[String],
    findings: &mut Findings,
) -> Vec<Version> {
    let lower = |stated: &Stated| stated.head().id.to_lowercase();
    let bases = bases(stated, headless, findings);
    let mut done: BTreeMap<usize, Version> = BTreeMap::new();
    let drafts = stated.iter().map(|stated| Draft { stated, broken: broken.contains(&lower(stated)) });
    let mut waiting: Vec<(usize, Draft<'_>)> = drafts.enumerate().collect();
    // Each round makes those whose base is made; what is left when a round makes none rests on something broken.
    loop {
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(index, draft)| {
            draft.stated.base().is_none() || bases[*index].is_some_and(|base| done.contains_key(&base))
        });
        if ready.is_empty() {
            break;
        }
        for (index, draft) in ready {
            let mut own = Findings::default();
            let base = bases[index].and_then(|base| done.get(&base));
            let made = whole(appendix, draft.stated, base, &mut own);
            if !draft.broken && own.is_empty() {
                done.insert(index, made);
            }
            own.into_diagnostics().into_iter().for_each(|finding| findings.push(finding));
        }
        waiting = rest;
    }
    let mut versions: Vec<Version> = done.into_values().collect();
    versions.sort_by(|a, b| natural(&a.id.to_lowercase(), &b.id.to_lowercase()));
    versions
}

/// The index of each version's base, where it has one that there is and that doesn't rest on itself.
fn bases(files: &[Stated], headless: &[String], findings: &mut Findings) -> Vec<Option<usize>> {
    let by_id: BTreeMap<String, usize> =
        files.iter().enumerate().map(|(index, version)| (version.head().id.to_lowercase(), index)).collect();
    let named = |version: &Stated| version.base().map(|base| base.to_lowercase());
    let found: Vec<Option<usize>> = files.iter().map(|version| by_id.get(named(version)?.as_str()).copied()).collect();
    for (index, version) in files.iter().enumerate() {
        let Some(base) = version.base() else { continue };
        if headless.contains(&base.to_lowercase()) {
            continue;
        }
        if found[index].is_none() {
            let help = did_you_mean(base, files.iter().map(|version| version.head().id.as_str()), "the versions are");
            findings.error(Code::UnknownBase, &base.origin, format!("there is no version “{}”", base.value), help);
        } else if let Some(circle) = circle(index, &found) {
            let names: Vec<&str> = circle.iter().map(|&at| files[at].head().id.as_str()).collect();
            let message = format!("the version rests on itself: {}", names.join(", which rests on "));
            findings.error(Code::BaseCycle, &base.origin, message, "name a base that doesn't rest on this version");
        }
    }
    found
}

/// The bases from a version back to itself, if they lead there.
fn circle(start: usize, bases: &[Option<usize>]) -> Option<Vec<usize>> {
    let mut path = vec![start];
    let mut at = bases[start];
    while let Some(index) = at.filter(|_| path.len() <= bases.len()) {
        path.push(index);
        if index == start {
            return Some(path);
        }
        at = bases[index];
    }
    None
}

fn whole(appendix: &Appendix, stated: &Stated, base: Option<&Version>, findings: &mut Findings) -> Version {
    // The version has copies of what is stated: the statement goes on being what its files say.
    let (head, own_base, sections, tables) = match stated.clone() {
        Stated::Release(Release { head, sections, tables }) => (head, None, sections, tables),
        Stated::Modification(Modification { head, base, sections, tables }) => (head, Some(base), sections, tables),
    };
    let columns = head.columns.or_else(|| base.map(|base| Arc::clone(&base.columns)));
    let columns = columns.unwrap_or_else(|| Arc::clone(&appendix.columns));
    let mut parts = match base {
        Some(base) => sections::lay_over(&base.parts, sections, &head.id, findings),
        None => sections::gather(sections, findings),
    };
    matrices::lay_over(&mut parts, tables, &TableBasis { appendix, columns: &columns, base }, findings);
    refuse_shared_numbers(&parts, &head.id, findings);
    let inherited = base.map(|base| base.classification.clone());
    Version {
        id: head.id,
        name: head.name,
        title: head.title,
        base: own_base,
        legal_text_version: head.legal_text_version,
        classification: head.classification.or(inherited).unwrap_or_default(),
        date: head.date,
        extract: head.extract.or_else(|| base.and_then(|base| base.extract.clone())),
        provenance: head.provenance,
        columns,
        parts,
    }
}

/// Tells of each number, and each id, that two sections or two tables bear.
///
/// Told where the version's own drafter can mend it, if that is one of the two places.
fn refuse_shared_numbers(parts: &[Part], version: &str, findings: &mut Findings) {
    let own = |at: &Origin| at.version().is_some_and(|other| other.to_lowercase() == version.to_lowercase());
    let mut numbers: BTreeMap<(bool, &str), &Origin> = BTreeMap::new();
    let mut ids: BTreeMap<(bool, &str), &Origin> = BTreeMap::new();
    for part in parts {
        let (is_table, number, id) = match part {
            Part::Section(section) => (false, &section.number, &section.id),
            Part::Matrix(matrix) => (true, &matrix.number, &matrix.id),
        };
        let (code, what) =
            if is_table { (Code::DuplicateTable, "tables") } else { (Code::DuplicateSection, "sections") };
        let at = &number.origin;
        let sides = |first| if own(first) && !own(at) { (first, at) } else { (at, first) };
        if let Some(first) = numbers.insert((is_table, &number.value), at) {
            let (here, there) = sides(first);
            let message = format!("two {what} have the number {}", number.value);
            findings.error(code, here, message, other(there, "renumber or delete one of the two"));
        } else if let Some(first) = ids.insert((is_table, id), at) {
            let (here, there) = sides(first);
            let message = format!("two {what} have the id “{id}”");
            findings.error(Code::DuplicateId, here, message, other(there, "give one of them another “id”"));
        }
    }
}
