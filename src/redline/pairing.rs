//! Which parts of two texts are the same.

use super::amendment::SiteKind;
use super::parts::{Segment, split_number, title};
use crate::align::{Interner, bag, similarity, unique_pairs};
use crate::document::{Block, PartKind, Run, text_of};
use crate::model::Descent;

/// A section without its old identity is known again if at least this share of its words is the same.
const SAME_PART_FROM: f64 = 0.7;

/// So many pairs of parts without a partner are searched for likeness; beyond that they are deleted and inserted.
const LIKENESS_PAIRS: usize = 40_000;

/// Partners, in no particular order. Identity counts for more than likeness, and the same text under another
/// identity for more than another text under the same one: in versions that don't descend from each other, an
/// identity is no more than a number. In versions that do, identity decides, and nothing is guessed of what a
/// modification says.
pub(super) fn pair(old: &[Segment<'_>], new: &[Segment<'_>], descent: &Descent) -> Vec<(usize, usize)> {
    let mut pairing = Pairing { old: vec![None; old.len()], new: vec![false; new.len()] };
    pairing.join(0, 0);
    let mut identities = Interner::new();
    let mut identify = |segments: &[Segment<'_>]| -> Vec<u32> {
        segments.iter().map(|s| identities.number((s.site.kind, s.site.id.clone()))).collect()
    };
    let (old_ids, new_ids) = (identify(old), identify(new));
    let mut bodies = Interner::new();
    let old_bodies: Vec<u32> = old.iter().map(|segment| bodies.number(body_key(segment))).collect();
    let new_bodies: Vec<u32> = new.iter().map(|segment| bodies.number(body_key(segment))).collect();
    for (i, j) in unique_pairs(&old_ids, &new_ids) {
        if old_bodies[i] == new_bodies[j] || (descent.is_known && !is_inserted(&old[i], descent)) {
            pairing.join(i, j);
        }
    }
    if descent.is_known && !descent.is_forked {
        return pairing.pairs();
    }
    pairing.join_unique(&old_bodies, &new_bodies);
    pairing.join_unique(&old_ids, &new_ids);
    pairing.join_alike(old, new);
    pairing.pairs()
}

/// Whether a modification between the two texts inserted a part of that identity.
fn is_inserted(segment: &Segment<'_>, descent: &Descent) -> bool {
    let kind = match segment.site.kind {
        SiteKind::Front => return false,
        SiteKind::Section => PartKind::Section,
        SiteKind::Table => PartKind::Table,
    };
    descent.inserted.contains(&(kind, segment.site.id.clone()))
}

struct Pairing {
    old: Vec<Option<usize>>,
    new: Vec<bool>,
}

impl Pairing {
    fn join(&mut self, old: usize, new: usize) {
        self.old[old] = Some(new);
        self.new[new] = true;
    }

    fn free_old(&self) -> Vec<usize> {
        (0..self.old.len()).filter(|&i| self.old[i].is_none()).collect()
    }

    fn free_new(&self) -> Vec<usize> {
        (0..self.new.len()).filter(|&j| !self.new[j]).collect()
    }

    /// Joins those still free whose numbers stand once on each side.
    fn join_unique(&mut self, old: &[u32], new: &[u32]) {
        let (free_old, free_new) = (self.free_old(), self.free_new());
        let of = |free: &[usize], numbers: &[u32]| -> Vec<u32> { free.iter().map(|&at| numbers[at]).collect() };
        for (i, j) in unique_pairs(&of(&free_old, old), &of(&free_new, new)) {
            self.join(free_old[i], free_new[j]);
        }
    }

    /// Joins those still free that are most alike.
    fn join_alike(&mut self, old: &[Segment<'_>], new: &[Segment<'_>]) {
        let (free_old, free_new) = (self.free_old(), self.free_new());
        if free_old.len() * free_new.len() > LIKENESS_PAIRS {
            return;
        }
        let words = |segments: &[Segment<'_>], free: &[usize]| -> Vec<Vec<String>> {
            free.iter().map(|&at| segment_words(&segments[at])).collect()
        };
        let (old_words, new_words) = (words(old, &free_old), words(new, &free_new));
        let mut candidates = Vec::new();
        for (i, a) in old_words.iter().enumerate() {
            for (j, b) in new_words.iter().enumerate() {
                if old[free_old[i]].site.kind != new[free_new[j]].site.kind {
                    continue;
                }
                let (a, b): (Vec<&str>, Vec<&str>) =
                    (a.iter().map(String::as_str).collect(), b.iter().map(String::as_str).collect());
                let likeness = similarity(&a, &b);
                if likeness >= SAME_PART_FROM {
                    candidates.push((likeness, i, j));
                }
            }
        }
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        for (_, i, j) in candidates {
            if self.old[free_old[i]].is_none() && !self.new[free_new[j]] {
                self.join(free_old[i], free_new[j]);
            }
        }
    }

    fn pairs(&self) -> Vec<(usize, usize)> {
        self.old.iter().enumerate().filter_map(|(i, j)| j.map(|j| (i, j))).collect()
    }
}

/// What a part holds, whatever its number and identity.
fn body_key<'a>(segment: &Segment<'a>) -> (SiteKind, String, &'a [Block]) {
    let Some(title) = title(segment.blocks).map(text_of) else {
        return (segment.site.kind, segment.site.heading.replace(&segment.site.number, ""), segment.blocks);
    };
    let words = match segment.site.kind {
        SiteKind::Section => split_number(&title).1,
        SiteKind::Front | SiteKind::Table => segment.site.heading.clone(),
    };
    (segment.site.kind, words.replace(&segment.site.number, ""), &segment.blocks[1..])
}

fn segment_words(segment: &Segment<'_>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut add = |runs: &[Run]| words.extend(bag(runs).into_iter().map(str::to_owned));
    for block in segment.blocks {
        match block {
            Block::Paragraph(p) => add(&p.runs),
            Block::Table(t) => t.rows.iter().flat_map(|row| &row.cells).for_each(|cell| add(&cell.runs)),
            Block::Furniture(_) => {}
        }
    }
    words.sort_unstable();
    words
}
