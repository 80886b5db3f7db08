//! Text in lines.

use super::ink::{Ink, Inked};
use crate::writer::typeset::{After, Face, Glyph, Shaper, Unit, Word, graphemes, units};
use std::rc::Rc;

/// A line of text. Lengths are points.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// In the order in which they are read.
    pub fragments: Vec<LineFragment>,
    /// Without the blanks at its end.
    pub width: f32,
    /// Whether a revision touches it.
    pub changed: bool,
    /// What is said of its changes: whose they are, how the words looked.
    pub said: Vec<Rc<str>>,
    /// What stands beside it.
    pub note: Option<Rc<Note>>,
    /// How many notes it refers to.
    pub refers: usize,
}

/// What stands in the margin beside a change, in lines.
#[derive(Debug)]
pub(super) struct Note {
    pub text: String,
    pub lines: Vec<Line>,
}

/// Words of one run that stand together.
#[derive(Debug)]
pub(super) struct LineFragment {
    /// From the start of the line.
    pub x: f32,
    pub width: f32,
    pub words: Vec<Rc<Word>>,
    pub ink: Ink,
}

/// Breaks runs into lines no wider than `room`, at the places that UAX #14 allows; a word too wide for a line of its
/// own is cut between characters.
pub(super) fn break_lines(shaper: &mut Shaper, runs: &[Inked<'_>], size: f32, room: f32) -> Vec<Line> {
    let texts: Vec<(&str, Face)> = runs.iter().map(|run| (run.text, run.ink.face)).collect();
    let units = units(shaper, &texts);
    let room = (room * 1000.0 / size.max(0.1)) as i32;
    let mut filler = Filler { shaper, runs, room, size, lines: Vec::new(), line: Vec::new(), width: 0 };
    let mut start = 0;
    for (index, unit) in units.iter().enumerate() {
        if unit.after != After::Join || index + 1 == units.len() {
            filler.add(&units[start..=index]);
            start = index + 1;
            if unit.after == After::Must {
                filler.end_line();
            }
        }
    }
    let ends_open = units.last().is_none_or(|unit| unit.after != After::Must);
    if ends_open && (!filler.line.is_empty() || filler.lines.is_empty()) {
        filler.end_line();
    }
    filler.lines
}

/// Fills lines with what can't be parted.
struct Filler<'a, 'r> {
    shaper: &'a mut Shaper,
    runs: &'a [Inked<'r>],
    /// In thousandths of an em, as are all widths here.
    room: i32,
    size: f32,
    lines: Vec<Line>,
    line: Vec<Unit>,
    /// Of the line so far, blanks at its end included.
    width: i32,
}

impl Filler<'_, '_> {
    /// Adds a word (perhaps of several units) and the blanks after it.
    fn add(&mut self, word: &[Unit]) {
        let solid: i32 = word.iter().filter(|unit| !unit.blank).map(|unit| width_of(unit, self.runs)).sum();
        let hyphen = word.last().and_then(|last| self.hyphen(last)).map_or(0, |(_, hyphen)| hyphen.width);
        if self.width + solid + hyphen > self.room && !self.line.is_empty() {
            self.hyphenate();
            self.end_line();
        }
        if solid > self.room {
            return self.cut(word);
        }
        for unit in word {
            self.width += width_of(unit, self.runs);
            self.line.push(unit.clone());
        }
    }

    /// Adds a word that no line holds, a character at a time.
    fn cut(&mut self, word: &[Unit]) {
        for unit in word {
            let face = self.runs[unit.run].ink.face;
            let leftward = unit.level % 2 == 1;
            let mut part = String::new();
            for grapheme in graphemes(&unit.word.text) {
                let width = self.runs[unit.run].ink.scaled(self.shaper.directed(face, grapheme, leftward).width);
                if !unit.blank && self.width + width > self.room && self.width > 0 {
                    self.push_part(unit, face, &part);
                    part.clear();
                    self.end_line();
                }
                self.width += width;
                part.push_str(grapheme);
            }
            self.push_part(unit, face, &part);
        }
    }

    fn push_part(&mut self, unit: &Unit, face: Face, part: &str) {
        if !part.is_empty() {
            let word = self.shaper.directed(face, part, unit.level % 2 == 1);
            self.line.push(Unit { word, ..unit.clone() });
        }
    }

    /// What a unit that ends in a soft hyphen is before it, and the hyphen that is seen if a line ends there. It copies as
    /// the soft hyphen that it is.
    fn hyphen(&mut self, unit: &Unit) -> Option<(Rc<Word>, Rc<Word>)> {
        const SOFT: &str = "\u{ad}";
        let before = unit.word.text.strip_suffix(SOFT)?;
        let face = self.runs.get(unit.run)?.ink.face;
        let seen = self.shaper.word(face, "-");
        let glyphs = seen.glyphs.iter().map(|glyph| Glyph { text: 0..SOFT.len(), ..glyph.clone() }).collect();
        let hyphen = Word { text: SOFT.into(), glyphs, width: seen.width, plain: false, missing: Vec::new() };
        Some((self.shaper.directed(face, before, unit.level % 2 == 1), Rc::new(hyphen)))
    }

    /// Shows the soft hyphen that the line ends in, if it ends in one.
    fn hyphenate(&mut self) {
        let Some(last) = self.line.pop() else { return };
        match self.hyphen(&last) {
            Some((word, hyphen)) => {
                self.line.push(Unit { word, after: After::Join, ..last.clone() });
                self.line.push(Unit { word: hyphen, ..last });
            }
            None => self.line.push(last),
        }
    }

