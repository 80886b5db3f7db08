//! Whole versions out of what the files state: each by itself, or laid over its base.

use super::findings::Findings;
use super::head::Head;
use super::matrices;
use super::section::SectionFile;
use super::sections;
use super::suggest::did_you_mean;
use super::table::TableFile;
use crate::model::{Appendix, Origin, Part, Version, natural};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the files of one version's folder state.
#[derive(Debug)]
pub(super) struct VersionFiles {
    pub head: Head,
    pub sections: Vec<SectionFile>,
    pub tables: Vec<TableFile>,
    /// Whether something couldn't be read, so that no other version can be laid over this one.
    pub broken: bool,
}

/// The versions that could be made whole, by id in natural order.
///
/// `headless` are the ids of versions that are there but can't be read.
pub(super) fn assemble(
    appendix: &Appendix,
    files: Vec<VersionFiles>,
    headless: &[String],
    findings: &mut Findings,
) -> Vec<Version> {
    let files = without_unsaid_bases(files, findings);
    let ids: Vec<String> = files.iter().map(|version| version.head.id.to_lowercase()).collect();
    let bases = bases(&files, &ids, headless, findings);
    let mut done: BTreeMap<usize, Version> = BTreeMap::new();
    let mut waiting: Vec<(usize, VersionFiles)> = files.into_iter().enumerate().collect();
    let mut broken: Vec<usize> = Vec::new();
    // Each round makes those whose base is made; what is left when a round makes none rests on something broken.
    loop {
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(index, version)| {
            version.head.base.is_none()
                || bases[*index].is_some_and(|base| done.contains_key(&base) && !broken.contains(&base))
        });
        if ready.is_empty() {
            break;
        }
        for (index, version) in ready {
            let before = findings.len();
            let unreadable = version.broken;
            let base = bases[index].and_then(|base| done.get(&base));
            let made = whole(appendix, version, base, findings);
            done.insert(index, made);
            if unreadable || findings.len() > before {
                broken.push(index);
            }
        }
        waiting = rest;
    }
    let mut versions: Vec<Version> = done.into_values().collect();
    versions.sort_by(|a, b| natural(&a.id.to_lowercase(), &b.id.to_lowercase()));
    versions
}

impl VersionFiles {
    /// Whether it names no base, and yet its files amend one. A section that it restates may be of either sort; a table
    /// that it states whole shows that it is a base itself.
    fn lacks_its_base(&self) -> bool {
        let amends = self.sections.iter().any(SectionFile::amends) || self.tables.iter().any(TableFile::amends);
        let is_whole = self.tables.iter().any(|table| table.rows.is_some() && !table.amends());
        self.head.base.is_none() && amends && !is_whole
    }
}

/// The versions without those that name no base and yet amend one, which is told once rather than at all that they do.
fn without_unsaid_bases(files: Vec<VersionFiles>, findings: &mut Findings) -> Vec<VersionFiles> {
    let bases: Vec<String> =
        files.iter().filter_map(|version| Some(version.head.base.as_ref()?.to_lowercase())).collect();
    let is_base = |version: &VersionFiles| bases.contains(&version.head.id.to_lowercase());
    let (lacking, files): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|version| version.lacks_its_base() && !is_base(version));
    let example = files.last().map_or("…", |version| version.head.id.as_str());
    for VersionFiles { head, .. } in &lacking {
        let message = format!("{} amends a version, and doesn't say which", head.name);
        let help = format!("add the version that it is drafted against, such as “base: \"{example}\"”");
        findings.error("missing-base", &head.id.origin, message, help);
    }
    files
}

/// The index of each version's base, where it has one that there is and that doesn't rest on itself.
fn bases(files: &[VersionFiles], ids: &[String], headless: &[String], findings: &mut Findings) -> Vec<Option<usize>> {
    let by_id: BTreeMap<&str, usize> = ids.iter().enumerate().map(|(index, id)| (id.as_str(), index)).collect();
    let named = |version: &VersionFiles| version.head.base.as_ref().map(|base| base.to_lowercase());
    let found: Vec<Option<usize>> = files.iter().map(|version| by_id.get(named(version)?.as_str()).copied()).collect();
    for (index, version) in files.iter().enumerate() {
        let Some(base) = &version.head.base else { continue };
        if headless.contains(&base.to_lowercase()) {
            continue;
        }
        if found[index].is_none() {
            let help = did_you_mean(base, files.iter().map(|version| version.head.id.as_str()), "the versions are");
            findings.error("unknown-base", &base.origin, format!("there is no version “{}”", base.value), help);
        } else if let Some(circle) = circle(index, &found) {
            let names: Vec<&str> = circle.iter().map(|&at| files[at].head.id.as_str()).collect();
            let message = format!("the version rests on itself: {}", names.join(", which rests on "));
            findings.error("base-cycle", &base.origin, message, "name a base that doesn't rest on this version");
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

fn whole(appendix: &Appendix, files: VersionFiles, base: Option<&Version>, findings: &mut Findings) -> Version {
    let VersionFiles { head, sections, tables, .. } = files;
    let columns = head.columns.or_else(|| base.map(|base| Arc::clone(&base.columns)));
    let columns = columns.unwrap_or_else(|| Arc::clone(&appendix.columns));
    let mut parts = match base {
        Some(base) => sections::lay_over(&base.parts, sections, &head.id, findings),
        None => sections::gather(sections, findings),
    };
    matrices::lay_over(&mut parts, tables, &matrices::Setting { appendix, columns: &columns, base }, findings);
    refuse_shared_numbers(&parts, &head.id, findings);
    let inherited = base.map(|base| base.classification.clone());
    Version {
        id: head.id,
        name: head.name,
        title: head.title,
        base: head.base,
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
        let (code, what) = if is_table { ("duplicate-table", "tables") } else { ("duplicate-section", "sections") };
        let at = &number.origin;
        let sides = |first| if own(first) && !own(at) { (first, at) } else { (at, first) };
        if let Some(first) = numbers.insert((is_table, &number.value), at) {
            let (here, there) = sides(first);
            let message = format!("two {what} have the number {}", number.value);
            findings.error(code, here, message, other(there, "renumber or delete one of the two"));
        } else if let Some(first) = ids.insert((is_table, id), at) {
            let (here, there) = sides(first);
            let message = format!("two {what} have the id “{id}”");
            findings.error("duplicate-id", here, message, other(there, "give one of them another “id”"));
        }
    }
}

/// What to do, and where the other of two things stands.
pub(super) fn other(first: &Origin, help: &str) -> String {
    match first.location() {
        Some(location) => format!("{help}; the other is at {location}"),
        None => help.to_owned(),
    }
}
