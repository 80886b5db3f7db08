//! Items of lists whose labels somebody typed: paragraphs of text in Word, which the sequence of their labels tells.

use crate::document::{Block, Enclosure, Kind, Label, Marker, Paragraph, Series};
use crate::reader::Carried;
use crate::reader::marked::Remark;
use std::collections::BTreeMap;

/// The deepest level of a list that the dialect writes.
const DEEPEST: u8 = 6;

/// Makes items of paragraphs whose labels were typed, and tells so. What is one in either text of a document is one in both.
pub fn list_labelled(texts: &mut [Carried]) {
    let found: Vec<BTreeMap<usize, Typed>> = texts.iter().map(typed).collect();
    let mut levels: BTreeMap<usize, u8> = BTreeMap::new();
    for typed in found.iter().flatten() {
        levels.insert(*typed.0, typed.1.level);
    }
    for (text, typed) in texts.iter_mut().zip(found) {
        let mut lists: BTreeMap<usize, (usize, Label, Label)> = BTreeMap::new();
        let mut bullets = Vec::new();
        for at in 0..text.document.blocks.len() {
            let source = text.sources[at];
            let Some(level) = levels.get(&source) else { continue };
            let Block::Paragraph(paragraph) = &mut text.document.blocks[at] else { continue };
            if let Some(bullet) = bullet_of(paragraph) {
                bullets.push(at);
                take(paragraph, bullet.len_utf8());
                paragraph.kind = Kind::Item { level: *level, marker: Marker::Bullet }.into();
                continue;
            }
            let Some(label) = label_of(paragraph) else { continue };
            if let Some(typed) = typed.get(&source) {
                let list = lists.entry(typed.list).or_insert_with(|| (at, label.clone(), label.clone()));
                list.2.clone_from(&label);
            }
            take(paragraph, label.as_str().len());
            paragraph.kind = Kind::Item { level: *level, marker: Marker::Label(label) }.into();
        }
        for (at, first, last) in lists.into_values() {
            let what = match first == last {
                true => format!("“{first}” goes on with the labels before it: this is read as an item of a list"),
                false => format!(
                    "the typed labels from “{first}” to “{last}” follow each other: these paragraphs are read as the items \
                     of a list; they could also be text"
                ),
            };
            let place = text.places[at].clone();
            text.remarks.push(Remark { place, lost: false, what });
        }
        if let Some(first) = bullets.first() {
            let what = match bullets.len() {
                1 => "a paragraph begins with a typed bullet: it is read as an item of a list".to_owned(),
                count => format!("{count} paragraphs begin with typed bullets: they are read as the items of lists"),
            };
            text.remarks.push(Remark { place: text.places[*first].clone(), lost: false, what });
        }
    }
}

/// An item whose label was typed.
struct Typed {
    level: u8,
    /// Which list of the document it is in.
    list: usize,
}

/// An item that another may follow.
struct Open {
    level: u8,
    label: Label,
    /// What it was read from, while it is the first of its list and waits for a second.
    waits: Option<usize>,
    list: usize,
    /// Whether its label was typed, and isn't Word's.
    is_typed: bool,
}

/// The items of a document whose labels were typed, by the blocks that they were read from.
fn typed(carried: &Carried) -> BTreeMap<usize, Typed> {
    let mut found = BTreeMap::new();
    if carried.is_own {
        return found;
    }
    let mut open: Vec<Open> = Vec::new();
    let mut lists = 0;
    // Whether the last paragraph was one that could be an item.
    let mut is_near = false;
    for (block, source) in carried.document.blocks.iter().zip(&carried.sources) {
        match block {
            Block::Paragraph(paragraph) => match &paragraph.kind.now {
                Kind::Body => {
                    if bullet_of(paragraph).is_some() {
                        let level = open.last().filter(|_| is_near).map_or(1, |last| last.level + 1).min(DEEPEST);
                        found.insert(*source, Typed { level, list: 0 });
                        continue;
                    }
                    let Some(label) = label_of(paragraph) else {
                        is_near = false;
                        continue;
                    };
                    let above = open.iter().rposition(|it| label.follows(&it.label));
                    match above {
                        Some(above) => {
                            open.truncate(above + 1);
                            // What it stands below is a list too.
                            for it in &mut open {
                                let first = it.waits.take();
                                found.extend(first.map(|first| (first, Typed { level: it.level, list: it.list })));
                            }
                            let last = &mut open[above];
                            found.insert(*source, Typed { level: last.level, list: last.list });
                            last.label = label;
                        }
                        None if label.is_first() => {
                            let is_near = is_near && open.len() < usize::from(DEEPEST);
                            // Another list of the same kind begins, not one within it.
                            let again = open.iter().position(|it| series(&it.label) == series(&label));
                            open.truncate(again.unwrap_or(if is_near { open.len() } else { 0 }));
                            let level = open.last().map_or(1, |last| last.level + 1);
                            lists += 1;
                            let list = open.last().filter(|last| last.is_typed).map_or(lists, |last| last.list);
                            open.push(Open { level, label, waits: Some(*source), list, is_typed: true });
                        }
                        None => open.clear(),
                    }
                    is_near = !open.is_empty();
                }
                // What Word numbers may go on by hand.
                Kind::Item { level, marker: Marker::Label(label) } => {
                    open.retain(|it| it.level < *level);
                    lists += 1;
                    open.push(Open { level: *level, label: label.clone(), waits: None, list: lists, is_typed: false });
                    is_near = true;
                }
                Kind::Item { .. } => is_near = false,
                _ => {
                    open.clear();
                    is_near = false;
                }
            },
            Block::Table(_) => {
                open.clear();
                is_near = false;
            }
            Block::Furniture(_) => {}
        }
    }
    found
}

/// What a label is likeliest to count in, and what it stands in.
fn series(label: &Label) -> (Option<Series>, Enclosure) {
    (label.numbers().first().map(|(series, _)| *series), label.enclosure())
}

/// The label that a paragraph begins with, if words stand after it. A number with a full stop may be a section's.
fn label_of(paragraph: &Paragraph) -> Option<Label> {
    let text = paragraph.text();
    let text = text.trim_start();
    let label = Label::at_start(text).filter(|label| label.enclosure() != Enclosure::Stop)?;
    let rest = text.get(label.as_str().len()..)?;
    (!rest.trim().is_empty()).then_some(label)
}

/// The bullet that a paragraph begins with, if white space and words stand after it. Word's fonts of signs have theirs where
/// Unicode has room for private use.
fn bullet_of(paragraph: &Paragraph) -> Option<char> {
    let text = paragraph.text();
    let mut letters = text.trim_start().chars();
    let is_bullet = |letter: &char| matches!(letter, '•' | '▪' | '●' | '○' | '■' | '◦' | '·' | '\u{f000}'..='\u{f0ff}');
    let bullet = letters.next().filter(is_bullet)?;
    let is_apart = letters.next().is_some_and(char::is_whitespace);
    (is_apart && !letters.as_str().trim().is_empty()).then_some(bullet)
}

/// Takes so many bytes from the beginning of a paragraph, and the white space around them.
fn take(paragraph: &mut Paragraph, label: usize) {
    let text = paragraph.text();
    let behind = text.len() - text.trim_start().len() + label;
    let rest = &text[behind..];
    let mut left = behind + rest.len() - rest.trim_start().len();
    for run in &mut paragraph.runs {
        let here = left.min(run.text.len());
        run.text.drain(..here);
        left -= here;
    }
    paragraph.runs.retain(|run| !run.text.is_empty() || run.is_object());
}
