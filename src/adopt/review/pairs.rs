//! Which words of what was sent are which of what came back.
//!
//! A line of the copy that reads as just one line of the redline can, with its changes or without them, is that line. What
//! stands between such lines is read as a [choice](super::choice).

use super::choice::chosen;
use super::stream::{Standing, Stream, Token};
use crate::align::{Interner, align, rising};
use std::collections::BTreeMap;
use std::ops::Range;

/// Stretches whose lengths multiply to more than this are cut at lines first.
const LIMIT: usize = 1 << 20;

/// Pairs of words, rising on both sides.
pub(super) fn pairs(sent: &Stream, copy: &Stream) -> Vec<(usize, usize)> {
    let (old, new) = (lines(&sent.tokens), lines(&copy.tokens));
    let stretches = Stretches { sent: &sent.tokens, copy: &copy.tokens };
    let mut pairs = Vec::new();
    let mut from = (0, 0);
    for Anchor { words, line } in stretches.anchors(&old, &new) {
        stretches.between(from.0..old[line.0].start, from.1..new[line.1].start, &mut pairs);
        pairs.extend(words.into_iter().zip(new[line.1].clone()));
        from = (old[line.0].end, new[line.1].end);
    }
    stretches.between(from.0..sent.tokens.len(), from.1..copy.tokens.len(), &mut pairs);
    pairs
}

/// Paragraphs and rows.
pub(super) fn lines(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        if token.ends_line() || at + 1 == tokens.len() {
            lines.push(start..at + 1);
            start = at + 1;
        }
    }
    lines
}

/// A line that can only be one of those that were sent, and the words of that which it has.
struct Anchor {
    words: Vec<usize>,
    line: (usize, usize),
}

/// The ways in which a line that was sent can be read.
const READINGS: [fn(Standing) -> bool; 3] = [|_| true, |it| it.after, |it| it.before];

struct Stretches<'s> {
    sent: &'s [Token],
    copy: &'s [Token],
}

impl Stretches<'_> {
    /// The lines of the copy that read as one line can that was sent, and no other.
    fn anchors(&self, old: &[Range<usize>], new: &[Range<usize>]) -> Vec<Anchor> {
        let mut interner: Interner<Vec<&str>> = Interner::new();
        let mut there: BTreeMap<u32, Option<usize>> = BTreeMap::new();
        for (at, line) in new.iter().enumerate() {
            let number = interner.number(self.copy[line.clone()].iter().map(|token| &*token.text).collect());
            there.entry(number).and_modify(|line| *line = None).or_insert(Some(at));
        }
        let read = |line: &Range<usize>, shows: fn(Standing) -> bool| -> Vec<usize> {
            line.clone().filter(|at| shows(self.sent[*at].standing)).collect()
        };
        let mut numbers = |line: &Range<usize>| {
            READINGS
                .map(|shows| interner.number(read(line, shows).into_iter().map(|at| &*self.sent[at].text).collect()))
        };
        let numbered: Vec<[u32; 3]> = old.iter().map(&mut numbers).collect();
        let mut of: BTreeMap<u32, Option<usize>> = BTreeMap::new();
        for (at, number) in numbered.iter().enumerate().flat_map(|(at, all)| all.iter().map(move |it| (at, *it))) {
            of.entry(number).and_modify(|line| *line = line.filter(|line| *line == at)).or_insert(Some(at));
        }
        let only = |(at, all): (usize, &[u32; 3])| {
            let of_line = |number: &u32| of[number].and_then(|_| there.get(number).copied().flatten());
            let found: Vec<(usize, usize)> = (0..3).filter_map(|nth| Some((nth, of_line(&all[nth])?))).collect();
            let (nth, to) = *found.first()?;
            found.iter().all(|it| it.1 == to).then_some((at, (nth, to)))
        };
        let found: Vec<(usize, (usize, usize))> = numbered.iter().enumerate().filter_map(only).collect();
        let ways: BTreeMap<usize, usize> = found.iter().map(|(at, (nth, _))| (*at, *nth)).collect();
        let lines: Vec<(usize, usize)> = found.into_iter().map(|(at, (_, to))| (at, to)).collect();
        let anchor = |line: (usize, usize)| Anchor { words: read(&old[line.0], READINGS[ways[&line.0]]), line };
        rising(&lines).into_iter().map(anchor).collect()
    }

    /// The pairs of two stretches, which are cut at equal lines first where they are too long to be read at once.
    fn between(&self, sent: Range<usize>, copy: Range<usize>, pairs: &mut Vec<(usize, usize)>) {
        if is_short(&sent, &copy) {
            return self.within(sent, copy, pairs);
        }
        let placed = |tokens: &[Token], from: usize| -> Vec<Range<usize>> {
            lines(tokens).into_iter().map(|line| line.start + from..line.end + from).collect()
        };
        let (old, new) = (placed(&self.sent[sent.clone()], sent.start), placed(&self.copy[copy.clone()], copy.start));
        let mut interner = Interner::new();
        let mut number = |tokens: &[Token]| interner.number(texts(tokens));
        let mine: Vec<u32> = old.iter().map(|line| number(&self.sent[line.clone()])).collect();
        let theirs: Vec<u32> = new.iter().map(|line| number(&self.copy[line.clone()])).collect();
        let mut from = (sent.start, copy.start);
        for (at, to) in align(&mine, &theirs) {
            let (line, other) = (old[at].clone(), new[to].clone());
            self.within(from.0..line.start, from.1..other.start, pairs);
            from = (line.end, other.end);
            pairs.extend(line.zip(other));
        }
        self.within(from.0..sent.end, from.1..copy.end, pairs);
    }

    /// The pairs of two stretches: if they are too long even so, of equal words.
    fn within(&self, sent: Range<usize>, copy: Range<usize>, pairs: &mut Vec<(usize, usize)>) {
        let start = (sent.start, copy.start);
        let is_short = is_short(&sent, &copy);
        let (old, new) = (&self.sent[sent], &self.copy[copy]);
        let found = if is_short {
            chosen(old, new)
        } else {
            let mut interner = Interner::new();
            let mut numbers = |tokens: &[Token]| -> Vec<u32> {
                tokens.iter().map(|token| interner.number(token.text.clone())).collect()
            };
            align(&numbers(old), &numbers(new))
        };
        pairs.extend(found.into_iter().map(|(at, to)| (start.0 + at, start.1 + to)));
    }
}

fn is_short(sent: &Range<usize>, copy: &Range<usize>) -> bool {
    sent.len().saturating_mul(copy.len()) <= LIMIT
}

fn texts(tokens: &[Token]) -> Vec<Box<str>> {
    tokens.iter().map(|token| token.text.clone()).collect()
}
