//! Templates: from a version to its document, and from a comparison to its change document.
//!
//! The defaults in `templates/` are embedded in the binary; a file of the same name in the project's own `templates/`
//! takes its place, and other files there can be included. All wording and order is theirs: this room only lays out
//! what they can use.

mod classification;
mod context;
mod defaults;
mod faults;
mod limits;
mod memory;
mod own;

pub use classification::classify;

use crate::compose::Author;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::document::{Block, Document, markdown};
use crate::files::Root;
use crate::model::{Appendix, Classification, Version};
use context::{Head, PartContext};
use defaults::{DEFAULTS, LIMIT};
pub(crate) use defaults::{TEMPLATES, default};
use memory::Memory;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, ErrorKind, Tera};

/// What a page for a browser shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// A document.
    Text,
    /// The matrices of a document.
    Matrices,
    /// The versions that there are.
    Index,
}

impl PageKind {
    fn template(self) -> &'static str {
        match self {
            Self::Text => "html/page.html",
            Self::Matrices => "html/matrix.html",
            Self::Index => "html/index.html",
        }
    }
}

/// The templates of a project, ready to render.
#[derive(Clone, Debug)]
pub struct Templates {
    tera: Tera,
    /// Those of pages, whose text is escaped for them.
    pages: Tera,
    /// By name: the path as the drafter knows it, and the text.
    files: BTreeMap<String, (Arc<str>, String)>,
    unread: Vec<Diagnostic>,
    known: Option<Arc<Known>>,
}

/// What was made already, of a project that is read again and again.
#[derive(Debug)]
struct Known {
    /// The bodies of sections as the dialect writes them.
    bodies: Memory<Arc<str>>,
    /// What pieces of documents hold.
    pieces: Memory<Arc<[Block]>>,
}

/// An engine that knows what all templates can use.
fn prepared(engine: &mut Tera) -> &mut Tera {
    engine.register_filter("json", context::json);
    engine.register_function("range", limits::range);
    engine
}

/// Part of a change document.
#[derive(Debug)]
pub enum Chunk {
    /// What the template says.
    Text(Box<Document>),
    /// Marked text stands here.
    Marked {
        /// The amendment whose text it is; empty for the whole appendix.
        id: String,
        /// Where the template says so.
        at: Option<Location>,
    },
}

impl Templates {
    /// The defaults, each replaced by the file of its name in `root`'s `templates/`, if there is one, and the files
    /// there that they include.
    ///
    /// # Errors
    /// All that is wrong with the templates themselves; what is wrong with their variables shows in rendering.
    pub fn load(root: &Root) -> Result<Self, Vec<Diagnostic>> {
        let mut files = BTreeMap::new();
        let mut findings = Vec::new();
        for (name, default) in DEFAULTS {
            let path: Arc<str> = format!("{TEMPLATES}/{name}").into();
            let text = if root.has(&path) { root.text(&path, LIMIT) } else { Ok(default.to_owned()) };
            // In the place of one that can't be read, so that only what is wrong is told.
            let text = text.unwrap_or_else(|wrong| {
                findings.extend(wrong);
                default.to_owned()
            });
            files.insert(name.to_owned(), (path, text));
        }
        let unread = own::add(root, &mut files, &mut findings);
        let mut templates = Self { tera: Tera::new(), pages: Tera::new(), files, unread, known: None };
        templates.register(&mut findings);
        if findings.is_empty() { Ok(templates) } else { Err(findings) }
    }

    /// The same, which follow others: what these made isn't made again.
    pub fn after(self, others: &Self) -> Self {
        let known = match others.known.as_deref() {
            Some(Known { bodies, pieces }) => Known { bodies: bodies.next(), pieces: pieces.next() },
            None => Known { bodies: Memory::new(), pieces: Memory::new() },
        };
        Self { known: Some(Arc::new(known)), ..self }
    }

