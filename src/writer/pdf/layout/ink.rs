//! Runs with what becomes of them on paper: face, colour, strokes, and their place in the structure.

use super::hands::{Hands, attribute};
use crate::document::{Mark, Run, Script};
use crate::stylesheet::{Colour, Stylesheet};
use crate::writer::pdf::placed::Belongs;
use crate::writer::pdf::tree::{NodeId, Tag, Tree};
use crate::writer::typeset::Face;
use crate::writer::was;
use std::rc::Rc;

/// A run ready to be set.
#[derive(Clone, Debug)]
pub(super) struct Inked<'t> {
    pub text: &'t str,
    pub ink: Ink,
    /// Whether the line that it stands on is a changed one.
    pub changed: bool,
    /// What is said of its change: whose it is, how it looked.
    pub said: Vec<Rc<str>>,
}

/// How a piece is drawn, and what it is of.
#[derive(Clone, Debug)]
pub(super) struct Ink {
    pub face: Face,
    pub script: Option<Script>,
    pub colour: Colour,
    pub stroke: Option<Stroke>,
    /// What it stands on, where it would be overlooked otherwise.
    pub tint: Option<Colour>,
    pub belongs: Belongs,
    pub link: Option<(NodeId, Rc<str>)>,
    /// Whether it is the number of a note, the last of it that is shown.
    pub refers: bool,
}

/// The size of raised and lowered words, in thousandths of that of those beside them.
const SCRIPT: i32 = 650;

/// How far words of this script are raised, in thousandths of the size of those beside them.
const fn rise(script: Script) -> i32 {
    match script {
        Script::Superscript => 330,
        Script::Subscript => -140,
    }
}

impl Ink {
    /// That of words which nothing is said of.
    pub const fn plain(face: Face, colour: Colour, belongs: Belongs) -> Self {
        Self { face, script: None, colour, stroke: None, tint: None, belongs, link: None, refers: false }
    }

    /// A length of its words, in thousandths of the em of those beside them.
    pub const fn scaled(&self, width: i32) -> i32 {
        match self.script {
            Some(_) => width * SCRIPT / 1000,
            None => width,
        }
    }

    /// The size of its words where those beside them have this one, and how far they stand above the line.
    pub fn size_and_rise(&self, size: f32) -> (f32, f32) {
        match self.script {
            Some(script) => (size * SCRIPT as f32 / 1000.0, size * rise(script) as f32 / 1000.0),
            None => (size, 0.0),
        }
    }
}

/// A line drawn along text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    Under,
    Through,
}

/// How the text around runs is set; runs vary it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    pub strong: bool,
    pub emphasis: bool,
    /// In points.
    pub size: f32,
    pub colour: Colour,
    /// The mark of the row or column that they stand in.
    pub mark: Mark,
}

/// Inks runs, and gives them their places in an element.
pub(super) fn ink<'t>(
    runs: &'t [Run],
    manner: Manner,
    sheet: &Stylesheet,
    hands: &Hands,
    (tree, node): (&mut Tree, NodeId),
) -> Vec<Inked<'t>> {
    let mut runs = runs.iter().filter(|run| !run.text.is_empty()).peekable();
    let mut inked = Vec::new();
    while let Some(run) = runs.next() {
        let mark = if run.mark == Mark::Kept { manner.mark } else { run.mark };
        let style = &run.style.now;
        let of_note = style.note.is_some();
        let home = if of_note { tree.add(node, Tag::Reference) } else { node };
        let (home, link) = match &style.link {
            Some(target) => {
                let link = link_in(tree, home, &run.text);
                (link, Some((link, Rc::from(target.as_str()))))
            }
            None => (home, None),
        };
        let was = looked(run, mark, sheet);
        let from = tree.nodes.len();
        let home = match &was {
            Some(was) => restyled_in(tree, home, was, &run.text),
            None => home,
        };
        let by = hands.of_run(run);
        let home = match style.script {
            Some(script) if !of_note => {
                tree.add(home, Tag::Script { rise: (manner.size * rise(script) as f32) as i32 })
            }
            _ => home,
        };
        let slot = slot_for(tree, home, mark, &run.text, sheet);
        attribute(tree, from, by.as_deref());
        let colour = match mark {
            Mark::Kept if link.is_some() => sheet.colours.link,
            _ => colour_of(mark, manner.colour, sheet),
        };
        let small = mark != Mark::Kept && is_small(&run.text);
        let ink = Ink {
            // What is new within what moved stands out from what only moved.
            face: Face::of(manner.strong || style.strong || style.fresh || small, manner.emphasis || style.emphasis),
            script: style.script,
            colour,
            stroke: stroke_of(mark),
            tint: small.then(|| colour.tint()),
            belongs: Belongs::Slot(slot),
            link,
            // Of a former number and the new one, which lead to one note, the new one.
            refers: of_note && runs.peek().is_none_or(|next| next.style.now.link != style.link),
        };
        inked.push(Inked {
            text: &run.text,
            ink,
            changed: mark != Mark::Kept || run.style.was.is_some(),
            said: by.into_iter().chain(was).collect(),
        });
    }
    inked
}

