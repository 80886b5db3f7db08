//! Which paragraph, item or table of the old text became which of the new.

use crate::align::{Direction, Interner, Turn, adds_to, rising, similarity, weight, words};
use crate::document::{Block, Kind, Label, Marker, Paragraph, Table};
use std::borrow::Cow;
use std::collections::HashMap;

/// Two paragraphs are one that was changed if at least this share of their words is the same; below half, a reader
/// would call it another paragraph.
const MATCH_FROM: f64 = 0.5;

/// A paragraph was split, or some were joined, only if nearly all the words are there again; otherwise what looks
/// like a split is a change and an insertion.
const SPLIT_FROM: f64 = 0.8;

/// A paragraph is looked for in at most so many others.
const SPLIT_INTO: usize = 24;

/// Stretches of at most so many pairs are searched for the best matching of all; larger ones by their rare words.
const EXHAUSTIVE_PAIRS: usize = 10_000;

/// A word in more blocks than this doesn't help to find the one that was meant.
const RARE_WORD_IN: usize = 8;

/// What happened to a block or some. The numbers are indexes into the old and the new sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Same {
        old: usize,
        new: usize,
    },
    Changed {
        old: usize,
        new: usize,
    },
    /// One became so many, at `new` and after it.
    Split {
        old: usize,
        new: usize,
        into: usize,
    },
    /// So many, at `old` and after it, became one.
    Joined {
        old: usize,
        new: usize,
        of: usize,
    },
    Deleted {
        old: usize,
    },
    Inserted {
        new: usize,
    },
}

/// The steps from `old` to `new`, in the order in which a redline shows them.
pub(super) fn steps(old: &[Block], new: &[Block]) -> Vec<Step> {
    let mut interner = Interner::new();
    let old_numbers: Vec<u32> = old.iter().map(|block| interner.number(unlabelled(block))).collect();
    let new_numbers: Vec<u32> = new.iter().map(|block| interner.number(unlabelled(block))).collect();
    let mut steps = Vec::with_capacity(old.len().max(new.len()));
    let (mut i, mut j) = (0, 0);
    let same = Direction::of(old, new).align(&old_numbers, &new_numbers);
    for (old_index, new_index) in same.pairs().iter().copied().chain([(old.len(), new.len())]) {
        gap(&Gap { old: &old[i..old_index], new: &new[j..new_index], old_at: i, new_at: j }, &mut steps);
        if let (Some(before), Some(after)) = (old.get(old_index), new.get(new_index)) {
            steps.push(match before == after {
                true => Step::Same { old: old_index, new: new_index },
                false => Step::Changed { old: old_index, new: new_index },
            });
        }
        (i, j) = (old_index + 1, new_index + 1);
    }
    steps
}

/// A block by which it is told from others. An item that got another label, since one before it came or went, is the same.
fn unlabelled(block: &Block) -> Cow<'_, Block> {
    match block {
        Block::Paragraph(Paragraph { kind, mark, runs }) => match &kind.now {
            Kind::Item { level, marker: Marker::Label(label) } => {
                let marker = Label::first_like(label).map_or(Marker::Bullet, Marker::Label);
                let kind = Kind::Item { level: *level, marker }.into();
                Cow::Owned(Block::Paragraph(Paragraph { kind, mark: *mark, runs: runs.clone() }))
            }
            _ => Cow::Borrowed(block),
        },
        _ => Cow::Borrowed(block),
    }
}

/// A stretch with nothing equal in it, and where it begins on each side.
struct Gap<'a> {
    old: &'a [Block],
    new: &'a [Block],
    old_at: usize,
    new_at: usize,
}

fn gap(gap: &Gap<'_>, steps: &mut Vec<Step>) {
    let matches = if gap.old.is_empty() || gap.new.is_empty() {
        Vec::new()
    } else {
        Direction::of(gap.old, gap.new).search(gap.old, gap.new, find_matches)
    };
    let (mut i, mut j) = (0, 0);
    for found in matches {
        delete_and_insert(gap, i..found.old, j..found.new, steps);
        let (old, new) = (gap.old_at + found.old, gap.new_at + found.new);
        steps.push(match (found.olds, found.news) {
            (1, 1) => Step::Changed { old, new },
            (1, into) => Step::Split { old, new, into },
            (of, _) => Step::Joined { old, new, of },
        });
        (i, j) = (found.old + found.olds, found.new + found.news);
    }
    delete_and_insert(gap, i..gap.old.len(), j..gap.new.len(), steps);
}

