//! The table of formats: what each is called, what it is written from, and by whom. A new one is a row here.

use super::Problem;
use super::docx;
use super::html;
use super::pages;
use super::pdf::{self, placed::Laid};
use super::xlsx::{self, Book};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Meta, PartWords, Revised, is_clean, link_references, markdown};
use crate::model::{Applicability, FigureChange};
use crate::ooxml::trace::Trace;
use crate::progress::{Step, Watch};
use crate::redline::{ChangeList, Instructed};
use crate::stylesheet::Stylesheet;
use crate::template::Templates;
use std::collections::BTreeMap;

/// A format that documents are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Markdown, the hub.
    Markdown,
    /// Word, with tracked changes.
    Docx,
    /// Pages.
    Pdf,
    /// The list of amendments; only comparisons have one.
    Json,
    /// A page for a browser.
    Html,
    /// A page for a browser, with the matrices.
    Matrix,
    /// Excel, with the matrices of a version.
    Xlsx,
}

/// What a document is written with.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// How it looks.
    pub sheet: &'a Stylesheet,
    /// Who made the revisions and comments.
    pub author: String,
    /// When, in ISO 8601 and UTC.
    pub date: Option<String>,
    /// What it was made from.
    pub trace: Trace,
    /// The amendments that it shows, where they are listed by themselves.
    pub changes: Option<&'a ChangeList<Instructed>>,
    /// The amendments that it shows, in any case.
    pub amendments: Option<&'a ChangeList<Instructed>>,
    /// The figures of count rows that differ in it, with what made each difference.
    pub figures: &'a [FigureChange],
    /// Whether it is served, and follows what is saved.
    pub live: bool,
    /// Where its pages for a browser are, by format.
    pub pages: BTreeMap<Format, String>,
    /// What a cell of a matrix can hold.
    pub values: &'a [Applicability],
    /// What stands around it, in formats whose templates say so.
    pub templates: &'a Templates,
    /// What its workbook is made from, if it has one: that of a version does.
    pub book: Option<&'a Book<'a>>,
    /// What its pages say of it in each of its texts, if that isn't what it says itself.
    pub running: Option<&'a Revised<Meta>>,
    /// The words by which its text refers to its own parts.
    pub words: &'a PartWords,
    /// Who is told of the work.
    pub watch: &'a Watch,
}

/// A file's bytes, or why it couldn't be written.
pub type Written = Result<Vec<u8>, Unwritten>;

/// Why a file couldn't be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unwritten {
    /// What its document holds can't be.
    Problems(Vec<Problem>),
    /// A template of the format is wrong.
    Template(Vec<Diagnostic>),
}

impl From<Vec<Problem>> for Unwritten {
    fn from(problems: Vec<Problem>) -> Self {
        Self::Problems(problems)
    }
}

/// The pages that contents name, where the document is laid out for another format anyway.
type Pages = Option<Revised<Vec<usize>>>;

/// A line of the table.
struct Entry {
    /// As it is asked for.
    name: &'static str,
    /// At the end of the names of its files.
    extension: &'static str,
    /// What its writing is told as; nothing, if it is done at once.
    step: Option<Step<'static>>,
    writer: Writer,
    /// Whether its files say what they were made from.
    traced: bool,
    /// Whether it is written unless others are asked for.
    usual: bool,
}

