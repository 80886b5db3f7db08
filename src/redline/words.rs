//! The marks on the words of a matched paragraph, heading or cell.

use crate::align::{Token, WordAlignment, tokens};
use crate::document::{Mark, Revised, Run, join_runs};

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
            let style = Revised::from_pair(words.old[i].style.clone(), words.new[j].style.clone());
            place(j, Run { text: words.new[j].text.to_owned(), style, mark: Mark::Kept });
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

/// The same letters in another style, where parts of one word changed theirs: m2 and m².
fn restyled(old: &[Token<'_>], new: &[Token<'_>]) -> Option<Vec<Run>> {
    let letters = |tokens: &[Token<'_>]| tokens.iter().map(|token| token.text).collect::<String>();
    let links = |tokens: &[Token<'_>]| tokens.iter().all(|token| token.style.link.is_none());
    if old.is_empty() || letters(old) != letters(new) || !links(old) || !links(new) {
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
    let flip = |runs: Vec<Run>| -> Vec<Run> {
        let mut flipped: Vec<Run> = runs
            .into_iter()
            .map(|run| Run {
                mark: match run.mark {
                    Mark::Kept => Mark::Kept,
                    Mark::Inserted => Mark::Deleted,
                    Mark::Deleted => Mark::Inserted,
                },
                style: match run.style.was {
                    Some(was) => Revised { now: was, was: Some(run.style.now) },
                    None => run.style,
                },
                text: run.text,
            })
            .collect();
        deletions_first(&mut flipped);
        flipped
    };
    split(new, parts).map(|parts| parts.into_iter().map(flip).collect())
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