fn delete_and_insert(gap: &Gap<'_>, old: std::ops::Range<usize>, new: std::ops::Range<usize>, steps: &mut Vec<Step>) {
    steps.extend(old.map(|i| Step::Deleted { old: gap.old_at + i }));
    steps.extend(new.map(|j| Step::Inserted { new: gap.new_at + j }));
}

/// So many old blocks from one index on that became so many new ones.
#[derive(Clone, Copy, Debug)]
struct Match {
    old: usize,
    new: usize,
    olds: usize,
    news: usize,
}

impl Turn for Match {
    fn turned(self) -> Self {
        Self { old: self.new, new: self.old, olds: self.news, news: self.olds }
    }
}

/// What became of what, in order on both sides.
fn find_matches(old: &[Block], new: &[Block]) -> Vec<Match> {
    let (old, new) = (features(old), features(new));
    match old.len() * new.len() <= EXHAUSTIVE_PAIRS {
        true => exhaustive(&old, &new),
        false => by_rare_words(&old, &new),
    }
}

/// The matching with the greatest likeness in all.
fn exhaustive(old: &[Features<'_>], new: &[Features<'_>]) -> Vec<Match> {
    let columns = new.len() + 1;
    // The best that can be had from the first i and the first j, and the last step to it.
    let mut best: Vec<(f64, usize, usize)> = Vec::with_capacity((old.len() + 1) * columns);
    for i in 0..=old.len() {
        for j in 0..=new.len() {
            let mut here = (0.0, 0, 0);
            for (olds, news) in ways(&old[..i], &new[..j]) {
                let (Some(from_old), Some(from_new)) = (i.checked_sub(olds), j.checked_sub(news)) else { continue };
                let Some(gain) = gain(&old[from_old..i], &new[from_new..j]) else { continue };
                let score = best[from_old * columns + from_new].0 + gain;
                if score > here.0 || (here.1, here.2) == (0, 0) {
                    here = (score, olds, news);
                }
            }
            best.push(here);
        }
    }
    let mut matches = Vec::new();
    let (mut i, mut j) = (old.len(), new.len());
    while i > 0 || j > 0 {
        let (_, olds, news) = best[i * columns + j];
        (i, j) = (i - olds, j - news);
        if olds > 0 && news > 0 {
            matches.push(Match { old: i, new: j, olds, news });
        }
    }
    matches.reverse();
    matches
}

/// So many of the last old blocks that may have become so many of the last new ones: only as many parts as together are
/// about as long as the whole can be what a paragraph was split into.
fn ways(old: &[Features<'_>], new: &[Features<'_>]) -> Vec<(usize, usize)> {
    let parts = |whole: Option<&Features<'_>>, parts: &[Features<'_>]| -> Vec<usize> {
        let Some(whole) = whole.filter(|whole| whole.weight > 0) else { return Vec::new() };
        let mut weight = 0;
        let counts = (1..=parts.len().min(SPLIT_INTO)).zip(parts.iter().rev()).map_while(|(count, part)| {
            weight += part.weight;
            // As `SPLIT_FROM` has it, if all that is shared is the shorter of the two.
            let most = 2.0 * whole.weight.min(weight) as f64 / (whole.weight + weight) as f64;
            (weight <= whole.weight || most >= SPLIT_FROM).then_some((count, most))
        });
        counts.filter(|(count, most)| *count > 1 && *most >= SPLIT_FROM).map(|(count, _)| count).collect()
    };
    let mut ways = vec![(1, 1)];
    ways.extend(parts(old.last(), new).into_iter().map(|count| (1, count)));
    ways.extend(parts(new.last(), old).into_iter().map(|count| (count, 1)));
    ways.extend([(1, 0), (0, 1)]);
    ways
}

/// How much a step of the matching is worth; `None` if these blocks can't have become those.
fn gain(old: &[Features<'_>], new: &[Features<'_>]) -> Option<f64> {
    match (old, new) {
        ([a], [b]) => a.likeness(b),
        ([], _) | (_, []) => Some(0.0),
        ([whole], parts) | (parts, [whole]) => whole.is_all(parts),
        _ => None,
    }
}

