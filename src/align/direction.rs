//! From which side a search begins, and what it finds.

use super::sequence::{align, rising};

/// From which of two sides a search begins: from the one that sorts first, whether that is the old one or the new.
#[derive(Clone, Copy, Debug)]
pub struct Direction {
    from_new: bool,
}

/// What a search finds, which can be told the other way round.
pub trait Turn {
    /// The same, with the sides in each other's place.
    fn turned(self) -> Self;
}

impl Turn for (usize, usize) {
    fn turned(self) -> Self {
        (self.1, self.0)
    }
}

impl Direction {
    /// The direction for two things that are compared.
    pub fn of<T: PartialOrd + ?Sized>(old: &T, new: &T) -> Self {
        Self { from_new: old > new }
    }

    /// The direction for two sequences that are compared element by element.
    pub fn of_each<T: PartialOrd>(old: impl Iterator<Item = T>, new: impl Iterator<Item = T>) -> Self {
        Self { from_new: old.gt(new) }
    }

    /// Searches from the first side; what `find` finds is given as old and new.
    pub fn search<T, P: Turn>(self, old: T, new: T, find: impl FnOnce(T, T) -> Vec<P>) -> Vec<P> {
        match self.from_new {
            true => find(new, old).into_iter().map(P::turned).collect(),
            false => find(old, new),
        }
    }

    /// The pairs that `find` finds.
    pub fn pair<T>(self, old: T, new: T, find: impl FnOnce(T, T) -> Vec<(usize, usize)>) -> Alignment {
        Alignment { direction: self, pairs: self.search(old, new, find) }
    }

    /// These pairs, given as old and new.
    pub fn pairs(self, pairs: Vec<(usize, usize)>) -> Alignment {
        Alignment { direction: self, pairs }
    }

    /// Pairs of equal elements, rising on both sides.
    pub fn align(self, old: &[u32], new: &[u32]) -> Alignment {
        self.pair(old, new, align)
    }

    /// What belongs to the two sides, that of the first side first.
    pub fn in_order<T>(self, old: T, new: T) -> [T; 2] {
        if self.from_new { [new, old] } else { [old, new] }
    }
}

/// Places in the old sequence and their partners in the new one.
#[derive(Clone, Debug)]
pub struct Alignment {
    direction: Direction,
    pairs: Vec<(usize, usize)>,
}

impl Alignment {
    /// The most of its pairs that rise on both sides.
    pub fn rising(&self) -> Self {
        let pairs = self.direction.search((), (), |(), ()| {
            let told = |&(old, new): &(usize, usize)| self.direction.in_order(old, new).into();
            let mut pairs: Vec<(usize, usize)> = self.pairs.iter().map(told).collect();
            pairs.sort_unstable();
            rising(&pairs)
        });
        Self { direction: self.direction, pairs }
    }

    /// The same, but what is loose only where it fits between the rest.
    pub fn rising_around(&self, is_loose: impl Fn(usize, usize) -> bool) -> Self {
        let (loose, fixed): (Vec<_>, Vec<_>) = self.pairs.iter().partition(|pair| is_loose(pair.0, pair.1));
        let fixed = Self { direction: self.direction, pairs: fixed }.rising();
        let side = |of: fn(&(usize, usize)) -> usize| -> Vec<usize> { fixed.pairs.iter().map(of).collect() };
        let (mut old, mut new) = (side(|pair| pair.0), side(|pair| pair.1));
        old.sort_unstable();
        new.sort_unstable();
        let fits =
            |pair: &(usize, usize)| old.partition_point(|&at| at < pair.0) == new.partition_point(|&at| at < pair.1);
        let pairs = fixed.pairs.iter().copied().chain(loose.into_iter().filter(fits)).collect();
        Self { direction: self.direction, pairs }.rising()
    }

    /// Old and new, in the order in which they were found.
    pub fn pairs(&self) -> &[(usize, usize)] {
        &self.pairs
    }

    /// For each of so many places in the old sequence, its partner.
    pub fn partners_of_old(&self, length: usize) -> Vec<Option<usize>> {
        lookup(length, self.pairs.iter().copied())
    }

    /// For each of so many places in the new sequence, its partner.
    pub fn partners_of_new(&self, length: usize) -> Vec<Option<usize>> {
        lookup(length, self.pairs.iter().map(|&pair| pair.turned()))
    }
}

fn lookup(length: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<Option<usize>> {
    let mut partners = vec![None; length];
    for (from, to) in pairs {
        partners[from] = Some(to);
    }
    partners
}
