//! What a copy has twice, where it was and where it is moved to: of its move one half was accepted and the other rejected.
//!
//! A section that has another number there is one that stays and one that comes. Two of one number, and two rows of one
//! identity, are in no version: that move is undecided, and left as it was sent, if nothing is lost by it.

use super::identities::{id, key, said};
use crate::adopt::{Part, Reading};
use crate::compose::default_id;
use crate::document::{Block, Document, Mark};
use crate::model::{Release, RowStatement, SectionStatement};
use crate::reader::marked::Remark;
use std::collections::{BTreeMap, BTreeSet};

/// What a redline shows twice, by identity: whether the place where it was stands before that where it comes to stand.
#[derive(Debug, Default)]
pub(super) struct Moved {
    sections: BTreeMap<String, bool>,
    /// By table and key.
    rows: BTreeMap<(String, String), bool>,
}

impl Moved {
    pub fn of(sent: &Document) -> Self {
        let mut sections: Vec<(String, Mark)> = Vec::new();
        let mut rows: Vec<((String, String), Mark)> = Vec::new();
        for block in &sent.blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    sections.extend(paragraph.kind.now.section_id().map(|id| (id.to_owned(), paragraph.mark)));
                }
                Block::Table(table) => {
                    let id = table.id.now.clone().unwrap_or_default();
                    rows.extend(table.rows.iter().map(|row| ((id.clone(), row.key.now.clone()), row.mark)));
                }
                Block::Furniture(_) => {}
            }
        }
        Self { sections: twice(sections), rows: twice(rows) }
    }

    pub fn is_empty(&self) -> bool {
        self.sections.is_empty() && self.rows.is_empty()
    }

    /// Leaves one of what stands twice under one number or identity; says which. `before` is what was sent once it is rejected.
    ///
    /// # Errors
    /// What stands twice, and in both places says something that it doesn't in the other.
    pub fn settle(&self, copy: &mut Reading, before: &Release) -> Result<Vec<Remark>, Vec<Remark>> {
        let (mut remarks, mut wrong) = (Vec::new(), Vec::new());
        for (own, was_before) in &self.sections {
            let sections = &copy.release.sections;
            let places: Vec<usize> = (0..sections.len()).filter(|at| id(&sections[*at]) == *own).collect();
            let Some(halves) = halves(&places, *was_before) else { continue };
            let [old, new] = halves.map(|at| &sections[at]);
            if old.number != new.number {
                continue;
            }
            let number = old.number.value.clone();
            let what = format!("Section {number} is in the copy twice, where it was and where it is moved to");
            match halves_apart([old, new].map(lines)) {
                Some((gone, says)) => {
                    remarks.push(told(what, says));
                    copy.leave_out(halves[gone]);
                }
                None => wrong.push(undecided(what)),
            }
        }
        for ((table, own), was_before) in &self.rows {
            let is_it = |it: &&mut crate::model::TableStatement| {
                it.id.as_ref().map_or(&it.number.value, |id| &id.value) == table
            };
            let Some(statement) = copy.release.tables.iter_mut().find(is_it) else { continue };
            let Some(rows) = statement.rows.as_mut().map(|rows| &mut rows.value) else { continue };
            let places: Vec<usize> = (0..rows.len()).filter(|at| key(&rows[*at]) == *own).collect();
            let Some(halves) = halves(&places, *was_before) else { continue };
            let place = |at: usize| match at.checked_sub(1) {
                Some(before) => format!("after row {}", key(&rows[before])),
                None => "at the beginning".to_owned(),
            };
            let [old, new] = halves;
            let what = format!(
                "row {own} is in Table {} of the copy twice, {} where it was and {} where it is moved to",
                statement.number.value,
                place(old),
                place(new)
            );
            // What it says where it was is what it said there, or what it says where it is moved to.
            let mut known = before.tables.iter().filter(|it| it.number == statement.number);
            let known = known.find_map(|it| it.rows.as_ref()?.value.iter().find(|row| key(row) == *own));
            let is_said = |other: &RowStatement| said(&rows[old]) == said(other);
            if is_said(&rows[new]) || known.is_some_and(is_said) {
                remarks.push(told(what, LEFT));
                rows.remove(old);
            } else {
                wrong.push(undecided(what));
            }
        }
        if wrong.is_empty() { Ok(remarks) } else { Err(wrong) }
    }
}

