//! The marks on the words of a matched paragraph, heading or cell.

use crate::align::{Token, WordAlignment, tokens};
use crate::document::{Mark, Note, Revised, Run, Style, join_runs};

/// The text with its changes marked.
pub(super) fn mark(words: &WordAlignment<'_>) -> Vec<Run> {
    mark_apart(words, &[]).pop().unwrap_or_default()
}

/// The text struck whole and inserted whole.
pub(super) fn whole(old: &[Run], new: &[Run]) -> Vec<Run> {
    let mut runs = marked(old, Mark::Deleted);
    runs.extend(marked(new, Mark::Inserted));
    runs
}

/// The marked text, cut before each of these tokens of the new text. What is deleted at a cut stands before it.
fn mark_apart(words: &WordAlignment<'_>, cuts: &[usize]) -> Vec<Vec<Run>> {
    let mut parts = vec![Vec::new(); cuts.len() + 1];
    let mut place = |new_index: usize, run: Run| {
        let part = cuts.partition_point(|cut| *cut <= new_index);
        if let Some(part) = parts.get_mut(part) {
            part.push(run);
        }
    };
    let (mut i, mut j) = (0, 0);
    let ranges = words.differences.iter().map(|change| (change.old.clone(), change.new.clone()));
    let (old_end, new_end) = (words.old.len(), words.new.len());
    for (old, new) in ranges.chain([(old_end..old_end, new_end..new_end)]) {
        while i < old.start && j < new.start {
            place(j, paired(&words.old[i], &words.new[j]));
            (i, j) = (i + 1, j + 1);
        }
        if let Some(restyled) = restyled(&words.old[old.clone()], &words.new[new.clone()]) {
            restyled.into_iter().for_each(|run| place(new.start, run));
            (i, j) = (old.end, new.end);
            continue;
        }
        for token in &words.old[old.clone()] {
            // A deletion right at the cut belongs to the text that it ends.
            place(new.start.saturating_sub(1), run(token, Mark::Deleted));
        }
        for (offset, token) in words.new[new.clone()].iter().enumerate() {
            place(new.start + offset, run(token, Mark::Inserted));
        }
        (i, j) = (old.end, new.end);
    }
    parts.into_iter().map(join_runs).collect()
}

/// A word that stays, with what changed in its style, or in its note.
fn paired(old: &Token<'_>, new: &Token<'_>) -> Run {
    let (mut was, mut now) = (old.style.clone(), new.style.clone());
    let note =
        was.note.take().zip(now.note.take()).map(|(was, now)| Box::new(Note { runs: cell(&was.runs, &now.runs) }));
    let mut style = Revised::from_pair(was, now);
    style.now.note = note;
    Run { text: new.text.to_owned(), style, mark: Mark::Kept }
}

/// The same letters in another style, where parts of one word changed theirs: m2 and m².
fn restyled(old: &[Token<'_>], new: &[Token<'_>]) -> Option<Vec<Run>> {
    let letters = |tokens: &[Token<'_>]| tokens.iter().map(|token| token.text).collect::<String>();
    let is_word = |style: &Style| style.link.is_none() && style.note.is_none() && style.figure.is_none();
    let plain = |tokens: &[Token<'_>]| tokens.iter().all(|token| is_word(token.style));
    if old.is_empty() || letters(old) != letters(new) || !plain(old) || !plain(new) {
        return None;
    }
    let styles = old.iter().flat_map(|token| token.text.chars().map(|_| token.style));
    let letters = new.iter().flat_map(|token| token.text.chars().map(|letter| (letter, token.style)));
    let runs = styles.zip(letters).map(|(was, (letter, now))| Run {
        text: letter.to_string(),
        style: Revised::from_pair(was.clone(), now.clone()),
        mark: Mark::Kept,
    });
    Some(join_runs(runs.collect()))
}

/// The marked texts of the paragraphs into which one was split.
pub(super) fn split(old: &[Run], parts: &[&[Run]]) -> Option<Vec<Vec<Run>>> {
    let whole: Vec<Run> = parts.concat();
    let diff = WordAlignment::new(old, &whole);
    let mut cuts: Vec<usize> = parts
        .iter()
        .scan(0, |end, part| {
            *end += tokens(part).len();
            Some(*end)
        })
        .collect();
    cuts.pop();
    (!diff.is_rewritten()).then(|| mark_apart(&diff, &cuts))
}

/// The marked texts of the paragraphs that were joined into one.
pub(super) fn join(parts: &[&[Run]], new: &[Run]) -> Option<Vec<Vec<Run>>> {
    split(new, parts).map(|parts| parts.into_iter().map(flip).collect())
}

/// The same change the other way round.
fn flip(runs: Vec<Run>) -> Vec<Run> {
    let turned = |mut run: Run| {
        let note = run.style.now.note.take().map(|note| Box::new(Note { runs: flip(note.runs) }));
        run.mark = match run.mark {
            Mark::Kept => Mark::Kept,
            Mark::Inserted => Mark::Deleted,
            Mark::Deleted => Mark::Inserted,
        };
        if let Some(was) = run.style.was.take() {
            run.style.was = Some(std::mem::replace(&mut run.style.now, was));
        }
        run.style.now.note = note;
        run
    };
    let mut flipped: Vec<Run> = runs.into_iter().map(turned).collect();
    deletions_first(&mut flipped);
    flipped
}

/// A cell's words. A figure or a value that changed is struck and inserted whole.
pub(super) fn cell(old: &[Run], new: &[Run]) -> Vec<Run> {
    if old == new {
        return new.to_vec();
    }
    let words = WordAlignment::new(old, new);
    if words.is_rewritten() { whole(old, new) } else { mark(&words) }
}

/// Within one change, what is struck stands before what takes its place.
fn deletions_first(runs: &mut [Run]) {
    for stretch in runs.chunk_by_mut(|a, b| a.mark != Mark::Kept && b.mark != Mark::Kept) {
        stretch.sort_by_key(|run| run.mark != Mark::Deleted);
    }
}

/// The runs with one mark on all of them.
pub(super) fn marked(runs: &[Run], mark: Mark) -> Vec<Run> {
    runs.iter().map(|run| Run { mark, ..run.clone() }).collect()
}

fn run(token: &Token<'_>, mark: Mark) -> Run {
    Run { text: token.text.to_owned(), style: token.style.clone().into(), mark }
}
