//! What stands in the margin beside the bar of a change: whose it is, and how it looked.

use super::flow::{EDGE, NOTE_GAP};
use super::ink::{Ink, Inked};
use super::lines::{Line, Note, break_lines};
use super::setter::Setter;
use crate::document::{Kind, Marker, Paragraph};
use crate::stylesheet::Was;
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
        let ink = Ink {
            face: Face::Regular,
            script: None,
            colour: self.sheet.colours.quiet,
            stroke: None,
            tint: None,
            belongs: Belongs::Margin,
            link: None,
            refers: false,
        };
        let run = Inked { text: &text, ink, changed: false, said: Vec::new() };
        let lines = break_lines(&mut self.shaper, &[run], marks.note_size, room);
        self.note_missing(None, lines.iter());
        let note = Rc::new(Note { text: text.clone(), lines });
        self.notes.insert(text, Rc::clone(&note));
        Some(note)
    }
}

/// What is said of a paragraph that was of another kind, unless its label says so itself.
pub(super) fn was(paragraph: &Paragraph, words: &Was) -> Option<Rc<str>> {
    let was = paragraph.kind.was.as_ref()?;
    let said = match (was, &paragraph.kind.now) {
        (Kind::Heading { level: was, .. }, Kind::Heading { level: now, .. }) if was == now => return None,
        (Kind::Item { level: was, marker }, Kind::Item { level: now, .. }) if was == now => match marker {
            Marker::Bullet => words.bullet.clone(),
            Marker::Label(label) => words.label.replace("{label}", label.as_str()),
            Marker::Continued => words.item.replace("{level}", &was.to_string()),
        },
        (Kind::Heading { level, .. }, _) => words.heading.replace("{level}", &level.to_string()),
        (Kind::Item { level, .. }, _) => words.item.replace("{level}", &level.to_string()),
        (Kind::Clause { .. }, Kind::Clause { .. }) => return None,
        (Kind::Body | Kind::Clause { .. }, _) => words.body.clone(),
        (Kind::Role(_), _) => return None,
    };
    (!said.is_empty()).then(|| Rc::from(said))
}
