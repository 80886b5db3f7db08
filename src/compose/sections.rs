//! Sections in document order, and what a modification does to them.
//!
//! A modification names sections by their numbers in its base, and says what number an inserted one shall have.
//! So deletions come first, then new numbers, then insertions from the first to the last, then moves: each number
//! means what the drafter sees when writing it, whatever else the modification does. Tables keep their numbers.

use super::basis::other;
use super::conflict::reading_of;
use crate::diagnostic::Code;
use crate::model::{Beside, Findings, Neighbour, Number, Part, Placed, Section, SectionStatement, Text, natural};
use crate::suggest::did_you_mean;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The sections of a version that has no base.
pub(super) fn gather(files: Vec<SectionStatement>, findings: &mut Findings) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for file in files {
        let operation = file.delete.as_deref().or(file.renumber.as_ref().map(|to| &to.origin));
        let operation = operation.or(file.place.as_ref().map(|place| &place.key.origin));
        let operation = operation.or(file.effective.as_ref().map(|day| &day.origin));
        if let Some(at) = operation.or(file.insert.then_some(&file.number.origin)) {
            let help = "state the section as it is, or name the version's base in its version.yaml";
            findings.error(Code::OperationWithoutBase, at, "the version has no base that this could change", help);
        }
        let id = file.id.as_ref().unwrap_or(&file.number).value.clone();
        parts.extend(section(file, id, findings).map(Arc::new).map(Part::Section));
    }
    parts.sort_by(|a, b| natural(a.number(), b.number()));
    parts
}

/// A section that a file states whole.
fn section(file: SectionStatement, id: String, findings: &mut Findings) -> Option<Section> {
    let says_something = file.body.as_ref().is_some_and(|body| !body.text.trim().is_empty());
    let empty = file.heading.as_ref().filter(|heading| heading.text.is_empty());
    if (!file.has_heading || empty.is_some()) && !says_something {
        let message = format!("Section {} has neither a “heading” nor a text", file.number.value);
        let help = "add it: “heading: …”; if the version amends another, add that one's “base” to its version.yaml";
        findings.error(Code::MissingField, empty.map_or(&*file.origin, |empty| &empty.origin), message, help);
    }
    let none = || Text { origin: file.origin.0.clone(), ..Text::default() };
    Some(Section {
        id,
        level: Number::parse(&file.number)?.level(),
        number: file.number,
        heading: if file.has_heading { file.heading? } else { none() },
        body: file.body.unwrap_or_default(),
        provenance: file.provenance,
        origin: file.origin.0,
    })
}

/// The sections (and the tables, unchanged) of a base, with a modification laid over them.
pub(super) fn lay_over(
    base: &[Part],
    files: Vec<SectionStatement>,
    version: &str,
    findings: &mut Findings,
) -> Vec<Part> {
    let mut draft = Draft { parts: base.to_vec(), by_number: by_number(base), ..Draft::default() };
    let (mut inserted, mut changed): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.insert);
    // What several moves come to doesn't hang on the names of files.
    changed.sort_by(|a, b| natural(&a.number, &b.number));
    let mut targets = Vec::new();
    let mut seen: BTreeMap<String, Placed<String>> = BTreeMap::new();
    for file in changed {
        let Some(id) = draft.id_of(&file.number, findings) else { continue };
        if let Some(first) = seen.insert(id.clone(), file.number.clone()) {
            let message = format!("two files change Section {}", file.number.value);
            let help = other(&first.origin, "put all changes to it in one file");
            findings.error(Code::DuplicateSection, &file.number.origin, message, help);
        }
        targets.push((id, file));
    }
    for (id, file) in &targets {
        draft.restate(id, file, findings);
    }
    for (id, file) in targets.iter().filter(|(_, file)| file.delete.is_some()) {
        draft.delete(id, file.close_up);
    }
    draft.renumber(targets.iter().filter_map(|(id, file)| Some((id.as_str(), file.renumber.as_ref()?))));
    inserted.sort_by(|a, b| natural(&a.number, &b.number));
    for pair in inserted.windows(2) {
        if let [first, second] = pair
            && first.number == second.number
        {
            let message = format!("two files insert Section {}", second.number.value);
            let help = other(&first.number.origin, "give one of the two the next number");
            findings.error(Code::DuplicateSection, &second.number.origin, message, help);
        }
    }
    inserted.dedup_by(|second, first| second.number == first.number);
    for file in inserted {
        draft.insert(file, version, findings);
    }
    for (id, file) in &targets {
        if let Some(anchor) = &file.place {
            draft.shift(id, anchor, findings);
        }
    }
    draft.parts
}

