//! One part of both texts: its marked blocks, and what changed in it.

use super::amendment::{AmendmentKind, Change, SiteKind, WordChange};
use super::blocks::{Step, steps};
use super::deeds::deeds;
use super::parts::Segment;
use super::rows::{markdown, row_changes, row_moves};
use super::table::{TableDiff, compare, whole_table};
use super::words::{join, mark, marked, split};
use crate::align::WordAlignment;
use crate::document::{Block, Furniture, Kind, Mark, Paragraph, Revised, Run, Table};
use crate::model::Descent;
use std::collections::HashMap;
use std::ops::Range;

/// A paragraph of fewer words that is gone here and new there is a coincidence, not a move.
const MOVED_FROM_WORDS: usize = 4;

/// A block with one mark on all of it.
pub(super) fn whole(block: &Block, mark: Mark) -> Block {
    match block {
        Block::Paragraph(p) => Block::Paragraph(whole_paragraph(p, mark)),
        Block::Table(t) => Block::Table(whole_table(t, mark)),
        Block::Furniture(f) => Block::Furniture(Furniture { mark, ..*f }),
    }
}

fn whole_paragraph(paragraph: &Paragraph, mark: Mark) -> Paragraph {
    Paragraph { kind: paragraph.kind.clone(), mark, runs: marked(&paragraph.runs, mark) }
}

/// Appends the marked blocks of a part that stays; gives what changed.
pub(super) fn mark_part(
    old: &Segment<'_>,
    new: &Segment<'_>,
    descent: &Descent,
    blocks: &mut Vec<Block>,
) -> Vec<Change> {
    let mut part = PartMarking { old: old.blocks, new: new.blocks, descent, blocks, changes: Vec::new() };
    let headings = usize::from(new.site.kind == SiteKind::Section);
    if headings == 1 {
        part.heading();
    }
    for step in steps(&old.blocks[headings..], &new.blocks[headings..]) {
        part.step(step, headings);
    }
    let mut changes = part.changes;
    name(&mut changes, &new.site.kind, &new.site.id);
    changes
}

struct PartMarking<'a, 'b> {
    old: &'a [Block],
    new: &'a [Block],
    descent: &'a Descent,
    blocks: &'b mut Vec<Block>,
    changes: Vec<Change>,
}

impl PartMarking<'_, '_> {
    /// The heading of a matched section is matched, however little of it stays.
    fn heading(&mut self) {
        let (Block::Paragraph(before), Block::Paragraph(after)) = (&self.old[0], &self.new[0]) else { return };
        if before == after {
            return self.blocks.push(self.new[0].clone());
        }
        let diff = WordAlignment::new(&before.runs, &after.runs);
        let kind = Revised::from_pair(before.kind.now.clone(), after.kind.now.clone());
        self.paragraph(Paragraph { kind, mark: Mark::Kept, runs: mark(&diff) }, 0, 0);
    }

    fn step(&mut self, step: Step, skipped: usize) {
        match step {
            Step::Same { new, .. } => self.blocks.push(self.new[new + skipped].clone()),
            Step::Deleted { old } => self.one_sided(Mark::Deleted, old + skipped),
            Step::Inserted { new } => self.one_sided(Mark::Inserted, new + skipped),
            Step::Changed { old, new } => self.changed(old + skipped, new + skipped),
            Step::Split { old, new, into } => self.split(old + skipped, new + skipped..new + skipped + into),
            Step::Joined { old, new, of } => self.joined(old + skipped..old + skipped + of, new + skipped),
        }
    }

    fn one_sided(&mut self, mark: Mark, index: usize) {
        let (kind, old, new) = match mark {
            Mark::Deleted => (AmendmentKind::Repeal, Some(index), None),
            _ => (AmendmentKind::Insertion, None, Some(index)),
        };
        let block = if mark == Mark::Deleted { &self.old[index] } else { &self.new[index] };
        self.blocks.push(whole(block, mark));
        let change = self.change(kind, old.map(|i| i..i + 1), new.map(|j| j..j + 1));
        self.changes.push(change);
    }

    /// What changed so much that it reads better as one thing struck and another inserted.
    fn replaced(&mut self, old: usize, new: usize) {
        self.blocks.push(whole(&self.old[old], Mark::Deleted));
        self.blocks.push(whole(&self.new[new], Mark::Inserted));
        let change = self.change(AmendmentKind::Replacement, Some(old..old + 1), Some(new..new + 1));
        self.changes.push(change);
    }

