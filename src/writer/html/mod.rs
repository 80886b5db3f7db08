//! Pages for a browser: one file that asks for no other, in which a redline shows both texts without a script, too.
//!
//! What a page says around the document, how it looks and what its script does are templates
//! (`templates/html/page.html`, `.css` and `.js`). An element that stands in one of the texts only is of the class
//! `inserted` or `deleted`, words are within `ins` and `del`; a paragraph whose words begin the next one in a text names
//! that text in `data-runs-on`. So each text can be had from the page by taking out what the other has alone.

mod changes;
mod flow;
mod look;
mod picture;
mod runs;
mod setter;
mod table;
mod text;

use crate::diagnostic::Diagnostic;
use crate::document::{Block, Document, PartKind, anchor, is_clean};
use crate::model::FigureChange;
use crate::redline::{ChangeList, Instructed, SiteKind};
use crate::stylesheet::Stylesheet;
use crate::template::Templates;
use serde::Serialize;
use setter::{EntryContext, NoteContext, Writer};
use text::{Names, row_of};

/// A page as its template sees it. What is markup already is said to be; all else is text.
#[derive(Debug, Serialize)]
struct PageContext<'d> {
    /// A BCP 47 tag.
    language: &'d str,
    title: &'d str,
    subject: &'d str,
    classification: &'d str,
    /// What stands at the foot of each page, without what numbers it.
    footer: Vec<&'d str>,
    /// Whether it is served, and follows what is saved.
    is_live: bool,
    /// Whether it shows two texts.
    is_redline: bool,
    /// Markup: the document.
    text: String,
    /// Markup: whose the changes are, told at length.
    legend: String,
    notes: Vec<NoteContext>,
    contents: Vec<EntryContext>,
    amendments: Vec<AmendmentContext<'d>>,
    /// How many changes there are to go through.
    changes: usize,
    /// Those who made them, where several did.
    authors: Vec<&'d str>,
    /// JSON in a script element: why figures of count rows differ.
    figures: String,
    /// CSS: the properties that the style sheet gives.
    look: String,
}

/// The list of what can be seen, where pages are served, as its template sees it.
#[derive(Clone, Debug, Serialize)]
pub struct Index<'a, V> {
    /// A BCP 47 tag.
    pub language: &'a str,
    /// What it is a list of.
    pub title: &'a str,
    /// Each with its id and its name.
    pub versions: &'a [V],
    /// CSS, as [`look`] gives it.
    pub look: String,
}

/// An amendment in the list of them.
#[derive(Debug, Serialize)]
struct AmendmentContext<'d> {
    instruction: &'d str,
    /// The name of the place where it can be seen; empty if it has none of its own.
    href: String,
    by: &'d [String],
}

/// What a page has beside its document.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Who made the revisions.
    pub author: &'a str,
    /// When, in ISO 8601 and UTC.
    pub date: Option<&'a str>,
    /// The amendments that it shows.
    pub amendments: Option<&'a ChangeList<Instructed>>,
    /// The figures of count rows that differ in it.
    pub figures: &'a [FigureChange],
    /// Whether it is served, and follows what is saved.
    pub live: bool,
    /// What stands around it.
    pub templates: &'a Templates,
}

/// A document as a page.
///
/// # Errors
/// All that is wrong with the template of the page.
pub fn write(document: &Document, sheet: &Stylesheet, options: &Options<'_>) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let meta = &document.meta.now;
    let mut writer = Writer::new(document, sheet, options.author, options.date);
    let text = writer.body();
    let legend_of = Document { blocks: document.legend.clone(), ..Document::default() };
    let legend = Writer::new(&legend_of, sheet, "", None).body();
    let amendments = options.amendments.map(|list| list.amendments.as_slice()).unwrap_or_default();
    let context = PageContext {
        language: if meta.language.is_empty() { "en" } else { &meta.language },
        title: &meta.title,
        subject: &meta.subject,
        classification: &meta.classification,
        footer: meta.footer.iter().map(String::as_str).filter(|line| !line.contains("{page}")).collect(),
        is_live: options.live,
        is_redline: options.amendments.is_some() || !is_clean(document),
        contents: writer.contents(Default::default()),
        amendments: amendments.iter().filter_map(|amendment| listed(amendment, &writer)).collect(),
        changes: writer.changes.count,
        authors: writer.hands.authors(),
        figures: data(options.figures),
        notes: writer.notes,
        look: look::properties(sheet),
        text,
        legend,
    };
    options.templates.page(&context).map(String::into_bytes)
}

impl Writer<'_> {
    /// The document from top to bottom.
    fn body(&mut self) -> String {
        let mut out = String::new();
        let blocks = &self.document.blocks;
        for (index, block) in blocks.iter().enumerate() {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(&mut out, index, paragraph, blocks.get(index + 1)),
                Block::Table(table) => {
                    self.reached.clear();
                    self.table(&mut out, index, table);
                }
                Block::Furniture(furniture) => self.furniture(&mut out, furniture.kind, furniture.mark),
            }
        }
        self.close(&mut out);
        out
    }
}

/// The properties that a style sheet gives the pages, as CSS.
pub fn look(sheet: &Stylesheet) -> String {
    look::properties(sheet)
}

/// The name of the place that a row of a table is, where no other has one like it.
pub fn row_name(table: &str, key: &str) -> String {
    Names::default().give(&row_of(table, key))
}

/// Data that can't end the element that it stands in.
fn data(figures: &[FigureChange]) -> String {
    serde_json::to_string(figures).expect("plain data turns into JSON").replace('<', "\\u003c")
}

fn listed<'d>(instructed: &'d Instructed, writer: &Writer<'_>) -> Option<AmendmentContext<'d>> {
    let site = &instructed.amendment.site;
    let place = match site.kind {
        SiteKind::Front => String::new(),
        SiteKind::Section => anchor(PartKind::Section, &site.id),
        SiteKind::Table => anchor(PartKind::Table, &site.id),
    };
    let href = writer.anchors.get(&place).cloned().unwrap_or_default();
    let by = &instructed.amendment.by;
    let instruction = instructed.instruction.as_str();
    (!instruction.is_empty()).then_some(AmendmentContext { instruction, href, by })
}