fn by_number(parts: &[Part]) -> BTreeMap<String, String> {
    let sections = parts.iter().filter_map(|part| match part {
        Part::Section(section) => Some((section.number.value.clone(), section.id.clone())),
        Part::Matrix(_) => None,
    });
    sections.collect()
}

/// The parts while a modification is laid over them.
#[derive(Default)]
struct Draft {
    parts: Vec<Part>,
    /// The ids of the base's sections by their numbers in the base.
    by_number: BTreeMap<String, String>,
    /// The ids of the base's sections that are deleted.
    gone: BTreeSet<String>,
    /// The ids of the sections that are inserted.
    inserted: BTreeSet<String>,
    /// The ids of the sections that stand where it is said of them.
    placed: BTreeSet<String>,
}

impl Draft {
    fn id_of(&self, number: &Placed<String>, findings: &mut Findings) -> Option<String> {
        let id = self.by_number.get(&number.value).cloned();
        if id.is_none() {
            let help = did_you_mean(
                number,
                self.by_number.keys().map(String::as_str),
                "to insert it, write “insert” for “section”; its sections are",
            );
            findings.error(
                Code::UnknownSection,
                &number.origin,
                format!("the base has no Section {}", number.value),
                help,
            );
        }
        id
    }

    /// What to move beside: a section of the base by its number there, or one that is inserted; or a table of the base.
    fn anchor(&self, it: &Neighbour, findings: &mut Findings) -> Option<Landmark> {
        let key = &it.key;
        if it.is_table {
            return self.table(key, findings).map(Landmark::Table);
        }
        let sections = || {
            self.parts.iter().filter_map(|part| match part {
                Part::Section(section) => Some(&**section),
                Part::Matrix(_) => None,
            })
        };
        let is_meant = |section: &&Section| section.number == *key && self.inserted.contains(&section.id);
        let stays = self.by_number.get(&key.value).filter(|id| !self.gone.contains(*id));
        let inserted = || sections().find(is_meant).or_else(|| sections().find(|section| section.id == key.value));
        let id = stays.or_else(|| inserted().map(|section| &section.id)).or_else(|| self.by_number.get(&key.value));
        id.cloned().or_else(|| self.id_of(key, findings)).map(Landmark::Section)
    }

    /// The id of a table.
    fn table(&self, number: &Placed<String>, findings: &mut Findings) -> Option<String> {
        let tables = || self.parts.iter().filter(|part| matches!(part, Part::Matrix(_)));
        let known = tables().find(|part| part.number() == number.value);
        if known.is_none() {
            let help = did_you_mean(number, tables().map(Part::number), "its tables are");
            let message = format!("the base has no Table {}", number.value);
            findings.error(Code::UnknownTable, &number.origin, message, help);
        }
        known.map(|part| part.identity().1.to_owned())
    }

    fn section(&mut self, id: &str) -> Option<&mut Section> {
        self.parts.iter_mut().find_map(|part| match part {
            Part::Section(section) if section.id == id => Some(Arc::make_mut(section)),
            _ => None,
        })
    }

    fn number(&mut self, id: &str) -> Option<Number> {
        self.section(id).and_then(|section| Number::parse(&section.number))
    }

