//! The headings that open sections.

use crate::document::{Kind, Paragraph, Run};
use crate::model::{Number, natural};

/// The paragraph that opens a section.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    pub number: String,
    pub heading: String,
    /// The identity that the desk once gave it.
    pub id: Option<String>,
    /// Whether nothing but its look says that it is a heading.
    pub is_guess: bool,
}

/// Longer ones are sentences that happen to be bold.
const LONGEST_GUESS: usize = 120;

/// What a paragraph opens, if it opens a section; `before` are the numbers of the parts before it.
pub(super) fn opening(paragraph: &Paragraph, before: &[&str]) -> Option<Opening> {
    let text = paragraph.text();
    let (number, heading) = parted(&text)?;
    let opening =
        |id: Option<String>, is_guess| Opening { number: number.clone(), heading: heading.clone(), id, is_guess };
    match &paragraph.kind.now {
        Kind::Heading { id, .. } => Some(opening(id.clone(), false)),
        Kind::Body => {
            let looks = heading.len() <= LONGEST_GUESS
                && !heading.ends_with(['.', ';', ':', ','])
                && paragraph.runs.iter().all(is_bold)
                && !before.is_empty()
                && is_next(&number, before);
            looks.then(|| opening(None, true))
        }
        _ => None,
    }
}

fn is_bold(run: &Run) -> bool {
    run.style.now.strong || run.text.trim().is_empty()
}

/// Whether a number is one more than that of a part before it, or the first below the last.
fn is_next(number: &str, before: &[&str]) -> bool {
    let Some(parsed) = Number::parse(number) else { return false };
    let follows = before.last().is_none_or(|last| natural(last, number).is_lt());
    let first_below = before.last().is_some_and(|last| number == format!("{last}.1"));
    let after = before.iter().any(|other| {
        Number::parse(other).is_some_and(|other| other.level() == parsed.level() && other.shifted(&other, 1) == parsed)
    });
    follows && (first_below || after)
}

/// A number and what stands after it: “5.4 Completing UEPT”.
pub(super) fn parted(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let end = text.find(char::is_whitespace)?;
    let number = text[..end].trim_end_matches('.');
    let begins = number.starts_with(|c: char| c.is_ascii_digit());
    // A year is no number of a section.
    let is_number = begins && Number::parse(number).is_some() && number.split('.').all(|part| part.len() <= 3);
    let rest = text[end..].split_whitespace().collect::<Vec<_>>().join(" ");
    (is_number && !rest.is_empty()).then(|| (number.to_owned(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_parted_from_its_heading() {
        let parted = |text: &str| parted(text).map(|(number, rest)| format!("{number}|{rest}"));
        assert_eq!(parted("5.4\tCompleting  UEPT").as_deref(), Some("5.4|Completing UEPT"));
        assert_eq!(parted("1. Introduction").as_deref(), Some("1|Introduction"));
        assert_eq!(parted("5.4A Later").as_deref(), Some("5.4A|Later"));
        for none in ["Introduction", "2019 was a year", "5.4", "A1 Annex", "(a) one", ""] {
            assert_eq!(parted(none), None, "{none}");
        }
    }

    #[test]
    fn the_next_number_is_next() {
        assert!(is_next("1.1", &["1"]));
        assert!(is_next("1.3", &["1", "1.1", "1.2", "1.2.1"]));
        assert!(is_next("2", &["1", "1.1"]));
        for (number, before) in [("1.3", &["1", "1.1"][..]), ("1.1", &["1.2"]), ("3", &["1"])] {
            assert!(!is_next(number, before), "{number}");
        }
    }
}
