//! Whose revisions count: those of some authors, as if nobody else had changed anything.

use super::marked::{Block, Marked, Marks, Paragraph};
use std::collections::BTreeSet;

impl Marked {
    /// Who changed something, the first of them first.
    pub fn authors(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for revision in &self.revisions {
            if !names.contains(&revision.author.as_str()) {
                names.push(&revision.author);
            }
        }
        names
    }

    /// Takes back what others than the drafters did, apart from what these authors did.
    pub fn keep(&self, drafters: &[String], authors: &[&str]) -> Self {
        let mut kept = self.clone();
        let known = drafters.iter().cloned().chain(authors.iter().map(|author| (*author).to_owned()));
        kept.keep_authors(&known.collect::<Vec<_>>());
        kept
    }

    /// Takes back what others than these authors did: what they inserted goes, and what they deleted stays.
    pub fn keep_authors(&mut self, authors: &[String]) {
        let is_other = |author: &str| !authors.iter().any(|known| known == author);
        let others = self.revisions.iter().enumerate().filter(|(_, revision)| is_other(&revision.author));
        let others: BTreeSet<usize> = others.map(|(at, _)| at).collect();
        let settle = |marks: &mut Marks| {
            let is_theirs = |at: Option<usize>| at.filter(|at| others.contains(at));
            match is_theirs(marks.inserted) {
                // What stands in neither text.
                Some(at) => marks.deleted = Some(at),
                None => marks.deleted = marks.deleted.filter(|at| !others.contains(at)),
            }
        };
        self.blocks.iter_mut().for_each(|block| block.settle(&settle));
        self.notes.iter_mut().flat_map(|note| &mut note.blocks).for_each(|block| block.settle(&settle));
    }
}

impl Block {
    fn settle(&mut self, settle: &impl Fn(&mut Marks)) {
        match self {
            Self::Paragraph(paragraph) => paragraph.settle(settle),
            Self::Table(table) => {
                for row in &mut table.rows {
                    settle(&mut row.marks);
                    for cell in &mut row.cells {
                        settle(&mut cell.marks);
                        cell.blocks.iter_mut().for_each(|block| block.settle(settle));
                    }
                }
            }
        }
    }
}

impl Paragraph {
    fn settle(&mut self, settle: &impl Fn(&mut Marks)) {
        settle(&mut self.mark);
        self.runs.iter_mut().for_each(|run| settle(&mut run.marks));
    }
}
