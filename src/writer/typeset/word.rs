//! Words, shaped once each and kept, and the units that they are in lines.

use super::face::Face;
use harfrust::{Buffer, ClusterLevel, Direction, GlyphId, Script, ShapeOptions, ShaperFont, shape};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// A stretch of text as glyphs of one face, from left to right. Lengths are in thousandths of an em.
#[derive(Debug, Default, PartialEq)]
pub struct Word {
    /// What it says.
    pub text: Box<str>,
    /// From left to right.
    pub glyphs: Vec<Glyph>,
    /// Of all its glyphs.
    pub width: i32,
    /// Whether each character is drawn by the glyph that the font names for it, in order and on the baseline.
    pub plain: bool,
    /// Characters for which the face has no glyph.
    pub missing: Vec<char>,
}

/// A glyph in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u16,
    /// Its width, as the font states it.
    pub advance: i32,
    /// What kerning adds to the width.
    pub kern: i32,
    /// How far it is set right of and above its place, as accents are.
    pub offset: (i32, i32),
    /// The bytes of the word's text that it stands for; empty where another glyph already does.
    pub text: Range<usize>,
}

/// A word or a blank: text of one run between two places where a line may end, or a run, or the blanks there.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its glyphs.
    pub word: Rc<Word>,
    /// The run that it is of.
    pub run: usize,
    /// How deeply its text is nested in changes of direction; odd levels run from right to left.
    pub level: u8,
    /// Whether it is white space, which vanishes at the end of a line.
    pub blank: bool,
    /// What may happen after it.
    pub after: After,
}

/// What may happen after a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// It is one word with the next.
    Join,
    /// A line may end here (UAX #14).
    May,
    /// A line ends here.
    Must,
}

/// Shapes words, each once.
#[derive(Default)]
pub struct Shaper {
    /// By face and direction. Only ever asked for one word, so the order of a hash map can't show.
    words: [HashMap<Box<str>, Rc<Word>>; 8],
    /// Short texts cut into units, by face.
    units: [HashMap<Box<str>, Rc<[Unit]>>; 4],
    buffer: Option<Buffer>,
    fonts: [Option<ShaperFont<'static, 'static>>; 4],
}

impl std::fmt::Debug for Shaper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shaper").field("words", &self.words.iter().map(HashMap::len).sum::<usize>()).finish()
    }
}

impl Shaper {
    /// One that has shaped nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A word that reads from left to right.
    pub fn word(&mut self, face: Face, text: &str) -> Rc<Word> {
        self.directed(face, text, false)
    }

    /// A word of text that runs from right to left, if so said.
    pub fn directed(&mut self, face: Face, text: &str, leftward: bool) -> Rc<Word> {
        let seat = face as usize * 2 + usize::from(leftward);
        if let Some(word) = self.words[seat].get(text) {
            return Rc::clone(word);
        }
        let word = Rc::new(self.shape(face, text, leftward));
        self.words[seat].insert(text.into(), Rc::clone(&word));
        word
    }

    /// The units of a text of one face that were kept.
    pub(super) fn known_units(&self, face: Face, text: &str) -> Option<Rc<[Unit]>> {
        self.units[face as usize].get(text).cloned()
    }

    pub(super) fn keep_units(&mut self, face: Face, text: &str, units: &Rc<[Unit]>) {
        self.units[face as usize].insert(text.into(), Rc::clone(units));
    }

    /// How wide a text is on one line, in thousandths of an em.
    pub fn width(&mut self, face: Face, text: &str) -> i32 {
        self.word(face, text).width
    }