/// What becomes of a move that nobody decided.
const LEFT: &str = "it is left as it was sent";

fn told(what: String, says: &str) -> Remark {
    Remark::of_all(format!("{what}: {says}"))
}

fn undecided(what: String) -> Remark {
    let what = format!("{what}, and each says something else: accept both changes in the copy, or reject both");
    Remark::loss(what)
}

/// What stands in one place struck out, and in another inserted.
fn twice<K: Ord + Clone>(all: Vec<(K, Mark)>) -> BTreeMap<K, bool> {
    let mut first: BTreeMap<K, Mark> = BTreeMap::new();
    let mut twice = BTreeMap::new();
    for (key, mark) in all.into_iter().filter(|(_, mark)| *mark != Mark::Kept) {
        match first.get(&key) {
            Some(before) if *before != mark => _ = twice.insert(key, *before == Mark::Deleted),
            _ => _ = first.insert(key, mark),
        }
    }
    twice
}

/// Where something stands that stands twice: where it was, and where it comes to stand.
fn halves(places: &[usize], was_before: bool) -> Option<[usize; 2]> {
    let &[one, other] = places else { return None };
    Some(if was_before { [one, other] } else { [other, one] })
}

/// Which half of a move has nothing that the other hasn't, and what becomes of it.
fn halves_apart([old, new]: [BTreeSet<&str>; 2]) -> Option<(usize, &'static str)> {
    if old.is_subset(&new) {
        Some((0, LEFT))
    } else if new.is_subset(&old) {
        Some((1, "it stays where it was, where all of its text is"))
    } else {
        None
    }
}

fn lines(section: &SectionStatement) -> BTreeSet<&str> {
    let texts = [&section.heading, &section.body].into_iter().flatten();
    texts.flat_map(|text| text.text.lines()).map(str::trim).filter(|line| !line.is_empty()).collect()
}

impl Reading {
    /// Takes out a section, by its index among them.
    fn leave_out(&mut self, section: usize) {
        self.release.sections.remove(section);
        let mut sections = 0..;
        self.parts.found.retain(|part| !matches!(part, Part::Section(_)) || sections.next() != Some(section));
    }
}

/// Of a section that a copy has twice, where it was and, under another number, where it is moved to, makes one that stays and
/// one that is new; says which. `after` is what was sent once it is accepted, and `version` what that is called.
pub(super) fn part_sections(copy: &mut Release, after: &Release, version: &str) -> Vec<Remark> {
    let mut taken: BTreeSet<String> = copy.sections.iter().chain(&after.sections).map(id).collect();
    let numbers: BTreeMap<String, String> =
        after.sections.iter().map(|section| (id(section), section.number.value.clone())).collect();
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, section) in copy.sections.iter().enumerate() {
        places.entry(id(section)).or_default().push(at);
    }
    let mut remarks = Vec::new();
    for (own, places) in places {
        let &[one, other] = places.as_slice() else { continue };
        let number = |at: usize| copy.sections[at].number.value.clone();
        let [stays, comes] = if numbers.get(&own) == Some(&number(one)) { [other, one] } else { [one, other] };
        let (stays, number) = (number(stays), number(comes));
        if stays == number {
            continue;
        }
        let new = default_id(&number, taken.contains(&number), version);
        if taken.insert(new.clone()) {
            let what = format!(
                "Section {stays} is in the copy twice: where it was, and as {number} where it is moved to. It stays, and \
                 Section {number} is taken as a new one"
            );
            remarks.push(Remark::of_all(what));
            let section = &mut copy.sections[comes];
            section.id = (new != number).then(|| new.into());
        }
    }
    remarks
}
