//! The words in which two texts differ.
//!
//! A token is a word as a lawyer sees it, a mark of punctuation, or white space. What differs is found token by
//! token and then made readable: a change is slid to where a reader would put it, and changes that little
//! unchanged text parts are joined.

use super::direction::Direction;
use super::sequence::Interner;
use crate::document::{Run, Style};
use std::ops::Range;

/// Unchanged words between two changes are struck and inserted with them when each change has at least this many
/// times as many words. At 2, one word that survives between two rewritten pairs doesn't stand alone in the marks,
/// while two single words that changed stay two changes.
const ISLAND_RATIO: usize = 2;

/// A figure weighs no more than a word of so many letters, whatever its digits: "£35,000,000" is one thing said.
const FIGURE_WEIGHT: usize = 4;

/// If less than this share of the longer text survives, the text is struck whole and inserted whole: below about a
/// third, a reader follows two clean sentences more easily than one full of marks.
const WHOLE_BELOW: f64 = 0.34;

/// But not if at least this share of the shorter text survives: then the other only adds to it, however much.
const ADDITION_FROM: f64 = 0.67;

/// A shorter text than this, in letters, may be found whole in another by chance.
const HELD_FROM: usize = 20;

/// A text is held by another if at least this share of it is.
const HELD_SHARE: f64 = 0.9;

/// A token: a slice of the text of one run.
#[derive(Clone, Debug)]
pub struct Token<'a> {
    pub text: &'a str,
    pub style: &'a Style,
    sort: Sort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Word,
    Space,
    Punctuation,
}

/// The two texts as tokens, and the stretches in which they differ.
#[derive(Debug)]
pub struct WordAlignment<'a> {
    pub old: Vec<Token<'a>>,
    pub new: Vec<Token<'a>>,
    /// In order.
    pub differences: Vec<Difference>,
}

/// `old` gives way to `new`; one of them may be empty, and what stands between changes is equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub old: Range<usize>,
    pub new: Range<usize>,
}

impl<'a> WordAlignment<'a> {
    /// Compares the text of two clean sequences of runs.
    pub fn new(old: &'a [Run], new: &'a [Run]) -> Self {
        let (old, new) = (tokens(old), tokens(new));
        let mut interner = Interner::new();
        let mut number = |token: &Token<'a>| {
            let Style { link, note, figure, .. } = token.style;
            interner.number((token.text, link.as_deref(), note.is_some(), figure.as_deref()))
        };
        let old_numbers: Vec<u32> = old.iter().map(&mut number).collect();
        let new_numbers: Vec<u32> = new.iter().map(&mut number).collect();
        let direction = Direction::of_each(old.iter().map(|t| t.text), new.iter().map(|t| t.text));
        let same = direction.align(&old_numbers, &new_numbers);
        let differences = differences(same.pairs(), old.len(), new.len());
        let mut alignment = Self { old, new, differences };
        alignment.slide();
        alignment.join_islands();
        alignment
    }

    /// Whether so little survives that the texts are better read one after the other.
    pub fn is_rewritten(&self) -> bool {
        let weight = |tokens: &[Token<'_>]| -> usize {
            tokens.iter().filter(|t| t.sort == Sort::Word).map(|t| weight_of(t.text)).sum()
        };
        let (old, new) = (weight(&self.old), weight(&self.new));
        let changed: usize = self.differences.iter().map(|change| weight(&self.old[change.old.clone()])).sum();
        let kept = old.saturating_sub(changed) as f64;
        kept < WHOLE_BELOW * old.max(new) as f64 && kept < ADDITION_FROM * old.min(new).max(1) as f64
    }

    /// Moves each insertion and deletion to the place, among those that mean the same, where it reads best.
    fn slide(&mut self) {
        for index in 0..self.differences.len() {
            let low =
                index.checked_sub(1).map_or((0, 0), |i| (self.differences[i].old.end, self.differences[i].new.end));
            let high = self
                .differences
                .get(index + 1)
                .map_or((self.old.len(), self.new.len()), |next| (next.old.start, next.new.start));
            let change = self.differences[index].clone();
            let slid = match (change.old.is_empty(), change.new.is_empty()) {
                (true, false) => slide_one(&self.new, &change.new, low.1, high.1),
                (false, true) => slide_one(&self.old, &change.old, low.0, high.0),
                _ => 0,
            };
            let shift = |range: Range<usize>| -> Range<usize> {
                let by = |n: usize| n.saturating_add_signed(slid);
                by(range.start)..by(range.end)
            };
            self.differences[index] = Difference { old: shift(change.old), new: shift(change.new) };
        }
    }

    /// Joins neighbouring changes over unchanged text that is too little to be worth reading by itself: first over
    /// mere spaces, so that each change is as large as it reads, then over few words.
    fn join_islands(&mut self) {
        self.join_where(Self::parted_by_spaces);
        self.join_where(Self::parted_by_little);
    }

    fn join_where(&mut self, joins: fn(&Self, &Difference, &Difference) -> bool) {
        let mut joined: Vec<Difference> = Vec::with_capacity(self.differences.len());
        for change in std::mem::take(&mut self.differences) {
            match joined.last_mut() {
                Some(last) if joins(self, last, &change) => {
                    last.old.end = change.old.end;
                    last.new.end = change.new.end;
                }
                _ => joined.push(change),
            }
        }
        self.differences = joined;
    }

    fn parted_by_spaces(&self, left: &Difference, right: &Difference) -> bool {
        let island = &self.old[left.old.end..right.old.start];
        island.iter().all(|token| token.sort == Sort::Space) && !one_sided(left, right)
    }

    fn parted_by_little(&self, left: &Difference, right: &Difference) -> bool {
        let island = &self.old[left.old.end..right.old.start];
        let size = |change: &Difference| {
            count_words(&self.old[change.old.clone()]).max(count_words(&self.new[change.new.clone()]))
        };
        let smaller = size(left).min(size(right));
        // "thirty (30) days" to "sixty (60) days" is two changes: neither may hold half of a pair of brackets.
        smaller > 0
            && count_words(island) * ISLAND_RATIO <= smaller
            && !one_sided(left, right)
            && !island.iter().any(ends_clause)
            && balanced(&self.old[left.old.start..right.old.end])
            && balanced(&self.new[left.new.start..right.new.end])
    }
}

