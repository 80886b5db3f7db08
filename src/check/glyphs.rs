//! The rule on characters that no page can show: a document that holds one isn't made.

use super::reading::{Reading, Slip};
use super::subject::Subject;
use crate::diagnostic::{Code, Severity};
use crate::writer::typeset::Glyphs;

pub(super) fn check(_: &Subject<'_>, reading: &Reading<'_>, slips: &mut Vec<Slip>) {
    let mut glyphs = Glyphs::default();
    for (index, passage) in reading.passages.iter().enumerate() {
        for (start, word, missing) in glyphs.missing(&passage.text) {
            for (at, character) in word.char_indices().filter(|(_, character)| missing.contains(character)) {
                let at = start + at..start + at + character.len_utf8();
                let message = format!(
                    "no page can show U+{:04X} (“{character}”): the typeface has no glyph for it",
                    u32::from(character)
                );
                let help = "replace it by a character that Liberation Sans has".to_owned();
                let slip = Slip::warning(Code::Document, index, at, message, help);
                slips.push(Slip { severity: Severity::Error, ..slip });
            }
        }
    }
}
