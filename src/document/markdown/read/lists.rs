//! Lists: which items there are, and what stands before each.

use super::{Reader, Remarks};
use crate::document::{Kind, Label, Marker, TextRole};
use std::collections::HashSet;
use std::ops::Range;

/// How deep lists nest.
pub(super) const DEEPEST: usize = 6;

#[derive(Default)]
pub(super) struct List {
    /// The label of the item that is open; bullets have none.
    pub label: Option<Label>,
    /// The labels that it has had.
    pub labels: HashSet<Label>,
    /// Whether it is what a term means.
    pub is_definition: bool,
    /// Whether the item that is open has had a paragraph.
    pub item_has_text: bool,
}

impl Reader<'_> {
    pub(super) fn start_list(&mut self, at: Range<usize>) {
        self.end_paragraph();
        if self.lists.len() == DEEPEST {
            let message = format!("lists nest at most {DEEPEST} deep");
            self.fault(at, message, "Write the innermost list as text, or as a list of its own.");
        }
        self.lists.push(List::default());
    }

    pub(super) fn start_item(&mut self, at: Range<usize>) {
        let label = self.labelled.labels.remove(&at.start);
        let Some(list) = self.lists.last_mut() else { return };
        list.item_has_text = false;
        let twice = label.clone().filter(|label| !list.labels.insert(label.clone()));
        list.label = label;
        if let Some(label) = twice.filter(|_| self.typed) {
            let end = at.start + label.as_str().len();
            self.fault(
                at.start..end,
                format!("the label {label} stands twice in one list"),
                "Give each item a label of its own.",
            );
        }
    }

    /// Labels are of items, unless they stand too far in to be; and a drafter says which are.
    pub(super) fn no_label_waits(&mut self) {
        for (at, label) in std::mem::take(&mut self.labelled.labels) {
            let message = format!("{label} stands too far in to begin an item");
            let help =
                "Put it under the label of the item that it follows, or under the text of the item that it is within.";
            self.fault(at..at + label.as_str().len(), message, help);
        }
        if self.typed {
            self.faults.append(&mut self.labelled.unclear);
        }
    }

    pub(super) fn item_kind(&mut self, remarks: &Remarks) -> Kind {
        let level = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        let Some(list) = self.lists.last_mut() else { return Kind::Body };
        let is_definition = list.is_definition;
        let marker = match &list.label {
            _ if list.item_has_text || remarks.continued => Marker::Continued,
            None => Marker::Bullet,
            Some(label) => Marker::Label(label.clone()),
        };
        for list in &mut self.lists {
            list.item_has_text = true;
        }
        if is_definition { Kind::Role(TextRole::Meaning) } else { Kind::Item { level, marker } }
    }
}