/// Whether both changes only insert or both only delete: these read well with what stands between.
fn one_sided(left: &Difference, right: &Difference) -> bool {
    (left.old.is_empty() && right.old.is_empty()) || (left.new.is_empty() && right.new.is_empty())
}

/// How much of two texts is the same words, whatever their order: 0 for nothing, 1 for all. A text that the other
/// holds nearly whole is half like it at least, however much stands around it.
pub fn similarity(old: &[&str], new: &[&str]) -> f64 {
    // Both are sorted, so one walk counts what they share.
    let total = weight(old) + weight(new);
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(a), Some(b)) = (old.get(i), new.get(j)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += weight_of(a);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    if total == 0 {
        return 1.0;
    }
    let likeness = 2.0 * shared as f64 / total as f64;
    let shorter = weight(old).min(weight(new));
    let held = shorter >= HELD_FROM && shared as f64 >= HELD_SHARE * shorter as f64;
    if held { likeness.max(0.5) } else { likeness }
}

/// How much a word counts.
fn weight_of(word: &str) -> usize {
    let is_figure = word.chars().all(|c| c.is_ascii_digit() || !c.is_alphanumeric());
    let letters = word.chars().count();
    if is_figure { letters.min(FIGURE_WEIGHT) } else { letters }
}

/// How much some words count together, as [`similarity`] weighs them.
pub fn weight(words: &[&str]) -> usize {
    words.iter().map(|word| weight_of(word)).sum()
}

/// Whether one text is the other with something added: every word of the shorter stands in the longer, in order. A
/// single word must stand at an end, since somewhere within it may stand by chance.
pub fn adds_to(old: &[&str], new: &[&str]) -> bool {
    let (shorter, longer) = if old.len() <= new.len() { (old, new) } else { (new, old) };
    match shorter {
        [] => false,
        [only] => longer.first() == Some(only) || longer.last() == Some(only),
        _ => {
            let mut longer = longer.iter();
            shorter.iter().all(|word| longer.any(|other| other == word))
        }
    }
}

/// The words of some runs, in order.
pub fn words(runs: &[Run]) -> Vec<&str> {
    tokens(runs).iter().filter(|t| t.sort == Sort::Word).map(|t| t.text).collect()
}

/// The words of some runs, sorted, for [`similarity`].
pub fn bag(runs: &[Run]) -> Vec<&str> {
    let mut words = words(runs);
    words.sort_unstable();
    words
}

