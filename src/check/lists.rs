//! Rules on lists: a colon before, semicolons between, one “; and” or “; or” before the last item, a full stop after.

use super::reading::{Mend, Passage, Reading, Slip, Sort};
use super::subject::Subject;
use crate::diagnostic::Code;
use crate::document::{Kind, Marker};
use std::ops::Range;

/// The words that join the last item to the others.
const JOINS: [&str; 2] = ["and", "or"];

/// An item of a list: the passage that ends its own text, and whether a list follows within it.
struct Item {
    passage: usize,
    introduces: bool,
}

pub(super) fn check(_: &Subject<'_>, reading: &Reading<'_>, slips: &mut Vec<Slip>) {
    let levels: Vec<usize> = reading.passages.iter().map(level).collect();
    for (index, passage) in reading.passages.iter().enumerate() {
        let next = levels.get(index + 1).copied().unwrap_or(0);
        if next > level(passage) && matches!(passage.sort, Sort::Body(_)) {
            lead_in(reading, index, slips);
        }
        let before = index.checked_sub(1).and_then(|before| levels.get(before)).copied().unwrap_or(0);
        // A list begins where the level rises; each level that it rises by is a list, and only the last has items here.
        if levels[index] > before {
            let (items, after) = items(reading, &levels, index);
            list(reading, &items, goes_on(reading, after), slips);
        }
    }
}

/// The level of a list item; 0 for everything else.
fn level(passage: &Passage<'_>) -> usize {
    match &passage.sort {
        Sort::Body(Kind::Item { level, .. }) => usize::from(*level),
        _ => 0,
    }
}

/// The items of the list that begins at `start`, and where it has ended.
fn items(reading: &Reading<'_>, levels: &[usize], start: usize) -> (Vec<Item>, usize) {
    let own = levels[start];
    let mut items: Vec<Item> = Vec::new();
    let length = levels[start..].iter().take_while(|level| **level >= own).count();
    for (index, passage) in reading.passages.iter().enumerate().skip(start).take(length) {
        let continued = matches!(passage.sort, Sort::Body(Kind::Item { marker: Marker::Continued, .. }));
        match items.last_mut() {
            Some(item) if levels[index] > own => item.introduces = true,
            Some(item) if continued => *item = Item { passage: index, introduces: false },
            _ => items.push(Item { passage: index, introduces: false }),
        }
    }
    (items, start + length)
}

/// Whether the sentence that holds a list goes on after it: in an outer list, or in words that begin no sentence.
fn goes_on(reading: &Reading<'_>, after: usize) -> bool {
    reading.passages.get(after).is_some_and(|passage| {
        let begins_small = passage.text.starts_with(char::is_lowercase);
        level(passage) > 0 || (passage.sort == Sort::Body(Kind::Body) && !passage.is_cell() && begins_small)
    })
}

/// Text that goes on in a list ends with a colon.
fn lead_in(reading: &Reading<'_>, index: usize, slips: &mut Vec<Slip>) {
    let Some(passage) = reading.passages.get(index) else { return };
    let Some((at, last)) = passage.text.char_indices().next_back() else { return };
    if matches!(passage.sort, Sort::Body(Kind::Heading { .. }))
        || passage.is_cell()
        || !(matches!(last, ';' | ',') || last.is_alphanumeric())
    {
        return;
    }
    let word = passage.text[..at].rfind(' ').map_or(0, |space| space + 1);
    let message = format!("“{}” introduces a list, and doesn't end with a colon", &passage.text[word..]);
    let help = "end it with a colon";
    let slip = Slip::warning(Code::ListLeadIn, index, at..passage.text.len(), message, help.to_owned());
    slips.push(Slip { mend: ending(&passage.text, ":"), ..slip });
}

fn list(reading: &Reading<'_>, items: &[Item], goes_on: bool, slips: &mut Vec<Slip>) {
    let ends: Vec<(usize, &str, bool)> = items
        .iter()
        .filter_map(|item| Some((item.passage, reading.passages.get(item.passage)?.text.as_str(), item.introduces)))
        .collect();
    let Some(((last_at, last, last_introduces), others)) = ends.split_last() else { return };
    let is_punctuated =
        others.iter().any(|(_, text, introduces)| !introduces && (text.ends_with(';') || join(text).is_some()));
    if !is_punctuated {
        return;
    }
    for (nth, (passage, text, introduces)) in others.iter().enumerate() {
        let is_last_but_one = nth + 1 == others.len();
        let unended = |message: String, help: &str| {
            Slip::warning(Code::ListPunctuation, *passage, end_of(text), message, help.to_owned())
        };
        match join(text) {
            Some((at, word)) if !is_last_but_one => {
                let message = format!("“; {word}” stands after item {} of {}", nth + 1, ends.len());
                let help = format!("write “;” here: only the last item but one ends with “; {word}”");
                slips.push(Slip::warning(Code::ListPunctuation, *passage, at.clone(), message, help).mend(at, ";"));
            }
            None if is_last_but_one && !introduces => {
                let help = "end it with “; and” if all of the items hold, with “; or” if one of them does";
                slips.push(unended("the last item but one ends without “; and” or “; or”".to_owned(), help));
            }
            None if !introduces && !text.ends_with(';') => {
                let message = format!("item {} of {} doesn't end with a semicolon, as others do", nth + 1, ends.len());
                slips.push(Slip { mend: ending(text, ";"), ..unended(message, "end it with “;”") });
            }
            _ => {}
        }
    }
    let ends_within_sentence = goes_on && (last.ends_with([';', ',']) || join(last).is_some());
    if !last_introduces && !last.ends_with('.') && !ends_within_sentence {
        let message = "the last item of the list doesn't end with a full stop".to_owned();
        let help = "end it with “.”".to_owned();
        let slip = Slip::warning(Code::ListPunctuation, *last_at, end_of(last), message, help);
        slips.push(Slip { mend: if join(last).is_none() { ending(last, ".") } else { None }, ..slip });
    }
}

/// What makes a text end with that mark: it comes after a word, and takes the place of another mark between clauses.
fn ending(text: &str, mark: &str) -> Option<Mend> {
    let end = end_of(text);
    match text.get(end.clone())? {
        ";" | "," => Some((end, mark.to_owned())),
        // Several sentences are no item of one.
        "." if mark == ";" && !text.contains(". ") => Some((end, mark.to_owned())),
        last if last.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '’' | '”' | '+')) => {
            Some((text.len()..text.len(), mark.to_owned()))
        }
        _ => None,
    }
}

/// The “; and” or “; or” that a text ends with, and where.
fn join(text: &str) -> Option<(Range<usize>, &'static str)> {
    JOINS.iter().find_map(|&word| {
        let before = text.strip_suffix(word)?;
        let semicolon = before.trim_end().strip_suffix(';')?;
        (before.ends_with(' ') || before.ends_with(';')).then_some((semicolon.len()..text.len(), word))
    })
}

/// The last character of a text.
fn end_of(text: &str) -> Range<usize> {
    text.char_indices().next_back().map_or(0, |(at, _)| at)..text.len()
}
