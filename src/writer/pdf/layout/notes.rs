//! Notes: their numbers where they are referred to, and their lines at the foot of the page.

use super::flow::{Flow, LinePlacement, NoteLine};
use super::ink::{Ink, Inked, Manner, colour_of, ink, link_in, parted, slot_for, stroke_of};
use super::lines::{Line, break_lines};
use super::setter::Setter;
use crate::document::{Mark, Run, Script, Style};
use crate::writer::pdf::placed::Belongs;
use crate::writer::pdf::tree::{NodeId, Tag};
use crate::writer::typeset::Face;
use std::borrow::Cow;
use std::rc::Rc;

/// Between the text and the line over the notes, and between that and the first of them, in points.
const GAP: f32 = 6.0;
/// How much of the text's width the line over the notes has, and how thick it is in points.
const LINE: f32 = 0.3;
const THICKNESS: f32 = 0.5;
/// How much of a page notes may take; what is more goes on at the foot of the next.
const MOST: f32 = 0.5;
/// How many lines of a note stand on the page of its reference at least.
const TOGETHER: usize = 3;

/// A reference to a note.
pub(super) struct Reference<'d> {
    id: usize,
    run: &'d Run,
    /// What it shows, in each of the texts that it shows another number in.
    labels: Vec<(String, Mark)>,
}

/// A note in lines.
#[derive(Debug)]
pub(super) struct SetNote {
    id: usize,
    lines: Vec<Line>,
    size: f32,
    leading: f32,
}

impl SetNote {
    /// How much room it needs on the page of its reference.
    pub fn least_height(&self) -> f32 {
        self.lines.len().min(TOGETHER) as f32 * self.leading + 2.0 * GAP
    }
}

/// The place of a note, and of the reference to it.
pub(super) fn anchors(id: usize) -> (String, String) {
    (format!("note-{id}"), format!("note-{id}-reference"))
}

impl Setter<'_> {
    /// The runs with the number of each note where it is referred to.
    pub fn refer<'d>(&mut self, runs: &'d [Run]) -> (Cow<'d, [Run]>, Vec<Reference<'d>>) {
        if runs.iter().all(|run| run.style.now.note.is_none()) {
            return (Cow::Borrowed(runs), Vec::new());
        }
        let (mut shown, mut references) = (Vec::with_capacity(runs.len()), Vec::new());
        for run in runs {
            if run.style.now.note.is_none() {
                shown.push(run.clone());
                continue;
            }
            let counted = &mut self.footnotes;
            counted.all += 1;
            counted.was += usize::from(run.mark != Mark::Inserted);
            counted.now += usize::from(run.mark != Mark::Deleted);
            let (was, now) = (counted.was.to_string(), counted.now.to_string());
            let labels = match run.mark {
                Mark::Kept if was != now => vec![(was, Mark::Deleted), (now, Mark::Inserted)],
                Mark::Deleted => vec![(was, run.mark)],
                Mark::Kept | Mark::Inserted => vec![(now, run.mark)],
            };
            let target = Some(format!("#{}", anchors(counted.all).0));
            for (text, mark) in &labels {
                let style = Style { script: Some(Script::Superscript), link: target.clone(), ..run.style.now.clone() };
                shown.push(Run { text: text.clone(), style: style.into(), mark: *mark });
            }
            references.push(Reference { id: counted.all, run, labels });
        }
        (Cow::Owned(shown), references)
    }

    /// Sets the notes that are referred to in an element, within it.
    pub fn set_notes(&mut self, references: &[Reference<'_>], node: NodeId, width: f32) -> Vec<SetNote> {
        references.iter().map(|reference| self.set_note(reference, node, width)).collect()
    }

    fn set_note(&mut self, reference: &Reference<'_>, node: NodeId, width: f32) -> SetNote {
        let (sheet, text) = (self.sheet, self.sheet.footnote());
        let note = self.tree.add(node, Tag::Footnote(reference.id));
        let mark = reference.run.mark;
        let colour = sheet.colours.text;
        let manner = Manner { strong: text.strong, emphasis: text.emphasis, size: text.size, colour, mark };
        let label = self.tree.add(note, Tag::Label);
        let back: Rc<str> = format!("#{}", anchors(reference.id).1).into();
        let face = Face::of(text.strong, text.emphasis);
        let mut inked: Vec<Inked<'_>> = Vec::new();
        for (number, mark) in &reference.labels {
            let link = link_in(&mut self.tree, label, number);
            let slot = slot_for(&mut self.tree, link, *mark, number, sheet);
            let ink = Ink {
                face,
                script: Some(Script::Superscript),
                colour: colour_of(*mark, sheet.colours.link, sheet),
                stroke: stroke_of(*mark),
                tint: None,
                belongs: Belongs::Slot(slot),
                link: Some((link, Rc::clone(&back))),
                refers: false,
            };
            inked.push(Inked { text: number, ink, changed: *mark != Mark::Kept, said: Vec::new() });
        }
        // The blank parts the number from the words where both are copied.
        let slot = self.tree.slot(note);
        let belongs = Belongs::Slot(slot);
        let ink_of_blank =
            Ink { face, script: None, colour, stroke: None, tint: None, belongs, link: None, refers: false };
        inked = parted(inked, false);
        inked.push(Inked { text: " ", ink: ink_of_blank, changed: false, said: Vec::new() });
        let runs = reference.run.style.now.note.as_deref().map_or(&[][..], |note| &note.runs);
        inked.extend(parted(ink(runs, manner, sheet, &self.hands, (&mut self.tree, note)), false));
        let lines = break_lines(&mut self.shaper, &inked, text.size, width);
        self.note_missing(None, lines.iter());
        SetNote { id: reference.id, lines, size: text.size, leading: text.size * text.line }
    }
}

