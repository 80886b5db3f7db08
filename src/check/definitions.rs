//! The rule on defined terms: what is written like one is one.

use super::reading::{Reading, Slip, Sort};
use super::subject::Subject;
use crate::diagnostic::Code;
use crate::document::{Kind, TextRole};
use crate::model::Wording;
use crate::suggest::nearest;
use std::collections::BTreeMap;
use std::ops::Range;

/// Words that are no part of a term, and part two if they have a capital by mistake.
const SMALL: [&str; 10] = ["And", "As", "At", "For", "In", "Of", "On", "Or", "The", "To"];

/// A word of a text, and where it stands.
type Word<'t> = (Range<usize>, &'t str);

pub(super) fn check(subject: &Subject<'_>, reading: &Reading<'_>, slips: &mut Vec<Slip>) {
    order(reading, slips);
    let wording = &subject.standards.wording;
    if wording.definitions.is_empty() {
        return;
    }
    let terms: Vec<&str> = terms(wording).into_iter().chain(defined_here(reading).map(|(_, term)| term)).collect();
    let defined: Defined<'_> = terms.iter().copied().chain(names(subject)).map(words_of).collect();
    for (index, passage) in reading.passages.iter().enumerate() {
        if !matches!(&passage.sort, Sort::Body(kind) if !matches!(kind, Kind::Heading { .. })) {
            continue;
        }
        for at in undefined(&passage.text, &defined) {
            let term = &passage.text[at.clone()];
            let message = format!("“{term}” is written like a defined term, and isn't one");
            let help = match nearest(term, terms.iter().copied()) {
                Some(meant) => format!("did you mean “{meant}”? If not, add it to “definitions” in content/terms.yaml"),
                None => "write it in small letters, or add it to “definitions” in content/terms.yaml".to_owned(),
            };
            slips.push(Slip::warning(Code::UndefinedTerm, index, at, message, help));
        }
    }
}

/// What may be written with capitals, by the words that follow each other in it.
#[derive(Debug, Default)]
struct Defined<'t> {
    /// Whether something ends here.
    is_whole: bool,
    next: BTreeMap<&'t str, Self>,
}

impl<'t> FromIterator<Vec<&'t str>> for Defined<'t> {
    fn from_iter<I: IntoIterator<Item = Vec<&'t str>>>(all: I) -> Self {
        let mut first = Self::default();
        for words in all {
            words.into_iter().fold(&mut first, |at, word| at.next.entry(word).or_default()).is_whole = true;
        }
        first
    }
}

impl Defined<'_> {
    /// How many of these words the longest has that they begin with: “User Role” isn't “User” and a Role.
    fn longest(&self, words: &[Word<'_>]) -> usize {
        let (mut at, mut longest) = (self, 0);
        for (count, (_, word)) in (1..).zip(words) {
            let Some(next) = at.next.get(singular(word)) else { break };
            at = next;
            if at.is_whole {
                longest = count;
            }
        }
        longest
    }
}