    fn restate(&mut self, id: &str, file: &SectionStatement, findings: &mut Findings) {
        if let Some(at) = &file.delete
            && (file.heading.is_some() || file.body.is_some() || file.renumber.is_some() || file.place.is_some())
        {
            let help = "keep “delete”, or what the section shall be";
            findings.error(Code::Contradiction, at, "the section is both deleted and changed", help);
        }
        if let Some(other) = file.id.as_ref().filter(|other| other.value != id) {
            let message = format!("the section's id is “{id}”, and an id never changes");
            findings.error(Code::Contradiction, &other.origin, message, "delete the line");
        }
        let Some(section) = self.section(id) else { return };
        let read = file.decision.digest.as_ref().filter(|_| file.decision.between.is_empty());
        if let Some(read) = read.filter(|read| read.value != reading_of(section)) {
            let message =
                format!("Section {} of the base isn't what this was written from any more", file.number.value);
            let now = other(&section.origin, "read what it says now, and change this where it has to");
            let help = format!("{now}; then write “from: \"{}\"”", reading_of(section));
            findings.error(Code::ChangedBase, &read.origin, message, help);
        }
        let restated = |text: &Option<Text>, old: &mut Text| {
            if let Some(text) = text {
                old.clone_from(text);
            }
        };
        restated(&file.heading, &mut section.heading);
        restated(&file.body, &mut section.body);
        section.provenance.clone_from(&file.provenance);
        section.origin.clone_from(&file.origin);
    }

    /// Takes out a section with its subsections, in order.
    fn take(&mut self, root: &Number) -> Vec<Part> {
        let goes = self.goes_with(root);
        let parts = std::mem::take(&mut self.parts).into_iter().zip(goes);
        let (taken, left): (Vec<_>, Vec<_>) = parts.partition(|(_, goes)| *goes);
        self.parts = left.into_iter().map(|(part, _)| part).collect();
        taken.into_iter().map(|(part, _)| part).collect()
    }

    /// Whether each part goes with the section of a number: that, and its subsections, but for those of which it is said where
    /// they stand, and for what stands in those.
    fn goes_with(&self, root: &Number) -> Vec<bool> {
        let number = |part: &Part| match part {
            Part::Section(section) => Number::parse(&section.number).filter(|number| number.is_within(root)),
            Part::Matrix(_) => None,
        };
        let is_placed = |part: &&Part| self.placed.contains(part.identity().1);
        let apart: Vec<Number> = self.parts.iter().filter(is_placed).filter_map(number).collect();
        let goes = |part: &Part| number(part).is_some_and(|number| !apart.iter().any(|apart| number.is_within(apart)));
        self.parts.iter().map(goes).collect()
    }

    fn delete(&mut self, id: &str, close_up: bool) {
        // A section may have gone already, with the one that it stood in.
        let Some(number) = self.number(id) else { return };
        let gone = self.take(&number);
        self.gone.extend(gone.iter().map(|part| part.identity().1.to_owned()));
        if close_up {
            self.renumber_all(|other| other.shifted(&number, -1));
        }
    }

    /// Gives sections, with their subsections, new numbers, all at once: two can change places, and each of a row of
    /// sections can take the number of the next.
    fn renumber<'f>(&mut self, changes: impl Iterator<Item = (&'f str, &'f Placed<String>)>) {
        let numbered = |(id, to): (&str, &'f Placed<String>)| Some((self.number(id)?, Number::parse(to)?, to));
        let mut changes: Vec<(Number, Number, &Placed<String>)> = changes.filter_map(numbered).collect();
        // What stands in another that goes is lifted out of it before.
        changes.sort_by_key(|(from, ..)| std::cmp::Reverse(from.level()));
        let mut lifted: Vec<(&Placed<String>, Vec<Part>)> = Vec::new();
        for (from, to, stated) in changes {
            let mut taken = self.take(&from);
            renumber(&mut taken, |number| number.rebased(&from, &to));
            // What is wrong with a number is told where it was given, not where the base has it.
            for part in &mut taken {
                if let Part::Section(section) = part {
                    Arc::make_mut(section).number.origin = stated.origin.clone();
                }
            }
            lifted.push((stated, taken));
        }
        lifted.sort_by(|(a, _), (b, _)| natural(a, b));
        for (to, parts) in lifted {
            let at = self.place_for(to);
            self.parts.splice(at..at, parts);
        }
    }

    fn renumber_all(&mut self, change: impl Fn(&Number) -> Number) {
        renumber(&mut self.parts, change);
    }

    /// Where a part of that number belongs: behind the one with the greatest number before it.
    fn place_for(&self, number: &str) -> usize {
        let before = self.parts.iter().enumerate().filter(|(_, part)| natural(part.number(), number).is_lt());
        before.max_by(|(_, a), (_, b)| natural(a.number(), b.number())).map_or(0, |(index, _)| index + 1)
    }

