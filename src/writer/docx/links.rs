//! Bookmarks on sections and tables, and the links that lead to them or out of the document.
//!
//! A bookmark is named after what it marks, never after where that stands: what is the same in two versions has the
//! same bookmark in both and in their redline, so no tool that compares them sees one move.

use super::figures::Figures;
use crate::digest::hexadecimal;
use crate::document::{Block, Document, Kind, Mark, Note, PartKind, Run, Table, TextRole, anchor};
use crate::ooxml::names::LONGEST_BOOKMARK;
use crate::ooxml::trace::Landmark;
use crate::writer::view::RevisionView;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// A place in the document by the name that Word knows it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    pub id: usize,
    pub name: String,
    /// What it stands for.
    pub landmark: Landmark,
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
    /// That of each row of a matrix: by its block, its index, and the mark that it is written with.
    by_row: HashMap<(usize, usize, Mark), Bookmark>,
    by_anchor: HashMap<String, String>,
    /// Of what moves, that of the place that it leaves.
    left: HashMap<String, String>,
    /// The headings of sections that move, where they leave and where they come to stand: which move it is.
    moves: HashMap<usize, usize>,
    /// The bookmarks of other headings and captions, which stand only where something leads to them.
    kept: HashMap<usize, Bookmark>,
    names: HashSet<String>,
    /// How many of a name there are, so that none of ten thousand alike has to try them all.
    copies: HashMap<String, usize>,
    count: usize,
    /// What was referred to, and the mark of the reference: from 1, as Word counts them.
    notes: Vec<(Note, Mark)>,
    /// What the text shows.
    pub figures: Figures,
    outside: Vec<String>,
    outside_by_address: HashMap<String, usize>,
}

impl Links {
    /// The number of a note that is referred to here.
    pub fn note(&mut self, note: &Note, mark: Mark) -> usize {
        self.notes.push((note.clone(), mark));
        self.notes.len()
    }

    /// The notes that were referred to, in order.
    pub fn take_notes(&mut self) -> Vec<(Note, Mark)> {
        std::mem::take(&mut self.notes)
    }

    /// Names every section, table and row, and keeps names for the other headings and captions. Where the two texts of
    /// a redline both have one of a name, the later text's has it: it is the one that stays.
    pub fn new(document: &Document) -> Self {
        let mut links = Self::default();
        let places = places(document);
        let mut sections: HashMap<&str, usize> = HashMap::new();
        for later in [true, false] {
            for place in places.iter().filter(|place| RevisionView::Proposed.holds(place.mark) == later) {
                let bookmark = links.bookmark(&bookmark_name(&place.name), place.landmark.clone());
                match (&place.landmark, place.row) {
                    (_, Some(row)) => drop(links.by_row.insert((place.block, row, place.mark), bookmark)),
                    (Landmark::Section { .. } | Landmark::Table { .. }, _)
                        if !links.by_anchor.contains_key(&place.name) =>
                    {
                        sections.extend(place.is_section().then_some((place.name.as_str(), place.block)));
                        links.by_anchor.insert(place.name.clone(), bookmark.name.clone());
                        links.by_block.entry(place.block).or_default().push(bookmark);
                    }
                    // It stands twice, and each copy goes with the links to it.
                    (Landmark::Section { .. } | Landmark::Table { .. }, _)
                        if !later && !links.left.contains_key(&place.name) =>
                    {
                        let number = links.left.len() + 1;
                        let to = sections.get(place.name.as_str()).filter(|_| place.is_section());
                        links.moves.extend(to.iter().flat_map(|&&to| [(place.block, number), (to, number)]));
                        links.left.insert(place.name.clone(), bookmark.name.clone());
                        links.by_block.entry(place.block).or_default().push(bookmark);
                    }
                    _ => drop(links.kept.insert(place.block, bookmark)),
                }
            }
        }
        links
    }

    pub fn on(&self, block: usize) -> &[Bookmark] {
        self.by_block.get(&block).map_or(&[], Vec::as_slice)
    }

