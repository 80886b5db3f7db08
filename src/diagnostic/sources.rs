//! The text of a project's files, as it was read.

use super::finding::Location;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The text of each file, to show the line that a finding is about.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: BTreeMap<Arc<str>, String>,
}

impl Sources {
    /// Adds the text of a file.
    pub fn add(&mut self, file: Arc<str>, text: String) {
        self.files.insert(file, text);
    }

    /// The text of a file, as it was read.
    pub fn text(&self, file: &str) -> Option<&str> {
        self.files.get(file).map(String::as_str)
    }

    /// The path and the text of each file, in order.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(file, text)| (&**file, text.as_str()))
    }

    /// These and others.
    pub fn with(mut self, others: Self) -> Self {
        self.files.extend(others.files);
        self
    }

    /// The line that a place is on.
    pub fn line(&self, location: &Location) -> Option<&str> {
        self.text(&location.file)?.lines().nth(location.line.checked_sub(1)?)
    }
}
