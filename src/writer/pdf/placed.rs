//! What layout hands to painting and tagging: pages of things in their places, and where to find what.
//!
//! Lengths are points, and places are measured from the top left corner of the page.

use super::tree::{NodeId, SlotId, Tree};
use crate::stylesheet::{Colour, Picture};
use crate::writer::typeset::{Face, Word};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// A document laid out.
#[derive(Debug, Default)]
pub struct Laid {
    /// In order.
    pub pages: Vec<Page>,
    /// The logical structure.
    pub tree: Tree,
    /// In the order of the document.
    pub outline: Vec<Entry>,
    /// Where each anchor is.
    pub places: BTreeMap<String, Destination>,
    /// What the logo of each page shows.
    pub picture: Option<Arc<Picture>>,
    /// What the text shows, each picture once.
    pub figures: Vec<Arc<Picture>>,
    /// For each block of the document, the index of the page that it begins on, if it is on any.
    pub starts: Vec<Option<usize>>,
}

/// A page. What is listed first is painted first; texts stand in reading order.
#[derive(Debug, Default)]
pub struct Page {
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
    /// Behind the text.
    pub fills: Vec<Area>,
    /// In reading order.
    pub texts: Vec<Text>,
    /// In the margin, beside what they are about.
    pub notes: Vec<Text>,
    /// Over the text: rules, underlines, bars.
    pub rules: Vec<Area>,
    /// Where the page leads elsewhere.
    pub links: Vec<Link>,
    /// The pictures of the text.
    pub figures: Vec<Shown>,
    /// Where the logo stands, if there is one. It is furniture of the page, as its head is.
    pub logo: Option<Spot>,
}

/// A part of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
}

/// A picture in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown {
    /// An index into [`Laid::figures`].
    pub figure: usize,
    /// Where it stands.
    pub spot: Spot,
    /// Its place in the structure.
    pub slot: SlotId,
}

/// A filled rectangle. It has no meaning of its own: what it shows is tagged with the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
    /// What it is filled with.
    pub colour: Colour,
}

/// Words on one baseline, in one face, size and colour.
#[derive(Debug)]
pub struct Text {
    /// Where it starts.
    pub x: f32,
    /// Where its letters stand, from the top.
    pub baseline: f32,
    /// In points.
    pub size: f32,
    /// The face of all its words.
    pub face: Face,
    /// The colour of all its words.
    pub colour: Colour,
    /// In the order in which they are read.
    pub words: Vec<Rc<Word>>,
    /// What it is of.
    pub belongs: Belongs,
}

/// What a text is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// The document's text.
    Slot(SlotId),
    /// The line at the head of the page.
    Header,
    /// The lines at its foot.
    Footer,
    /// What is on the page only because it is a page: header rows said again, leaders.
    Page,
    /// A note in the margin. What it says, the text's structure says too.
    Margin,
}

/// A part of a page that leads somewhere.
#[derive(Clone, Debug)]
pub struct Link {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
    /// `#` and an anchor, or an address.
    pub target: String,
    /// The element that it is of.
    pub node: NodeId,
    /// What it is called.
    pub text: String,
}

/// A line of the outline, the list that a viewer shows beside the pages.
#[derive(Debug)]
pub struct Entry {
    /// From 1.
    pub level: u8,
    /// What it is called.
    pub title: String,
    /// Where it leads.
    pub place: Destination,
}

/// A place that links and the outline lead to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Destination {
    /// Index into [`Laid::pages`].
    pub page: usize,
    /// From the top of the page.
    pub top: f32,
}
