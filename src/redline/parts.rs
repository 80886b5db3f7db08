//! Which section or table of the old text became which of the new.

use super::amendment::{Site, SiteKind};
use crate::align::{Direction, Interner, bag, similarity, unique_pairs};
use crate::document::{Block, Document, Kind, Part, PartKind, Run, TextRole, parts, text_of};

/// A section without its old identity is known again if at least this share of its words is the same.
const SAME_PART_FROM: f64 = 0.7;

/// So many pairs of parts without a partner are searched for likeness; beyond that they are deleted and inserted.
const LIKENESS_PAIRS: usize = 40_000;

/// The front matter, or a part, with what it is compared by.
#[derive(Debug)]
pub(super) struct Segment<'a> {
    pub site: Site,
    /// The depth at which it stands; 0 for the front matter.
    pub level: u8,
    pub blocks: &'a [Block],
}

/// The front matter, which may be empty, and the parts.
pub(super) fn segments(document: &Document) -> Vec<Segment<'_>> {
    let parts = parts(document);
    let front = parts.first().map_or(document.blocks.len(), |part| part.blocks.start);
    let site = Site { kind: SiteKind::Front, id: String::new(), number: String::new(), heading: String::new() };
    let front = Segment { site, level: 0, blocks: &document.blocks[..front] };
    std::iter::once(front).chain(parts.iter().map(|part| segment(document, part))).collect()
}

fn segment<'a>(document: &'a Document, part: &Part) -> Segment<'a> {
    let blocks = &document.blocks[part.blocks.clone()];
    let title = title(blocks).map(text_of).unwrap_or_default();
    let (number, heading) = match part.kind {
        PartKind::Section => split_number(&title),
        PartKind::Table => (table_number(&title).unwrap_or(&part.id).to_owned(), title),
    };
    let site = Site { kind: part.kind.into(), id: part.id.clone(), number, heading };
    Segment { site, level: part.level, blocks }
}

/// The heading or the caption.
fn title(blocks: &[Block]) -> Option<&[Run]> {
    match blocks.first()? {
        Block::Paragraph(p) => match p.kind.now {
            Kind::Heading { .. } | Kind::Role(TextRole::Caption) => Some(&p.runs),
            _ => None,
        },
        _ => None,
    }
}

/// "5.4 Completing Additive UEPT" as its number and the rest.
fn split_number(title: &str) -> (String, String) {
    match title.split_once(char::is_whitespace) {
        Some((number, rest)) if number.starts_with(|c: char| c.is_ascii_digit()) => {
            (number.to_owned(), rest.trim_start().to_owned())
        }
        None if title.starts_with(|c: char| c.is_ascii_digit()) => (title.to_owned(), String::new()),
        _ => (String::new(), title.to_owned()),
    }
}

/// "Table 8.1.8 – Electricity Distributor" names Table 8.1.8.
fn table_number(caption: &str) -> Option<&str> {
    let number = caption.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    Some(number.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// What became of each segment, in the order in which a redline shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartStep {
    Kept {
        old: usize,
        new: usize,
    },
    /// `moved` says that the same part stands elsewhere in the new text.
    Deleted {
        old: usize,
        moved: bool,
    },
    /// `moved` is where it stood in the old text, if it did.
    Inserted {
        new: usize,
        moved: Option<usize>,
    },
}

pub(super) fn steps<'a>(old: &[Segment<'a>], new: &[Segment<'a>]) -> Vec<PartStep> {
    let blocks = |segment: &Segment<'a>| segment.blocks;
    let partners = Direction::of_each(old.iter().map(blocks), new.iter().map(blocks)).pair(old, new, pair);
    let stays = partners.rising().partners_of_old(old.len());
    let (moved_to, moved_from) = (partners.partners_of_old(old.len()), partners.partners_of_new(new.len()));
    let mut steps = Vec::with_capacity(old.len().max(new.len()));
    let mut j = 0;
    let insert_until = |j: &mut usize, end: usize, steps: &mut Vec<PartStep>| {
        while *j < end {
            steps.push(PartStep::Inserted { new: *j, moved: moved_from[*j] });
            *j += 1;
        }
    };
    for i in 0..old.len() {
        match stays[i] {
            Some(new) => {
                insert_until(&mut j, new, &mut steps);
                steps.push(PartStep::Kept { old: i, new });
                j = new + 1;
            }
            None => steps.push(PartStep::Deleted { old: i, moved: moved_to[i].is_some() }),
        }
    }
    insert_until(&mut j, new.len(), &mut steps);
    steps
}

/// Partners, in no particular order. Identity counts for more than likeness, and the same text under another
/// identity for more than another text under the same one: in versions that don't descend from each other, an
/// identity is no more than a number.
fn pair(old: &[Segment<'_>], new: &[Segment<'_>]) -> Vec<(usize, usize)> {
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
        if old_bodies[i] == new_bodies[j] {
            pairing.join(i, j);
        }
    }
    pairing.join_unique(&old_bodies, &new_bodies);
    pairing.join_unique(&old_ids, &new_ids);
    pairing.join_alike(old, new);
    pairing.pairs()
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
    let heading = segment.site.heading.replace(&segment.site.number, "");
    let rest = if title(segment.blocks).is_some() { 1 } else { 0 };
    (segment.site.kind, heading, &segment.blocks[rest..])
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
