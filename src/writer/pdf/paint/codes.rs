//! The codes by which the pages name glyphs.
//!
//! A PDF font maps a code to a glyph and to the text that it copies as. Two texts may share a glyph (a space and a
//! non-breaking space), so a code stands for a glyph *and* its text, and the font says which glyph each code draws.

use crate::writer::typeset::{Face, Glyph, Word};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;
use subsetter::GlyphRemapper;

/// The codes in use in each face.
#[derive(Debug, Default)]
pub(super) struct Codes {
    faces: [FaceCodes; 4],
    /// Plain words whose characters have codes already, by address: the words outlive the codes.
    known: HashSet<(Face, *const Word)>,
}

/// The codes in use in one face.
#[derive(Debug, Default)]
pub(super) struct FaceCodes {
    /// The glyphs that go into the file, renumbered.
    pub glyphs: GlyphRemapper,
    /// For each code, from 1: its glyph as renumbered, and its width in thousandths of an em.
    pub drawn: Vec<(u16, u16)>,
    /// The code of each character that is drawn by its own glyph.
    pub characters: BTreeMap<char, u16>,
    others: HashMap<(u16, String), u16>,
}

/// Text of glyphs that stand in for several characters or none has to have some text, by PDF/A-2a and PDF/UA: that of
/// the character that nobody sees.
const NOTHING: &str = "\u{200b}";

impl Codes {
    pub fn of(&self, face: Face) -> &FaceCodes {
        &self.faces[face as usize]
    }

    /// Sees to it that all characters of a plain word have codes.
    pub fn take_plain(&mut self, face: Face, word: &Rc<Word>) {
        if self.known.insert((face, Rc::as_ptr(word))) {
            let codes = &mut self.faces[face as usize];
            for (character, glyph) in word.text.chars().zip(&word.glyphs) {
                codes.character(character, glyph);
            }
        }
    }

    /// The code and the text of a glyph that isn't simply a character's own.
    pub fn take(&mut self, face: Face, word: &Word, glyph: &Glyph) -> (u16, String) {
        let text = word.text.get(glyph.text.clone()).filter(|text| !text.is_empty()).unwrap_or(NOTHING);
        let codes = &mut self.faces[face as usize];
        let key = (glyph.id, text.to_owned());
        let code = match codes.others.get(&key) {
            Some(&code) => code,
            None => {
                let code = codes.add(glyph);
                codes.others.insert(key, code);
                code
            }
        };
        (code, text.to_owned())
    }
}

impl FaceCodes {
    fn character(&mut self, character: char, glyph: &Glyph) {
        if !self.characters.contains_key(&character) {
            let code = self.add(glyph);
            self.characters.insert(character, code);
        }
    }

    fn add(&mut self, glyph: &Glyph) -> u16 {
        let drawn = self.glyphs.remap(glyph.id);
        self.drawn.push((drawn, u16::try_from(glyph.advance).unwrap_or(0)));
        // There are fewer pairs of glyph and text in any document than codes; were there more, they would share the last.
        u16::try_from(self.drawn.len()).unwrap_or(u16::MAX)
    }

    pub fn is_empty(&self) -> bool {
        self.drawn.is_empty()
    }

    /// Codes with their widths.
    pub fn widths(&self) -> impl Iterator<Item = (u16, u16)> {
        (1..).zip(self.drawn.iter().map(|&(_, width)| width))
    }

    /// The stream that says which glyph each code draws.
    pub fn glyph_map(&self) -> Vec<u8> {
        let glyphs = std::iter::once(0).chain(self.drawn.iter().map(|&(glyph, _)| glyph));
        glyphs.flat_map(u16::to_be_bytes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writer::typeset::Shaper;

    #[test]
    fn a_hard_space_and_a_space_copy_as_themselves() {
        let (mut shaper, mut codes) = (Shaper::new(), Codes::default());
        for text in ["a b", "a\u{a0}b", "a b"] {
            codes.take_plain(Face::Regular, &shaper.word(Face::Regular, text));
        }
        let face = codes.of(Face::Regular);
        assert_eq!(face.characters.len(), 4);
        assert_ne!(face.characters[&' '], face.characters[&'\u{a0}']);
        assert_eq!(face.glyph_map().len(), 2 * 5);
        assert!(codes.of(Face::Bold).is_empty());
    }
}
