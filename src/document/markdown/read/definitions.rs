//! Definitions: a term on a line, and what it means below, after a colon.

use super::Reader;
use super::lists::List;
use std::ops::Range;

impl Reader<'_> {
    pub(super) fn start_definitions(&mut self, at: Range<usize>) {
        self.end_paragraph();
        if !self.lists.is_empty() {
            let help =
                "Leave an empty line above the term and begin it at the margin, or write \\: for the colon itself.";
            self.fault(at, "a definition stands within a list", help);
        }
    }

    /// What a term means is the first level of a list, in which items stand from the second.
    pub(super) fn start_meaning(&mut self, at: Range<usize>) {
        self.end_paragraph();
        let is_plain = self.text.get(at.start..).is_some_and(|text| text.starts_with(": "));
        if self.typed && !is_plain {
            let help = "Put one space after it, or write \\: for the character itself.";
            self.fault(at.start..at.start + 1, "a colon that begins a line begins what the term above it means", help);
        }
        self.lists.push(List { is_definition: true, ..List::default() });
    }

    pub(super) fn end_meaning(&mut self, at: Range<usize>) {
        self.end_paragraph();
        if self.lists.pop().is_some_and(|list| !list.item_has_text) {
            self.fault(at, "a term has no meaning", "Write it after the colon, or delete the term.");
        }
    }
}
