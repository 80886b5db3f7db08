//! What stands in the margin beside the bar of a change: whose it is, and how it looked.

use super::flow::{EDGE, NOTE_GAP};
use super::ink::{Ink, Inked};
use super::lines::{Line, Note, break_lines};
use super::setter::Setter;
use crate::writer::pdf::length::points;
use crate::writer::pdf::placed::Belongs;
use crate::writer::typeset::Face;
use std::rc::Rc;

/// The narrowest margin that words are set in, in points.
const NARROWEST: f32 = 20.0;

impl Setter<'_> {
    /// Gives a changed line the note that stands beside it.
    pub fn note_beside(&mut self, line: &mut Line, whose: &[Rc<str>]) {
        if line.changed {
            line.note = self.note(whose.iter().chain(&line.said));
        }
    }

    /// The note beside a row of a table.
    pub fn note_beside_row<'l>(
        &mut self,
        lines: impl Iterator<Item = &'l Line>,
        whose: &'l [Rc<str>],
    ) -> Option<Rc<Note>> {
        let mut said: Vec<&Rc<str>> = whose.iter().collect();
        for more in lines.flat_map(|line| &line.said) {
            if !said.contains(&more) {
                said.push(more);
            }
        }
        self.note(said.into_iter())
    }

    /// A note that says each of these on a line of its own. A margin too narrow for words has none.
    pub(super) fn note<'n>(&mut self, said: impl Iterator<Item = &'n Rc<str>>) -> Option<Rc<Note>> {
        let text = said.map(|said| &**said).collect::<Vec<_>>().join("\n");
        let marks = &self.sheet.marks;
        let room = points(self.sheet.page.left - marks.bar_gap - EDGE) - marks.bar_width - NOTE_GAP;
        if text.is_empty() || room < NARROWEST {
            return None;
        }
        if let Some(note) = self.notes.get(&text) {
            return Some(Rc::clone(note));
        }
        let ink = Ink::plain(Face::Regular, self.sheet.colours.quiet, Belongs::Margin);
        let run = Inked { text: &text, ink, changed: false, said: Vec::new() };
        let lines = break_lines(&mut self.shaper, &[run], marks.note_size, room);
        self.note_missing(None, lines.iter());
        let note = Rc::new(Note { text: text.clone(), lines });
        self.notes.insert(text, Rc::clone(&note));
        Some(note)
    }
}
