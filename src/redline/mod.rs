//! Two clean trees in, one marked tree and the list of amendments out.
//!
//! Parts are aligned by identity, rows by key, the rest by content, and words are compared only inside what is
//! matched; so the redline never guesses which row is which. The laws: [`accept`](crate::document::accept) of the
//! marked tree is the new one, [`reject`](crate::document::reject) the old one, and [`apply`] of the amendments
//! turns the old one into the new.
//!
//! This room doesn't know versions, templates or how a change looks.

mod amendment;
mod apply;
mod blocks;
mod columns;
mod context;
mod deeds;
mod instructed;
mod marking;
mod misfit;
mod pairing;
mod parts;
mod place;
mod plan;
mod renumber;
mod rows;
mod steps;
mod table;
mod words;

pub use amendment::*;
pub use apply::apply;
pub use context::with_context;
pub use instructed::Instructed;
pub use misfit::{Misfit, Mismatch};

use crate::document::{Block, Document, Mark, Revised, accept_showing_new};
use crate::model::Descent;
use parts::Segment;
use rayon::prelude::*;
use steps::{FoundPart, PartStep};

/// What stands in both texts, what was inserted and what deleted; and the same as data.
#[derive(Clone, Debug)]
pub struct Redline<A = Amendment> {
    /// The whole of both texts as one marked tree.
    pub document: Document,
    /// What changed, as a list.
    pub changes: ChangeList<A>,
}

/// Compares two clean trees of which nothing else is known. `base` and `target` name them in the list of changes.
pub fn compare(old: &Document, new: &Document, base: &str, target: &str) -> Redline {
    compare_knowing(&Descent::default(), old, new, base, target)
}

/// As [`compare`], of two trees of which it is known what they have in common: what drafters moved is what is drawn as
/// moved.
pub fn compare_knowing(descent: &Descent, old: &Document, new: &Document, base: &str, target: &str) -> Redline {
    let (old_segments, new_segments) = (parts::segments(old), parts::segments(new));
    let steps = steps::steps(&old_segments, &new_segments, descent);
    // What becomes of a part doesn't hang on the others.
    let parts: Vec<(FoundPart, Vec<Block>)> =
        steps.into_par_iter().map(|step| part_change(step, &old_segments, &new_segments, descent)).collect();
    let mut marked = Vec::with_capacity(old.blocks.len().max(new.blocks.len()));
    let mut found = Vec::with_capacity(parts.len());
    for (mut part, blocks) in parts {
        let start = marked.len();
        marked.extend(blocks);
        part.change.marked = start..marked.len();
        found.push(part);
    }
    let meta = Revised::from_pair(old.meta.now.clone(), new.meta.now.clone());
    let properties = meta.was.is_some().then(|| serde_json::to_value(&meta.now).expect("plain data turns into JSON"));
    let changes = ChangeList {
        base: base.to_owned(),
        target: target.to_owned(),
        properties,
        amendments: plan::amendments(found, descent.is_extract),
    };
    Redline { document: Document { meta, blocks: marked, ..Document::default() }, changes }
}

fn part_change(step: PartStep, old: &[Segment<'_>], new: &[Segment<'_>], descent: &Descent) -> (FoundPart, Vec<Block>) {
    let (segment, from, at) = match step {
        PartStep::Kept { old, new: at } => (&new[at], Some(old), Some(at)),
        PartStep::Deleted { old: from, .. } => (&old[from], Some(from), None),
        PartStep::Inserted { new: at, moved } => (&new[at], moved, Some(at)),
    };
    let before = from.map(|from| &old[from].site.number).filter(|before| **before != segment.site.number);
    let mut change = PartChange {
        site: segment.site.clone(),
        from,
        at,
        renumbered_from: before.cloned(),
        old: None,
        new: None,
        changes: Vec::new(),
        marked: 0..0,
        edits: Vec::new(),
    };
    let mut marked = Vec::new();
    match step {
        PartStep::Kept { old: from, .. } => {
            change.changes = marking::mark_part(&old[from], segment, descent, &mut marked);
        }
        PartStep::Deleted { .. } => {
            change.old = Some(rows::markdown(segment.blocks));
            marked.extend(segment.blocks.iter().map(|block| marking::whole(block, Mark::Deleted)));
        }
        PartStep::Inserted { moved: Some(from), .. } => {
            change.changes = marking::mark_part(&old[from], segment, descent, &mut change.edits);
            let shown = accept_showing_new(&change.edits);
            marked.extend(shown.iter().map(|block| marking::whole(block, Mark::Inserted)));
        }
        PartStep::Inserted { moved: None, .. } => {
            change.new = Some(rows::markdown(segment.blocks));
            marked.extend(segment.blocks.iter().map(|block| marking::whole(block, Mark::Inserted)));
        }
    }
    (FoundPart { step, level: segment.level, change }, marked)
}