    /// The bookmark of a row that is written with this mark, if it has one.
    pub fn on_row(&self, block: usize, row: usize, mark: Mark) -> Option<&Bookmark> {
        self.by_row.get(&(block, row, mark))
    }

    /// The name of a bookmark on a block that the contents list, which gets one if it has none.
    pub fn name_of(&mut self, block: usize) -> String {
        if let Some(bookmark) = self.on(block).first() {
            return bookmark.name.clone();
        }
        let bookmark =
            self.kept.remove(&block).unwrap_or_else(|| self.bookmark("heading", Landmark::Heading { section: None }));
        let name = bookmark.name.clone();
        self.by_block.entry(block).or_default().push(bookmark);
        name
    }

    /// Which move a heading's section is of, if it moves.
    pub fn move_at(&self, block: usize) -> Option<usize> {
        self.moves.get(&block).copied()
    }

    /// Whether a link leads to another place in the earlier text than in the later.
    pub fn moves(&self, link: &str) -> bool {
        link.strip_prefix('#').is_some_and(|anchor| self.left.contains_key(anchor))
    }

    /// Where a link leads in one of the texts; none for a place that this document doesn't have, which is left as text.
    pub fn target(&mut self, link: &str, view: RevisionView) -> Option<Target> {
        if let Some(anchor) = link.strip_prefix('#') {
            let left = self.left.get(anchor).filter(|_| view == RevisionView::Original);
            return left.or_else(|| self.by_anchor.get(anchor)).cloned().map(Target::Bookmark);
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
    fn bookmark(&mut self, wanted: &str, landmark: Landmark) -> Bookmark {
        let mut copy = self.copies.get(wanted).copied().unwrap_or(0);
        let name = loop {
            copy += 1;
            let name = copy_of(wanted, copy);
            if self.names.insert(name.to_ascii_lowercase()) {
                break name;
            }
        };
        self.copies.insert(wanted.to_owned(), copy);
        self.count += 1;
        Bookmark { id: self.count, name, landmark }
    }
}

/// The name itself, or one that says which copy it is.
fn copy_of(wanted: &str, copy: usize) -> String {
    if copy == 1 {
        return wanted.to_owned();
    }
    let tail = format!("_{copy}");
    wanted.chars().take(LONGEST_BOOKMARK.saturating_sub(tail.len())).collect::<String>() + &tail
}

fn outside_id(at: usize) -> String {
    format!("rIdLink{at}")
}

/// A place that can have a bookmark.
struct Named {
    block: usize,
    /// Of a row, its index in its table.
    row: Option<usize>,
    /// In which text it stands.
    mark: Mark,
    /// What it is, in words that outlive its place.
    name: String,
    landmark: Landmark,
}

impl Named {
    fn is_section(&self) -> bool {
        matches!(self.landmark, Landmark::Section { .. })
    }
}

/// Every section, table and row, other heading and other caption. A table's bookmark stands on its caption.
fn places(document: &Document) -> Vec<Named> {
    let mut places: Vec<Named> = Vec::new();
    // The section that each text has come to.
    let mut sections: [Option<String>; 2] = [None, None];
    for (block, content) in document.blocks.iter().enumerate() {
        match content {
            Block::Paragraph(paragraph) => {
                let mark = paragraph.mark;
                let view =
                    if RevisionView::Proposed.holds(mark) { RevisionView::Proposed } else { RevisionView::Original };
                if let Some(id) = paragraph.kind.now.section_id() {
                    let name = anchor(PartKind::Section, id);
                    for view in RevisionView::BOTH.into_iter().filter(|view| view.holds(mark)) {
                        sections[view as usize] = Some(id.to_owned());
                    }
                    let was = paragraph.kind.was.as_ref().and_then(Kind::section_id);
                    let landmark =
                        Landmark::Section { id: id.to_owned(), was: was.filter(|was| *was != id).map(str::to_owned) };
                    places.push(Named { block, row: None, mark, name, landmark });
                } else if is_listed(&paragraph.kind.now) || is_listed(paragraph.kind.before()) {
                    let section = sections[view as usize].clone();
                    let within = section.as_ref().map_or("front".to_owned(), |id| anchor(PartKind::Section, id));
                    let name = format!("{within}-{}", text(&paragraph.runs, view));
                    places.push(Named { block, row: None, mark, name, landmark: Landmark::Heading { section } });
                }
            }
            Block::Table(table) => {
                let Some(id) = &table.id.now else { continue };
                let stands = super::flow::table_stands(table, RevisionView::Proposed);
                let mark = if stands { Mark::Kept } else { Mark::Deleted };
                let caption =
                    places.pop_if(|above| above.block + 1 == block && is_caption(document, above.block, mark));
                let start = caption.map_or(block, |caption| caption.block);
                let columns = table.columns.iter().map(|column| (column.key.clone(), column.mark)).collect();
                let landmark = Landmark::Table { id: id.clone(), was: table.id.was.clone().flatten(), columns };
                places.push(Named { block: start, row: None, mark, name: anchor(PartKind::Table, id), landmark });
                places.extend(rows(block, table, id));
            }
            Block::Furniture(_) => {}
        }
    }
    places
}

/// The rows of the matrix `id`, each as often as it is written.
fn rows<'a>(block: usize, table: &'a Table, id: &'a str) -> impl Iterator<Item = Named> + 'a {
    // A row without key stands for rows that were left out.
    let rows = table.rows.iter().enumerate().filter(|(_, row)| !row.key.now.is_empty());
    rows.flat_map(move |(at, row)| {
        let named = move |mark| Named {
            block,
            row: Some(at),
            mark,
            name: format!("row-{id}-{}", row.key.now),
            landmark: Landmark::Row { table: id.to_owned(), key: row.key.now.clone(), was: row.key.was.clone() },
        };
        super::flow::marks_of_row(table, row.mark).map(named)
    })
}

/// Whether the contents can list paragraphs of a kind.
fn is_listed(kind: &Kind) -> bool {
    kind.is_numbered() || *kind == Kind::Role(TextRole::Caption)
}

/// Whether a block is a caption that stays as long as a table with this mark does.
fn is_caption(document: &Document, block: usize, table: Mark) -> bool {
    matches!(document.blocks.get(block), Some(Block::Paragraph(caption))
        if caption.kind.now == Kind::Role(TextRole::Caption) && (caption.mark != Mark::Deleted || table == Mark::Deleted))
}

fn text(runs: &[Run], view: RevisionView) -> String {
    runs.iter().filter(|run| view.holds(run.mark)).map(|run| run.text.as_str()).collect()
}

/// A name in the letters that Word allows: `section-5.4` is `section_5_4`. Where that would lose what tells it from
/// others, a digest of the whole stands at its end.
fn bookmark_name(name: &str) -> String {
    let mut letters: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if letters.len() > LONGEST_BOOKMARK || name.chars().any(|c| c.is_alphanumeric() && !c.is_ascii()) {
        let tail = hexadecimal(&Sha256::digest(name.as_bytes())[..4]);
        letters.truncate(LONGEST_BOOKMARK - 1 - tail.len());
        letters.push('_');
        letters.push_str(&tail);
    }
    letters
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
        assert!(names[3].starts_with("section_xxxx") && names[3] != names[4]);
        assert!(names.iter().all(|name| name.len() <= LONGEST_BOOKMARK));
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), ids.len());
    }

    #[test]
    fn a_link_to_a_place_that_is_missing_is_text() {
        let mut links = Links::new(&Document { blocks: vec![section("5.4")], ..Document::default() });
        let mut target = |link| links.target(link, RevisionView::Proposed);
        assert_eq!(target("#section-5.4"), Some(Target::Bookmark("section_5_4".to_owned())));
        assert_eq!(target("#section-5.5"), None);
    }
}
