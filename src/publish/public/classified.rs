//! What is published says how it is classified, and nothing else: templates are a project's own, and can lose it.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Block, Document, Kind, Paragraph, TextRole, accept, markdown, reject, text_of, whole_words};
use crate::model::{Appendix, Classification, Version};
use crate::publish::File;
use std::collections::BTreeSet;

/// Refuses documents whose cover doesn't say how they are classified, or in which anything says otherwise.
///
/// All of the text is looked at, as it is published: a document in Markdown has what the others have.
///
/// # Errors
/// One for each document of which that isn't so, and each text that contradicts.
pub(crate) fn says_its_classification(
    appendix: &Appendix,
    versions: &[&Version],
    files: &[File],
) -> Result<(), Vec<Diagnostic>> {
    let Some(own) = appendix.classifications.first() else { return Ok(()) };
    let others: Vec<&Classification> =
        appendix.classifications.iter().filter(|other| other.name.value != own.name.value).collect();
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.name.ends_with(".md")) {
        let text = String::from_utf8_lossy(&file.bytes);
        let Ok(document) = markdown::read(&text) else { continue };
        let (mut texts, cover) = texts_of(&accept(&document));
        texts.extend(texts_of(&reject(&document)).0);
        texts.sort_unstable();
        texts.dedup();
        if !cover.iter().any(|text| says(text, own)) {
            let message = format!("the cover of {} doesn't say that it is classified as {}", file.name, own.name.value);
            let help = "let the template of the cover include classification.md, as the built-in one does";
            findings.push(Diagnostic::error(Code::ClassificationText, message).help(help));
        }
        // The text of the appendix may speak of classifications; what it says is not said of the document.
        let contradicting =
            texts.iter().filter_map(|text| Some((text, others.iter().find(|other| says(text, other))?)));
        let mut legal: Option<BTreeSet<String>> = None;
        for (text, other) in contradicting {
            if legal.get_or_insert_with(|| legal_text(versions)).contains(text) {
                continue;
            }
            let message = format!("{} is classified as {}, and says: “{text}”", file.name, own.name.value);
            let help = format!("take what it says of {} out of the template", other.name.value);
            findings.push(Diagnostic::error(Code::ClassificationText, message).help(help));
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// Whether a text says that something is classified so, in the words of the appendix or in others.
fn says(text: &str, classification: &Classification) -> bool {
    let (text, name) = (text.to_lowercase(), classification.name.to_lowercase());
    text.contains(&classification.statement.to_lowercase())
        || (text.contains("classif") && whole_words(&text, &name).next().is_some())
}

/// Every text of a document, and those of its cover: all before the first new page or section.
fn texts_of(document: &Document) -> (Vec<String>, Vec<String>) {
    let meta = &document.meta.now;
    let lines = [&meta.title, &meta.subject, &meta.header].into_iter().chain(&meta.footer);
    let mut all: Vec<String> = lines.cloned().collect();
    let mut cover = Vec::new();
    let mut is_cover = true;
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                is_cover = is_cover && paragraph.kind.now.section_id().is_none();
                let text = said(paragraph);
                if is_cover {
                    cover.push(text.clone());
                }
                all.push(text);
            }
            Block::Table(table) => {
                all.extend(table.rows.iter().flat_map(|row| &row.cells).map(|cell| text_of(&cell.runs)));
            }
            // The cover ends with its page.
            Block::Furniture(_) => is_cover = false,
        }
    }
    (all, cover)
}

/// The text of a paragraph. One that stands for the classification says so by that.
fn said(paragraph: &Paragraph) -> String {
    let text = paragraph.text();
    match paragraph.kind.now {
        Kind::Role(TextRole::Classification) if !text.to_lowercase().contains("classif") => {
            format!("Classification: {text}")
        }
        _ => text,
    }
}

/// What the versions themselves say, a paragraph each.
fn legal_text(versions: &[&Version]) -> BTreeSet<String> {
    let sections = versions.iter().flat_map(|version| version.sections());
    let bodies = sections.flat_map(|section| markdown::passages(&section.body).unwrap_or_default());
    let beginnings = versions.iter().flat_map(|version| version.sections()).map(|section| {
        let first = markdown::passages(&section.body).ok().and_then(|all| Some(all.into_iter().next()?.text));
        let first = first.filter(|_| section.is_clause()).unwrap_or_else(|| section.heading.text.clone());
        format!("{} {first}", section.number.value)
    });
    let titles = versions.iter().filter_map(|version| version.title.as_ref()).map(|title| title.text.clone());
    bodies.map(|passage| passage.text).chain(beginnings).chain(titles).collect()
}