/// What a format is written from, and by whom.
enum Writer {
    /// The document as it is.
    Plain(fn(&Document) -> Vec<u8>),
    /// The list of amendments.
    Changes(fn(&ChangeList<Instructed>) -> Vec<u8>),
    /// The matrices of a version.
    Matrices(fn(&Document, &Book<'_>, &Order<'_>) -> Written),
    /// The document with links where it refers to its own parts.
    Linked(fn(&Document, &Order<'_>, Pages) -> Written),
    /// The same, laid out.
    Laid(fn(&Laid, &Document, &Order<'_>) -> Vec<u8>),
}

impl Format {
    /// Every format, in the order in which files are made.
    pub const ALL: [Self; 7] =
        [Self::Markdown, Self::Docx, Self::Pdf, Self::Json, Self::Html, Self::Matrix, Self::Xlsx];

    fn row(self) -> Entry {
        let row = |name, extension, step, writer| Entry { name, extension, step, writer, traced: false, usual: true };
        match self {
            Self::Markdown => row("md", "md", Some(Step::Markdown), Writer::Plain(plain)),
            Self::Docx => Entry { traced: true, ..row("docx", "docx", Some(Step::Word), Writer::Linked(word)) },
            Self::Pdf => row("pdf", "pdf", Some(Step::Pdf), Writer::Laid(painted)),
            Self::Json => row("json", "json", None, Writer::Changes(listed)),
            Self::Html => Entry { usual: false, ..row("html", "html", Some(Step::Html), Writer::Linked(page)) },
            Self::Matrix => {
                Entry { usual: false, ..row("matrix", "matrix.html", Some(Step::Matrix), Writer::Linked(matrices)) }
            }
            Self::Xlsx => Entry { usual: false, ..row("xlsx", "xlsx", Some(Step::Excel), Writer::Matrices(tabled)) },
        }
    }

    /// As it is asked for, such as `md`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// At the end of the names of its files, such as `md`.
    pub fn extension(self) -> &'static str {
        self.row().extension
    }

    /// The format of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether it has all that a document says.
    pub fn is_of_documents(self) -> bool {
        !matches!(self.row().writer, Writer::Changes(_) | Writer::Matrices(_))
    }

    /// Those that any document is written in, be it of a comparison or not.
    pub fn of_documents() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|format| format.is_of_documents())
    }

    /// Those that a version is written in.
    pub fn of_versions() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|format| !matches!(format.row().writer, Writer::Changes(_)))
    }

    /// Those that a comparison is written in.
    pub fn of_comparisons() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|format| !matches!(format.row().writer, Writer::Matrices(_)))
    }

    /// Those that are written unless others are asked for.
    pub fn usual() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|format| format.row().usual)
    }

    /// Whether its files say what they were made from.
    pub fn is_traced(self) -> bool {
        self.row().traced
    }

    /// How many steps its writing is told in.
    pub fn steps(self) -> usize {
        let Entry { step, writer, .. } = self.row();
        usize::from(step.is_some()) + usize::from(matches!(writer, Writer::Laid(_)))
    }
}

/// The document in these formats, so far as it has them. What refers to its own parts is linked, if a format has links.
pub fn write(formats: &[Format], document: &mut Document, order: &Order<'_>) -> Vec<(Format, Written)> {
    let mut written = Vec::new();
    let mut linked = Vec::new();
    for format in Format::ALL.into_iter().filter(|format| formats.contains(format)) {
        let Entry { step, writer, .. } = format.row();
        match writer {
            Writer::Plain(write) => written.push((format, Ok(during(order, step, || write(document))))),
            Writer::Changes(write) => {
                let list = order.changes.into_iter();
                written.extend(list.map(|list| (format, Ok(during(order, step, || write(list))))));
            }
            Writer::Matrices(write) => {
                let book = order.book.into_iter();
                written.extend(book.map(|book| (format, during(order, step, || write(document, book, order)))));
            }
            Writer::Linked(_) | Writer::Laid(_) => linked.push(format),
        }
    }
    if !linked.is_empty() {
        link_references(document, order.words);
        written.extend(write_linked(&linked, document, order));
    }
    written.sort_by_key(|(format, _)| *format);
    written
}

