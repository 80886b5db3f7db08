//! The parts of a version, to be looked up.

use super::{Matrix, Part, Section, Version};
use std::collections::BTreeMap;

/// The sections and tables of a version by number and by identity, for who looks up many; of those that share one, the
/// first.
#[derive(Clone, Debug)]
pub struct Directory<'v> {
    sections: Entries<'v, Section>,
    matrices: Entries<'v, Matrix>,
}

#[derive(Clone, Debug)]
struct Entries<'v, T> {
    numbers: BTreeMap<&'v str, &'v T>,
    ids: BTreeMap<&'v str, &'v T>,
}

impl<'v, T> Default for Entries<'v, T> {
    fn default() -> Self {
        Self { numbers: BTreeMap::new(), ids: BTreeMap::new() }
    }
}

impl<'v, T> Entries<'v, T> {
    fn add(&mut self, number: &'v str, id: &'v str, part: &'v T) {
        self.numbers.entry(number).or_insert(part);
        self.ids.entry(id).or_insert(part);
    }
}

impl<'v> Directory<'v> {
    /// The directory of a version.
    pub fn new(version: &'v Version) -> Self {
        let (mut sections, mut matrices) = (Entries::default(), Entries::default());
        for part in &version.parts {
            match part {
                Part::Section(section) => sections.add(&section.number, &section.id, &**section),
                Part::Matrix(matrix) => matrices.add(&matrix.number, &matrix.id, &**matrix),
            }
        }
        Self { sections, matrices }
    }

    /// The section that bears a number.
    pub fn section_numbered(&self, number: &str) -> Option<&'v Section> {
        self.sections.numbers.get(number).copied()
    }

    /// The section of an identity.
    pub fn section(&self, id: &str) -> Option<&'v Section> {
        self.sections.ids.get(id).copied()
    }

    /// The table that bears a number.
    pub fn matrix_numbered(&self, number: &str) -> Option<&'v Matrix> {
        self.matrices.numbers.get(number).copied()
    }

    /// The table of an identity.
    pub fn matrix(&self, id: &str) -> Option<&'v Matrix> {
        self.matrices.ids.get(id).copied()
    }
}
