//! Type: the faces that the documents are set in, words shaped in them, and text cut where a line may end.
//!
//! Whoever needs to know how wide a text is asks here: the PDF writer, which sets it, and the column fitter, whose
//! answer Word is told. Measures are whole thousandths of an em, the unit in which a PDF states widths, so what is
//! measured here is to the point what a reader's viewer will draw.

mod face;
mod unit;
mod word;

use std::collections::{BTreeMap, BTreeSet};

pub use face::{Face, Metrics};
pub use unit::{graphemes, units};
pub use word::{After, Glyph, Shaper, Unit, Word};

/// What the faces can't draw, word by word: the same few words stand everywhere.
#[derive(Debug, Default)]
pub struct Glyphs {
    shaper: Shaper,
    known: BTreeMap<String, BTreeSet<char>>,
}

impl Glyphs {
    /// Each word of a text in which there are characters that one of the faces can't draw, where it begins, and those.
    pub fn missing<'t>(&mut self, text: &'t str) -> Vec<(usize, &'t str, &BTreeSet<char>)> {
        // The faces have all of these.
        if text.is_ascii() {
            return Vec::new();
        }
        for (_, word) in words(text).filter(|(_, word)| !word.is_ascii()) {
            if !self.known.contains_key(word) {
                let shaper = &mut self.shaper;
                let of_face = |&face: &Face| {
                    let units = units(shaper, &[(word, face)]);
                    units.iter().flat_map(|unit| unit.word.missing.clone()).collect::<Vec<char>>()
                };
                let missing = Face::ALL.iter().flat_map(of_face).collect();
                self.known.insert(word.to_owned(), missing);
            }
        }
        let told = |(at, word): (usize, &'t str)| Some((at, word, self.known.get(word)?));
        words(text).filter_map(told).filter(|(.., missing)| !missing.is_empty()).collect()
    }
}

/// The words of a text, and where each begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(' ').scan(0, |end, word| {
        let start = *end;
        *end += word.len() + 1;
        Some((start, word))
    })
}
