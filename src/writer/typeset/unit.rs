//! Text cut into the least pieces that a line is made of.

use super::face::Face;
use super::word::{After, Shaper, Unit};
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{GraphemeClusterSegmenter, LineSegmenter};
use std::rc::Rc;
use unicode_bidi::{BidiInfo, Level};

/// The units of runs of text, each in its face. A run's `\n` ends a line.
pub fn units(shaper: &mut Shaper, runs: &[(&str, Face)]) -> Rc<[Unit]> {
    // Cells of a matrix say the same few things over and over.
    const SHORT: usize = 24;
    match runs {
        &[(text, face)] if text.len() <= SHORT => {
            if let Some(units) = shaper.known_units(face, text) {
                return units;
            }
            let units: Rc<[Unit]> = cut(shaper, runs).into();
            shaper.keep_units(face, text, &units);
            units
        }
        _ => cut(shaper, runs).into(),
    }
}

fn cut(shaper: &mut Shaper, runs: &[(&str, Face)]) -> Vec<Unit> {
    let text: String = runs.iter().map(|(text, _)| *text).collect();
    let breaks: Vec<usize> =
        LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()).segment_str(&text).collect();
    let levels = levels(&text);
    let mut units: Vec<Unit> = Vec::new();
    let mut breaks = breaks.iter().copied().filter(|&at| at > 0 && !parts_short(&text, at)).peekable();
    let mut start = 0;
    for (index, (run, face)) in runs.iter().enumerate() {
        let end = start + run.len();
        while start < end {
            while breaks.next_if(|&at| at <= start).is_some() {}
            let stop = breaks.peek().map_or(end, |&at| at.min(end));
            let level = levels.as_ref().and_then(|levels| levels.get(start)).map_or(0, |level| level.number());
            let stop = level_end(levels.as_deref(), start, stop);
            let Some(piece) = text.get(start..stop) else { break };
            let after = if breaks.peek() == Some(&stop) && stop < text.len() { After::May } else { After::Join };
            push_piece(
                shaper,
                &mut units,
                piece,
                *face,
                Unit { word: Rc::default(), run: index, level, blank: false, after },
            );
            start = stop;
        }
        start = end;
    }
    units
}

/// Whether a break falls within something like "N/A" or "and/or", which no reader would part; a long address may be.
fn parts_short(text: &str, at: usize) -> bool {
    const SHORT: usize = 12;
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return false };
    let word = |c: &char| !c.is_whitespace();
    before.ends_with('/') && {
        let length = before.chars().rev().take_while(word).take(SHORT + 1).count()
            + after.chars().take_while(word).take(SHORT + 1).count();
        length <= SHORT
    }
}

/// Where the text from `start` changes its level, at the latest at `stop`.
fn level_end(levels: Option<&[Level]>, start: usize, stop: usize) -> usize {
    let Some(levels) = levels else { return stop };
    let first = levels.get(start);
    (start..stop).find(|&at| levels.get(at) != first).unwrap_or(stop)
}

/// The level of each byte, where any text runs from right to left. The documents are English, so lines run from
/// the left whatever they begin with.
fn levels(text: &str) -> Option<Vec<Level>> {
    let may_turn = |c: char| matches!(c, '\u{0590}'..='\u{08ff}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    text.chars().any(may_turn).then(|| BidiInfo::new(text, Some(Level::ltr())).levels)
}

/// One piece between breaks: a word, then its blanks, then a forced end where it holds one.
fn push_piece(shaper: &mut Shaper, units: &mut Vec<Unit>, piece: &str, face: Face, last: Unit) {
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    let word = piece.trim_end_matches(is_blank);
    let blanks = piece.get(word.len()..).unwrap_or_default();
    let forced = blanks.contains(['\n', '\r']);
    let leftward = last.level % 2 == 1;
    if !word.is_empty() {
        let after = if blanks.is_empty() { last.after } else { After::Join };
        units.push(Unit { word: shaper.directed(face, word, leftward), after, ..last.clone() });
    }
    if !blanks.is_empty() {
        // A tab has no glyph and no meaning in a paragraph but a gap.
        let gap: String = blanks.chars().filter(|c| !matches!(c, '\n' | '\r')).map(|_| ' ').collect();
        let after = if forced { After::Must } else { last.after };
        units.push(Unit { word: shaper.word(face, &gap), blank: true, after, ..last });
    }
}

/// A text's characters as readers see them, each to be kept whole.
pub fn graphemes(text: &str) -> impl Iterator<Item = &str> {
    let mut bounds = GraphemeClusterSegmenter::new().segment_str(text);
    let mut start = bounds.next().unwrap_or(0);
    bounds.filter_map(move |end| {
        let grapheme = text.get(start..end);
        start = end;
        grapheme
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(runs: &[&str]) -> Vec<(String, After)> {
        let runs: Vec<_> = runs.iter().map(|text| (*text, Face::Regular)).collect();
        units(&mut Shaper::new(), &runs).iter().map(|unit| (unit.word.text.to_string(), unit.after)).collect()
    }

    #[test]
    fn words_and_blanks_alternate_and_runs_join() {
        let pieces = cut(&["a bee", "hive, or"]);
        let expected = [
            ("a", After::Join),
            (" ", After::May),
            ("bee", After::Join),
            ("hive,", After::Join),
            (" ", After::May),
            ("or", After::Join),
        ];
        assert_eq!(pieces, expected.map(|(text, after)| (text.to_owned(), after)));
    }

    #[test]
    fn a_newline_ends_the_line_and_a_hard_space_never_does() {
        assert_eq!(cut(&["a\nb"])[1], (String::new(), After::Must));
        assert_eq!(cut(&["5\u{a0}kg"]).len(), 1);
        assert_eq!(cut(&["N/A"]).len(), 1);
        assert_eq!(cut(&["and/or"]).len(), 1);
        assert_eq!(cut(&["distributor/transporter"]).len(), 2);
    }

    #[test]
    fn directions_part_units() {
        let levels: Vec<u8> =
            units(&mut Shaper::new(), &[("see שלום now", Face::Regular)]).iter().map(|unit| unit.level).collect();
        assert_eq!(levels, [0, 0, 1, 0, 0]);
    }

    #[test]
    fn no_text_panics_and_none_is_lost() {
        for text in ["", " ", "\n\n", "\r\n", "e\u{301}", "👩‍👩‍👧 x", "\u{202e}abc\u{202c}", "אב ab גד", "\u{ad}a\u{200b}b"]
        {
            let all: String = cut(&[text, text]).into_iter().map(|(text, _)| text).collect();
            assert_eq!(all, text.repeat(2).replace(['\n', '\r'], ""));
            assert_eq!(graphemes(text).collect::<String>(), text);
        }
    }
}
