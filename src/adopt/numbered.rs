//! The paragraphs that open sections: headings, and those of which the text stands after the number.

use crate::document::{Block, Kind, Paragraph, Run};
use crate::model::{Number, natural};
use crate::reader::Carried;
use crate::reader::marked::Remark;
use std::collections::{BTreeMap, BTreeSet};

/// The paragraph that opens a section.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    pub number: String,
    /// Nothing, if the paragraph is the first of the text of a section that has no heading.
    pub heading: Option<String>,
    /// The identity that the desk once gave it.
    pub id: Option<String>,
    /// Why it is taken to open a section, if nothing but its look and its number says so.
    pub guess: Option<&'static str>,
}

/// Longer ones are sentences that happen to be bold.
const LONGEST_GUESS: usize = 120;

/// What a paragraph opens, if it opens a section; `before` are the numbers of the parts before it.
pub(super) fn opening(paragraph: &Paragraph, before: &[&str]) -> Option<Opening> {
    let text = paragraph.text();
    let (number, rest) = parted(&text)?;
    let (heading, id, guess) = match &paragraph.kind.now {
        Kind::Heading { id: None, .. } if is_sentence(&rest) || paragraph.runs.iter().any(Run::is_object) => {
            (None, None, Some("a section without a heading, since it is more than one"))
        }
        Kind::Heading { id, .. } => (Some(rest), id.clone(), None),
        Kind::Clause { id, .. } => (None, Some(id.clone()), None),
        Kind::Body if is_next(&number, before) || before.is_empty() && number == "1" => {
            match looks_like_heading(paragraph, &rest) {
                true => (Some(rest), None, Some("a heading, since it is bold and has the next number")),
                false if number.contains('.') => {
                    (None, None, Some("a section without a heading, since it has the next number"))
                }
                false => return None,
            }
        }
        _ => return None,
    };
    Some(Opening { number, heading, id, guess })
}

/// Gives each heading that has no number one, by the headings above it, and tells so once. Where nothing is a heading, what is
/// bold throughout is.
pub fn number_headings(carried: &mut Carried) {
    if carried.is_own {
        return;
    }
    let headed = |block: &Block| matches!(block, Block::Paragraph(paragraph) if is_heading(paragraph));
    if !carried.document.blocks.iter().any(headed) {
        head_bold(carried);
    }
    let typed = |block: &Block| match block {
        Block::Paragraph(paragraph) if is_heading(paragraph) => parted(&paragraph.text()).map(|(number, _)| number),
        _ => None,
    };
    let taken: BTreeSet<String> = carried.document.blocks.iter().filter_map(typed).collect();
    // The headings that stand over the next: the level and the number of each.
    let mut above: Vec<(u8, String)> = Vec::new();
    // The number of the last below each, by its own.
    let mut last: BTreeMap<String, u32> = BTreeMap::new();
    let mut given: Vec<(usize, String)> = Vec::new();
    for at in 0..carried.document.blocks.len() {
        let own = typed(&carried.document.blocks[at]);
        let Block::Paragraph(paragraph) = &mut carried.document.blocks[at] else { continue };
        let Kind::Heading { level, .. } = paragraph.kind.now else { continue };
        if !is_heading(paragraph) {
            continue;
        }
        above.retain(|(other, _)| *other < level);
        let number = own.unwrap_or_else(|| {
            let parent = above.last().map(|(_, number)| number.as_str()).unwrap_or_default();
            let next = last.get(parent).copied().unwrap_or_default().saturating_add(1)..;
            let mut numbers =
                next.map(|own| if parent.is_empty() { own.to_string() } else { format!("{parent}.{own}") });
            let number = numbers.find(|number| !taken.contains(number)).unwrap_or_default();
            paragraph.runs.insert(0, Run::plain(format!("{number} ")));
            given.push((at, number.clone()));
            number
        });
        let (parent, own) = number.rsplit_once('.').unwrap_or(("", &number));
        let own = own.trim_end_matches(|c: char| c.is_ascii_uppercase()).parse().unwrap_or_default();
        last.insert(parent.to_owned(), own);
        above.push((level, number));
    }
    if let (Some((first, from)), Some((_, to))) = (given.first(), given.last()) {
        let what = match given.len() {
            1 => format!("one heading has no number: it was given {from}"),
            count => format!("{count} headings have no number: each was given one by its level, from {from} to {to}"),
        };
        carried.remarks.push(Remark { place: carried.places[*first].clone(), lost: false, what });
    }
}

