//! What several copies of one redline make of the same change.

use super::outcome::{Change, Outcome, Review, Site};

/// A place of a redline of which several copies say something.
#[derive(Clone, Debug)]
pub struct Shared<'r> {
    /// The part that it is in.
    pub site: &'r Site,
    /// What each copy that says something did there, by the index of the copy.
    pub said: Vec<(usize, Vec<&'r Change>)>,
}

impl Shared<'_> {
    /// Whether all did the same.
    pub fn is_agreed(&self) -> bool {
        let deeds = |changes: &[&Change]| -> Vec<(Outcome, String)> {
            changes.iter().map(|it| (it.outcome, it.now.clone())).collect()
        };
        self.said.windows(2).all(|pair| deeds(&pair[0].1) == deeds(&pair[1].1))
    }

    /// The first copy that accepted what another didn't, and that other.
    pub fn contradiction(&self) -> Option<(usize, usize)> {
        let has = |changes: &[&Change], accepted: bool| {
            changes.iter().any(|it| (it.outcome == Outcome::Accepted) == accepted)
        };
        let accepts = self.said.iter().find(|(_, changes)| has(changes, true) && !has(changes, false))?;
        let other = self.said.iter().find(|(_, changes)| has(changes, false) && !has(changes, true))?;
        Some((accepts.0, other.0))
    }
}

/// The places of which at least two of the copies say something, in their order. What is left open is left to others.
pub fn together<'r>(copies: &[&'r Review]) -> Vec<Shared<'r>> {
    let mut all: Vec<(usize, &Site, &Change)> = Vec::new();
    for (at, review) in copies.iter().enumerate() {
        for part in &review.parts {
            let said = part.changes.iter().filter(|it| it.is_change && !it.is_counted && it.outcome != Outcome::Open);
            all.extend(said.map(|change| (at, &part.site, change)));
        }
    }
    all.sort_by_key(|(at, _, change)| (change.at.start, *at));
    let mut shared: Vec<(usize, Shared<'r>)> = Vec::new();
    for (copy, site, change) in all {
        match shared.last_mut().filter(|(end, _)| change.at.start < *end) {
            Some((end, place)) => {
                *end = change.at.end.max(*end);
                match place.said.iter_mut().find(|(known, _)| *known == copy) {
                    Some((_, changes)) => changes.push(change),
                    None => place.said.push((copy, vec![change])),
                }
            }
            None => shared.push((change.at.end, Shared { site, said: vec![(copy, vec![change])] })),
        }
    }
    shared.into_iter().map(|(_, place)| place).filter(|place| place.said.len() > 1).collect()
}
