//! Bookmarks on sections and tables, and the links that lead to them or out of the document.

use super::flow::Side;
use crate::document::{Block, Document, Kind, Mark, PartKind, anchor};
use std::collections::{HashMap, HashSet};

/// Word takes no longer name for a bookmark.
const LONGEST: usize = 40;

/// A place in the document by the name that Word knows it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    pub id: usize,
    pub name: String,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Bookmark(String),
    /// The id of a relationship.
    Outside(String),
}

#[derive(Debug, Default)]
pub struct Links {
    /// The bookmarks that stand on each block.
    by_block: HashMap<usize, Vec<Bookmark>>,
    by_anchor: HashMap<String, String>,
    names: HashSet<String>,
    count: usize,
    outside: Vec<String>,
    outside_by_address: HashMap<String, usize>,
}

impl Links {
    /// Names every section and table. Where the two texts of a redline both have one of an id, the later text's has
    /// the name: it is the one that stays.
    pub fn new(document: &Document) -> Self {
        let mut links = Self::default();
        for later in [true, false] {
            for (index, block) in document.blocks.iter().enumerate() {
                let Some((name, mark)) = named(block) else { continue };
                if Side::Now.holds(mark) == later && !links.by_anchor.contains_key(&name) {
                    let bookmark = links.bookmark(&bookmark_name(&name));
                    links.by_anchor.insert(name, bookmark.name.clone());
                    links.by_block.entry(index).or_default().push(bookmark);
                }
            }
        }
        links
    }

    pub fn on(&self, block: usize) -> &[Bookmark] {
        self.by_block.get(&block).map_or(&[], Vec::as_slice)
    }

    /// The name of a bookmark on a block, which gets one if it has none.
    pub fn name_of(&mut self, block: usize) -> String {
        if let Some(bookmark) = self.on(block).first() {
            return bookmark.name.clone();
        }
        let bookmark = self.bookmark(&format!("_Toc{block:08}"));
        let name = bookmark.name.clone();
        self.by_block.entry(block).or_default().push(bookmark);
        name
    }

    /// Where a link leads; none for a place that this document doesn't have, which is left as text.
    pub fn target(&mut self, link: &str) -> Option<Target> {
        if let Some(anchor) = link.strip_prefix('#') {
            return self.by_anchor.get(anchor).cloned().map(Target::Bookmark);
        }
        let address = super::address::encode(link)?;
        let at = *self.outside_by_address.entry(address).or_insert_with_key(|address| {
            self.outside.push(address.clone());
            self.outside.len()
        });
        Some(Target::Outside(outside_id(at)))
    }

    /// The relationships of the links that lead outside: id and address.
    pub fn outside(&self) -> impl Iterator<Item = (String, &str)> {
        self.outside.iter().enumerate().map(|(at, address)| (outside_id(at + 1), address.as_str()))
    }

    /// A new bookmark, by this name or, where that is taken, by one like it.
    fn bookmark(&mut self, wanted: &str) -> Bookmark {
        let mut name = wanted.to_owned();
        let mut copy = 1;
        while !self.names.insert(name.to_ascii_lowercase()) {
            copy += 1;
            let tail = format!("_{copy}");
            name = wanted.chars().take(LONGEST - tail.len()).collect::<String>() + &tail;
        }
        self.count += 1;
        Bookmark { id: self.count, name }
    }
}

fn outside_id(at: usize) -> String {
    format!("rIdLink{at}")
}

fn named(block: &Block) -> Option<(String, Mark)> {
    match block {
        Block::Paragraph(paragraph) => match &paragraph.kind.now {
            Kind::Heading { id: Some(id), .. } => Some((anchor(PartKind::Section, id), paragraph.mark)),
            _ => None,
        },
        Block::Table(table) => {
            let stands = super::flow::table_stands(table, Side::Now);
            let mark = if stands { Mark::Kept } else { Mark::Deleted };
            table.id.now.as_ref().map(|id| (anchor(PartKind::Table, id), mark))
        }
        Block::Furniture(_) => None,
    }
}

/// An anchor in the letters that Word allows: `section-5.4` is `section_5_4`.
fn bookmark_name(anchor: &str) -> String {
    anchor.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Paragraph, Run};

    fn section(id: &str) -> Block {
        Block::Paragraph(Paragraph::new(
            Kind::Heading { level: 1, id: Some(id.to_owned()) },
            vec![Run::plain("A heading")],
        ))
    }

    #[test]
    fn two_sections_never_share_a_bookmark() {
        let long = "x".repeat(60);
        let ids = ["5.4", "5-4", "5_4", &long, &format!("{long}y")];
        let document = Document { blocks: ids.iter().map(|id| section(id)).collect(), ..Document::default() };
        let links = Links::new(&document);
        let names: Vec<_> = (0..ids.len()).map(|block| links.on(block)[0].name.clone()).collect();
        assert_eq!(names[..3], ["section_5_4", "section_5_4_2", "section_5_4_3"]);
        assert!(names.iter().all(|name| name.len() <= LONGEST));
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), ids.len());
    }

    #[test]
    fn a_link_to_a_place_that_is_missing_is_text() {
        let mut links = Links::new(&Document { blocks: vec![section("5.4")], ..Document::default() });
        assert_eq!(links.target("#section-5.4"), Some(Target::Bookmark("section_5_4".to_owned())));
        assert_eq!(links.target("#section-5.5"), None);
    }
}