    fn changed(&mut self, old: usize, new: usize) {
        match (&self.old[old], &self.new[new]) {
            (Block::Paragraph(before), Block::Paragraph(after)) => {
                let diff = WordAlignment::new(&before.runs, &after.runs);
                if diff.is_rewritten() {
                    return self.replaced(old, new);
                }
                let kind = Revised::from_pair(before.kind.now.clone(), after.kind.now.clone());
                self.paragraph(Paragraph { kind, mark: Mark::Kept, runs: mark(&diff) }, old, new);
            }
            (Block::Table(before), Block::Table(after)) => match compare(before, after, self.descent) {
                Some(diff) => self.table(before, after, diff, old, new),
                None => self.replaced(old, new),
            },
            _ => self.replaced(old, new),
        }
    }

    fn paragraph(&mut self, paragraph: Paragraph, old: usize, new: usize) {
        let mut change = self.change(AmendmentKind::Substitution, Some(old..old + 1), Some(new..new + 1));
        change.words = word_changes(&paragraph.runs);
        self.blocks.push(Block::Paragraph(paragraph));
        self.changes.push(change);
    }

    fn table(&mut self, before: &Table, after: &Table, diff: TableDiff, old: usize, new: usize) {
        let same_shape = diff.table.id.was.is_none()
            && diff.table.columns.iter().all(|c| c.mark == Mark::Kept && c.key.was.is_none());
        let mut change = match same_shape {
            true => Self::place(AmendmentKind::Substitution, Some(&(old..old + 1)), Some(&(new..new + 1))),
            // A row of another table has other cells, so that the rows one by one would not say it.
            false => self.change(AmendmentKind::Replacement, Some(old..old + 1), Some(new..new + 1)),
        };
        let moves = row_moves(before, after, &diff, self.descent);
        change.rows = row_changes(before, after, &diff, &moves);
        change.deeds = deeds(before, after, &diff, &moves);
        self.blocks.push(Block::Table(diff.table));
        self.changes.push(change);
    }

    /// Of the paragraphs that one was split into, the last is what it became; the marks of the others are inserted.
    fn split(&mut self, old: usize, new: Range<usize>) {
        let Block::Paragraph(before) = &self.old[old] else { return };
        let parts = paragraphs(&self.new[new.clone()]);
        let Some(texts) = split(&before.runs, &texts(&parts)) else {
            self.replaced(old, new.start);
            return new.skip(1).for_each(|new| self.one_sided(Mark::Inserted, new));
        };
        let last = |kind: &Kind| Revised::from_pair(before.kind.now.clone(), kind.clone());
        let marked = apart(&parts, texts, Mark::Inserted, last);
        self.several(AmendmentKind::Split, old..old + 1, new, marked);
    }

    fn joined(&mut self, old: Range<usize>, new: usize) {
        let Block::Paragraph(after) = &self.new[new] else { return };
        let parts = paragraphs(&self.old[old.clone()]);
        let Some(texts) = join(&texts(&parts), &after.runs) else {
            let last = old.end - 1;
            (old.start..last).for_each(|old| self.one_sided(Mark::Deleted, old));
            return self.replaced(last, new);
        };
        let last = |kind: &Kind| Revised::from_pair(kind.clone(), after.kind.now.clone());
        let marked = apart(&parts, texts, Mark::Deleted, last);
        self.several(AmendmentKind::Join, old, new..new + 1, marked);
    }

    fn several(&mut self, kind: AmendmentKind, old: Range<usize>, new: Range<usize>, marked: Vec<Paragraph>) {
        let mut change = self.change(kind, Some(old), Some(new));
        change.words = marked.iter().flat_map(|paragraph| word_changes(&paragraph.runs)).collect();
        self.blocks.extend(marked.into_iter().map(Block::Paragraph));
        self.changes.push(change);
    }

    fn change(&self, kind: AmendmentKind, old: Option<Range<usize>>, new: Option<Range<usize>>) -> Change {
        let place = Self::place(kind, old.as_ref(), new.as_ref());
        let text = |blocks: &[Block], range: Option<Range<usize>>| range.map(|range| markdown(&blocks[range]));
        Change { old: text(self.old, old), new: text(self.new, new), ..place }
    }