fn count_words(tokens: &[Token<'_>]) -> usize {
    tokens.iter().filter(|token| token.sort == Sort::Word).count()
}

fn ends_clause(token: &Token<'_>) -> bool {
    token.sort == Sort::Punctuation && matches!(token.text, "." | ";" | ":" | "?" | "!")
}

/// Whether each bracket and quotation mark in the text has its partner there.
fn balanced(tokens: &[Token<'_>]) -> bool {
    let mut open = Vec::new();
    for token in tokens.iter().filter(|token| token.sort == Sort::Punctuation) {
        match token.text {
            "(" => open.push(")"),
            "[" => open.push("]"),
            "‘" => open.push("’"),
            "“" => open.push("”"),
            closer @ (")" | "]" | "’" | "”") if open.pop() != Some(closer) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

/// What lies between the equal pairs.
fn differences(pairs: &[(usize, usize)], old_len: usize, new_len: usize) -> Vec<Difference> {
    let mut differences = Vec::new();
    let (mut i, mut j) = (0, 0);
    for &(old_index, new_index) in pairs.iter().chain([&(old_len, new_len)]) {
        if i < old_index || j < new_index {
            differences.push(Difference { old: i..old_index, new: j..new_index });
        }
        (i, j) = (old_index + 1, new_index + 1);
    }
    differences
}

/// How far to move `range` of `tokens`, within the bounds, so that its edges fall where a reader expects them.
fn slide_one(tokens: &[Token<'_>], range: &Range<usize>, low: usize, high: usize) -> isize {
    let same = |a: usize, b: usize| tokens[a].text == tokens[b].text && tokens[a].style == tokens[b].style;
    let mut leftmost = 0isize;
    let (mut start, mut end) = (range.start, range.end);
    while start > low && same(start - 1, end - 1) {
        (start, end, leftmost) = (start - 1, end - 1, leftmost - 1);
    }
    let mut best = (edge_score(tokens, start) + edge_score(tokens, end), leftmost);
    let mut by = leftmost;
    while end < high && same(start, end) {
        (start, end, by) = (start + 1, end + 1, by + 1);
        let score = edge_score(tokens, start) + edge_score(tokens, end);
        // Of equals, the last: text is read, and added to, at the end.
        if score >= best.0 {
            best = (score, by);
        }
    }
    best.1
}

/// How natural a break before the token at `at` is.
fn edge_score(tokens: &[Token<'_>], at: usize) -> u32 {
    let Some(before) = at.checked_sub(1).and_then(|i| tokens.get(i)) else { return 5 };
    let Some(after) = tokens.get(at) else { return 5 };
    match (before.sort, after.sort) {
        _ if ends_clause(before) => 4,
        (Sort::Punctuation, _) if before.text == "," => 3,
        (_, Sort::Space) => 2,
        (Sort::Space, _) => 1,
        _ => 0,
    }
}

/// The tokens of some runs.
pub fn tokens(runs: &[Run]) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for run in runs {
        let mut rest = run.text.as_str();
        while let Some(first) = rest.chars().next() {
            let sort = sort_of(first);
            let end = match sort {
                Sort::Word => word_end(rest),
                Sort::Space | Sort::Punctuation => first.len_utf8(),
            };
            let (text, after) = rest.split_at(end);
            tokens.push(Token { text, style: &run.style.now, sort });
            rest = after;
        }
    }
    tokens
}

fn sort_of(c: char) -> Sort {
    if c.is_alphanumeric() {
        Sort::Word
    } else if c.is_whitespace() {
        Sort::Space
    } else {
        Sort::Punctuation
    }
}

/// Where the word that `text` begins with ends: "8.14.3", "N/A", "SMETS2+", "Party’s" and "non-critical" are each one.
fn word_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let inner = next.is_some_and(|next| match c {
            '.' | ',' | ':' => next.is_ascii_digit() && text[..at].ends_with(|before: char| before.is_ascii_digit()),
            '/' | '-' | '\u{2011}' | '\'' | '’' | '_' | '&' => next.is_alphanumeric(),
            _ => false,
        });
        let plus = c == '+' && !next.is_some_and(char::is_alphanumeric);
        // Accents that follow their letter belong to it.
        let joins = matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}');
        if !(c.is_alphanumeric() || inner || plus || joins) {
            return at;
        }
    }
    text.len()
}
