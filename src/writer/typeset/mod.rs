//! Type: the faces that the documents are set in, words shaped in them, and text cut where a line may end.
//!
//! Whoever needs to know how wide a text is asks here: the PDF writer, which sets it, and the column fitter, whose
//! answer Word is told. Measures are whole thousandths of an em, the unit in which a PDF states widths, so what is
//! measured here is to the point what a reader's viewer will draw.

mod face;
mod unit;
mod word;

use std::collections::BTreeSet;

pub use face::{Face, Metrics};
pub use unit::{graphemes, units};
pub use word::{After, Glyph, Shaper, Unit, Word};

/// The characters of a word that one of the faces can't draw.
pub fn missing_glyphs(word: &str) -> Vec<char> {
    let mut shaper = Shaper::new();
    let missing: BTreeSet<char> = Face::ALL.iter().flat_map(|&face| shaper.word(face, word).missing.clone()).collect();
    missing.into_iter().collect()
}
