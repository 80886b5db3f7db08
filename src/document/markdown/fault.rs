//! What is wrong with Markdown.

use std::ops::Range;

/// Something in the Markdown that the dialect doesn't have, or that is wrong in itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes of the text that was read.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}