    fn insert(&mut self, file: SectionStatement, version: &str, findings: &mut Findings) {
        if let Some(at) = file.delete.as_deref().or(file.renumber.as_ref().map(|to| &to.origin)) {
            let help = "state the section as it shall read, under the number that it shall have";
            findings.error(Code::Contradiction, at, "the section is inserted and changed at once", help);
        }
        let Some(number) = Number::parse(&file.number) else { return };
        let ids: BTreeSet<&str> = self.by_number.values().map(String::as_str).collect();
        let id = match &file.id {
            Some(id) => id.value.clone(),
            None => default_id(&file.number, ids.contains(file.number.as_str()), version),
        };
        let taken = self.parts.iter().any(|part| matches!(part, Part::Section(s) if s.number == file.number));
        if taken {
            self.renumber_all(|other| other.shifted(&number, 1));
        }
        let at = self.place_for(&file.number);
        let place = file.place.clone();
        if let Some(section) = section(file, id.clone(), findings) {
            self.parts.insert(at, Part::Section(Arc::new(section)));
            self.inserted.insert(id.clone());
        }
        if let Some(anchor) = place {
            self.shift(&id, &anchor, findings);
        }
    }

    fn shift(&mut self, id: &str, anchor: &Neighbour, findings: &mut Findings) {
        let Some(landmark) = self.anchor(anchor, findings) else { return };
        let beside = match &landmark {
            Landmark::Section(id) => self.number(id).map(Some),
            Landmark::Table(_) => Some(None),
        };
        let (Some(number), Some(beside)) = (self.number(id), beside) else {
            let help = "name a section that stays";
            return findings.error(
                Code::Contradiction,
                &anchor.key.origin,
                "the section to move beside is deleted",
                help,
            );
        };
        let goes = self.goes_with(&number);
        if self.parts.iter().zip(goes).any(|(part, goes)| goes && landmark.is(part)) {
            let help = "name a section that isn't part of what moves";
            return findings.error(
                Code::Contradiction,
                &anchor.key.origin,
                "the section can't move beside itself",
                help,
            );
        }
        let taken = self.take(&number);
        let is_it = |part: &Part| landmark.is(part);
        let at = self.parts.iter().position(is_it).map(|at| match (anchor.beside, &beside) {
            (Beside::Before, _) => at,
            (Beside::After, None) => at + 1,
            (Beside::After, Some(root)) => at + 1 + run_within(&self.parts[at + 1..], root),
        });
        let at = at.unwrap_or(self.parts.len());
        self.parts.splice(at..at, taken);
        self.placed.insert(id.to_owned());
    }
}

/// What a section can move beside, by its identity.
enum Landmark {
    Section(String),
    Table(String),
}

impl Landmark {
    fn is(&self, part: &Part) -> bool {
        match (self, part) {
            (Self::Section(id), Part::Section(section)) => section.id == *id,
            (Self::Table(id), Part::Matrix(matrix)) => matrix.id == *id,
            _ => false,
        }
    }
}

/// How many parts, from the first on, stand within a section by their numbers: what has the number of one, and stands
/// elsewhere, is no reason to go there.
fn run_within(parts: &[Part], root: &Number) -> usize {
    parts.iter().take_while(|part| Number::parse(part.number()).is_some_and(|number| number.is_within(root))).count()
}

/// The identity that a new section gets where none is stated: its number, or where one of the base has that for its own,
/// a name that nobody else gives.
pub fn default_id(number: &str, is_taken: bool, version: &str) -> String {
    if is_taken { format!("{number}-{}", version.to_lowercase()) } else { number.to_owned() }
}

fn renumber(parts: &mut [Part], change: impl Fn(&Number) -> Number) {
    for part in parts {
        if let Part::Section(section) = part
            && let Some(number) = Number::parse(&section.number)
        {
            let number = change(&number);
            let (level, value) = (number.level(), number.to_string());
            // A section that stays as it is stays that of other versions too.
            if (section.level, &section.number.value) != (level, &value) {
                let section = Arc::make_mut(section);
                (section.level, section.number.value) = (level, value);
            }
        }
    }
}