    fn end_line(&mut self) {
        let units = std::mem::take(&mut self.line);
        self.width = 0;
        self.lines.push(line_of(&units, self.runs, self.size));
    }
}

/// How wide a unit is, in thousandths of the em of the paragraph.
fn width_of(unit: &Unit, runs: &[Inked<'_>]) -> i32 {
    runs.get(unit.run).map_or(unit.word.width, |run| run.ink.scaled(unit.word.width))
}

/// Sets units side by side, as they are seen; fragments stay in the order in which they are read.
fn line_of(units: &[Unit], runs: &[Inked<'_>], size: f32) -> Line {
    let places = places(units, runs);
    let scale = size / 1000.0;
    let mut line = Line::default();
    let mut last: Option<(usize, i32)> = None;
    for (unit, &place) in units.iter().zip(&places) {
        let Some(run) = runs.get(unit.run) else { continue };
        let width = width_of(unit, runs);
        let end = place + width;
        let (x, width) = (place as f32 * scale, width as f32 * scale);
        if !unit.blank {
            line.width = line.width.max(x + width);
        }
        line.changed |= run.changed;
        for said in &run.said {
            if !line.said.contains(said) {
                line.said.push(Rc::clone(said));
            }
        }
        match line.fragments.last_mut() {
            Some(fragment) if last == Some((unit.run, place)) && unit.level == 0 => {
                fragment.width += width;
                fragment.words.push(Rc::clone(&unit.word));
            }
            _ => {
                line.refers += usize::from(run.ink.refers);
                line.fragments.push(LineFragment { x, width, words: vec![Rc::clone(&unit.word)], ink: run.ink.clone() })
            }
        }
        last = (unit.level == 0).then_some((unit.run, end));
    }
    line
}

/// Where each unit starts, reordered by its level (rule L2 of UAX #9).
fn places(units: &[Unit], runs: &[Inked<'_>]) -> Vec<i32> {
    let mut order: Vec<usize> = (0..units.len()).collect();
    let highest = units.iter().map(|unit| unit.level).max().unwrap_or(0);
    for level in (1..=highest).rev() {
        for stretch in order.chunk_by_mut(|&a, &b| (units[a].level >= level) == (units[b].level >= level)) {
            if stretch.first().is_some_and(|&first| units[first].level >= level) {
                stretch.reverse();
            }
        }
    }
    let mut places = vec![0; units.len()];
    let mut x = 0;
    for index in order {
        places[index] = x;
        x += width_of(&units[index], runs);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stylesheet::Colour;
    use crate::writer::pdf::placed::Belongs;

    fn ink() -> Ink {
        let colour = Colour { red: 0, green: 0, blue: 0 };
        Ink {
            face: Face::Regular,
            script: None,
            colour,
            stroke: None,
            tint: None,
            belongs: Belongs::Page,
            link: None,
            refers: false,
        }
    }

    fn set(texts: &[&str], room: f32) -> Vec<Line> {
        let runs: Vec<Inked> =
            texts.iter().map(|text| Inked { text, ink: ink(), changed: false, said: Vec::new() }).collect();
        break_lines(&mut Shaper::new(), &runs, 10.0, room)
    }

    fn read(lines: &[Line]) -> Vec<String> {
        let text =
            |line: &Line| line.fragments.iter().flat_map(|p| &p.words).map(|word| word.text.to_string()).collect();
        lines.iter().map(text).collect()
    }

    #[test]
    fn lines_hold_what_fits_and_lose_nothing() {
        let lines = set(&["the quick brown ", "fox jumps over"], 80.0);
        assert_eq!(read(&lines), ["the quick brown ", "fox jumps over"]);
        assert!(lines.iter().all(|line| line.width <= 80.0));
    }

    #[test]
    fn words_too_wide_are_cut() {
        let lines = set(&["a ", &"w".repeat(30), " b"], 80.0);
        assert!(lines.len() > 2 && lines.iter().all(|line| line.width <= 80.0), "{:?}", read(&lines));
        assert_eq!(read(&lines).concat(), format!("a {} b", "w".repeat(30)));
    }

    #[test]
    fn a_soft_hyphen_is_seen_where_a_line_ends_at_it_and_nowhere_else() {
        let lines = set(&["inter\u{ad}oper\u{ad}ability and more"], 60.0);
        assert_eq!(read(&lines).concat(), "inter\u{ad}oper\u{ad}ability and more");
        let hyphens = |line: &Line| {
            let words = line.fragments.iter().flat_map(|fragment| &fragment.words);
            words.filter(|word| &*word.text == "\u{ad}").map(|word| word.width).collect::<Vec<_>>()
        };
        assert_eq!(lines.iter().map(hyphens).collect::<Vec<_>>(), [vec![333], vec![], vec![]], "{:?}", read(&lines));
        assert!(lines.iter().all(|line| line.width <= 60.0));
    }

    #[test]
    fn newlines_end_lines_and_nothing_is_one_line() {
        assert_eq!(read(&set(&["a\n\nb\n"], 80.0)), ["a", "", "b"]);
        assert_eq!(set(&[], 80.0).len(), 1);
        assert_eq!(set(&[""], 0.0).len(), 1);
    }

    #[test]
    fn leftward_words_swap_places() {
        let lines = set(&["אב גד"], 80.0);
        let [first, _, second] = lines[0].fragments.as_slice() else { panic!("{lines:?}") };
        assert!(first.x > second.x);
    }
}
