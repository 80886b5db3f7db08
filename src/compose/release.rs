//! A release: several modifications put together over one base, and what it decides where they collide.

use super::conflict::{Claim, Conflict, ConflictKind, ConflictPart, digest};
use super::slots::{Slots, position};
use super::three_way::{Between, Replaced, rebase_among};
use super::whole::whole;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Appendix, Decision, Findings, Matrix, Modification, Placed, Row, Section, Stated, Version};
use std::collections::BTreeMap;

/// A modification that a release includes, with what it makes and of what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Included<'v> {
    pub modification: &'v Modification,
    /// What it makes of its base.
    pub own: &'v Version,
    /// What it was drafted against.
    pub base: &'v Version,
}

/// The base with all that a release includes laid over it. Collisions that the release doesn't decide are findings.
pub(super) fn merge(
    appendix: &Appendix,
    release: &Modification,
    base: &Version,
    included: &[Included<'_>],
    findings: &mut Findings,
) -> Version {
    let mut replaced = Replaced::default();
    let mut together = put_together(appendix, base, included, findings, &mut replaced, &mut |_| {});
    if together.conflicts.is_empty() && findings.is_empty() && included.len() > 1 {
        let turned = turned(included);
        let mut unmade = Findings::default();
        let other = put_together(appendix, base, &turned, &mut unmade, &mut replaced, &mut |_| {});
        together.conflicts.extend(other.conflicts);
        unmade.into_diagnostics().into_iter().for_each(|finding| findings.push(finding));
        if together.conflicts.is_empty() {
            together.conflicts.extend(by_order(&together, &other.merged, base, included));
        }
    }
    decide(release, base, &together.merged, together.conflicts, findings);
    together.merged
}

/// What several modifications of a base make of it.
pub(super) struct Together {
    merged: Version,
    conflicts: Vec<Conflict>,
    /// What one says that another before it says too: the one, and what it is.
    pub agreed: Vec<(usize, String)>,
    slots: Slots,
}

/// One after another, each moved onto what the ones before it made; `told` is told of each state of the text.
pub(super) fn put_together(
    appendix: &Appendix,
    base: &Version,
    included: &[Included<'_>],
    findings: &mut Findings,
    replaced: &mut Replaced,
    told: &mut dyn FnMut(&Version),
) -> Together {
    let mut merged = base.clone();
    let (mut conflicts, mut agreed) = (Vec::new(), Vec::new());
    let mut slots = Slots::complete(base);
    for (at, it) in included.iter().enumerate() {
        if merged.parts == it.base.parts && merged.columns == it.base.columns {
            (merged.parts, merged.columns) = (it.own.parts.clone(), it.own.columns.clone());
        } else {
            let between = Between { base: it.base, own: it.own, onto: &merged, slots: &slots };
            let rebased = rebase_among(appendix, it.modification, between, replaced);
            conflicts.extend(rebased.conflicts.iter().cloned());
            agreed.extend(rebased.dropped.iter().map(|what| (at, what.clone())));
            let made = whole(appendix, &Stated::Modification(rebased.agreed()), Some(&merged), findings);
            (merged.parts, merged.columns) = (made.parts, made.columns);
        }
        // Slots are of the release's base: one that is drafted against another knows only places of that.
        match it.base.id == base.id {
            true => slots.add(it.modification, it.base, it.own),
            false => slots.add_changes(it.modification, it.base, it.own, base),
        }
        told(&merged);
    }
    Together { merged, conflicts, agreed, slots }
}

/// Last first, but each still behind what it is drafted against.
fn turned<'v>(included: &[Included<'v>]) -> Vec<Included<'v>> {
    let mut waiting: Vec<Included<'v>> = included.to_vec();
    let mut turned: Vec<Included<'v>> = Vec::new();
    while let Some(at) = waiting.iter().rposition(|it| waiting.iter().all(|other| other.own.id != it.base.id)) {
        turned.push(waiting.remove(at));
    }
    turned
}

