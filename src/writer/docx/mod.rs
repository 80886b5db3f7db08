//! The Word document that a drafter sends out: native styles, numbering and fields, and native tracked changes.
//!
//! docx-rs builds every element; one finish pass makes the schema's order, the ids and the package of it. Between the
//! tree and docx-rs stands `flow`, which knows what Word can hold. The law is that accepting all revisions in any
//! reader gives the document of the later text, and rejecting them that of the earlier.

mod address;
mod body;
mod carrier;
mod check;
mod contents;
mod figures;
mod finish;
mod flow;
mod links;
mod lists;
mod moves;
mod page;
mod paragraph;
mod runs;
mod styles;
mod table;
mod trace;
mod widths;

use super::{Problem, limits};
use crate::document::{Document, Meta, Revised, is_clean};
use crate::ooxml::trace::Trace;
use crate::stylesheet::Stylesheet;
use finish::Finisher;
use finish::package::{Package, PackagePart};
use finish::properties;
use std::collections::HashMap;
use widths::Plan;

/// What a document says of its making.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Who made the revisions and comments.
    pub author: String,
    /// When, in ISO 8601 and UTC, such as `2026-01-31T00:00:00Z`; revisions bear no date without it.
    pub date: Option<String>,
    /// The page, from 1, of each heading and caption that a table of contents may list, in order, in each of the texts
    /// ([`listed`](super::contents::listed)). Where it is unknown, the contents show no number until Word refreshes them.
    pub pages: Revised<Vec<usize>>,
    /// What the document was made from.
    pub trace: Trace,
    /// What stands at head and foot in each of the texts, if it isn't what the document itself says: a redline of a whole
    /// document is called one on its pages until its revisions are resolved.
    pub running: Option<Revised<Meta>>,
}

/// The document as a DOCX file. The same input gives the same bytes.
///
/// # Errors
/// With every text that holds a character which Word's format can't carry, and every table that no page holds.
pub fn write(document: &Document, sheet: &Stylesheet, options: &Options) -> Result<Vec<u8>, Vec<Problem>> {
    let mut problems = check::problems(document, &options.author, &options.trace);
    problems.extend(limits::missing_figures(document, sheet));
    let plans = widths::plans(document, sheet).unwrap_or_else(|too_wide| {
        problems.extend(too_wide);
        HashMap::new()
    });
    if !problems.is_empty() {
        return Err(problems);
    }
    build(document, sheet, options, &plans).map_err(|error| {
        vec![Problem {
            block: None,
            character: None,
            message: format!("the DOCX can't be put together: {error}"),
            help: "this is a fault of the program: please report it with the content that causes it".to_owned(),
        }]
    })
}

fn build(
    document: &Document,
    sheet: &Stylesheet,
    options: &Options,
    plans: &HashMap<usize, Plan>,
) -> Result<Vec<u8>, finish::XmlError> {
    let meta = &document.meta.now;
    let mut finisher = Finisher::new(document.comments.len(), &options.author, options.date.as_deref(), &meta.language);

    if let Some((logo, _)) = sheet.picture() {
        finisher.alt.clone_from(&logo.alt);
    }

    let (pieces, last) =
        flow::pieces(document, |block| plans.get(&block).map_or(flow::Orientation::Portrait, |plan| plan.orientation));
    let body = body::Body::new(document, sheet, &options.pages, &mut finisher);
    let body::WrittenBody { xml, mut links, lists, bookmarks } = body.write(&pieces, plans)?;
    let main = body::document(sheet, last, &xml, &mut finisher)?;
    drop(xml);

    let notes = body::footnotes(&mut links, &mut finisher)?;

    let running = options.running.as_ref().unwrap_or(&document.meta);
    let text_width = page::text_width(sheet, flow::Orientation::Portrait);
    let mut finished = |xml: &[u8]| {
        let mut out = Vec::with_capacity(xml.len());
        finisher.fragment(xml, &mut out).map(|()| out)
    };
    let mut parts = vec![
        (PackagePart::Document, main),
        (PackagePart::Styles, finished(&styles::build(document, sheet, text_width, notes.is_some()))?),
        (PackagePart::Numbering, finished(&lists.build(sheet))?),
        (PackagePart::Settings, properties::settings(&meta.language, !is_clean(document), notes.is_some())?),
        (PackagePart::Header, finished(&page::header(running, sheet))?),
        (PackagePart::Footer, finished(&page::footer(running))?),
        (PackagePart::Core, properties::core(meta, &options.author, options.date.as_deref())?),
        (PackagePart::Application, properties::application()?),
        (PackagePart::Custom, properties::custom(&trace::properties(&meta.classification, &options.trace))?),
        (PackagePart::Trace, trace::item(&options.trace, &bookmarks)?),
        (PackagePart::TraceProperties, trace::item_properties()?),
    ];
    if !document.comments.is_empty() {
        let comments = body::comments(&document.comments, &mut finisher)?;
        let has_threads = body::has_threads(&document.comments);
        parts.push((PackagePart::Comments, properties::comments(&comments, has_threads)?));
        if has_threads {
            parts.push((PackagePart::Threads, properties::threads(&document.comments)?));
        }
    }
    if let Some(notes) = notes {
        parts.push((PackagePart::Footnotes, properties::footnotes(&notes)?));
    }
    if let Some((_, picture)) = sheet.picture() {
        parts.push((PackagePart::Logo, picture.file.clone()));
    }
    let media = links.figures.media();
    let links = links.outside().map(|(id, address)| (id, address.to_owned())).collect();
    Ok(Package { parts, links, media }.pack()?)
}
