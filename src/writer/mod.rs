//! From a document to bytes: one leaf per format. No writer knows YAML, versions, the clock or the disk.

pub mod columns;
pub mod docx;
pub mod pages;
pub mod pdf;
pub mod typeset;

/// What a writer couldn't set as asked: an error to a drafter, in a place that the pipeline can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Index into [`Document::blocks`](crate::document::Document::blocks).
    pub block: Option<usize>,
    pub message: String,
    /// What to do about it.
    pub help: String,
}
