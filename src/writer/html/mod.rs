//! Pages for a browser: one file that asks for no other, in which a redline shows both texts without a script, too.
//!
//! What a page says around the document, how it looks and what its script does are templates
//! (`templates/html/page.html`, `.css` and `.js`). An element that stands in one of the texts only is of the class
//! `inserted` or `deleted`, words are within `ins` and `del`; a paragraph whose words begin the next one in a text names
//! that text in `data-runs-on`. So each text can be had from the page by taking out what the other has alone.

mod around;
mod changes;
mod flow;
mod look;
mod matrix;
mod picture;
mod runs;
mod setter;
mod table;
mod text;

use crate::diagnostic::Diagnostic;
use crate::document::{Block, Document, PartKind, PartWords, anchor, is_clean};
use crate::model::{Applicability, FigureChange};
use crate::redline::{ChangeList, Instructed, SiteKind};
use crate::stylesheet::Stylesheet;
use crate::template::{PageKind, Templates};
use around::{Around, ValueContext};
use matrix::TableContext;
use serde::Serialize;
use setter::{EntryContext, NoteContext, Writer};
use text::{Names, row_of};

/// What every page says of itself, as its template sees it. What is markup already is said to be; all else is text.
#[derive(Debug, Serialize)]
struct HeadContext<'d> {
    /// A BCP 47 tag.
    language: &'d str,
    title: &'d str,
    /// Whether it is served, and follows what is saved.
    is_live: bool,
    /// CSS: the properties that the style sheet gives.
    look: String,
}

/// A page as its template sees it.
#[derive(Debug, Serialize)]
struct PageContext<'d> {
    #[serde(flatten)]
    head: HeadContext<'d>,
    subject: &'d str,
    classification: &'d str,
    /// What stands at the foot of each page, without what numbers it.
    footer: Vec<&'d str>,
    /// Whether it shows two texts.
    is_redline: bool,
    /// Where the other page of the document is: that of its matrices, or that of its text.
    beside: Option<&'d str>,
    /// Markup: the document, or its matrices.
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
    /// Of a page of matrices: each of them.
    tables: Vec<TableContext>,
    /// Of a page of matrices: what a cell can hold.
    values: Vec<ValueContext<'d>>,
}

/// The list of what there is.
#[derive(Clone, Debug)]
pub struct Index<'a, L> {
    /// A BCP 47 tag.
    pub language: &'a str,
    /// What it is a list of.
    pub title: &'a str,
    /// Whether it is served, and follows what is saved.
    pub is_live: bool,
    /// What is on it.
    pub list: &'a L,
}

/// The same, as its template sees it.
#[derive(Debug, Serialize)]
struct IndexContext<'d, L> {
    #[serde(flatten)]
    head: HeadContext<'d>,
    #[serde(flatten)]
    list: &'d L,
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
    /// Where the other page of the document is, if there is one: that of its matrices, or that of its text.
    pub beside: Option<&'a str>,
    /// What a cell of a matrix can hold.
    pub values: &'a [Applicability],
    /// The words by which the text refers to its own parts.
    pub words: &'a PartWords,
    /// What stands around it.
    pub templates: &'a Templates,
}

/// A document as a page.
///
/// # Errors
/// All that is wrong with the template of the page.
pub fn write(document: &Document, sheet: &Stylesheet, options: &Options<'_>) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let mut writer = Writer::new(document, sheet, options.author, options.date);
    let text = writer.body();
    let context = page_of(writer, options, text);
    options.templates.page(PageKind::Text, &context).map(String::into_bytes)
}

/// The matrices of a document as a page of their own.
///
/// # Errors
/// All that is wrong with the template of the page.
pub fn write_matrices(
    document: &Document,
    sheet: &Stylesheet,
    options: &Options<'_>,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let mut writer = Writer::new(document, sheet, options.author, options.date);
    let around = Around::new(document, options.values, options.words).with(options.beside, &sheet.cells.named_in);
    let values = around.values();
    writer.around = Some(around);
    let mut text = String::new();
    let tables = writer.matrices(&mut text);
    let context = PageContext { tables, values, contents: Vec::new(), ..page_of(writer, options, text) };
    options.templates.page(PageKind::Matrices, &context).map(String::into_bytes)
}

/// The list of what can be seen.
///
/// # Errors
/// All that is wrong with the template of the page.
pub fn write_index<L: Serialize>(
    index: &Index<'_, L>,
    sheet: &Stylesheet,
    templates: &Templates,
) -> Result<String, Vec<Diagnostic>> {
    let &Index { language, title, is_live, list } = index;
    let head = HeadContext { language, title, is_live, look: look::properties(sheet) };
    templates.page(PageKind::Index, &IndexContext { head, list })
}

fn page_of<'d>(writer: Writer<'d>, options: &Options<'d>, text: String) -> PageContext<'d> {
    let (document, sheet) = (writer.document, writer.sheet);
    let meta = &document.meta.now;
    let legend_of = Document { blocks: document.legend.clone(), ..Document::default() };
    let amendments = options.amendments.map(|list| list.amendments.as_slice()).unwrap_or_default();
    PageContext {
        head: HeadContext {
            language: if meta.language.is_empty() { "en" } else { &meta.language },
            title: &meta.title,
            is_live: options.live,
            look: look::properties(sheet),
        },
        subject: &meta.subject,
        classification: &meta.classification,
        footer: meta.footer.iter().map(String::as_str).filter(|line| !line.contains("{page}")).collect(),
        is_redline: options.amendments.is_some() || !is_clean(document),
        beside: options.beside,
        contents: writer.contents(Default::default()),
        amendments: amendments.iter().filter_map(|amendment| listed(amendment, &writer)).collect(),
        changes: writer.changes.count,
        authors: writer.hands.authors(),
        figures: data(&options.figures),
        notes: writer.notes,
        legend: Writer::new(&legend_of, sheet, "", None).body(),
        text,
        tables: Vec::new(),
        values: Vec::new(),
    }
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

/// The name of the place that a row of a table is, where no other has one like it.
pub fn row_name(table: &str, key: &str) -> String {
    Names::default().give(&row_of(table, key))
}

/// Data for a script element, which can't end the element that it stands in.
pub fn data(data: &impl Serialize) -> String {
    serde_json::to_string(data).expect("plain data turns into JSON").replace('<', "\\u003c")
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
