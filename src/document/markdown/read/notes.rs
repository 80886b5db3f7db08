//! Notes, which a drafter writes as `[^1]`, with `[^1]: what it says` at the end.
//!
//! A note's text is that of the reference above it with the same name, so that the bodies of several sections, each with
//! names of its own, can stand in one document.

use super::super::escape::is_escaped;
use super::super::fault::Fault;
use super::{Passage, Reader};
use crate::document::{Block, Note, Run, join_runs};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The notes of a text.
#[derive(Default)]
pub(super) struct Notes {
    /// Where the line of a note's text begins, and how long the sign before the text is.
    lines: BTreeMap<usize, usize>,
    /// Words before this byte were read as a sign.
    read_to: usize,
    /// The note whose text is being read.
    pub open: Option<Named>,
    /// In order.
    references: Vec<Reference>,
    /// The names that have had a text.
    done: BTreeSet<String>,
}

/// A name and where it was written.
pub(super) struct Named {
    name: String,
    at: Range<usize>,
}

struct Reference {
    named: Named,
    runs: Option<Vec<Run>>,
}

impl Notes {
    pub fn new(text: &str) -> Self {
        let mut lines = BTreeMap::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let at = start + line.len() - line.trim_start_matches(' ').len();
            start += line.len();
            let Some(sign) = text.get(at..).and_then(sign).filter(|sign| text[at + sign..].starts_with(':')) else {
                continue;
            };
            let rest = &text[at + sign + 1..];
            let blanks = rest.len() - rest.trim_start_matches(' ').len();
            lines.insert(at, sign + 1 + blanks);
        }
        Self { lines, ..Self::default() }
    }

    /// Hides the lines of notes from CommonMark, which takes some of them for the addresses of links.
    pub fn hide(&self, read: &mut String) {
        for &at in self.lines.keys() {
            read.replace_range(at..=at, "x");
        }
    }

    /// Whether the text of a note begins in the line that does.
    pub fn begins_after(&self, text: &str, at: usize) -> bool {
        let line = text.get(at..).unwrap_or_default();
        self.lines.contains_key(&(at + line.len() - line.trim_start_matches(' ').len()))
    }
}

impl Reader<'_> {
    /// Takes up text that was read, and the notes that stand in it.
    pub(super) fn text(&mut self, text: &str, mut at: Range<usize>) {
        let hidden = self.notes.read_to.saturating_sub(at.start).min(at.len());
        let Some(text) = text.get(hidden..).filter(|text| !text.is_empty()) else { return };
        at.start += hidden;
        if let Some(length) = self.notes.lines.remove(&at.start) {
            return self.start_note(at.start..at.start + length);
        }
        let written = self.text.get(at.start..).unwrap_or_default();
        let escaped = is_escaped(self.text, at.start);
        match sign(written).filter(|_| text == "[" && !escaped) {
            Some(length) => self.reference(at.start..at.start + length),
            None => self.words(text, at),
        }
    }

    fn start_note(&mut self, sign: Range<usize>) {
        self.end_paragraph();
        self.notes.read_to = sign.end;
        let written = self.text.get(sign.clone()).unwrap_or_default();
        let name = written.trim_end().trim_start_matches("[^").trim_end_matches("]:").to_owned();
        let end = sign.start + written.trim_end().len();
        self.notes.open = Some(Named { name, at: sign.start..end });
    }

    fn reference(&mut self, at: Range<usize>) {
        self.notes.read_to = at.end;
        let name = self.text[at.start + 2..at.end - 1].to_owned();
        if self.notes.open.is_some() {
            let help = "Say it in the one note, or write \\[^ for the characters.";
            return self.fault(at, format!("the note {name} is referred to within a note"), help);
        }
        // A redline may make a heading of a paragraph that had one.
        if (self.typed && self.heading.is_some()) || self.cells.is_open() {
            let help = "Refer to it from a paragraph or an item of a list.";
            return self.fault(at, format!("the note {name} is referred to in a heading or a table"), help);
        }
        self.inline.push(crate::document::NOTE, at.start);
        if let Some(run) = self.inline.runs.last_mut() {
            run.style.now.note = Some(Box::default());
        }
        self.notes.references.push(Reference { named: Named { name, at }, runs: None });
    }

    /// Gives the text of a note to the reference above it.
    pub(super) fn end_note(&mut self, note: Named, runs: Vec<Run>, passage: Passage) {
        let Named { name, at } = note;
        let is_blank = self.typed && runs.iter().all(|run| run.text.trim().is_empty());
        if runs.is_empty() || is_blank {
            return self.fault(
                at,
                format!("the note {name} has no words"),
                "Write them after the colon, or delete it.",
            );
        }
        let mut waiting = self.notes.references.iter_mut().filter(|it| it.runs.is_none() && it.named.name == name);
        let first = waiting.next();
        let twice: Vec<Range<usize>> = waiting.map(|it| it.named.at.clone()).collect();
        let again = !self.notes.done.insert(name.clone()) && self.typed;
        match first {
            Some(reference) => {
                reference.runs = Some(runs);
                self.passages.push(passage);
                if again {
                    let message = format!("the note {name} has another text above");
                    self.fault(at, message, "Give each note a name of its own.");
                }
            }
            None if again => self.fault(at, format!("the note {name} has two texts"), "Delete one of them."),
            None => {
                let help = format!("Write [^{name}] where it belongs, above it, or delete it.");
                self.fault(at, format!("nothing refers to the note {name}"), help);
            }
        }
        for at in twice {
            let message = format!("the note {name} is referred to twice");
            self.fault(at.clone(), message, "Give each reference a note of its own, and a name of its own.");
            if let Some(reference) = self.notes.references.iter_mut().find(|reference| reference.named.at == at) {
                reference.runs = Some(Vec::new());
            }
        }
    }

    /// Puts the texts of the notes to their references.
    pub(super) fn set_notes(&mut self) {
        if self.notes.references.is_empty() {
            return;
        }
        let references = std::mem::take(&mut self.notes.references);
        for Reference { named: Named { name, at }, .. } in references.iter().filter(|it| it.runs.is_none()) {
            let help = format!("Write [^{name}]: and what it says at the end, or \\[^ for the characters.");
            let message = format!("the note {name} has no text below");
            self.faults.push(Fault { at: at.clone(), message, help });
        }
        let mut texts = references.into_iter().map(|reference| reference.runs.unwrap_or_default());
        let paragraphs = self.blocks.iter_mut().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(&mut paragraph.runs),
            _ => None,
        });
        for run in paragraphs.flatten() {
            if let Some(note) = &mut run.style.now.note {
                **note = Note { runs: join_runs(texts.next().unwrap_or_default()) };
            }
        }
    }
}

/// The length of a reference to a note that a text begins with, such as `[^1]`.
fn sign(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("[^")?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.'))?;
    (end > 0 && rest[end..].starts_with(']')).then_some(end + 3)
}
