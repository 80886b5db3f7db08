//! Where in a text something stands.

use granit_parser::Span;

/// A stretch of the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// In bytes.
    pub start: usize,
    pub end: usize,
}

impl From<&Span> for Extent {
    fn from(span: &Span) -> Self {
        Self {
            line: u32::try_from(span.start.line()).unwrap_or(u32::MAX),
            column: u32::try_from(span.start.col() + 1).unwrap_or(u32::MAX),
            start: span.start.byte_offset().unwrap_or(0),
            end: span.end.byte_offset().unwrap_or(0),
        }
    }
}
