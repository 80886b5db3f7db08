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
    let own_words = OwnWords::new(appendix, versions);
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.name.ends_with(".md")) {
        let text = String::from_utf8_lossy(&file.bytes);
        let Ok(document) = markdown::read(&text) else { continue };
        let (now, was) = (texts_of(&accept(&document)), texts_of(&reject(&document)));
        let heads: BTreeSet<&String> =
            [&now, &was].into_iter().flat_map(|texts| texts.cover.iter().chain(&texts.running)).collect();
        let texts: BTreeSet<&String> = now.all.iter().chain(&was.all).chain(heads.iter().copied()).collect();
        if !now.cover.iter().any(|text| says(text, own)) {
            let message = format!("the cover of {} doesn't say that it is classified as {}", file.name, own.name.value);
            let help = "let the template of the cover include classification.md, as the built-in one does";
            findings.push(Diagnostic::error(Code::ClassificationText, message).help(help));
        }
        // The text of the appendix may speak of classifications; what it says is not said of the document.
        let contradicts = |text: &String, other: &Classification| {
            let is_named = || names(&own_words.taken_from(text), other) || text.contains(&other.meaning);
            says(text, other) || heads.contains(text) && is_named()
        };
        let contradicting =
            texts.iter().filter_map(|text| Some((*text, others.iter().find(|other| contradicts(text, other))?)));
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

/// Whether a text names a classification, however else it is worded.
fn names(text: &str, classification: &Classification) -> bool {
    let name = classification.name.as_str();
    [name, &name.to_uppercase()].into_iter().any(|name| whole_words(text, name).next().is_some())
}

/// What versions and their parts are called, which may be named as a classification is.
struct OwnWords(Vec<String>);

impl OwnWords {
    fn new(appendix: &Appendix, versions: &[&Version]) -> Self {
        let mut words = vec![appendix.name.clone(), appendix.title.text.clone(), appendix.policy.clone()];
        words.extend([appendix.code.clone(), appendix.code_name.clone()]);
        for version in versions {
            words.push(version.name.clone());
            words.extend(version.title.iter().chain(&version.extract).map(|text| text.text.clone()));
            words.extend(version.sections().map(|section| section.heading.text.clone()));
            let recorded = version.record.iter().flat_map(|recorded| &recorded.modifications);
            words.extend(recorded.flat_map(|it| [Some(it.name.clone()), it.title.clone()]).flatten());
        }
        words.retain(|words| !words.is_empty());
        // What holds another of them is taken first.
        words.sort_by_key(|words| std::cmp::Reverse(words.len()));
        Self(words)
    }

    fn taken_from(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, words| text.replace(words.as_str(), " "))
    }
}

/// What a document says.
struct Texts {
    all: Vec<String>,
    /// Before the first new page or section.
    cover: Vec<String>,
    /// At the head and foot of its pages, and as its title.
    running: Vec<String>,
}

fn texts_of(document: &Document) -> Texts {
    let meta = &document.meta.now;
    let running = [&meta.title, &meta.subject, &meta.header].into_iter().chain(&meta.footer).cloned().collect();
    let mut texts = Texts { all: Vec::new(), cover: Vec::new(), running };
    let mut is_cover = true;
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                is_cover = is_cover && paragraph.kind.now.section_id().is_none();
                let text = said(paragraph);
                if is_cover {
                    texts.cover.push(text.clone());
                }
                texts.all.push(text);
            }
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells).map(|cell| text_of(&cell.runs));
                texts.all.extend(cells);
            }
            // The cover ends with its page.
            Block::Furniture(_) => is_cover = false,
        }
    }
    texts
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
