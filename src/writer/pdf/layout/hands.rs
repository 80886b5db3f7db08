//! Whose the revisions are, where several made them: beside the text, and in its structure.

use crate::document::{Document, Run};
use crate::writer::pdf::tree::{NodeId, Tag, Tree};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Whose the revisions of a document are.
#[derive(Debug, Default)]
pub(super) struct Hands {
    of_whole: BTreeMap<(usize, Option<usize>, Option<usize>), Rc<str>>,
    /// The name of each hand.
    names: Vec<Rc<str>>,
}

impl Hands {
    pub fn new(document: &Document) -> Self {
        let names: Vec<Rc<str>> = document.hands.iter().map(|hand| Rc::from(hand.author.as_str())).collect();
        let of_whole = document.hands.iter().zip(&names).filter(|(hand, _)| !hand.words);
        let hands = of_whole.map(|(hand, name)| ((hand.block, hand.row, hand.cell), Rc::clone(name)));
        Self { of_whole: hands.collect(), names }
    }

    /// Whose the revision of a run is, where that is said of it alone.
    pub fn of_run(&self, run: &Run) -> Option<Rc<str>> {
        self.names.get(run.style.now.by?).cloned()
    }

    /// Whose the revisions are of a paragraph, a row or a cell, where that is said.
    pub fn whose(&self, block: usize, row: Option<usize>, cell: Option<usize>) -> Option<Rc<str>> {
        self.of_whole.get(&(block, row, cell)).cloned()
    }
}

/// Says in the structure whose the insertions and deletions are that were set since it had so many elements.
pub(super) fn attribute(tree: &mut Tree, from: NodeId, whose: Option<&str>) {
    let Some(whose) = whose else { return };
    for node in tree.nodes.iter_mut().skip(from) {
        if let (Tag::Inserted | Tag::Deleted | Tag::Restyled, Some(alt)) = (node.tag, &mut node.alt) {
            *alt = format!("{whose}, {alt}");
        }
    }
}
