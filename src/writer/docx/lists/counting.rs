//! What Word would count: the number that an item gets of itself, if the lists stand as they were given out so far.
//!
//! Readers differ in one thing: whether two lists of one definition share their counters. So an item only runs on in
//! the list that was counted last of its definition, where both readings come to the same number.

use crate::ooxml::styles::LIST_LEVELS;
use std::collections::{HashMap, HashSet};

/// A list that was begun: of which definition it is, and where it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The abstract numbering that says how its levels look.
    pub definition: usize,
    /// From 0.
    pub level: usize,
    /// The number at which that level begins.
    pub start: u32,
}

/// How far a level has been counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Count {
    /// Its next item is its first.
    #[default]
    Fresh,
    At(u32),
    /// Readers may differ.
    Unsure,
}

type Levels = [Count; LIST_LEVELS];

/// The counters of one of the texts, as far as it has been written.
#[derive(Clone, Debug, Default)]
pub struct Counting {
    used: HashSet<usize>,
    /// The list that was counted last of each definition, and its levels.
    last: HashMap<usize, (usize, Levels)>,
}

impl Counting {
    /// The list that was counted last of a definition.
    pub fn last(&self, definition: usize) -> Option<usize> {
        self.last.get(&definition).map(|(list, _)| *list)
    }

    /// The number that the next item gets on `level` of a list; `None` where readers may differ.
    pub fn next(&self, list: usize, begun: Begun, level: usize) -> Option<u32> {
        if !self.used.contains(&list) {
            return (level == begun.level).then_some(begun.start);
        }
        let (last, levels) = self.last.get(&begun.definition)?;
        match levels.get(level)? {
            _ if *last != list => None,
            // A level that begins elsewhere than at 1 may begin there again.
            Count::Fresh => (level != begun.level || begun.start == 1).then_some(1),
            Count::At(number) => number.checked_add(1),
            Count::Unsure => None,
        }
    }

    /// Counts an item: it has got `number`.
    pub fn count(&mut self, list: usize, begun: Begun, level: usize, number: u32) {
        let first = self.used.insert(list);
        let (last, levels) = self.last.entry(begun.definition).or_insert((list, Levels::default()));
        *last = list;
        for (at, count) in levels.iter_mut().enumerate() {
            match at.cmp(&level) {
                // What wasn't counted before a deeper level is counted with it, by some readers.
                std::cmp::Ordering::Less if first || *count == Count::Fresh => *count = Count::Unsure,
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => *count = Count::At(number),
                std::cmp::Ordering::Greater => *count = Count::Fresh,
            }
        }
    }
}