/// Whether a change is too small to be seen by its colour and its stroke: a mark of punctuation or two, or a blank.
pub(super) fn is_small(text: &str) -> bool {
    const SMALL: usize = 2;
    text.chars().count() <= SMALL && !text.chars().any(char::is_alphanumeric)
}

/// What stands between a change and another that touches it: "10" and "9" are not 109, on the page and where it is
/// copied. In a cell, `apart` says that the one stands under the other. It is no part of the text.
pub(super) fn parted<'t>(runs: Vec<Inked<'t>>, apart: bool) -> Vec<Inked<'t>> {
    let mut parted: Vec<Inked<'t>> = Vec::with_capacity(runs.len());
    for run in runs {
        let touched = parted.last().filter(|last| {
            last.ink.stroke.is_some()
                && run.ink.stroke.is_some()
                && last.ink.stroke != run.ink.stroke
                && !last.text.ends_with(char::is_whitespace)
                && !run.text.starts_with(char::is_whitespace)
        });
        if let Some(last) = touched {
            let ink =
                Ink { stroke: None, tint: None, belongs: Belongs::Page, link: None, refers: false, ..last.ink.clone() };
            let text = if apart { " \n" } else { " " };
            parted.push(Inked { text, ink, changed: true, said: Vec::new() });
        }
        parted.push(run);
    }
    parted
}

pub(super) fn stroke_of(mark: Mark) -> Option<Stroke> {
    match mark {
        Mark::Kept => None,
        Mark::Inserted => Some(Stroke::Under),
        Mark::Deleted => Some(Stroke::Through),
    }
}

pub(super) fn colour_of(mark: Mark, kept: Colour, sheet: &Stylesheet) -> Colour {
    match mark {
        Mark::Kept => kept,
        Mark::Inserted => sheet.colours.inserted,
        Mark::Deleted => sheet.colours.deleted,
    }
}

/// What is said of words in both texts that were bold or italic, or weren't.
fn looked(run: &Run, mark: Mark, sheet: &Stylesheet) -> Option<Rc<str>> {
    let (now, was) = (&run.style.now, run.style.was.as_ref().filter(|_| mark == Mark::Kept)?);
    if (was.strong, was.emphasis, was.script) == (now.strong, now.emphasis, now.script) {
        return None;
    }
    let said = was::look(was, &sheet.marks.was);
    (!said.is_empty()).then(|| Rc::from(said))
}

/// An element for words that look otherwise than they did.
fn restyled_in(tree: &mut Tree, node: NodeId, was: &str, text: &str) -> NodeId {
    let element = tree.add(node, Tag::Restyled);
    tree.nodes[element].alt = Some(format!("{was}: {}", text.trim()));
    element
}

/// A link element: a run is a link of its own, so that no two share a target by accident.
pub(super) fn link_in(tree: &mut Tree, node: NodeId, text: &str) -> NodeId {
    let link = tree.add(node, Tag::Link);
    tree.nodes[link].alt = Some(text.to_owned());
    link
}

/// A place for text of this mark. What is inserted or deleted has an element of its own.
///
/// PDF/UA-1 (7.1) wants meaning that is shown by colour or strokes in the tags as well. ISO 32000-1 offers two
/// things: the layout attribute `TextDecorationType`, exact but read out by few; and `Alt`, which readers say in
/// place of the text. The element has both. `ActualText` would be wrong: it is for characters that the glyphs
/// misrepresent, and copying and searching would find words that aren't on the page.
pub(super) fn slot_for(tree: &mut Tree, node: NodeId, mark: Mark, text: &str, sheet: &Stylesheet) -> usize {
    let (tag, spoken) = match mark {
        Mark::Kept => return tree.slot(node),
        Mark::Inserted => (Tag::Inserted, &sheet.marks.spoken_inserted),
        Mark::Deleted => (Tag::Deleted, &sheet.marks.spoken_deleted),
    };
    let element = tree.add(node, tag);
    tree.nodes[element].alt = Some(spoken.replace("{text}", text.trim()));
    tree.slot(element)
}
