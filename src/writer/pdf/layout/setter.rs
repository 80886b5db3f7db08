//! What all that sets text has at hand.

use super::lists::Lists;
use crate::document::{Block, Document};
use crate::stylesheet::Stylesheet;
use crate::writer::Problem;
use crate::writer::columns::{self, Columns};
use crate::writer::pdf::tree::Tree;
use crate::writer::typeset::Shaper;
use std::collections::BTreeSet;

/// What setting text needs at hand, and what it finds out.
pub(super) struct Setter<'s> {
    pub sheet: &'s Stylesheet,
    pub shaper: Shaper,
    pub tree: Tree,
    pub lists: Lists,
    /// The levels of the headings that are open, from the outermost in.
    pub headings: Vec<u8>,
    pub problems: Vec<Problem>,
    pub missing: BTreeSet<(Option<usize>, char)>,
}

impl<'s> Setter<'s> {
    pub fn new(sheet: &'s Stylesheet) -> Self {
        Self {
            sheet,
            shaper: Shaper::new(),
            tree: Tree::default(),
            lists: Lists::default(),
            headings: Vec::new(),
            problems: Vec::new(),
            missing: BTreeSet::new(),
        }
    }

    /// The columns of each block that is a table.
    pub fn columns(&mut self, document: &Document) -> Vec<Option<Columns>> {
        let mut fitted = Vec::with_capacity(document.blocks.len());
        for (index, block) in document.blocks.iter().enumerate() {
            let columns = match block {
                Block::Table(table) => columns::fit(table, self.sheet, &mut self.shaper)
                    .map_err(|wide| self.problems.push(wide.problem(index)))
                    .ok(),
                _ => None,
            };
            fitted.push(columns);
        }
        fitted
    }
}
