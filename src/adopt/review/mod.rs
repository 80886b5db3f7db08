//! A copy of a redline that came back: what became of each change, what was changed besides, and what it makes of the
//! version that was sent.

mod captions;
mod changes;
mod choice;
mod completed;
mod edits;
mod ground;
mod halves;
mod identities;
mod numbers;
mod outcome;
mod pairs;
mod restored;
mod run_on;
mod since;
mod stream;
mod tables;
mod together;
mod withdrawn;

pub use super::amendment::{typed_as, unprinted_as};
use super::matrix::Caption;
use super::numbered::parted;
use crate::document::{Block, Document, Mark, PartKind, parts, text_of};
use crate::model::Appendix;
use crate::reader::marked::Marked;
pub use completed::{Completed, collides_unshown};
pub use edits::{Edits, changed_since, not_stated};
pub use outcome::{By, Change, Outcome, Review, ReviewedPart, Site};
use pairs::pairs;
pub use since::{Since, since};
use std::collections::BTreeSet;
use std::ops::Range;
use stream::Stream;
pub use tables::by_number;
pub use together::{Shared, together};

/// What became of a redline in a copy. `drafters` are the names under which it was sent.
pub fn review(sent: &Document, copy: &Marked, drafters: &[String], appendix: &Appendix) -> Review {
    let (old, new) = (Stream::sent(sent), Stream::copy(copy));
    let sites = sites(sent, appendix);
    let mut reviewed: Vec<ReviewedPart> = sites
        .into_iter()
        .enumerate()
        .map(|(at, site)| {
            let is_amended = old.tokens.iter().any(|token| token.part == Some(at) && !token.standing.is_kept());
            ReviewedPart { site, is_amended, changes: Vec::new(), comments: Vec::new() }
        })
        .collect();
    let mut around =
        ReviewedPart { site: Site::default(), is_amended: false, changes: Vec::new(), comments: Vec::new() };
    let pairs = pairs(&old, &new);
    for (part, change) in changes::changes(&old, &new, &pairs, copy, drafters) {
        part.and_then(|at| reviewed.get_mut(at)).unwrap_or(&mut around).changes.push(change);
    }
    for (at, comment) in &new.comments {
        let part = changes::part_of(&old, &pairs, *at);
        let comments = &mut part.and_then(|at| reviewed.get_mut(at)).unwrap_or(&mut around).comments;
        if !comments.contains(comment) {
            comments.push(*comment);
        }
    }
    for part in reviewed.iter_mut().chain([&mut around]) {
        // What answers something comes behind it.
        part.comments.sort_by_key(|at| (copy.thread_of(*at), *at));
    }
    // What names the version on the cover is nobody's to decide, nor half of it.
    around.changes.retain(|it| it.outcome == Outcome::Edited && !(it.is_change && it.has_only_what_was_sent()));
    let mut all = vec![around];
    all.extend(reviewed);
    all.retain(|part| part.is_amended || !part.changes.is_empty() || !part.comments.is_empty());
    Review { parts: all }
}

/// Whether a copy has no words.
pub fn is_empty(copy: &Marked) -> bool {
    Stream::copy(copy).tokens.is_empty()
}

/// How far a copy is from a redline: how many of its paragraphs and rows that one hasn't, and how many it hasn't of that.
pub fn apart(copy: &Marked, redline: &Marked) -> (usize, usize) {
    let lines = |marked: &Marked| -> Vec<Vec<Box<str>>> {
        let tokens = Stream::copy(marked).tokens;
        let text = |line: Range<usize>| tokens[line].iter().map(|token| token.text.clone()).collect();
        pairs::lines(&tokens).into_iter().map(text).collect()
    };
    let (own, its) = (lines(copy), lines(redline));
    let missing = |of: &[Vec<Box<str>>], there: &[Vec<Box<str>>]| {
        let there: BTreeSet<&Vec<Box<str>>> = there.iter().collect();
        of.iter().filter(|line| !there.contains(line)).count()
    };
    (missing(&own, &its), missing(&its, &own))
}

/// The parts of a redline, by what they are called in it.
fn sites(sent: &Document, appendix: &Appendix) -> Vec<Site> {
    let site = |part: crate::document::Part| {
        let title = match &sent.blocks[part.blocks.start] {
            Block::Paragraph(paragraph) => {
                let gone = paragraph.mark == Mark::Deleted;
                let shown = |mark: Mark| if gone { mark != Mark::Inserted } else { mark != Mark::Deleted };
                let runs: Vec<_> = paragraph.runs.iter().filter(|run| shown(run.mark)).cloned().collect();
                text_of(&runs)
            }
            _ => String::new(),
        };
        let caption = || Caption::of(&title, &appendix.references.table, part.blocks.start);
        let (number, heading) = match part.kind {
            PartKind::Section => parted(&title).unwrap_or_else(|| (part.id.clone(), title.clone())),
            PartKind::Table => caption().map_or_else(|| (part.id.clone(), title.clone()), |it| (it.number, it.title)),
        };
        Site { kind: Some(part.kind), id: part.id, number, heading }
    };
    parts(sent).into_iter().map(site).collect()
}
