//! Finding the Service Requests that a text refers to.

use crate::document::{number_at, whole_words};
use crate::model::ReferenceWords;
use std::ops::Range;

/// A Service Request that a text names.
#[derive(Debug)]
pub(super) struct Mention<'t> {
    pub at: Range<usize>,
    pub variant: &'t str,
}

/// The Service Requests that a text names: numbers after the words for one, after a dash, a colon or a bracket, and
/// the further ones of an enumeration.
pub(super) fn requests<'t>(text: &'t str, wording: &ReferenceWords) -> Vec<Mention<'t>> {
    let says = |phrase: &String| whole_words(text, phrase).next().is_some();
    if !wording.service_request.iter().any(says) {
        return Vec::new();
    }
    let mut found: Vec<Mention<'t>> = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
        let start = from + start;
        let number = number_at(&text[start..]);
        from = start + number.len().max(1);
        let before = &text[..start];
        let follows = found.last().is_some_and(|last| enumerates(&text[last.at.end..start]));
        if number.contains('.') && (follows || opens(before, wording)) {
            found.push(Mention { at: start..start + number.len(), variant: number });
        }
    }
    found
}

/// Whether a number that follows this text is a Service Request's.
fn opens(before: &str, wording: &ReferenceWords) -> bool {
    let trimmed = before.trim_end();
    let after_word = wording.service_request.iter().any(|word| trimmed.ends_with(word.as_str()));
    before.ends_with('(') || (before.ends_with(' ') && (after_word || trimmed.ends_with(['–', '—', '-', ':'])))
}

/// Whether two numbers with this between them belong to one enumeration.
fn enumerates(between: &str) -> bool {
    let between = between.trim().trim_start_matches([',', ';', '(', ')']).trim();
    matches!(between, "" | "and" | "or" | "to" | "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording() -> ReferenceWords {
        ReferenceWords {
            service_request: vec!["Service Request".into(), "Service Requests".into()],
            obligation: Vec::new(),
            ..ReferenceWords::default()
        }
    }

    fn variants(text: &str) -> Vec<&str> {
        requests(text, &wording()).into_iter().map(|mention| mention.variant).collect()
    }

    #[test]
    fn service_requests_are_told_from_other_numbers() {
        assert_eq!(variants("Service Requests for Dual Band Hubs – 6.28, 6.29 and 6.30"), ["6.28", "6.29", "6.30"]);
        assert_eq!(variants("the Service Request 6.2.10 (or 7.7) of 2019"), ["6.2.10", "7.7"]);
        assert_eq!(variants("the R2.0 Service Request in testing for Release 2.0."), [""; 0]);
        assert_eq!(variants("see clause 4.3 – 6.28"), [""; 0], "nothing speaks of a Service Request");
        assert_eq!(variants("Service Request –"), [""; 0]);
        assert_eq!(variants("Service Requests: 6..28. 19"), ["6..28"]);
    }
}
