//! Which lines begin an item with a label of its own, such as (a): CommonMark knows only 1. and 1).
//!
//! The labels are found before CommonMark reads the text, and put into its words, byte for byte as long: where each
//! thing was written stays as it was.

use super::super::fault::Fault;
use crate::document::Label;
use std::collections::BTreeMap;
use std::ops::Range;

/// A text with its labels in CommonMark's words.
#[derive(Debug, Default)]
pub(super) struct Labelled {
    /// What CommonMark reads; as long as what was written.
    pub text: String,
    /// The labels, by where they stand.
    pub labels: BTreeMap<usize, Label>,
    /// What a drafter has to make plain.
    pub unclear: Vec<Fault>,
}

/// An item that is open: how far it stands in, and how far its text does.
struct Open {
    indent: usize,
    text: usize,
    label: Option<Label>,
}

/// A line that may begin an item.
struct Line<'a> {
    /// How far its text stands in: bullets count as white space.
    indent: usize,
    text: &'a str,
    /// Where its first bullet stands, if it has one.
    bullet: Option<usize>,
}

impl Labelled {
    pub fn new(written: &str) -> Self {
        let mut labelled = Self { text: written.to_owned(), ..Self::default() };
        let mut open: Vec<Open> = Vec::new();
        let mut above = "";
        let mut at = 0;
        for whole in written.split_inclusive('\n') {
            let line = line(whole);
            labelled.line(&line, at, above, &mut open);
            above = line_above(line.text);
            at += whole.len();
        }
        labelled
    }

    fn line(&mut self, line: &Line<'_>, at: usize, above: &str, open: &mut Vec<Open>) {
        let begins = line.bullet.unwrap_or(line.indent);
        if let Some(label) = Label::at_start(line.text) {
            let place = at + line.indent..at + line.indent + label.as_str().len();
            match line.reading(&label, above, open) {
                Reading::Text => return self.put(place, 'x', 'x'),
                Reading::Item => {}
                Reading::Unclear(fault) => self.unclear.push(Fault { at: place.clone(), ..fault }),
            }
            // The number is always 1, since CommonMark begins a list right under text with no other.
            self.put(place.clone(), '1', ')');
            close(open, begins);
            let after = &line.text[label.as_str().len()..];
            let gap = after.len() - after.trim_start_matches(' ').len();
            let text = line.indent + label.as_str().len() + if gap > 4 { 1 } else { gap };
            self.labels.insert(place.start, label.clone());
            open.push(Open { indent: line.indent, text, label: Some(label) });
            return;
        }
        if let Some(length) = almost(line.text).filter(|_| ends_plainly(above)) {
            let start = at + line.indent;
            let typed = &line.text[..length];
            self.unclear.push(Fault {
                at: start..start + length,
                message: format!("“{typed}” looks like the label of an item, and isn't read as one"),
                help: "Write (a), a), (1), 1) or 1., or - for a bullet, with a space after it; or write it on the line above."
                    .to_owned(),
            });
        }
        if line.bullet.is_some() {
            close(open, begins);
            open.push(Open { indent: begins, text: line.indent, label: None });
        } else if above.is_empty() && !line.text.is_empty() {
            // A paragraph that stands less far in than the text of an item ends it.
            open.retain(|item| item.text <= line.indent);
        }
    }

    /// Puts a number into the place of a label: noughts, then `digit` and `end`.
    fn put(&mut self, place: Range<usize>, digit: char, end: char) {
        let noughts = "0".repeat(place.len() - 2);
        self.text.replace_range(place, &format!("{noughts}{digit}{end}"));
    }
}

/// Ends the items at and beyond an indent.
fn close(open: &mut Vec<Open>, indent: usize) {
    while open.last().is_some_and(|item| item.indent >= indent) {
        open.pop();
    }
}

/// What a line that begins with a label is.
enum Reading {
    Item,
    /// The line above runs on into it.
    Text,
    /// It is read as an item, and the drafter has to say so.
    Unclear(Fault),
}

impl Line<'_> {
    fn reading(&self, label: &Label, above: &str, open: &[Open]) -> Reading {
        let unclear = |message: String, help: &str| {
            Reading::Unclear(Fault {
                at: 0..0,
                message,
                help: format!("{help}, or write {} for the text itself.", literal(label)),
            })
        };
        if self.bullet.is_some() {
            return unclear(format!("a bullet and the label {label} stand before one item"), "Take one of them away");
        }
        let beside = open.iter().rev().find(|item| item.indent == self.indent).and_then(|item| item.label.as_ref());
        let like = beside.filter(|beside| label.is_like(beside));
        if beside.is_none()
            && let Some(item) = open.iter().rev().find(|item| item.indent < self.indent && self.indent < item.text)
        {
            let message = format!("{label} stands neither under the label of an item nor under its text");
            return unclear(message, &format!("Put {} spaces before it, to make it an item within that", item.text));
        }
        let plain = above.is_empty()
            || ends_plainly(above)
            || like.is_some_and(|beside| label.follows(beside) || is_between(label, beside));
        match (plain, like.is_some() || label.is_first()) {
            (true, _) => Reading::Item,
            (false, true) => unclear(
                format!("whether {label} begins an item, or the line above runs on, isn't plain"),
                "Leave an empty line above it to make it an item, or write it on the line above",
            ),
            (false, false) => Reading::Text,
        }
    }
}

/// The length of what looks like a label or a bullet, and isn't: (a)text, a. text, -text.
fn almost(text: &str) -> Option<usize> {
    let letter_at = |at: usize| text[at..].starts_with(char::is_alphabetic);
    if text.starts_with('-') && letter_at(1) {
        return Some(1);
    }
    let end = text.find([')', '.'])? + 1;
    let (typed, rest) = text.split_at(end);
    match typed.ends_with(')') {
        true => (Label::new(typed).is_some() && letter_at(end)).then_some(end),
        false => {
            let bracketed = format!("({})", typed.trim_end_matches('.'));
            (rest.starts_with(' ') && Label::new(&bracketed).is_some()).then_some(end)
        }
    }
}

/// A label so that it is read as text.
fn literal(label: &Label) -> String {
    let text = label.as_str();
    if text.starts_with('(') { format!("\\{text}") } else { format!("{}\\{}", label.core(), &text[text.len() - 1..]) }
}

/// Whether a label is one that was put after another: 4A after 4, (aa) after (a).
fn is_between(label: &Label, last: &Label) -> bool {
    label.core().len() > last.core().len() && label.core().starts_with(last.core())
}

/// Whether a line ends so that what stands under it can begin an item.
pub(in super::super) fn ends_plainly(line: &str) -> bool {
    let joins = |word: &str| line.strip_suffix(word).is_some_and(|before| before.trim_end().ends_with([';', ',']));
    line.ends_with([';', ':', '.', '–', '—']) || joins("and") || joins("or")
}

/// A line as one that stands above another; nothing where it can't run on.
fn line_above(text: &str) -> &str {
    let ends_block = text.starts_with(['#', '|']) || (text.starts_with("<!--") && text.ends_with("-->"));
    if ends_block { "" } else { text }
}

fn line(whole: &str) -> Line<'_> {
    let blank = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
    let mut indent = blank(whole);
    let mut bullet = None;
    while let Some(rest) = whole[indent..].strip_prefix(['-', '*', '+'])
        && rest.starts_with(' ')
    {
        bullet.get_or_insert(indent);
        indent += 1 + blank(rest);
    }
    Line { indent, text: whole[indent..].trim_end(), bullet }
}