    fn register(&mut self, findings: &mut Vec<Diagnostic>) {
        self.tera.set_escape_fn(|text, out| out.write_all(markdown::escape(text).as_bytes()));
        self.tera.autoescape_on([".md"]);
        for (ending, main) in [(".md", "appendix.md"), (".html", PageKind::Text.template())] {
            let engine = if ending == ".md" { &mut self.tera } else { &mut self.pages };
            let sources = self.files.iter().filter(|(name, _)| name.ends_with(ending));
            let pairs: Vec<(&str, &str)> = sources.map(|(name, (_, text))| (name.as_str(), text.as_str())).collect();
            let Err(error) = prepared(engine).add_raw_templates(pairs.clone()) else { continue };
            // Together they may include each other; one by one, each error is found.
            let alone = |(name, text): (&str, &str)| {
                let error = prepared(&mut Tera::new()).add_raw_template(name, text).err()?;
                matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| (name.to_owned(), error))
            };
            let each: Vec<(String, tera::Error)> = pairs.into_iter().filter_map(alone).collect();
            let errors = if each.is_empty() { vec![(main.to_owned(), error)] } else { each };
            findings.extend(errors.iter().flat_map(|(name, error)| self.findings(name, error)));
        }
    }

    /// The style sheet's path as the drafter knows it, and its text.
    pub fn stylesheet(&self) -> (&str, &str) {
        self.files.get("style.yaml").map_or(("", ""), |(path, text)| (path, text))
    }

    /// A warning for each file in the project's `templates/` that nothing reads, though it looks as if it was meant to be.
    pub fn unread(&self) -> &[Diagnostic] {
        &self.unread
    }

    /// The path and the text of each, in order.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.values().map(|(path, text)| (&**path, text.as_str()))
    }

    /// The text of a template, for showing the line at fault.
    pub fn source(&self, path: &str) -> Option<&str> {
        self.files.values().find(|(own, _)| &**own == path).map(|(_, text)| text.as_str())
    }

    /// The document of a whole version. `base` is the version that it amends, if it does.
    ///
    /// # Errors
    /// All that is wrong with the bodies of its sections, or what is wrong with the templates.
    pub fn version(
        &self,
        appendix: &Appendix,
        version: &Version,
        base: Option<&Version>,
    ) -> Result<Document, Vec<Diagnostic>> {
        let parts = context::parts(appendix, version, self.known.as_ref().map(|known| &known.bodies))?;
        let mut context = Context::new();
        context.insert("appendix", appendix);
        context.insert("version", &Head::new(version, base));
        context.insert::<_, Vec<PartContext<'_>>>("parts", &parts);
        let text = self.render("appendix.md", &context)?;
        let mut document = self.read_pieces(&text).map_or_else(|| self.read("appendix.md", &text), Ok)?;
        classify(&mut document, appendix, &version.classification);
        Ok(document)
    }

    /// The first sheet of a version's workbook. `base` is the version that it amends, if it does.
    ///
    /// # Errors
    /// What is wrong with the template, or with what it gives.
    pub fn workbook(
        &self,
        appendix: &Appendix,
        version: &Version,
        base: Option<&Version>,
    ) -> Result<Document, Vec<Diagnostic>> {
        let mut context = Context::new();
        context.insert("appendix", appendix);
        context.insert("version", &Head::new(version, base));
        self.read("workbook.md", &self.render("workbook.md", &context)?)
    }

    /// What reviewers did, and what has become of it: a table for the meeting.
    ///
    /// # Errors
    /// What is wrong with the template, or with what it gives.
    pub fn summary(
        &self,
        appendix: &Appendix,
        (base, target): (&Version, &Version),
        summary: &impl Serialize,
    ) -> Result<Document, Vec<Diagnostic>> {
        let mut context = Context::new();
        context.insert("appendix", appendix);
        context.insert("base", &Head::new(base, None));
        context.insert("target", &Head::new(target, Some(base)));
        context.insert("classification", &target.classification);
        context.insert("summary", summary);
        let mut document = self.read("summary.md", &self.render("summary.md", &context)?)?;
        classify(&mut document, appendix, &target.classification);
        Ok(document)
    }

    /// The change document, with a gap for the marked text of each amendment.
    ///
    /// # Errors
    /// What is wrong with the template, or with what it gives.
    pub fn change_document(
        &self,
        comparison: &Comparison<'_>,
        amendments: &[impl Serialize],
    ) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let mut context = comparison.context();
        context.insert("amendments", amendments);
        self.chunks("redline.md", &context)
    }

    /// The redline of the whole appendix, with a gap for it.
    ///
    /// # Errors
    /// What is wrong with the template, or with what it gives.
    pub fn full_redline(&self, comparison: &Comparison<'_>) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        self.chunks("redline-full.md", &comparison.context())
    }

    /// Whose the changes are, where several made them.
    ///
    /// # Errors
    /// What is wrong with the template, or with what it gives.
    pub fn legend(&self, comparison: &Comparison<'_>) -> Result<Vec<Block>, Vec<Diagnostic>> {
        Ok(self.read("whose.md", &self.render("whose.md", &comparison.context())?)?.blocks)
    }

    /// A page, of what its writer has for it.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub fn page(&self, kind: PageKind, page: &impl Serialize) -> Result<String, Vec<Diagnostic>> {
        let mut context = Context::new();
        context.insert("page", page);
        for (variable, name) in [
            ("style", "html/page.css"),
            ("script", "html/page.js"),
            ("matrix_script", "html/matrix.js"),
            ("index_script", "html/index.js"),
            ("live_script", "html/live.js"),
        ] {
            context.insert(variable, self.files.get(name).map_or("", |(_, text)| text.as_str()));
        }
        limits::begin();
        let name = kind.template();
        self.pages.render(name, &context).map_err(|error| self.findings(name, &error))
    }

    /// The instruction of an amendment, as plain text.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub fn instruction(&self, amendment: &impl Serialize) -> Result<String, Vec<Diagnostic>> {
        let mut context = Context::new();
        context.insert("amendment", amendment);
        self.line("instruction.md", &context)
    }

    /// The line that stands for so many unchanged rows left out of a table.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub fn omitted_rows(&self, rows: usize) -> Result<String, Vec<Diagnostic>> {
        let mut context = Context::new();
        context.insert("rows", &rows);
        self.line("omitted-rows.md", &context)
    }

    fn line(&self, name: &str, context: &Context) -> Result<String, Vec<Diagnostic>> {
        let document = self.read(name, &self.render(name, context)?)?;
        let text = document.blocks.iter().map(|block| match block {
            Block::Paragraph(paragraph) => paragraph.text(),
            Block::Table(_) | Block::Furniture(_) => String::new(),
        });
        Ok(text.collect::<Vec<_>>().join(" "))
    }

    fn chunks(&self, name: &str, context: &Context) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let text = self.render(name, context)?;
        let mut chunks = Vec::new();
        let mut stretch = String::new();
        for line in text.lines() {
            match marked_id(line) {
                Some(id) => {
                    chunks.push(Chunk::Text(Box::new(self.read(name, &std::mem::take(&mut stretch))?)));
                    chunks.push(Chunk::Marked { id, at: self.place_of(name, line.trim()) });
                }
                None => {
                    stretch.push_str(line);
                    stretch.push('\n');
                }
            }
        }
        chunks.push(Chunk::Text(Box::new(self.read(name, &stretch)?)));
        Ok(chunks)
    }

    fn render(&self, name: &str, context: &Context) -> Result<String, Vec<Diagnostic>> {
        limits::begin();
        self.tera.render(name, context).map_err(|error| self.findings(name, &error))
    }

    /// Reads what a template gave piece by piece, beside each other; nothing, if something is wrong in one.
    fn read_pieces(&self, text: &str) -> Option<Document> {
        let pieces = markdown::pieces(text);
        let (front, parts) = pieces.split_first()?;
        let read = |piece: &str| markdown::read_blocks(piece).map(Arc::<[Block]>::from);
        let known = self.known.as_ref().map(|known| &known.pieces);
        let blocks = |piece: &&str| known.map_or_else(|| read(piece), |known| known.made(piece, read)).ok();
        let (document, parts) =
            rayon::join(|| markdown::read(front).ok(), || parts.par_iter().map(blocks).collect::<Option<Vec<_>>>());
        let (mut document, parts) = (document?, parts?);
        document.blocks.reserve(parts.iter().map(|part| part.len()).sum());
        parts.iter().for_each(|part| document.blocks.extend_from_slice(part));
        Some(document)
    }

    /// Reads what a template gave. Bodies were read before, so a fault here is the template's.
    fn read(&self, name: &str, text: &str) -> Result<Document, Vec<Diagnostic>> {
        markdown::read(text).map_err(|faults| {
            let finding = |fault: markdown::Fault| {
                let line = text[..fault.at.start].lines().count().max(1);
                let shown: String = text[fault.at.clone()].trim_end().chars().take(60).collect();
                Diagnostic::error(
                    Code::TemplateMarkdown,
                    format!("{}, in what the template gave: {shown}", fault.message),
                )
                .at(self.place_of(name, shown.trim()).or_else(|| self.location(name, line, 1, 0)))
                .help(fault.help)
            };
            faults.into_iter().map(finding).collect()
        })
    }

    /// The line of a template that begins as some rendered text does.
    fn place_of(&self, name: &str, text: &str) -> Option<Location> {
        let start: String = text.chars().take(14).collect();
        let own = self.files.get_key_value(name);
        let all = own.into_iter().chain(self.files.iter());
        let hit = |(name, (_, source)): (&String, &(Arc<str>, String))| {
            let (line, text) = source.lines().enumerate().find(|(_, line)| line.contains(&start))?;
            let column = text.find(&start).map_or(1, |at| text[..at].chars().count() + 1);
            self.location(name, line + 1, column, 0)
        };
        if start.is_empty() { None } else { all.into_iter().find_map(hit) }
    }

    fn location(&self, name: &str, line: usize, column: usize, length: usize) -> Option<Location> {
        let (file, _) = self.files.get(name)?;
        Some(Location { file: Arc::clone(file), line, column, length })
    }

    /// All that the engine finds wrong, each at its place.
    fn findings(&self, name: &str, error: &tera::Error) -> Vec<Diagnostic> {
        let source = |name: &str| self.files.get(name).map(|(_, text)| text.as_str());
        let finding = |fault: faults::Fault| {
            let at = self.location(&fault.template, fault.line, fault.column, fault.length);
            Diagnostic::error(Code::Template, fault.message).at(at).help(fault.help)
        };
        faults::faults(name, error, source).into_iter().map(finding).collect()
    }
}

/// What a change document is about.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The appendix that both are versions of.
    pub appendix: &'a Appendix,
    /// The version that is amended.
    pub base: &'a Version,
    /// The version that amends it.
    pub target: &'a Version,
    /// The versions that the two are drafted against, if they are.
    pub below: (Option<&'a Version>, Option<&'a Version>),
    /// The stricter of the two.
    pub classification: &'a Classification,
    /// Those who made the changes, where several did.
    pub revisers: Vec<Author>,
}

impl Comparison<'_> {
    fn context(&self) -> Context {
        let mut context = Context::new();
        context.insert("appendix", self.appendix);
        let (below_base, below_target) = self.below;
        context.insert("base", &Head::new(self.base, below_base));
        context.insert("target", &Head::new(self.target, below_target));
        context.insert("classification", self.classification);
        context.insert("revisers", &self.revisers);
        context
    }
}

/// The id in `<!-- ctsd:marked "section-5.4" -->`.
fn marked_id(line: &str) -> Option<String> {
    let data = line.trim().strip_prefix("<!-- ctsd:marked")?.strip_suffix("-->")?;
    serde_json::from_str(data.trim()).ok()
}
