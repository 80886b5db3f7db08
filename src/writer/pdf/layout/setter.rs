//! What all that sets text has at hand.

use super::hands::Hands;
use super::lines::Note;
use super::lists::Lists;
use crate::document::{Block, Document, Table};
use crate::stylesheet::{Picture, Stylesheet};
use crate::writer::Problem;
use crate::writer::columns::{self, Columns};
use crate::writer::pdf::tree::Tree;
use crate::writer::typeset::Shaper;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

/// How many notes there have been: in all, in the earlier text and in the later.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub all: usize,
    pub was: usize,
    pub now: usize,
}

/// What setting text needs at hand, and what it finds out.
pub(super) struct Setter<'s> {
    pub sheet: &'s Stylesheet,
    pub shaper: Shaper,
    pub tree: Tree,
    pub lists: Lists,
    pub hands: Hands,
    /// The notes that have been set, by what they say.
    pub notes: BTreeMap<String, Rc<Note>>,
    pub footnotes: Counted,
    /// The pictures that have been set, each once.
    pub shown: Vec<Arc<Picture>>,
    /// The levels of the headings that are open, from the outermost in.
    pub headings: Vec<u8>,
    pub problems: Vec<Problem>,
    pub missing: BTreeSet<(Option<usize>, char)>,
}

impl<'s> Setter<'s> {
    pub fn new(sheet: &'s Stylesheet, document: &Document) -> Self {
        Self {
            sheet,
            shaper: Shaper::new(),
            tree: Tree::default(),
            lists: Lists::default(),
            hands: Hands::new(document),
            notes: BTreeMap::new(),
            footnotes: Counted::default(),
            shown: Vec::new(),
            headings: Vec::new(),
            problems: Vec::new(),
            missing: BTreeSet::new(),
        }
    }

    /// The columns of each block that is a table.
    pub fn columns(&mut self, document: &Document) -> Vec<Option<Columns>> {
        let mut fitted = vec![None; document.blocks.len()];
        let tables = document.blocks.iter().enumerate().filter_map(|(index, block)| match block {
            Block::Table(table) => Some((index, table)),
            Block::Paragraph(_) | Block::Furniture(_) => None,
        });
        let (blocks, tables): (Vec<usize>, Vec<&Table>) = tables.unzip();
        for (block, columns) in blocks.into_iter().zip(columns::fit_alike(&tables, self.sheet, &mut self.shaper)) {
            match columns {
                Ok(columns) => fitted[block] = Some(columns),
                Err(wide) => self.problems.push(wide.problem(block)),
            }
        }
        fitted
    }
}
