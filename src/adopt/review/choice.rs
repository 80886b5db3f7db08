//! The choice that a copy is between the two texts of a redline.
//!
//! What was sent is two texts in one, and whoever returns it has chosen between them, change by change. So what is looked
//! for isn't what two rows of words have in common, but the choice that explains the copy: a word of one of the texts alone
//! costs nothing where it is absent, and a word of both does. A copy in which somebody only chose is explained at no cost,
//! and nothing of it can be taken for what somebody typed.

use super::stream::{Standing, Token};
use crate::align::Interner;

/// What a word costs that stood in both texts and is gone, or that stood in neither and is there.
const WORD: u32 = 4;
/// What it costs to choose otherwise within what is marked alike in a line.
const TURN: u32 = 2;
/// What it costs that a word stands as no choice leaves it, such as one that was struck out and typed anew.
const STANDING: u32 = 1;
const NEVER: u32 = u32::MAX / 2;

/// How the end of a beginning of both was reached: its last word that was sent is there, or isn't, as the index says.
type Costs = [u32; 2];
const THERE: usize = 0;
const ABSENT: usize = 1;

/// What came last: a word that is only in the copy, or one that was sent, behind one that is there or one that isn't.
const TYPED: u8 = 2;

/// The pairs of words in the choice by which a stretch is explained at the least cost.
pub(super) fn chosen(sent: &[Token], copy: &[Token]) -> Vec<(usize, usize)> {
    let mut interner = Interner::new();
    let mut numbers =
        |tokens: &[Token]| -> Vec<u32> { tokens.iter().map(|token| interner.number(token.text.clone())).collect() };
    let (old, new) = (numbers(sent), numbers(copy));
    let width = copy.len() + 1;
    let mut steps = vec![[TYPED; 2]; (sent.len() + 1) * width];
    let mut above: Vec<Costs> = Vec::new();
    for at in 0..=sent.len() {
        let mut row: Vec<Costs> = Vec::with_capacity(width);
        for to in 0..width {
            let mut costs = match to.checked_sub(1) {
                Some(left) => row[left].map(|cost| cost + WORD),
                None if at == 0 => [0, NEVER],
                None => [NEVER; 2],
            };
            if let Some(word) = at.checked_sub(1) {
                let turns = turns(sent, word);
                let mut reach = |state: usize, before: Costs, cost: u32| {
                    for (from, before) in before.into_iter().enumerate() {
                        let cost = before + cost + if from == state { 0 } else { turns };
                        if cost < costs[state] {
                            costs[state] = cost;
                            steps[at * width + to][state] = u8::from(from == ABSENT);
                        }
                    }
                };
                reach(ABSENT, above[to], if sent[word].standing.is_kept() { WORD } else { 0 });
                if let Some(other) = to.checked_sub(1).filter(|other| old[word] == new[*other]) {
                    reach(THERE, above[other], unlikeness(sent[word].standing, copy[other].standing));
                }
            }
            row.push(costs);
        }
        above = row;
    }
    let [there, absent] = above[copy.len()];
    let mut state = if there <= absent { THERE } else { ABSENT };
    let (mut at, mut to) = (sent.len(), copy.len());
    let mut pairs = Vec::new();
    while (at, to) != (0, 0) {
        match steps[at * width + to][state] {
            TYPED => to -= 1,
            from => {
                at -= 1;
                if state == THERE {
                    to -= 1;
                    pairs.push((at, to));
                }
                state = usize::from(from);
            }
        }
    }
    pairs.reverse();
    pairs
}

/// What it costs to choose of a word otherwise than of the one before it.
fn turns(sent: &[Token], at: usize) -> u32 {
    let is_one = |before: &Token| !before.ends_line() && before.standing == sent[at].standing;
    let goes_on = !sent[at].standing.is_kept() && at.checked_sub(1).is_some_and(|before| is_one(&sent[before]));
    if goes_on { TURN } else { 0 }
}

/// What it costs that a word that was sent so stands so.
fn unlikeness(sent: Standing, copy: Standing) -> u32 {
    let is_left = match (sent.before, sent.after) {
        (true, _) => copy.before,
        (false, _) => copy.after || !copy.before,
    };
    if is_left { 0 } else { STANDING }
}
