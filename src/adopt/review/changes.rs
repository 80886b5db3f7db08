//! What became of each change: found by where the words of what was sent stand in what came back.

use super::outcome::{By, Change, Outcome};
use super::stream::{Stream, Token, said};
use crate::reader::marked::Marked;
use std::ops::Range;

/// What became of each change, and what was changed besides, with the part that it is in, as an index into those of the
/// redline.
pub(super) fn changes(
    sent: &Stream,
    copy: &Stream,
    pairs: &[(usize, usize)],
    marked: &Marked,
    drafters: &[String],
) -> Vec<(Option<usize>, Change)> {
    let comparing = Comparing { sent: &sent.tokens, copy: &copy.tokens, rows: &sent.rows, marked, drafters };
    let mut found: Vec<Found> = Vec::new();
    let mut from = (0, 0);
    let mut loose: Vec<(usize, usize)> = Vec::new();
    let end = (sent.tokens.len(), copy.tokens.len());
    for pair in pairs.iter().copied().chain([end]) {
        let is_anchor =
            pair == end || comparing.sent[pair.0].standing.is_kept() && comparing.copy[pair.1].standing.is_kept();
        if !is_anchor {
            loose.push(pair);
            continue;
        }
        comparing.gap(from.0..pair.0, from.1..pair.1, &loose, &mut found);
        loose.clear();
        from = (pair.0 + 1, pair.1 + 1);
    }
    comparing.told(found)
}

/// The part that a place in the copy is in.
pub(super) fn part_of(sent: &Stream, pairs: &[(usize, usize)], place: usize) -> Option<usize> {
    let next = pairs.partition_point(|(_, at)| *at < place);
    let near = pairs.get(next).or_else(|| pairs.last())?;
    sent.tokens[near.0].part
}

struct Comparing<'c> {
    sent: &'c [Token],
    copy: &'c [Token],
    rows: &'c [(String, bool)],
    marked: &'c Marked,
    drafters: &'c [String],
}

/// A stretch of both that isn't the same, or is a change.
struct Found {
    sent: Range<usize>,
    copy: Range<usize>,
    outcome: Outcome,
    is_change: bool,
}

impl Comparing<'_> {
    /// What became of what stands between two words that stay; `loose` are the words in it that stand in both somehow.
    fn gap(&self, sent: Range<usize>, copy: Range<usize>, loose: &[(usize, usize)], found: &mut Vec<Found>) {
        if sent.is_empty() && copy.is_empty() {
            return;
        }
        if let Some(outcome) = self.outcome(&sent, &copy) {
            found.extend(outcome.map(|(outcome, is_change)| Found { sent, copy, outcome, is_change }));
            return;
        }
        // Line by line, where it has several.
        let ends: Vec<(usize, usize)> = loose
            .iter()
            .copied()
            .filter(|(at, to)| {
                self.sent[*at].ends_line()
                    && sent.contains(at)
                    && copy.contains(to)
                    && (at + 1, to + 1) != (sent.end, copy.end)
            })
            .collect();
        if ends.is_empty() {
            let is_change = self.sent[sent.clone()].iter().any(|token| !token.standing.is_kept());
            found.push(Found { sent, copy, outcome: Outcome::Edited, is_change });
            return;
        }
        let mut from = (sent.start, copy.start);
        for (at, to) in ends.into_iter().chain([(sent.end - 1, copy.end - 1)]) {
            self.gap(from.0..at + 1, from.1..to + 1, &[], found);
            from = (at + 1, to + 1);
        }
    }

    /// What became of a stretch, if it is clear: nothing at all, or one thing.
    #[expect(clippy::option_option, reason = "that nothing became of it is clear too")]
    fn outcome(&self, sent: &Range<usize>, copy: &Range<usize>) -> Option<Option<(Outcome, bool)>> {
        let (sent, copy) = (&self.sent[sent.clone()], &self.copy[copy.clone()]);
        let (was, proposed) = (letters(sent, |it| it.standing.before), letters(sent, |it| it.standing.after));
        let (before, after) = (letters(copy, |it| it.standing.before), letters(copy, |it| it.standing.after));
        let is_change = sent.iter().any(|token| !token.standing.is_kept());
        if !is_change {
            // Of what goes at the end of a text, Word marks the end of the paragraph before it: that is the redline's own.
            let is_end = |token: &Token| token.ends_line() && !token.standing.is_kept();
            let all = |_: &Token| true;
            if copy.iter().all(is_end) && letters(copy, all) == letters(sent, all) && self.by(copy).is_empty() {
                return Some(None);
            }
            return Some((after != proposed || before != after).then_some((Outcome::Edited, false)));
        }
        let outcome = if after == proposed {
            if before == proposed { Outcome::Accepted } else { Outcome::Open }
        } else if after == was {
            Outcome::Rejected
        } else {
            return None;
        };
        Some(Some((outcome, true)))
    }

    /// As they are told: what is of one kind and stands together is one.
    fn told(&self, found: Vec<Found>) -> Vec<(Option<usize>, Change)> {
        let mut joined: Vec<Found> = Vec::new();
        for it in found {
            match joined.last_mut() {
                Some(last)
                    if last.sent.end == it.sent.start
                        && last.copy.end == it.copy.start
                        && (last.outcome, last.is_change) == (it.outcome, it.is_change)
                        && self.part(&last.sent) == self.part(&it.sent) =>
                {
                    (last.sent.end, last.copy.end) = (it.sent.end, it.copy.end);
                }
                _ => joined.push(it),
            }
        }
        joined.into_iter().map(|it| (self.part(&it.sent), self.change(it))).collect()
    }

    /// The part that a stretch is in: where it is empty, that of what stands before it.
    fn part(&self, sent: &Range<usize>) -> Option<usize> {
        self.near(sent).and_then(|token| token.part)
    }

    fn near(&self, sent: &Range<usize>) -> Option<&Token> {
        let inside = || self.sent[sent.clone()].iter().find(|token| !token.standing.is_kept());
        inside().or_else(|| self.sent.get(sent.start.saturating_sub(usize::from(sent.is_empty()))))
    }

    fn change(&self, Found { sent, copy, outcome, is_change }: Found) -> Change {
        let row = self.near(&sent).and_then(|token| self.rows.get(token.row?)).filter(|(key, _)| !key.is_empty());
        let is_counted = row.is_some_and(|(_, is_counted)| *is_counted);
        let row = row.map(|(key, _)| key.clone());
        let at = sent.clone();
        let (sent, copy) = (&self.sent[sent], &self.copy[copy]);
        Change {
            at,
            outcome,
            is_change,
            is_counted,
            row,
            was: said(sent, |it| it.before),
            sent: said(sent, |it| it.after),
            now: said(copy, |it| it.after),
            by: self.by(copy),
        }
    }

    /// Who marked something there, apart from the drafters.
    fn by(&self, copy: &[Token]) -> Vec<By> {
        let mut by: Vec<By> = Vec::new();
        let revisions = copy.iter().flat_map(|token| [token.standing.marks.inserted, token.standing.marks.deleted]);
        for revision in revisions.filter_map(|at| self.marked.revision(at)) {
            let one = By { author: revision.author.clone(), date: revision.date.clone() };
            if !self.drafters.contains(&one.author) && !by.iter().any(|it| it.author == one.author) {
                by.push(one);
            }
        }
        by
    }
}

/// The words without what stands between them.
fn letters(tokens: &[Token], shows: impl Fn(&Token) -> bool) -> String {
    tokens.iter().filter(|token| shows(token)).map(|token| &*token.text).collect()
}
