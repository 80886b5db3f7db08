//! Which section and which row one is that bears one identity in the text before a redline and another after it.
//!
//! A bookmark names both, and doesn't say which of the texts a reviewer chose.

use crate::compose::default_id;
use crate::document::{Block, Document, Mark, Table};
use crate::model::{Release, Row, RowStatement, SectionStatement, Version};
use crate::reader::marked::{Place, Remark};
use std::collections::{BTreeMap, BTreeSet};

/// What sections and rows are called after a redline, with what they were called before it, where that is something else.
#[derive(Debug, Default)]
pub(super) struct Renamed {
    sections: BTreeMap<String, String>,
    rows: BTreeMap<(String, String), String>,
}

/// The rows that a redline shows twice, where they were and where they come to stand: by table and key.
#[derive(Debug, Default)]
pub(super) struct Moved(BTreeSet<(String, String)>);

impl Moved {
    pub fn of(sent: &Document) -> Self {
        let tables = sent.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some((table.id.now.clone()?, table)),
            _ => None,
        });
        let keys = |table: &Table, mark: Mark| -> BTreeSet<String> {
            table.rows.iter().filter(|row| row.mark == mark).map(|row| row.key.now.clone()).collect()
        };
        let moved = |(id, table): (String, &Table)| {
            let (from, to) = (keys(table, Mark::Deleted), keys(table, Mark::Inserted));
            from.intersection(&to).map(|key| (id.clone(), key.clone())).collect::<Vec<_>>()
        };
        Self(tables.flat_map(moved).collect())
    }

    /// That a row stands twice in a copy, for each of them: of its move one half was accepted and one rejected.
    pub fn halved(&self, copy: &Version) -> Vec<Remark> {
        let told = |(id, key): &(String, String)| {
            let table = copy.matrix(id)?;
            let rows: Vec<&Row> = table.rows().collect();
            let place = |at: usize| match at.checked_sub(1) {
                Some(before) => format!("after row {}", rows[before].key.value),
                None => "at the beginning".to_owned(),
            };
            let places: Vec<String> = (0..rows.len()).filter(|at| rows[*at].key.value == *key).map(place).collect();
            (places.len() > 1).then(|| {
                let what = format!(
                    "as the copy stands row {key} is in Table {} twice, {}, where it was and where it is moved to: accept both \
                     changes in the copy, or reject both",
                    table.number.value,
                    places.join(" and "),
                );
                Remark { place: Place::default(), lost: true, what }
            })
        };
        self.0.iter().filter_map(told).collect()
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
            remarks.push(Remark { place: Place::default(), lost: false, what });
            let section = &mut copy.sections[comes];
            section.id = (new != number).then(|| new.into());
        }
    }
    remarks
}

impl Renamed {
    pub fn of(sent: &Document) -> Self {
        let mut renamed = Self::default();
        for block in &sent.blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    let was = paragraph.kind.was.as_ref().and_then(|kind| kind.section_id());
                    let both = paragraph.kind.now.section_id().zip(was).filter(|(now, was)| now != was);
                    renamed.sections.extend(both.map(|(now, was)| (now.to_owned(), was.to_owned())));
                }
                Block::Table(table) => {
                    let id = table.id.now.clone().unwrap_or_default();
                    for row in &table.rows {
                        let was = row.key.was.clone().filter(|was| *was != row.key.now);
                        renamed.rows.extend(was.map(|was| ((id.clone(), row.key.now.clone()), was)));
                    }
                }
                Block::Furniture(_) => {}
            }
        }
        renamed
    }

    /// Whether all are called what they were called.
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty() && self.rows.is_empty()
    }

    /// Gives what reads as it did before the redline, and not as after it, the identity that it had; and what would share
    /// one with another.
    pub fn settle(&self, copy: &mut Release, before: &Release, after: &Release) {
        let ids: Vec<String> = copy.sections.iter().map(id).collect();
        for section in &mut copy.sections {
            let own = id(section);
            let Some(was) = self.sections.get(&own) else { continue };
            let reads_as = |other: &Release, id_of: &str| {
                other.sections.iter().any(|it| {
                    id(it) == id_of
                        && (&it.number, &it.heading, &it.body) == (&section.number, &section.heading, &section.body)
                })
            };
            let is_shared = ids.iter().filter(|other| **other == own).count() > 1;
            if is_shared || reads_as(before, was) && !reads_as(after, &own) {
                section.id = (*was != section.number.value).then(|| was.clone().into());
            }
        }
        for table in &mut copy.tables {
            let table_id = table.id.as_ref().map_or_else(|| table.number.value.clone(), |id| id.value.clone());
            let Some(rows) = &mut table.rows else { continue };
            for row in &mut rows.value {
                let Some(was) = self.rows.get(&(table_id.clone(), key(row))) else { continue };
                let reads_as = |other: &Release, of: &str| {
                    let rows =
                        other.tables.iter().filter(|it| it.number == table.number).filter_map(|it| it.rows.as_ref());
                    rows.flat_map(|rows| &rows.value).any(|it| key(it) == of && said(it) == said(row))
                };
                if reads_as(before, was) && !reads_as(after, &key(row)) {
                    let is_plain = row.variant.as_ref().is_some_and(|variant| variant.value == *was);
                    row.id = (!is_plain).then(|| was.clone().into());
                }
            }
        }
    }
}

fn id(section: &SectionStatement) -> String {
    section.id.as_ref().map_or_else(|| section.number.value.clone(), |id| id.value.clone())
}

fn key(row: &RowStatement) -> String {
    row.key().map(|key| key.value.clone()).unwrap_or_default()
}

/// A row without its key.
fn said(row: &RowStatement) -> RowStatement {
    RowStatement { id: None, ..row.clone() }
}
