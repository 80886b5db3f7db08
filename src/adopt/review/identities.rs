//! Which section and which row one is that bears one identity in the text before a redline and another after it.
//!
//! A bookmark names both, and doesn't say which of the texts a reviewer chose.

use crate::document::{Block, Document};
use crate::model::{Release, RowStatement, SectionStatement};
use std::collections::BTreeMap;

/// What sections and rows are called after a redline, with what they were called before it, where that is something else.
#[derive(Debug, Default)]
pub(super) struct Renamed {
    sections: BTreeMap<String, String>,
    rows: BTreeMap<(String, String), String>,
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

pub(super) fn id(section: &SectionStatement) -> String {
    section.id.as_ref().map_or_else(|| section.number.value.clone(), |id| id.value.clone())
}

pub(super) fn key(row: &RowStatement) -> String {
    row.key().map(|key| key.value.clone()).unwrap_or_default()
}

/// A row without its key.
pub(super) fn said(row: &RowStatement) -> RowStatement {
    RowStatement { id: None, ..row.clone() }
}
