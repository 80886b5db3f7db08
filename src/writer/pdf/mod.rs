//! Documents as PDF: PDF/UA-1 for those who read with help, PDF/A-2a for those who read in fifty years.
//!
//! Three rooms follow each other. *Layout* turns the tree of a document into pages of things in their places, and
//! *painting* turns those into a PDF by printpdf; *tagging* adds to it what printpdf doesn't write: the logical
//! structure, the outline, links, metadata. [`placed`] and [`tree`] are what they hand on.

mod layout;
mod length;
mod paint;
pub mod placed;
mod tag;
pub mod tree;

use super::Problem;
use crate::document::{Document, Meta};
use crate::stylesheet::Stylesheet;
use placed::Laid;

/// What a caller may choose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// When the document was made, as `2019-11-29` or `2019-11-29T16:05:09Z`; the file bears no date without it.
    pub date: Option<String>,
}

/// A document as the bytes of a PDF.
///
/// # Errors
/// As [`lay_out`].
pub fn write(document: &Document, sheet: &Stylesheet) -> Result<Vec<u8>, Vec<Problem>> {
    write_with(document, sheet, &Options::default())
}

/// A document as the bytes of a PDF that bears a date.
///
/// # Errors
/// As [`lay_out`].
pub fn write_with(document: &Document, sheet: &Stylesheet, options: &Options) -> Result<Vec<u8>, Vec<Problem>> {
    Ok(file(&lay_out(document, sheet)?, &document.meta.now, options))
}

/// A document in its place on pages.
///
/// # Errors
/// With every table that no page holds, and every character that the fonts can't draw.
pub fn lay_out(document: &Document, sheet: &Stylesheet) -> Result<Laid, Vec<Problem>> {
    layout::lay_out(document, sheet)
}

/// What was laid out as the bytes of a PDF.
pub fn file(laid: &Laid, meta: &Meta, options: &Options) -> Vec<u8> {
    tag::tag(paint::paint(laid), laid, meta, options.date.as_deref())
}
