//! The rule on numbers that are said twice, in a word and in figures: both say the same.

use super::reading::{Reading, Slip};
use super::subject::Subject;
use crate::diagnostic::Code;
use crate::document::number_of;
use std::ops::Range;

pub(super) fn check(_: &Subject<'_>, reading: &Reading<'_>, slips: &mut Vec<Slip>) {
    for (index, passage) in reading.passages.iter().enumerate() {
        for (at, word, figures) in contradictions(&passage.text) {
            let message = format!("“{word}” and “({figures})” stand for one number, and aren't the same");
            let help = "correct the word or the figures".to_owned();
            slips.push(Slip::warning(Code::NumberMismatch, index, at, message, help));
        }
    }
}

/// Each number in a word with another in brackets after it.
fn contradictions(text: &str) -> Vec<(Range<usize>, &str, &str)> {
    let in_brackets = |(at, _): (usize, &str)| {
        let figures = &text[at + 2..];
        let figures = &figures[..figures.find(')')?];
        let word = text[..at].rsplit(|c: char| !(c.is_alphabetic() || c == '-')).next()?;
        let shown = figures.parse::<u64>().ok()?;
        let said = u64::from(number_of(word)?);
        (said != shown).then_some((at - word.len()..at + 3 + figures.len(), word, figures))
    };
    text.match_indices(" (").filter_map(in_brackets).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_word_is_held_against_the_figures_after_it() {
        assert_eq!(contradictions("within ten (15) days"), [(7..15, "ten", "15")]);
        assert_eq!(contradictions("Thirty-two (23) days"), [(0..15, "Thirty-two", "23")]);
        for text in ["ten (10) days", "paragraph (10)", "of twenty-one (21)", "see often (3)", "one (a)", " (", "ten ("]
        {
            assert!(contradictions(text).is_empty(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_searched(text in "([a-zé(]|ten|[0-9()]| ){0,20}") {
            for (at, word, figures) in contradictions(&text) {
                prop_assert_eq!(&text[at], format!("{word} ({figures})"));
            }
        }
    }
}
