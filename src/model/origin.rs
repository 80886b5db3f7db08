//! Where a value stands in the content, and which version's drafter wrote it.

use crate::diagnostic::Location;
use serde::{Serialize, Serializer};
use std::ops::Deref;
use std::sync::Arc;

/// A file of the content, and the version it belongs to.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// The path as the drafter knows it: relative to the root, with `/` on every system.
    pub file: Arc<str>,
    /// The id of the version whose folder the file stands in; empty for a file that belongs to none.
    pub version: Arc<str>,
}

/// A place in a source. The default is no place at all, for values that nobody wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The file and the version that say so, if a file does.
    pub source: Option<Arc<Source>>,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
    /// In characters; what is meant of the line.
    pub length: u32,
}

impl Origin {
    /// The place for a diagnostic.
    pub fn location(&self) -> Option<Location> {
        self.source.as_ref().map(|source| Location {
            file: Arc::clone(&source.file),
            line: self.line as usize,
            column: self.column as usize,
            length: self.length as usize,
        })
    }

    /// The id of the version whose drafter wrote the value.
    pub fn version(&self) -> Option<&str> {
        self.source.as_ref().map(|source| &*source.version)
    }
}

/// Where a statement stands, which is no part of what it says: any two are equal.
#[derive(Clone, Debug, Default)]
pub struct Standing(pub Origin);

impl PartialEq for Standing {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Standing {}

impl Deref for Standing {
    type Target = Origin;

    fn deref(&self) -> &Origin {
        &self.0
    }
}

impl From<Origin> for Standing {
    fn from(origin: Origin) -> Self {
        Self(origin)
    }
}

/// A value and its place. Two are equal when they say the same, wherever they stand.
#[derive(Clone, Debug, Default)]
pub struct Placed<T> {
    /// What is said.
    pub value: T,
    /// Where.
    pub origin: Origin,
}

impl<T> Placed<T> {
    /// A value, and where it is said.
    pub const fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }
}

impl<T> Deref for Placed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Placed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Placed<T> {}

impl<T: Serialize> Serialize for Placed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T> From<T> for Placed<T> {
    fn from(value: T) -> Self {
        Self { value, origin: Origin::default() }
    }
}

/// Words for a reader, with the place of each of their lines: the body of a section, a heading, the name of a row.
///
/// Two are equal when they say the same, wherever they stand.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// What is said.
    pub text: String,
    /// Where.
    pub origin: Origin,
    /// Where each line of the text begins in the source, as far as the source holds it letter for letter.
    pub lines: Vec<Option<LinePlace>>,
}

/// Where a line of text begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinePlace {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

impl Text {
    /// The place of the `length` characters from byte `offset` of the text on. Where the source doesn't hold that
    /// line letter for letter (it is folded, or written with escapes), the place where the text begins.
    pub fn locate(&self, offset: usize, length: usize) -> Option<Location> {
        self.place(offset, length).or_else(|| self.origin.location())
    }

    /// As [`Text::locate`], where the source holds that line letter for letter.
    pub fn place(&self, offset: usize, length: usize) -> Option<Location> {
        let location = self.origin.location()?;
        let before = self.text.get(..offset)?;
        let place = (*self.lines.get(before.matches('\n').count())?)?;
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = place.column as usize + before.get(start..)?.chars().count();
        Some(Location { line: place.line as usize, column, length, ..location })
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Text {}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_text_is_found_in_characters_on_its_own_line() {
        let source = Arc::new(Source { file: "a.yaml".into(), version: "6.18".into() });
        let text = Text {
            text: "é one\ntwo".into(),
            origin: Origin { source: Some(source), line: 3, column: 3, length: 5 },
            lines: vec![Some(LinePlace { line: 4, column: 3 }), None],
        };
        let at = |offset| text.locate(offset, 3).map(|at| (at.line, at.column, at.length));
        assert_eq!(at(3), Some((4, 5, 3)), "the two bytes of é are one character");
        assert_eq!(at(8), Some((3, 3, 5)), "a line without a place falls back to the start");
        assert_eq!(at(900), Some((3, 3, 5)), "so does an offset past the end, which no text has");
    }
}