/// What is laid out is painted by the thread that laid it out, while others write the rest.
fn write_linked(formats: &[Format], document: &Document, order: &Order<'_>) -> Vec<(Format, Written)> {
    let lays = |format: &Format| matches!(format.row().writer, Writer::Laid(_));
    let lay_out = || order.watch.during(Step::Pages, || pdf::lay_out(document, order.sheet));
    let laid = formats.iter().any(lays).then(lay_out);
    let pages = || {
        let laid = laid.as_ref().and_then(|laid| laid.as_ref().ok()).filter(|_| is_clean(document));
        laid.map(|laid| pages::of_laid(document, laid, order.sheet))
    };
    let mut made: Vec<(Format, Option<Written>)> = formats.iter().map(|format| (*format, None)).collect();
    rayon::in_place_scope(|scope| {
        let mut here = Vec::new();
        for (format, place) in &mut made {
            let Entry { step, writer, .. } = format.row();
            match (writer, &laid) {
                (Writer::Linked(write), _) => {
                    let pages = pages();
                    scope.spawn(move |_| *place = Some(during(order, step, || write(document, order, pages))));
                }
                (Writer::Laid(write), Some(laid)) => here.push((place, step, write, laid)),
                _ => {}
            }
        }
        for (place, step, write, laid) in here {
            let paint = |laid| during(order, step, || write(laid, document, order));
            *place = Some(laid.as_ref().map(paint).map_err(|problems| problems.clone().into()));
        }
    });
    made.into_iter().filter_map(|(format, written)| Some((format, written?))).collect()
}

fn during<T>(order: &Order<'_>, step: Option<Step<'_>>, work: impl FnOnce() -> T) -> T {
    match step {
        Some(step) => order.watch.during(step, work),
        None => work(),
    }
}

fn plain(document: &Document) -> Vec<u8> {
    markdown::write(document).into_bytes()
}

fn listed(changes: &ChangeList<Instructed>) -> Vec<u8> {
    serde_json::to_string_pretty(changes).expect("plain data turns into JSON").into_bytes()
}

fn tabled(document: &Document, book: &Book<'_>, order: &Order<'_>) -> Written {
    Ok(xlsx::write(document, book, &order.author, order.date.as_deref())?)
}

fn word(document: &Document, order: &Order<'_>, pages: Pages) -> Written {
    let pages = pages.unwrap_or_else(|| pages::of_texts(document, order.sheet));
    let (author, date, trace) = (order.author.clone(), order.date.clone(), order.trace.clone());
    let running = order.running.cloned();
    Ok(docx::write(document, order.sheet, &docx::Options { author, date, pages, trace, running })?)
}

fn page(document: &Document, order: &Order<'_>, _: Pages) -> Written {
    html::write(document, order.sheet, &around(order, Format::Matrix)).map_err(Unwritten::Template)
}

fn matrices(document: &Document, order: &Order<'_>, _: Pages) -> Written {
    html::write_matrices(document, order.sheet, &around(order, Format::Html)).map_err(Unwritten::Template)
}

fn around<'a>(order: &'a Order<'_>, beside: Format) -> html::Options<'a> {
    html::Options {
        author: &order.author,
        date: order.date.as_deref(),
        amendments: order.amendments,
        figures: order.figures,
        live: order.live,
        beside: order.pages.get(&beside).map(String::as_str),
        values: order.values,
        words: order.words,
        templates: order.templates,
    }
}

fn painted(laid: &Laid, document: &Document, order: &Order<'_>) -> Vec<u8> {
    pdf::file(laid, &document.meta.now, &pdf::Options { date: order.date.clone() })
}

#[cfg(test)]
mod tests {
    use super::Format;
    use std::collections::BTreeSet;

    #[test]
    fn each_format_has_a_name_and_an_extension_of_its_own() {
        let names: BTreeSet<&str> = Format::ALL.iter().map(|format| format.name()).collect();
        let extensions: BTreeSet<&str> = Format::ALL.iter().map(|format| format.extension()).collect();
        assert_eq!((names.len(), extensions.len()), (Format::ALL.len(), Format::ALL.len()));
        assert!(Format::ALL.into_iter().all(|format| Format::named(format.name()) == Some(format)));
        assert!(Format::ALL.is_sorted(), "files are made in the order of the table");
    }
}
