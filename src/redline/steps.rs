//! Which section or table of the old text became which of the new.

use super::amendment::{PartChange, SiteKind};
use super::pairing::pair;
use super::parts::Segment;
use crate::align::Direction;
use crate::model::Descent;

/// A part, what became of it, and where it stands.
#[derive(Debug)]
pub(super) struct FoundPart {
    pub step: PartStep,
    pub level: u8,
    pub change: PartChange,
}

/// What became of each segment, in the order in which a redline shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartStep {
    Kept {
        old: usize,
        new: usize,
    },
    /// `moved` says that the same part stands elsewhere in the new text.
    Deleted {
        old: usize,
        moved: bool,
    },
    /// `moved` is where it stood in the old text, if it did.
    Inserted {
        new: usize,
        moved: Option<usize>,
    },
}

/// What a drafter moved is what is drawn as moved, where that is known; else as little as can be.
pub(super) fn steps<'a>(old: &[Segment<'a>], new: &[Segment<'a>], descent: &Descent) -> Vec<PartStep> {
    let blocks = |segment: &Segment<'a>| segment.blocks;
    let direction = Direction::of_each(old.iter().map(blocks), new.iter().map(blocks));
    let partners = direction.pair(old, new, |old, new| pair(old, new, descent));
    let is_moved =
        |from: usize, _| old[from].site.kind == SiteKind::Section && descent.moved.contains(&old[from].site.id);
    let stays = partners.rising_around(is_moved).partners_of_old(old.len());
    let (moved_to, moved_from) = (partners.partners_of_old(old.len()), partners.partners_of_new(new.len()));
    let mut steps = Vec::with_capacity(old.len().max(new.len()));
    let mut j = 0;
    let insert_until = |j: &mut usize, end: usize, steps: &mut Vec<PartStep>| {
        while *j < end {
            steps.push(PartStep::Inserted { new: *j, moved: moved_from[*j] });
            *j += 1;
        }
    };
    for i in 0..old.len() {
        match stays[i] {
            Some(new) => {
                insert_until(&mut j, new, &mut steps);
                steps.push(PartStep::Kept { old: i, new });
                j = new + 1;
            }
            None => steps.push(PartStep::Deleted { old: i, moved: moved_to[i].is_some() }),
        }
    }
    insert_until(&mut j, new.len(), &mut steps);
    steps
}