/// Finds partners in a large stretch by the rare words they share, so that the work grows with the text.
fn by_rare_words(old: &[Features<'_>], new: &[Features<'_>]) -> Vec<Match> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, block) in old.iter().enumerate() {
        let mut words = block.words.clone();
        words.dedup();
        for word in words {
            places.entry(word).or_default().push(index);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (index, block) in new.iter().enumerate() {
        let rare = block.words.iter().filter_map(|word| places.get(word)).filter(|p| p.len() <= RARE_WORD_IN);
        let mut candidates: Vec<usize> = rare.flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let likeness = |&i: &usize| old[i].likeness(block).map(|likeness| (likeness, i));
        let best = candidates.iter().filter_map(likeness).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((_, partner)) = best {
            pairs.push((partner, index));
        }
    }
    pairs.sort_unstable();
    pairs.dedup_by_key(|pair| pair.0);
    rising(&pairs).into_iter().map(|(old, new)| Match { old, new, olds: 1, news: 1 }).collect()
}

/// What likeness is judged by, computed once for each block.
struct Features<'a> {
    shape: Shape<'a>,
    /// Sorted.
    words: Vec<&'a str>,
    /// In order.
    text: Vec<&'a str>,
    weight: usize,
}

impl<'a> Features<'a> {
    fn new(shape: Shape<'a>, text: Vec<&'a str>) -> Self {
        let mut words = text.clone();
        words.sort_unstable();
        Self { shape, weight: weight(&words), words, text }
    }
}

enum Shape<'a> {
    Text(&'a Paragraph),
    Table(&'a Table),
    Furniture,
}

fn features(blocks: &[Block]) -> Vec<Features<'_>> {
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(p) => Features::new(Shape::Text(p), words(&p.runs)),
            Block::Table(t) => Features::new(Shape::Table(t), table_words(t)),
            Block::Furniture(_) => Features::new(Shape::Furniture, Vec::new()),
        })
        .collect()
}

impl Features<'_> {
    fn likeness(&self, other: &Self) -> Option<f64> {
        let likeness = match (&self.shape, &other.shape) {
            (Shape::Text(a), Shape::Text(b)) if same_sort(&a.kind.now, &b.kind.now) => {
                // Text without a word in it, such as a dash, is judged as it stands.
                let wordless = self.words.is_empty() && other.words.is_empty();
                let likeness = similarity(&self.words, &other.words);
                if wordless {
                    f64::from(u8::from(a.text() == b.text()))
                } else if likeness < MATCH_FROM && adds_to(&self.text, &other.text) {
                    MATCH_FROM
                } else {
                    likeness
                }
            }
            (Shape::Table(a), Shape::Table(b)) if a.id.now.is_some() && a.id == b.id => 1.0,
            (Shape::Table(a), Shape::Table(b)) => similarity(&self.words, &other.words).max(by_rows(a, b)),
            _ => return None,
        };
        (likeness >= MATCH_FROM).then_some(likeness)
    }

    /// How well this paragraph is the others one after the other.
    fn is_all(&self, parts: &[Self]) -> Option<f64> {
        let is_plain = |part: &Self| {
            let Shape::Text(paragraph) = &part.shape else { return false };
            matches!(paragraph.kind.now, Kind::Body | Kind::Item { .. })
        };
        // Each part must bring words of its own, or it is an insertion beside a change.
        if !is_plain(self) || !parts.iter().all(|part| is_plain(part) && !part.words.is_empty()) {
            return None;
        }
        let mut all: Vec<&str> = parts.iter().flat_map(|part| &part.words).copied().collect();
        all.sort_unstable();
        let likeness = similarity(&self.words, &all);
        (likeness >= SPLIT_FROM).then_some(likeness)
    }
}

/// What a table says. A matrix is told by its rows.
fn table_words(table: &Table) -> Vec<&str> {
    let cells = table.rows.iter().flat_map(|row| &row.cells).filter(|_| table.id.now.is_none());
    cells.flat_map(|cell| words(&cell.runs)).collect()
}

/// How much two tables are of the same rows, by the keys.
fn by_rows(old: &Table, new: &Table) -> f64 {
    fn keys(table: &Table) -> Vec<&str> {
        let mut keys: Vec<&str> = table.rows.iter().map(|row| row.key.now.as_str()).collect();
        keys.sort_unstable();
        keys
    }
    similarity(&keys(old), &keys(new))
}

/// Whether a paragraph of one kind can be said to have become one of the other. The heading of a section is matched
/// with its section, and a title or caption is never a clause.
fn same_sort(old: &Kind, new: &Kind) -> bool {
    match (old, new) {
        (Kind::Role(a), Kind::Role(b)) => a == b,
        (Kind::Role(_), _) | (_, Kind::Role(_)) => false,
        _ => old.section_id().is_some() == new.section_id().is_some(),
    }
}