impl Flow<'_> {
    /// How much of the page the notes at its foot take.
    pub fn notes_height(&self) -> f32 {
        if self.notes.is_empty() {
            return 0.0;
        }
        2.0 * GAP + self.notes.iter().map(|line| line.leading).sum::<f32>()
    }

    /// Puts a note that is referred to in the line that was just put.
    pub fn footnote(&mut self, note: SetNote, reference_top: f32) {
        let page = self.here().page;
        self.anchors.push((anchors(note.id).1, page, reference_top));
        let lines = note.lines.into_iter().enumerate().map(|(index, line)| NoteLine {
            line,
            size: note.size,
            leading: note.leading,
            begins: (index == 0).then_some(note.id),
        });
        self.note_lines(lines.collect());
    }

    /// Puts as many lines at the foot of the page as have room there, in order; the rest wait for the next page.
    pub fn note_lines(&mut self, lines: Vec<NoteLine>) {
        for line in lines {
            let first = if self.notes.is_empty() { 2.0 * GAP } else { 0.0 };
            let needs = first + line.leading;
            let fits = needs <= self.room() + 0.01 && self.notes_height() + needs <= self.whole() * MOST;
            // A page takes at least one, so that there is an end to them.
            let none = self.fresh && self.notes.is_empty();
            if self.waiting.is_empty() && (fits || none) {
                self.notes.push(line);
            } else {
                self.waiting.push(line);
            }
        }
    }

    /// Draws the notes of the page that ends.
    pub fn foot(&mut self) {
        let mut y = self.frame.bottom - self.notes_height() + GAP;
        let notes = std::mem::take(&mut self.notes);
        if notes.is_empty() {
            return;
        }
        self.rule(self.frame.left, y - THICKNESS / 2.0, self.frame.text_width() * LINE, THICKNESS);
        y += GAP;
        let page = self.here().page;
        for NoteLine { line, size, leading, begins } in notes {
            self.anchors.extend(begins.map(|id| (anchors(id).0, page, y)));
            if line.changed {
                self.bar(y, leading, line.note.as_ref());
            }
            self.line_at(line, y, LinePlacement { x: self.frame.left, size, leading });
            y += leading;
        }
    }

    /// Draws what notes are left, on as many pages as they take.
    pub fn end_notes(&mut self) {
        while !self.waiting.is_empty() {
            self.next_page();
        }
        self.foot();
    }
}
