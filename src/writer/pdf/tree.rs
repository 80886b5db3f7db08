//! The logical structure of a document, as assistive technology meets it: which thing is a heading, which a header
//! cell, what was inserted.
//!
//! Layout grows the tree as it walks the document and hands out *slots*, the places where text belongs. Painting says
//! which stretch of which page fills a slot; tagging writes the two together.

use crate::document::Series;

/// An element, as an index into [`Tree::nodes`].
pub type NodeId = usize;

/// A place for text in an element, as an index into [`Tree::slots`].
pub type SlotId = usize;

/// The elements of a document.
#[derive(Debug)]
pub struct Tree {
    /// The elements, the root first.
    pub nodes: Vec<Node>,
    /// The element that each slot is in.
    pub slots: Vec<NodeId>,
}

/// An element.
#[derive(Debug)]
pub struct Node {
    /// What it is.
    pub tag: Tag,
    /// The root is its own parent.
    pub parent: NodeId,
    /// What is in it, in order.
    pub kids: Vec<Kid>,
    /// What is said in place of its text.
    pub alt: Option<String>,
}

/// What is in an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kid {
    /// Another element.
    Node(NodeId),
    /// Text.
    Slot(SlotId),
}

/// What an element is. Most are the standard structure types of ISO 32000-1; `Tag::role` names those that aren't.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// The root.
    Document,
    /// Its depth, from 1, with none left out.
    Heading(u8),
    /// A paragraph of text.
    Paragraph,
    /// The title on the cover.
    Title,
    /// The line that opens an amended part.
    Instruction,
    /// A remark in small print.
    Note,
    /// A note at the foot of the page, by its place among all of them, from 1.
    Footnote(usize),
    /// The line over a table.
    Caption,
    /// A list, and what its labels count in; bullets count in nothing.
    List(Option<Series>),
    /// A list of terms and what they mean.
    Definitions,
    /// An item of a list.
    Item,
    /// What stands before an item.
    Label,
    /// The text of an item.
    ItemBody,
    /// A table.
    Table,
    /// Its header rows.
    TableHead,
    /// Its rows of data.
    TableBody,
    /// Its count rows.
    TableFoot,
    /// A row.
    Row,
    /// A header cell.
    Header {
        /// What it heads.
        scope: Scope,
        /// How many columns it covers.
        span: usize,
        /// How many rows it covers.
        rows: usize,
    },
    /// A cell.
    Cell {
        /// How many columns it covers.
        span: usize,
        /// How many rows it covers.
        rows: usize,
    },
    /// Inserted text.
    Inserted,
    /// Deleted text.
    Deleted,
    /// Raised or lowered text.
    Script {
        /// How far it stands above the line, in thousandths of a point.
        rise: i32,
    },
    /// Text that looks otherwise than it did.
    Restyled,
    /// A picture.
    Figure,
    /// What leads elsewhere.
    Link,
    /// The table of contents.
    Contents,
    /// A line of it.
    ContentsItem,
    /// What leads to another part: from a line of the contents, from the number of a note.
    Reference,
}

/// Which cells a header cell heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those below it.
    Column,
    /// Those beside it.
    Row,
}

impl Tag {
    /// The structure type.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(3) => "H3",
            Self::Heading(4) => "H4",
            Self::Heading(5) => "H5",
            Self::Heading(_) => "H6",
            Self::Paragraph => "P",
            Self::Title => "Title",
            Self::Instruction => "Instruction",
            Self::Note => "Remark",
            Self::Footnote(_) => "Note",
            Self::Caption => "Caption",
            Self::List(_) | Self::Definitions => "L",
            Self::Item => "LI",
            Self::Label => "Lbl",
            Self::ItemBody => "LBody",
            Self::Table => "Table",
            Self::TableHead => "THead",
            Self::TableBody => "TBody",
            Self::TableFoot => "TFoot",
            Self::Row => "TR",
            Self::Header { .. } => "TH",
            Self::Cell { .. } => "TD",
            Self::Inserted => "Ins",
            Self::Deleted => "Del",
            Self::Script { .. } => "Span",
            Self::Restyled => "Span",
            Self::Figure => "Figure",
            Self::Link => "Link",
            Self::Contents => "TOC",
            Self::ContentsItem => "TOCI",
            Self::Reference => "Reference",
        }
    }

    /// The types that are our own, each with the standard type that it is a kind of.
    pub const ROLES: [(&'static str, &'static str); 5] =
        [("Title", "P"), ("Instruction", "P"), ("Remark", "P"), ("Ins", "Span"), ("Del", "Span")];
}

impl Default for Tree {
    fn default() -> Self {
        let root = Node { tag: Tag::Document, parent: Self::ROOT, kids: Vec::new(), alt: None };
        Self { nodes: vec![root], slots: Vec::new() }
    }
}

impl Tree {
    /// The element that all others are in.
    pub const ROOT: NodeId = 0;

    /// A new element, the last in its parent.
    pub fn add(&mut self, parent: NodeId, tag: Tag) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(Node { tag, parent, kids: Vec::new(), alt: None });
        self.nodes[parent].kids.push(Kid::Node(id));
        id
    }

    /// A place for text at the end of an element: the one that is there, if nothing has followed it.
    pub fn slot(&mut self, node: NodeId) -> SlotId {
        if let Some(Kid::Slot(slot)) = self.nodes[node].kids.last() {
            return *slot;
        }
        let slot = self.slots.len();
        self.slots.push(node);
        self.nodes[node].kids.push(Kid::Slot(slot));
        slot
    }

    /// The last element in another, if it is the last thing in it.
    pub fn last(&self, node: NodeId) -> Option<NodeId> {
        match self.nodes[node].kids.last() {
            Some(Kid::Node(last)) => Some(*last),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_on_either_side_of_an_element_has_slots_of_its_own() {
        let mut tree = Tree::default();
        let paragraph = tree.add(Tree::ROOT, Tag::Paragraph);
        let before = tree.slot(paragraph);
        assert_eq!(tree.slot(paragraph), before);
        let inserted = tree.add(paragraph, Tag::Inserted);
        let inside = tree.slot(inserted);
        let after = tree.slot(paragraph);
        assert_eq!(tree.nodes[paragraph].kids, [Kid::Slot(before), Kid::Node(inserted), Kid::Slot(after)]);
        assert_eq!(tree.slots, [paragraph, inserted, paragraph]);
        assert_ne!(inside, after);
    }
}
