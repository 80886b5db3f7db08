//! Rules on where sections stand: in the order of their numbers, under the section that each belongs to, and in a file
//! that is called after the section.

use super::subject::Subject;
use crate::align::rising;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Directory, Number, Section, SectionStatement, Stated, natural};
use std::collections::BTreeSet;
use std::path::Path;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let stated = subject.project.stated(&subject.version.id).map(Stated::sections).unwrap_or_default();
    order(subject, stated, findings);
    for section in subject.version.sections() {
        findings.extend(parent(subject, section));
    }
    findings.extend(stated.iter().filter_map(file_name));
}

/// Sections that a modification inserts, moves or renumbers can come to stand out of order: as few as say it all.
fn order(subject: &Subject<'_>, stated: &[SectionStatement], findings: &mut Vec<Diagnostic>) {
    let own = |section: &Section| {
        let about = stated.iter().find(|statement| {
            let is_placed = statement.insert || statement.place.is_some() || statement.renumber.is_some();
            is_placed && statement.number.value == section.number.value
        });
        about.map(|statement| &statement.number.origin)
    };
    let sections: Vec<&Section> = subject.version.sections().collect();
    let mut sorted: Vec<usize> = (0..sections.len()).collect();
    sorted.sort_by(|&a, &b| natural(&sections[a].number, &sections[b].number));
    let mut pairs: Vec<(usize, usize)> = sorted.into_iter().enumerate().map(|(rank, index)| (index, rank)).collect();
    pairs.sort_unstable();
    let in_order: BTreeSet<usize> = rising(&pairs).into_iter().map(|(index, _)| index).collect();
    for (index, section) in sections.iter().enumerate().filter(|(index, _)| !in_order.contains(index)) {
        let greater = |other: &&Section| natural(&other.number, &section.number).is_gt();
        let before = index.checked_sub(1).map(|before| sections[before]).filter(greater);
        let (side, neighbour) = match (before, sections.get(index + 1)) {
            (Some(before), _) => ("after", before),
            (None, Some(next)) => ("before", *next),
            (None, None) => continue,
        };
        // Of two that stand the wrong way round, the one that the modification has placed is told.
        let is_own = |section: &Section| own(section).is_some();
        let (section, side, neighbour) = match (is_own(section), is_own(neighbour), side) {
            (false, true, "after") => (neighbour, "before", *section),
            (false, true, _) => (neighbour, "after", *section),
            _ => (*section, side, neighbour),
        };
        let message = format!("Section {} stands {side} Section {}", section.number.value, neighbour.number.value);
        let help = "move it, or renumber it: sections stand in the order of their numbers";
        let at = own(section).unwrap_or(&section.number.origin).location();
        findings.push(Diagnostic::warning(Code::SectionOrder, message).at(at).help(help));
    }
}

/// A section stands under the one whose number its own goes on from. What an extract leaves out may hold that.
fn parent(subject: &Subject<'_>, section: &Section) -> Option<Diagnostic> {
    let (above, _) = section.number.rsplit_once('.')?;
    let has = |parts: &Directory<'_>| parts.section_numbered(above).is_some();
    let is_known = subject.version.extract.is_none() || subject.below.as_ref().is_some_and(has);
    if !is_known || has(&subject.own) {
        return None;
    }
    let message = format!("Section {} stands there, and no Section {above}", section.number.value);
    let help = format!("correct the number, or add Section {above}");
    Some(Diagnostic::warning(Code::MissingParent, message).at(section.number.origin.location()).help(help))
}

/// A file that is called after another section than it holds, or whose ending isn't that of the others.
fn file_name(statement: &SectionStatement) -> Option<Diagnostic> {
    let at = statement.number.origin.location()?;
    let path = Path::new(&*at.file);
    let (stem, ending) = (path.file_stem()?.to_str()?, path.extension()?.to_str()?);
    let number = &statement.number.value;
    let (message, name) =
        if stem.starts_with(|c: char| c.is_ascii_digit()) && Number::parse(stem).is_some() && stem != number {
            (format!("the file is called after Section {stem}, and holds Section {number}"), format!("{number}.yaml"))
        } else if ending != "yaml" {
            (format!("the file's name ends in “.{ending}”"), format!("{stem}.yaml"))
        } else {
            return None;
        };
    let help = format!("rename it to {name}, as others are called, or correct the number");
    Some(Diagnostic::warning(Code::FileName, message).at(at).help(help))
}
