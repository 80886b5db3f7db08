//! Where on a page that stands which a line of a file states.

use crate::diagnostic::Location;
use crate::document::{PartKind, anchor};
use crate::model::{Part, Version};
use crate::writer::html::row_name;
use std::collections::BTreeMap;

/// The names of the places on a page, by the file and the line from which they are stated.
#[derive(Debug, Default)]
pub(super) struct Places {
    lines: BTreeMap<String, BTreeMap<usize, String>>,
}

impl Places {
    /// The place that the last statement up to a line is of.
    pub fn of(&self, file: &str, line: usize) -> Option<String> {
        let lines = self.lines.get(file)?;
        lines.range(..=line).next_back().or_else(|| lines.iter().next()).map(|(_, name)| name.clone())
    }

    fn add(&mut self, at: Option<Location>, name: String) {
        if let Some(Location { file, line, .. }) = at {
            self.lines.entry(file.to_string()).or_default().entry(line).or_insert(name);
        }
    }
}

/// The places of a version.
pub(super) fn places(version: &Version) -> Places {
    let mut places = Places::default();
    for part in &version.parts {
        match part {
            Part::Section(section) => {
                let name = anchor(PartKind::Section, &section.id);
                places.add(section.origin.location(), name.clone());
                places.add(section.body.locate(0, 0), name);
            }
            Part::Matrix(matrix) => {
                places.add(matrix.origin.location(), anchor(PartKind::Table, &matrix.id));
                for row in &matrix.rows {
                    places.add(row.origin.location(), row_name(&matrix.id, &row.key));
                }
            }
        }
    }
    places
}