    fn shape(&mut self, face: Face, text: &str, leftward: bool) -> Word {
        let font = self.fonts[face as usize].get_or_insert_with(|| ShaperFont::new(&face.loaded().font));
        let em = i32::from(face.loaded().font.units_per_em()).max(1);
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.reset();
        buffer.push_str(text);
        // Characters keep clusters of their own, so that each copies as itself.
        buffer.set_cluster_level(ClusterLevel::MonotoneCharacters);
        buffer.set_direction(if leftward { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.guess_segment_properties();
        if buffer.script().is_none() {
            buffer.set_script(Some(Script::LATIN));
        }
        let latin = !leftward && buffer.script() == Some(Script::LATIN);
        let plan = latin.then(|| &face.loaded().latin);
        // The only errors are of use (no direction, another's plan); a word that met one has no glyphs and is missing.
        let word = match shape(font, &mut buffer, ShapeOptions::new().plan(plan)) {
            Ok(()) => read(font, em, &buffer, text, leftward),
            Err(_) => Word { text: text.into(), missing: text.chars().collect(), ..Word::default() },
        };
        self.buffer = Some(buffer);
        word
    }
}

/// The shaped buffer as a word.
fn read(font: &ShaperFont<'_, '_>, units_per_em: i32, buffer: &Buffer, text: &str, leftward: bool) -> Word {
    let em = |units: i32| to_em(units, units_per_em);
    let mut glyphs = Vec::with_capacity(buffer.len());
    let mut missing = Vec::new();
    let infos = buffer.glyph_infos();
    let mut starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
    starts.sort_unstable();
    let mut seen = None;
    for (info, place) in infos.iter().zip(buffer.glyph_positions()) {
        let id = u16::try_from(info.glyph_id).unwrap_or(0);
        let start = info.cluster as usize;
        let end = starts.get(starts.partition_point(|&next| next <= start)).copied().unwrap_or(text.len());
        // Of several glyphs that draw one cluster, the first stands for its text.
        let span = if seen == Some(start) { end..end } else { start..end };
        seen = Some(start);
        let characters = text.get(start..end).unwrap_or_default();
        if id == 0 {
            missing.extend(characters.chars());
        }
        let advance = em(font.glyph_h_advance(GlyphId::new(u32::from(id))));
        glyphs.push(Glyph {
            id,
            advance,
            kern: em(place.x_advance) - advance,
            offset: (em(place.x_offset), em(place.y_offset)),
            text: span,
        });
    }
    let plain = !leftward && is_plain(font, text, &glyphs);
    let width = glyphs.iter().map(|glyph| glyph.advance + glyph.kern).sum();
    Word { text: text.into(), glyphs, width, plain, missing }
}

fn is_plain(font: &ShaperFont<'_, '_>, text: &str, glyphs: &[Glyph]) -> bool {
    let nominal = |character: char| font.nominal_glyph(u32::from(character)).map(|id| id.to_u32());
    text.chars().count() == glyphs.len()
        && text
            .chars()
            .zip(glyphs)
            .all(|(character, glyph)| glyph.offset == (0, 0) && nominal(character) == Some(u32::from(glyph.id)))
}

/// Font units as thousandths of an em, to the nearest.
const fn to_em(units: i32, em: i32) -> i32 {
    (units * 1000 + (em / 2) * units.signum()) / em
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kerning_draws_letters_together() {
        let mut shaper = Shaper::new();
        let (pair, letters) = (shaper.width(Face::Regular, "AV"), ["A", "V"].map(|l| shaper.width(Face::Regular, l)));
        assert!(pair < letters[0] + letters[1], "{pair} {letters:?}");
        assert_eq!(letters[0], 667);
    }

    #[test]
    fn plain_words_are_told_from_set_ones() {
        let mut shaper = Shaper::new();
        assert!(shaper.word(Face::Regular, "Mandatory").plain);
        assert!(shaper.word(Face::Bold, "SMETS2+").plain);
        let accented = shaper.word(Face::Regular, "q\u{0308}x");
        assert!(!accented.plain);
        assert!(accented.missing.is_empty());
        assert!(!shaper.directed(Face::Regular, "שלום", true).plain);
    }

    #[test]
    fn what_the_face_lacks_is_named() {
        let mut shaper = Shaper::new();
        assert_eq!(shaper.word(Face::Regular, "a漢b").missing, ['漢']);
        assert_eq!(shaper.word(Face::Regular, "\u{1}").missing, ['\u{1}']);
    }

    #[test]
    fn every_glyph_but_the_further_ones_of_a_cluster_has_text() {
        let mut shaper = Shaper::new();
        for text in ["office", "ﬁx", "e\u{301}\u{327}", "\u{00a0}", "\u{200b}\u{200d}", "שָׁלוֹם"] {
            for leftward in [false, true] {
                let word = shaper.directed(Face::Regular, text, leftward);
                let mut spans: Vec<_> = word.glyphs.iter().map(|g| g.text.clone()).collect();
                spans.sort_by_key(|span| (span.start, span.end));
                let all: String = spans.into_iter().map(|span| &text[span]).collect();
                assert_eq!(all, text, "{word:?}");
            }
        }
    }
}