/// Where the same modifications come to something else in another order, though nothing that they say collides.
/// Rows and lines that several insert at one place stand in the order of the release, which is as it should be.
fn by_order(together: &Together, other: &Version, base: &Version, included: &[Included<'_>]) -> Vec<Conflict> {
    let Together { merged: one, slots, .. } = together;
    let stays = |section: &Section| base.section(&section.id).is_some() && slots.move_of(&section.id).is_none();
    let order = |version: &Version| places(version.sections().map(|it| (it.id.clone(), stays(it))));
    let (sections, sections_there) = (order(one), order(other));
    let mut conflicts = Vec::new();
    let mut tell = |is_table: bool, id: &str, about: String, texts: (String, String)| {
        let (Some(first), Some(last)) = (included.first(), included.last()) else { return };
        conflicts.push(Conflict {
            kind: ConflictKind::Order,
            part: ConflictPart { is_table, id: id.to_owned() },
            about: format!("{about}, which depends on their order"),
            was: None,
            ours: Claim::new(texts.0, &last.modification.head.id.origin),
            theirs: Claim::new(texts.1, &first.modification.head.id.origin),
            offer: None,
        });
    };
    for section in one.sections() {
        let there = other.section(&section.id);
        let same = there.is_some_and(|there| {
            let lines = |text: &str| {
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                lines.sort_unstable();
                lines
            };
            section.number.value == there.number.value
                && section.heading == there.heading
                && lines(&section.body) == lines(&there.body)
                && sections.get(&section.id) == sections_there.get(&section.id)
        });
        if !same {
            let said = |section: &Section| format!("{} {}", section.number.value, section.title());
            let texts = (said(section), there.map_or_else(|| "none".to_owned(), said));
            tell(false, &section.id, format!("Section {}", section.number.value), texts);
        }
    }
    for matrix in one.matrices() {
        let there = other.matrix(&matrix.id);
        let stays = |row: &Row| {
            base.matrix(&matrix.id)
                .is_some_and(|was| position(was, &row.key).is_some() && slots.row_move(was, &row.key).is_none())
        };
        let rows = |matrix: &Matrix| places(matrix.rows.iter().map(|row| (row.key.value.clone(), stays(row))));
        let says_the_same = |there: &Matrix| {
            let has = |row: &Row| there.rows.iter().any(|other| other.key == row.key && other.reads_as(row));
            (&matrix.title, &matrix.role, &matrix.omitted) == (&there.title, &there.role, &there.omitted)
                && matrix.rows.len() == there.rows.len()
                && matrix.rows().all(has)
                && rows(matrix) == rows(there)
        };
        if matrix.rows != there.map(|there| there.rows.clone()).unwrap_or_default() && !there.is_some_and(says_the_same)
        {
            let rows = |matrix: &Matrix| format!("{} rows", matrix.rows.len());
            let texts = (rows(matrix), there.map_or_else(|| "none".to_owned(), rows));
            tell(true, &matrix.id, format!("Table {}", matrix.number.value), texts);
        }
    }
    conflicts
}

/// Behind which of those that stay where they are in the base each stands, by what identifies it. What several put at
/// one place has one, whatever its order.
fn places(all: impl Iterator<Item = (String, bool)>) -> BTreeMap<String, Option<String>> {
    let mut behind: Option<String> = None;
    let mut places = BTreeMap::new();
    for (id, stays) in all {
        places.entry(id.clone()).or_insert_with(|| behind.clone());
        if stays {
            behind = Some(id);
        }
    }
    places
}

/// Tells of the conflicts that the release's own statements don't decide, and of decisions between what doesn't collide.
fn decide(
    release: &Modification,
    base: &Version,
    merged: &Version,
    mut conflicts: Vec<Conflict>,
    findings: &mut Findings,
) {
    let section = |number: &str| merged.section_numbered(number).or(base.section_numbered(number)).map(|it| &it.id);
    let table = |number: &str| merged.matrix_numbered(number).or(base.matrix_numbered(number)).map(|it| &it.id);
    let sections = release.sections.iter().map(|it| (&it.decision, section(&it.number), false));
    let tables = release.tables.iter().map(|it| (&it.decision, table(&it.number), true));
    for (decision, id, is_table) in sections.chain(tables).filter(|(decision, ..)| !decision.between.is_empty()) {
        let is_decided = |conflict: &Conflict| {
            conflict.part.is_table == is_table
                && id.is_some_and(|id| *id == conflict.part.id)
                && [&conflict.ours, &conflict.theirs].into_iter().all(|claim| names(decision, claim.origin.version()))
        };
        let (decided, rest): (Vec<Conflict>, Vec<Conflict>) = conflicts.into_iter().partition(is_decided);
        conflicts = rest;
        // What isn't between two that are included is told of already.
        let known = || release.includes.iter().chain([&release.base]);
        let is_included = |named: &Placed<String>| known().any(|it| it.eq_ignore_ascii_case(named));
        let is_between = decision.between.len() > 1 && decision.between.iter().all(is_included);
        if let Some(finding) = unfit(decision, &decided).filter(|_| is_between) {
            findings.push(finding);
        }
    }
    for part in parts(&conflicts) {
        let of_part: Vec<&Conflict> = conflicts.iter().filter(|conflict| conflict.part == part).collect();
        let digest = digest(of_part.iter().copied());
        for conflict in of_part {
            let later = |named: &&Placed<String>| {
                conflict.ours.origin.version().is_some_and(|version| named.eq_ignore_ascii_case(version))
            };
            let named = release.includes.iter().find(later).or(release.includes.last());
            findings.push(conflict.finding(named.map_or(&release.head.id.origin, |named| &named.origin), &digest));
        }
    }
}

fn parts(conflicts: &[Conflict]) -> Vec<ConflictPart> {
    let mut parts = Vec::new();
    for conflict in conflicts {
        if !parts.contains(&conflict.part) {
            parts.push(conflict.part.clone());
        }
    }
    parts
}

/// Whether a decision is between that version and others; what the base says needs no name.
fn names(decision: &Decision, version: Option<&str>) -> bool {
    version.is_none_or(|version| decision.between.iter().any(|id| id.eq_ignore_ascii_case(version)))
}

/// What is wrong with a decision.
fn unfit(decision: &Decision, decided: &[Conflict]) -> Option<Diagnostic> {
    let first = decision.between.first()?;
    let between: Vec<&str> = decision.between.iter().map(|id| id.value.as_str()).collect();
    if decided.is_empty() {
        let message = format!("there is nothing to decide here between {}", between.join(" and "));
        let finding = Diagnostic::error(Code::VoidDecision, message).at(first.origin.location());
        return Some(finding.help("delete “decides” and “from”, or the whole file if it says no more"));
    }
    let digest = digest(decided.iter());
    let (at, message) = match &decision.digest {
        Some(written) if written.value == digest => return None,
        Some(written) => {
            (written, format!("what {} say here has changed since this was decided", between.join(" and ")))
        }
        None => (first, "the decision doesn't say what it decides between".to_owned()),
    };
    let help = format!("read what they say now, and write “from: \"{digest}\"” once it still holds");
    Some(Diagnostic::error(Code::VoidDecision, message).at(at.origin.location()).help(help))
}
