//! What all parts of a page need of each other while it is made.

use super::around::Around;
use super::changes::{Changes, Hands, Place, Standing, element, word};
use super::text::{Names, escaped};
use crate::document::{Block, Document, Kind, Mark, Revised, RowKind, TextRole, anchor, parts};
use crate::stylesheet::Stylesheet;
use crate::writer::contents;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A page in the making: what is known of the document, and what was met of it so far.
pub(super) struct Writer<'d> {
    pub document: &'d Document,
    pub sheet: &'d Stylesheet,
    pub changes: Changes,
    pub hands: Hands<'d>,
    pub standings: [Vec<Standing>; 2],
    /// The names by which blocks can be entered.
    pub names_of: BTreeMap<usize, String>,
    /// The same, by the anchors that links of the text name.
    pub anchors: BTreeMap<String, String>,
    pub names: Names,
    /// The caption over each table.
    pub captions: BTreeMap<usize, usize>,
    pub open: Open,
    /// Whether what follows stands on turned pages, where it is printed.
    pub turned: bool,
    /// Whether a title stands over it all.
    pub titled: bool,
    /// The levels of the headings that what follows stands under.
    pub over: Vec<u8>,
    pub notes: Vec<NoteContext>,
    /// How many notes there were so far in each of the texts.
    pub noted: [usize; 2],
    /// The mark of the row or column that is being written.
    pub within: Mark,
    /// The name of the place that the row is.
    pub row_name: Option<String>,
    /// The cells of a table that one above reaches down over.
    pub reached: BTreeSet<(usize, usize)>,
    /// What a page of matrices knows beside the document, if it is one.
    pub around: Option<Around<'d>>,
    /// The changes that can be entered, and the one that is to be next.
    numbered: BTreeSet<usize>,
    entered: Option<usize>,
}

/// The elements that are open.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// Each with an item that is open in it, from the outermost.
    pub lists: Vec<&'static str>,
    pub definition: Definition,
}

/// What of a definition is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Definition {
    #[default]
    None,
    Term,
    Meaning,
}

/// A note as the template of a page sees it.
#[derive(Debug, Serialize)]
pub(super) struct NoteContext {
    pub index: usize,
    /// In which of the texts it is absent.
    pub class: &'static str,
    pub number: String,
    pub text: String,
}

/// A line of the contents as the template of a page sees it.
#[derive(Debug, Serialize)]
pub(super) struct EntryContext {
    pub level: u8,
    pub href: String,
    pub text: String,
    pub mark: Option<&'static str>,
}

impl<'d> Writer<'d> {
    /// Nothing yet of a document.
    pub fn new(document: &'d Document, sheet: &'d Stylesheet, author: &'d str, date: Option<&'d str>) -> Self {
        let mut writer = Self {
            document,
            sheet,
            changes: Changes::new(document),
            hands: Hands::new(document, author, date),
            standings: super::changes::standings(&document.blocks),
            names_of: BTreeMap::new(),
            anchors: BTreeMap::new(),
            names: Names::default(),
            captions: BTreeMap::new(),
            open: Open::default(),
            turned: false,
            titled: false,
            over: Vec::new(),
            notes: Vec::new(),
            noted: [0; 2],
            within: Mark::Kept,
            row_name: None,
            reached: BTreeSet::new(),
            around: None,
            numbered: BTreeSet::new(),
            entered: None,
        };
        writer.name_captions();
        writer.name_places();
        writer
    }

    /// Says for each table which caption stands over it.
    fn name_captions(&mut self) {
        for (index, pair) in self.document.blocks.windows(2).enumerate() {
            let [Block::Paragraph(caption), Block::Table(_)] = pair else { continue };
            if caption.kind.now == Kind::Role(TextRole::Caption) {
                self.captions.insert(index + 1, index);
            }
        }
    }

    /// Gives each section and table its name, and then each other place that contents lead to.
    fn name_places(&mut self) {
        for part in parts(self.document) {
            let anchor = anchor(part.kind, &part.id);
            let name = self.names.give(&anchor);
            let is_table = |index: &usize| matches!(self.document.blocks[*index], Block::Table(_));
            let opens =
                part.blocks.clone().find(|index| part.kind == crate::document::PartKind::Section || is_table(index));
            if let Some(index) = opens {
                self.names_of.insert(index, name.clone());
                self.anchors.entry(anchor).or_insert(name);
            }
        }
        for (index, block) in self.document.blocks.iter().enumerate() {
            let Block::Paragraph(paragraph) = block else { continue };
            let wanted = match &paragraph.kind.now {
                Kind::Heading { .. } => "heading",
                Kind::Role(TextRole::Caption) => "caption",
                Kind::Role(TextRole::Instruction) => "amendment",
                _ => continue,
            };
            if !self.names_of.contains_key(&index) {
                let text = paragraph.text().to_lowercase();
                let apart = |c: char| !(c.is_alphanumeric() || c == '.');
                let words = text.split(apart).map(|word| word.trim_matches('.')).filter(|word| !word.is_empty());
                let words: Vec<&str> = std::iter::once(wanted).chain(words.take(7)).collect();
                let name = self.names.give(&words.join("-"));
                self.names_of.insert(index, name);
            }
        }
    }

    /// The lines of contents that bear a mark.
    pub fn contents(&self, mark: Mark) -> Vec<EntryContext> {
        let entries = contents::entries(self.document, mark, &Revised::default(), self.sheet);
        let context = |entry: contents::ContentsEntry| {
            let mut text = String::new();
            for run in &entry.runs {
                let words = escaped(&run.text);
                match element(run.mark) {
                    Some(mark) => write!(text, "<{mark}>{words}</{mark}>").unwrap_or_default(),
                    None => text.push_str(&words),
                }
            }
            let href = self.names_of.get(&entry.block)?.clone();
            Some(EntryContext { level: entry.level.now, href, text, mark: word(entry.mark) })
        };
        entries.into_iter().filter_map(context).collect()
    }

    /// Says which change something belongs to; the first of it is where it can be entered.
    pub fn changed(&mut self, out: &mut String, place: Place, is_whole: bool) {
        let Some(number) = self.changes.of(place.0, place.1) else { return };
        if self.numbered.insert(number) {
            self.entered = Some(number);
        }
        write!(out, " data-change=\"{number}\"").unwrap_or_default();
        if is_whole {
            self.hands.sign(out, place, None);
        }
    }

    /// Where a change can be entered, if one began with the element that is open.
    pub fn enter(&mut self, out: &mut String) {
        if let Some(number) = self.entered.take() {
            write!(out, "<span id=\"c{number}\"></span>").unwrap_or_default();
        }
    }

    /// What reviewers are told of a block, or of the rows of it.
    pub fn remarks(&mut self, out: &mut String, block: usize) {
        for comment in self.document.comments.iter().filter(|comment| comment.block == block) {
            let row = comment.row.and_then(|row| match &self.document.blocks[block] {
                Block::Table(table) => table.rows.get(row).filter(|row| row.kind != RowKind::Header),
                _ => None,
            });
            let row = row.map(|row| format!("<b>{}</b> ", escaped(&row.key.now))).unwrap_or_default();
            let by = comment.by.as_ref().map(|by| format!("<b>{}</b> ", escaped(&by.author))).unwrap_or_default();
            write!(out, "<span class=\"remark\" role=\"note\">{row}{by}{}</span>", escaped(&comment.text))
                .unwrap_or_default();
        }
    }
}
