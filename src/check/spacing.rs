//! Rules on the space between words, on words that stand twice, on quotation marks and dashes, and on what can't be
//! seen.

use super::reading::{Mend, Reading, Slip, Sort};
use super::subject::Subject;
use crate::diagnostic::Code;
use std::ops::Range;

/// Words that can follow themselves.
const DOUBLES: [&str; 2] = ["that", "had"];

/// Words before which a hyphen waits for its second half, as in “pre- and post-payment”.
const AFTER_HYPHEN: [&str; 3] = ["and", "or", "to"];

pub(super) fn check(_: &Subject<'_>, reading: &Reading<'_>, slips: &mut Vec<Slip>) {
    for (index, passage) in reading.passages.iter().enumerate() {
        let text = passage.text.as_str();
        let mut add = |code, at: Range<usize>, message: String, help: &str, mend: Option<Mend>| {
            slips.push(Slip { mend, ..Slip::warning(code, index, at, message, help.to_owned()) });
        };
        for at in double_spaces(text) {
            let message = "more than one space stands between two words".to_owned();
            let mend = (at.clone(), " ".to_owned());
            add(Code::DoubleSpace, at, message, "delete all but one", Some(mend));
        }
        for at in stray_spaces(text) {
            let mark = text[at.clone()].trim();
            let side = if text[at.clone()].starts_with(' ') { "before" } else { "after" };
            let mend = (at.clone(), mark.to_owned());
            add(Code::StraySpace, at.clone(), format!("a space stands {side} “{mark}”"), "delete it", Some(mend));
        }
        for (at, word) in doubled_words(text) {
            let mend = (at.end - word.len() - 1..at.end, String::new());
            add(Code::DoubledWord, at, format!("“{word}” stands twice in a row"), "delete one of the two", Some(mend));
        }
        for (at, mark) in text.match_indices(['\'', '"']) {
            let help = "write ‘ and ’ (or “ and ”), as the rest of the text does";
            let is_within_word =
                text[..at].ends_with(char::is_alphabetic) && text[at + 1..].starts_with(char::is_alphabetic);
            let mend = (mark == "'" && is_within_word).then(|| (at..at + 1, "’".to_owned()));
            add(Code::StraightQuote, at..at + 1, format!("{mark} is a typewriter's mark"), help, mend);
        }
        for (at, mark) in text.match_indices(is_unseen) {
            let code = mark.chars().next().map_or(0, u32::from);
            let message =
                format!("U+{code:04X} stands in the text, which nobody sees and which may change what is read");
            let help = "delete it, and type the words around it again";
            add(Code::UnseenCharacter, at..at + mark.len(), message, help, None);
        }
        for (at, message, help) in dashes(text, passage.sort == Sort::RowName) {
            // With a space on either side, it is a dash and nothing else.
            let is_dash = text[..at.start].ends_with(' ') && at.len() == 1 && text[at.end..].starts_with(' ');
            let mend = is_dash.then(|| (at.clone(), "–".to_owned()));
            add(Code::Dash, at, message, help, mend);
        }
    }
}

/// Marks of direction, joins and breaks that have no width. English text needs none of them.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn double_spaces(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices(' ') {
        match found.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => found.push(at..at + 1),
        }
    }
    found.retain(|spaces| spaces.len() > 1);
    found
}

/// A space before a mark that closes, or after one that opens, with the mark.
fn stray_spaces(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(' ') {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let mut next = after.chars();
        let closes = next.next().filter(|c| matches!(c, '’' | '”' | ')' | ',' | ';' | ':' | '.' | '?' | '!'));
        // “.5” and “’19” open a word.
        if let (Some(mark), false) = (closes, next.next().is_some_and(char::is_alphanumeric)) {
            found.push(at..at + 1 + mark.len_utf8());
        }
        if let Some(mark) = before.chars().next_back().filter(|c| matches!(c, '‘' | '“' | '(')) {
            found.push(at - mark.len_utf8()..at + 1);
        }
    }
    found
}

fn doubled_words(text: &str) -> Vec<(Range<usize>, &str)> {
    let words: Vec<(usize, &str)> = text
        .split(' ')
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word))
        })
        .filter(|(_, word)| !word.is_empty())
        .collect();
    let twice = words.windows(2).filter_map(|pair| {
        let [(from, first), (at, second)] = pair else { return None };
        let bare = second.trim_end_matches(|c: char| c.is_ascii_punctuation());
        let same = first.eq_ignore_ascii_case(bare) && bare.chars().all(char::is_alphabetic) && !bare.is_empty();
        (same && !DOUBLES.contains(&bare.to_lowercase().as_str())).then_some((*from..at + bare.len(), bare))
    });
    twice.collect()
}

fn dashes(text: &str, is_name: bool) -> Vec<(Range<usize>, String, &'static str)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('-') {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let (spaced_before, spaced_after) = (before.ends_with(' '), after.starts_with(' '));
        let waits = AFTER_HYPHEN.contains(&after.split_whitespace().next().unwrap_or_default());
        if before.ends_with('-') {
            continue;
        } else if after.starts_with('-') {
            let help = "write – for a dash between words, or one hyphen within a word";
            found.push((at..at + 2, "two hyphens stand for a dash".to_owned(), help));
        } else if spaced_before && spaced_after && !is_name {
            let help = "write – with a space on either side";
            found.push((at..at + 1, "a hyphen stands for a dash".to_owned(), help));
        } else if spaced_before != spaced_after && !before.trim().is_empty() && !after.trim().is_empty() && !waits {
            let start = before.trim_end().rfind(' ').map_or(0, |space| space + 1);
            let end = at + 1 + after.len() - after.trim_start().len();
            let end = text[end..].find(' ').map_or(text.len(), |space| end + space);
            let message = format!("“{}” has a space on one side of its hyphen only", &text[start..end]);
            let help = "write a space on both sides, or on neither";
            found.push((at..at + 1, message, help));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_words_and_hyphens_that_are_right_are_left_alone() {
        for text in
            ["", " ", "pre- and post-payment", "the ’19 release, at .5 a day", "had had that that", "SMETS2+ – both"]
        {
            assert!(double_spaces(text).is_empty() && stray_spaces(text).is_empty(), "{text}");
            assert!(doubled_words(text).is_empty() && dashes(text, false).is_empty(), "{text}");
        }
        assert!(dashes("Status Update - Fault Return", true).is_empty(), "names have such hyphens");
    }

    #[test]
    fn those_that_are_wrong_are_found_where_they_stand() {
        assert_eq!(double_spaces("a  b   c"), [1..3, 4..7]);
        assert_eq!(stray_spaces("‘Mandatory ’ ( x"), [12..16, 17..19]);
        assert_eq!(doubled_words("é of of, the The"), [(3..8, "of"), (10..17, "The")]);
        let found = |text: &str| dashes(text, false).into_iter().map(|(at, ..)| at).collect::<Vec<_>>();
        assert_eq!(found("Update- Fault -- a - b"), [6..7, 14..16, 19..20]);
    }
}