/// The terms that the text itself defines, each with its passage.
fn defined_here<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = (usize, &'r str)> {
    let is_term = |sort: &Sort| *sort == Sort::Body(Kind::Role(TextRole::Term));
    let passages = reading.passages.iter().enumerate().filter(move |(_, passage)| is_term(&passage.sort));
    passages.map(|(index, passage)| (index, passage.text.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// Each term that stands below one of the same part which comes after it.
fn order(reading: &Reading<'_>, slips: &mut Vec<Slip>) {
    let key =
        |term: &str| term.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let defined: Vec<(usize, &str)> = defined_here(reading).collect();
    for pair in defined.windows(2) {
        let [(above, first), (below, second)] = *pair else { continue };
        let (Some(of_first), Some(of_second)) = (reading.passages.get(above), reading.passages.get(below)) else {
            continue;
        };
        if of_first.part == of_second.part && key(second) < key(first) {
            let message = format!("“{second}” is defined below “{first}”, and comes before it in the alphabet");
            let help = "put the terms in the order of the alphabet".to_owned();
            slips.push(Slip::warning(Code::DefinitionOrder, below, 0..of_second.text.len(), message, help));
        }
    }
}

/// The terms that may be written.
fn terms(wording: &Wording) -> Vec<&str> {
    (wording.definitions.iter())
        .chain(wording.terms.iter().map(|usage| &usage.write))
        .chain(wording.abbreviations.iter().map(|abbreviation| &abbreviation.full))
        .map(String::as_str)
        .collect()
}

/// What else has capitals: the Service Requests, and the slips that are told by the rule on spelling.
fn names<'s>(subject: &Subject<'s>) -> impl Iterator<Item = &'s str> {
    let standards = subject.standards;
    let rows = subject.version.matrices().flat_map(|matrix| matrix.rows.iter().map(|row| row.name.text.as_str()));
    let requests = standards.registers.iter().flat_map(|register| &register.requests);
    let slips = standards.wording.terms.iter().flat_map(|usage| &usage.not);
    rows.chain(requests.map(|request| request.name.as_str())).chain(slips.map(String::as_str))
}

/// The words of a term, from the first that isn't an abbreviation: that may stand before any other.
fn words_of(term: &str) -> Vec<&str> {
    let is_short = |word: &&str| word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    term.split(' ').skip_while(is_short).map(singular).collect()
}

/// Two words and more with capitals, which no definitions account for.
fn undefined(text: &str, defined: &Defined<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (words, begins_sentence) in capitalised(text) {
        let mut rest = words.as_slice();
        let mut left: Vec<&Word<'_>> = Vec::new();
        let mut end = |left: &mut Vec<&Word<'_>>, is_first: bool| {
            // The first word of a sentence has its capital from that.
            let words = if is_first && begins_sentence { left.get(1..).unwrap_or_default() } else { left.as_slice() };
            if let [first, .., last] = words {
                found.push(first.0.start..last.0.end);
            }
            left.clear();
        };
        let mut is_first = true;
        while let [word, others @ ..] = rest {
            match defined.longest(rest) {
                0 => {
                    left.push(word);
                    rest = others;
                }
                length => {
                    end(&mut left, is_first);
                    (rest, is_first) = (&rest[length..], false);
                }
            }
        }
        end(&mut left, is_first);
    }
    found
}

/// Each run of words that begin with a capital and go on in small letters, and whether a sentence begins with it.
fn capitalised(text: &str) -> Vec<(Vec<Word<'_>>, bool)> {
    let mut runs: Vec<(Vec<Word<'_>>, bool)> = Vec::new();
    let (mut from, mut is_open) = (0, false);
    for piece in text.split(' ') {
        let start = from;
        from += piece.len() + 1;
        let opened = piece.trim_start_matches(['(', '‘', '“']);
        let bare = opened.trim_end_matches(|c: char| !c.is_alphanumeric());
        let at = start + (piece.len() - opened.len());
        let mut letters = bare.chars();
        let is_term = letters.next().is_some_and(char::is_uppercase)
            && letters.clone().next().is_some()
            && !SMALL.contains(&bare)
            && letters.all(|c| c.is_lowercase() || c == '-' || c == '’');
        let begins =
            text[..start].trim_end().is_empty() || text[..start].trim_end().ends_with(['.', ':', ';', '?', '!']);
        let word = (at..at + bare.len(), bare);
        match runs.last_mut().filter(|_| is_open && opened.len() == piece.len()) {
            Some((run, _)) if is_term => run.push(word),
            _ if is_term => runs.push((vec![word], begins)),
            _ => {}
        }
        is_open = is_term && bare.len() == opened.len();
    }
    runs
}

/// A word without the mark of the plural, which definitions don't tell apart.
fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let terms = [vec!["Testing", "Participant"], vec!["User"], vec!["Service", "Request"], vec![]];
        let defined = terms.into_iter().collect();
        undefined(text, &defined).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn what_is_written_like_a_term_is_told_from_the_start_of_a_sentence() {
        assert_eq!(found("each Testing Partner must"), ["Testing Partner"]);
        assert_eq!(found("The Testing Participants send (Service Requests). Each User Testing Participant"), [""; 0]);
        assert_eq!(found("The Interim Period begins. In May, The DCC (Some Body)"), ["Interim Period", "Some Body"]);
        assert_eq!(found(""), [""; 0]);
    }
}