/// Makes headings of the paragraphs that look like one, and tells so once.
fn head_bold(carried: &mut Carried) {
    let mut headed = Vec::new();
    for (at, block) in carried.document.blocks.iter_mut().enumerate() {
        let Block::Paragraph(paragraph) = block else { continue };
        let text = paragraph.text();
        if paragraph.kind.now != Kind::Body || !looks_like_heading(paragraph, &text) {
            continue;
        }
        let level = parted(&text).map_or(1, |(number, _)| number.split('.').count().min(6));
        paragraph.kind = Kind::Heading { level: u8::try_from(level).unwrap_or(6), id: None }.into();
        for run in &mut paragraph.runs {
            run.style.now.strong = false;
        }
        headed.push(at);
    }
    if let Some(first) = headed.first() {
        let what = format!(
            "no paragraph has the style of a heading: what is bold throughout is read as one ({} of them)",
            headed.len()
        );
        carried.remarks.push(Remark { place: carried.places[*first].clone(), lost: false, what });
    }
}

/// Whether a paragraph is as short and bold as headings are.
fn looks_like_heading(paragraph: &Paragraph, text: &str) -> bool {
    text.len() <= LONGEST_GUESS
        && !text.trim_end().ends_with(['.', ';', ':', ','])
        && text.contains(char::is_alphabetic)
        && paragraph.runs.iter().all(|run| is_bold(run) && !run.is_object())
}

/// Whether a paragraph is a heading of words.
fn is_heading(paragraph: &Paragraph) -> bool {
    matches!(paragraph.kind.now, Kind::Heading { .. }) && !paragraph.text().trim().is_empty()
}

/// The paragraph of a section without a heading, without its number.
pub(super) fn without_number(paragraph: &Paragraph) -> Paragraph {
    let text = paragraph.text();
    let start = text.len() - text.trim_start().len();
    let rest = text[start..].find(char::is_whitespace).map_or(text.len(), |end| start + end);
    let mut left = rest + text[rest..].chars().next().map_or(0, char::len_utf8);
    let mut paragraph = Paragraph { kind: Kind::Body.into(), ..paragraph.clone() };
    for run in &mut paragraph.runs {
        let here = left.min(run.text.len());
        run.text.drain(..here);
        left -= here;
    }
    paragraph.runs.retain(|run| !run.text.is_empty());
    paragraph
}

/// Whether what has the look of a heading is text: clauses are often numbered so.
fn is_sentence(text: &str) -> bool {
    const LEAST: usize = 12;
    let words = text.split_whitespace().count();
    text.chars().count() > LONGEST_GUESS || words > LEAST && text.trim_end().ends_with(['.', ';', ':', ','])
}

fn is_bold(run: &Run) -> bool {
    run.style.now.strong || run.text.trim().is_empty()
}

/// Whether a number is one more than that of a part before it, or the first below the last.
fn is_next(number: &str, before: &[&str]) -> bool {
    let Some(parsed) = Number::parse(number) else { return false };
    if before.is_empty() {
        return false;
    }
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
    fn a_section_without_a_heading_is_one_that_has_the_next_number() {
        let paragraph = Paragraph::new(Kind::Body, vec![Run::plain("1.2\tThe DCC shall "), Run::plain("test.")]);
        let opens = opening(&paragraph, &["1", "1.1"]).unwrap();
        assert_eq!((opens.number.as_str(), opens.heading, opens.guess.is_some()), ("1.2", None, true));
        assert_eq!(without_number(&paragraph).text(), "The DCC shall test.");
        assert!(opening(&paragraph, &["1", "1.2"]).is_none(), "it has that number no more");
        let item = Paragraph::new(Kind::Body, vec![Run::plain("2 and so on.")]);
        assert!(opening(&item, &["1"]).is_none());
    }

    #[test]
    fn a_sentence_that_looks_like_a_heading_is_a_section_without_one() {
        let opens =
            |text: &str| opening(&Paragraph::new(Kind::Heading { level: 2, id: None }, vec![Run::plain(text)]), &[]);
        let clause = "1.1 The Party shall complete all of the tests that the DCC asks for before it sends anything.";
        assert_eq!(opens(clause).map(|it| it.heading), Some(None));
        let heading = "1.1 Completing tests before anything is sent: what the DCC asks for and when it does";
        assert!(opens(heading).is_some_and(|it| it.heading.is_some()));
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
