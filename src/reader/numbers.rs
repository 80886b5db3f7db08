//! The numbers of lists: where one goes on counting, and where one begins with a number of its own.

use super::marked::{Counts, Label, Look};
use crate::document::{Kind, Marker};

/// How far each level has counted in a text.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    last: [Option<u32>; 9],
}

impl Numbers {
    /// Takes account of a paragraph, and lets an item that doesn't follow the one before it begin with its number.
    pub fn count(&mut self, look: &Look, kind: &mut Kind) {
        let Kind::Item { marker, .. } = kind else { return };
        let Some(Label { level, counts, begins, .. }) = &look.label else { return };
        let level = usize::from(*level).min(self.last.len() - 1);
        if let (Marker::Number { restart }, Counts::Plain(value)) = (marker, counts) {
            let follows = !begins && self.last[level].is_some_and(|last| last.checked_add(1) == Some(*value));
            *restart = (!follows).then_some(*value);
            self.last[level] = Some(*value);
        }
        self.last[level + 1..].fill(None);
    }
}
