//! What two sequences have in common, in order.

use foldhash::{HashMap, HashMapExt};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::hash::Hash;

/// Sequences no longer than this together are compared by Myers, whose work grows with length times difference;
/// longer ones are first cut at what stands exactly once in both. At this length the worst case is a few
/// milliseconds. There is no deadline anywhere: the result never depends on the machine.
const MYERS_LIMIT: usize = 4_000;

/// How often a long sequence may be cut within its pieces before what is left is called different.
const MAX_CUTS: usize = 12;

/// Gives equal things equal numbers, so that sequences of anything are compared as sequences of numbers.
#[derive(Debug)]
pub struct Interner<K> {
    numbers: HashMap<K, u32>,
}

impl<K: Eq + Hash> Interner<K> {
    pub fn new() -> Self {
        Self { numbers: HashMap::new() }
    }

    pub fn number(&mut self, key: K) -> u32 {
        let next = u32::try_from(self.numbers.len()).expect("fewer things than fit in memory");
        *self.numbers.entry(key).or_insert(next)
    }
}

/// Pairs of equal elements, rising on both sides.
pub fn align(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    align_within(Span { old, new, old_at: 0, new_at: 0 }, MAX_CUTS, &mut pairs);
    pairs
}

/// A stretch of both sequences, and where it begins in each.
#[derive(Clone, Copy)]
struct Span<'a> {
    old: &'a [u32],
    new: &'a [u32],
    old_at: usize,
    new_at: usize,
}

impl<'a> Span<'a> {
    fn slice(self, old: std::ops::Range<usize>, new: std::ops::Range<usize>) -> Span<'a> {
        Span {
            old_at: self.old_at + old.start,
            new_at: self.new_at + new.start,
            old: &self.old[old],
            new: &self.new[new],
        }
    }
}

fn align_within(span: Span<'_>, cuts: usize, pairs: &mut Vec<(usize, usize)>) {
    let head = span.old.iter().zip(span.new).take_while(|(a, b)| a == b).count();
    pairs.extend((0..head).map(|i| (span.old_at + i, span.new_at + i)));
    let (old_len, new_len) = (span.old.len(), span.new.len());
    let span = span.slice(head..old_len, head..new_len);
    let tail = span.old.iter().rev().zip(span.new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (span.old.len() - tail, span.new.len() - tail);
    let middle = span.slice(0..old_end, 0..new_end);
    if !middle.old.is_empty() && !middle.new.is_empty() {
        align_middle(middle, cuts, pairs);
    }
    pairs.extend((0..tail).map(|i| (span.old_at + old_end + i, span.new_at + new_end + i)));
}

fn align_middle(span: Span<'_>, cuts: usize, pairs: &mut Vec<(usize, usize)>) {
    if span.old.len() + span.new.len() <= MYERS_LIMIT {
        for op in capture_diff_slices(Algorithm::Myers, span.old, span.new) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                pairs.extend((0..len).map(|i| (span.old_at + old_index + i, span.new_at + new_index + i)));
            }
        }
        return;
    }
    let anchors = rising(&unique_pairs(span.old, span.new));
    if anchors.is_empty() || cuts == 0 {
        return;
    }
    let (mut old_from, mut new_from) = (0, 0);
    for (old_index, new_index) in anchors {
        align_within(span.slice(old_from..old_index, new_from..new_index), cuts - 1, pairs);
        pairs.push((span.old_at + old_index, span.new_at + new_index));
        (old_from, new_from) = (old_index + 1, new_index + 1);
    }
    align_within(span.slice(old_from..span.old.len(), new_from..span.new.len()), cuts - 1, pairs);
}

/// Where each element that stands exactly once on both sides stands, in the order of the old side.
pub fn unique_pairs(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let once = |sequence: &[u32]| {
        let mut places: HashMap<u32, Option<usize>> = HashMap::with_capacity(sequence.len());
        for (index, &element) in sequence.iter().enumerate() {
            places.entry(element).and_modify(|place| *place = None).or_insert(Some(index));
        }
        places
    };
    let (in_old, in_new) = (once(old), once(new));
    let place = |places: &HashMap<u32, Option<usize>>, element| places.get(element).copied().flatten();
    old.iter().filter_map(|element| place(&in_old, element).zip(place(&in_new, element))).collect()
}

/// The longest choice of the pairs, given in the order of their first sides, in which the second sides rise too.
pub fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // Patience sorting: `tops[n]` ends the best chain of length n + 1.
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, &(_, second)) in pairs.iter().enumerate() {
        let length = tops.partition_point(|&top| pairs[top].1 < second);
        before.push(length.checked_sub(1).map(|shorter| tops[shorter]));
        match tops.get_mut(length) {
            Some(top) => *top = index,
            None => tops.push(index),
        }
    }
    let mut chain = Vec::with_capacity(tops.len());
    let mut at = tops.last().copied();
    while let Some(index) = at {
        chain.push(pairs[index]);
        at = before[index];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_longest_rising_choice_is_found() {
        assert_eq!(rising(&[(0, 3), (1, 0), (2, 1), (3, 4), (4, 2)]).len(), 3);
    }

    #[test]
    fn a_long_reversal_ends_at_once() {
        let old: Vec<u32> = (0..50_000).collect();
        let new: Vec<u32> = (0..50_000).rev().collect();
        assert_eq!(align(&old, &new).len(), 1);
    }

    proptest! {
        #[test]
        fn pairs_are_equal_and_rise(old in proptest::collection::vec(0..9u32, 0..60), new in proptest::collection::vec(0..9u32, 0..60)) {
            let pairs = align(&old, &new);
            prop_assert!(pairs.iter().all(|&(i, j)| old[i] == new[j]));
            prop_assert!(pairs.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1));
        }
    }
}