    /// A change of which only the place is told.
    fn place(kind: AmendmentKind, old: Option<&Range<usize>>, new: Option<&Range<usize>>) -> Change {
        Change {
            id: String::new(),
            kind,
            from: old.map(|range| range.start + 1),
            at: new.map(|range| range.start + 1),
            moved: false,
            old: None,
            new: None,
            words: Vec::new(),
            rows: Vec::new(),
            deeds: Vec::new(),
        }
    }
}

fn paragraphs(blocks: &[Block]) -> Vec<&Paragraph> {
    let mut paragraphs = Vec::with_capacity(blocks.len());
    for block in blocks {
        if let Block::Paragraph(paragraph) = block {
            paragraphs.push(paragraph);
        }
    }
    paragraphs
}

fn texts<'p>(paragraphs: &[&'p Paragraph]) -> Vec<&'p [Run]> {
    paragraphs.iter().map(|paragraph| &*paragraph.runs).collect()
}

/// Paragraphs that were or became one, with one mark on all their ends but the last, and what `last` says that one is.
fn apart(
    parts: &[&Paragraph],
    texts: Vec<Vec<Run>>,
    mark: Mark,
    last: impl Fn(&Kind) -> Revised<Kind>,
) -> Vec<Paragraph> {
    let end = parts.len().saturating_sub(1);
    let paragraph = |(at, (part, runs)): (usize, (&&Paragraph, _))| match at == end {
        true => Paragraph { kind: last(&part.kind.now), mark: Mark::Kept, runs },
        false => Paragraph { kind: part.kind.clone(), mark, runs },
    };
    parts.iter().zip(texts).enumerate().map(paragraph).collect()
}

/// The words that differ, change by change.
fn word_changes(runs: &[Run]) -> Vec<WordChange> {
    runs.chunk_by(|a, b| a.mark != Mark::Kept && b.mark != Mark::Kept)
        .filter(|stretch| stretch[0].mark != Mark::Kept)
        .map(|stretch| {
            let text = |mark: Mark| stretch.iter().filter(|run| run.mark == mark).map(Run::said).collect();
            WordChange { old: text(Mark::Deleted), new: text(Mark::Inserted) }
        })
        .collect()
}

/// Flags what is gone in one place and the same in another.
fn mark_moves<C, K: Clone + Eq + std::hash::Hash>(
    changes: &mut [C],
    old: impl Fn(&C) -> Option<&K>,
    new: impl Fn(&C) -> Option<&K>,
    moved: impl Fn(&mut C) -> &mut bool,
) {
    let mut gone: HashMap<K, Vec<usize>> = HashMap::new();
    for (index, change) in changes.iter().enumerate() {
        if let (Some(text), None) = (old(change), new(change)) {
            gone.entry(text.clone()).or_default().push(index);
        }
    }
    for index in 0..changes.len() {
        let partner = match (old(&changes[index]), new(&changes[index])) {
            (None, Some(text)) => gone.get_mut(text).and_then(Vec::pop),
            _ => None,
        };
        if let Some(partner) = partner {
            *moved(&mut changes[index]) = true;
            *moved(&mut changes[partner]) = true;
        }
    }
}

/// Gives each change its id, and flags what was moved.
fn name(changes: &mut [Change], kind: &SiteKind, id: &str) {
    let long = |text: &String| text.split_whitespace().count() >= MOVED_FROM_WORDS;
    mark_moves(
        changes,
        |change| change.old.as_ref().filter(|text| long(text)),
        |change| change.new.as_ref().filter(|text| long(text)),
        |change| &mut change.moved,
    );
    let part = match kind {
        SiteKind::Front => "front".to_owned(),
        SiteKind::Section => format!("section-{id}"),
        SiteKind::Table => format!("table-{id}"),
    };
    for change in changes {
        change.id = match (change.at, change.from) {
            (Some(at), _) => format!("{part}/{at}"),
            (None, Some(from)) => format!("{part}/base-{from}"),
            (None, None) => part.clone(),
        };
        for row in &mut change.rows {
            // Two rows may share a key, so the position tells them apart.
            let at = row.at.map_or_else(|| format!("base-{}", row.from.unwrap_or(0)), |at| at.to_string());
            row.id = format!("{}/row-{}@{at}", change.id, row.row);
        }
    }
}
