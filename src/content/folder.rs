//! The folders of the content: which files there are, and what each is read as.

use super::before::{Before, Kept, Statement};
use super::head;
use super::node;
use super::reader::{Beside, Field, Known, Reader};
use super::section::SECTION;
use super::state::VersionFiles;
use super::table::TABLE;
use super::vocabulary::APPENDIX;
use crate::diagnostic::{Code, Diagnostic, Sources};
use crate::files::{Entry, Limit, Root, start_of};
use crate::model::{Appendix, SectionStatement, Source, TableStatement};
use crate::suggest::nearest;
use rayon::prelude::*;
use std::sync::Arc;

const APPENDIX_FILE: &str = "appendix.yaml";
const VERSION: &str = "version.yaml";
const SECTIONS: &str = "sections";
const TABLES: &str = "tables";
/// What reviewers say of a version, which it does without.
pub(super) const COMMENTS: &str = "comments.yaml";
/// The folder of the content, below the root.
pub(super) const CONTENT: &str = "content";

/// Reference data for checks, which is no version.
pub(super) const REGISTERS: &str = "registers";
/// What bodies show, which is no version.
pub(super) const FIGURES: &str = "figures";
/// What editors know of the files, which is no version either.
pub(super) const SCHEMAS: &str = "schemas";

/// The largest text that is read. A hundred tables of eight hundred rows would fit.
pub(super) const TEXT: Limit =
    Limit { megabytes: 8, help: "split it: each section and each table has a file of its own" };

/// The folder of a version's files, as findings name it, with `/` at its end.
pub(crate) fn folder_of(id: &str) -> String {
    format!("{CONTENT}/{}/", id.to_lowercase())
}

/// Reads files and keeps their texts and what is wrong with them.
#[derive(Debug)]
pub(super) struct Loader<'r> {
    root: &'r Root,
    before: Option<Kept<'r>>,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    /// The folders of versions whose heads can't be read, in lower case.
    pub headless: Vec<String>,
}

/// A file after reading: its text if it is text, its value if it could be read, and what is wrong.
struct Read<T> {
    file: Arc<str>,
    text: Option<String>,
    value: Option<T>,
    diagnostics: Vec<Diagnostic>,
}

/// What a file of a version states.
enum Stated {
    Head(head::Stated),
    Section(SectionStatement),
    Table(TableStatement),
}

impl From<Statement<'_>> for Stated {
    fn from(statement: Statement<'_>) -> Self {
        match statement {
            Statement::Section(section) => Self::Section(section.clone()),
            Statement::Table(table) => Self::Table(table.clone()),
        }
    }
}

#[derive(Clone, Copy)]
pub(super) enum FileKind {
    Head,
    Section,
    Table,
}

impl<'r> Loader<'r> {
    pub fn new(root: &'r Root) -> Self {
        Self { root, before: None, sources: Sources::default(), diagnostics: Vec::new(), headless: Vec::new() }
    }

    /// A loader of a project that was read before.
    pub fn again(root: &'r Root, before: Before<'r>) -> Self {
        Self { before: Some(Kept::of(before)), ..Self::new(root) }
    }

    pub fn finish(self) -> (Sources, Vec<Diagnostic>) {
        (self.sources, self.diagnostics)
    }

    /// `appendix.yaml`; `None` if it can't be read as what it should be.
    pub fn appendix(&mut self) -> Option<Appendix> {
        let file = format!("{CONTENT}/{APPENDIX_FILE}");
        let read = read(self.root, &file, "", Known::default(), |reader, root| APPENDIX.read(reader, root));
        // By other words the same may be read otherwise.
        let says = |before: &Kept<'_>| read.text.as_ref().is_some_and(|text| before.says(&file, text));
        self.before = self.before.take().filter(says);
        self.keep(read).filter(|_| self.diagnostics.is_empty())
    }

    /// A file that belongs to no version; `None` if it can't be read as what it should be.
    pub fn read<T>(&mut self, file: &str, build: impl FnOnce(&mut Reader<'_>, Field<'_>) -> Option<T>) -> Option<T> {
        let read = read(self.root, file, "", Known::default(), build);
        self.keep(read)
    }

    /// The versions' folders. Without the appendix's words, names are taken as they are.
    pub fn versions(&mut self, words: Option<&Appendix>) -> Vec<VersionFiles> {
        let folders = self.list(CONTENT);
        let mut versions = Vec::new();
        for folder in folders
            .iter()
            .filter(|entry| entry.is_folder && ![FIGURES, REGISTERS, SCHEMAS].contains(&entry.name.as_str()))
        {
            versions.extend(self.version(folder, words));
        }
        if versions.is_empty() && self.diagnostics.is_empty() {
            let help = format!("make a folder for a version in {CONTENT}, with a {VERSION} in it");
            let diagnostic = Diagnostic::error(Code::NoVersions, format!("{CONTENT} holds no version")).help(help);
            self.diagnostics.push(diagnostic.at(start_of(CONTENT)));
        }
        versions
    }

    fn version(&mut self, folder: &Entry, words: Option<&Appendix>) -> Option<VersionFiles> {
        let before = self.diagnostics.len();
        let files = self.files_of(folder);
        let (root, earlier) = (self.root, self.before.as_ref());
        let known = Known { words, beside: Some(Beside { root, folder: CONTENT }) };
        let reads: Vec<Read<Stated>> = files
            .into_par_iter()
            .map(|(file, kind)| {
                let kept = |text: &str| earlier?.stated(&file, text).map(Stated::from);
                read_unless(root, &file, &folder.name, kept, known, |reader, root| match kind {
                    FileKind::Head => head::read(reader, root, &folder.name).map(Stated::Head),
                    FileKind::Section => SECTION.read(reader, root).map(Stated::Section),
                    FileKind::Table => TABLE.read(reader, root).map(Stated::Table),
                })
            })
            .collect();
        let mut head = None;
        let (mut sections, mut tables) = (Vec::new(), Vec::new());
        for read in reads {
            match self.keep(read) {
                Some(Stated::Head(stated)) => head = Some(stated),
                Some(Stated::Section(stated)) => sections.push(stated),
                Some(Stated::Table(stated)) => tables.push(stated),
                None => {}
            }
        }
        if head.is_none() {
            self.headless.push(folder.name.to_lowercase());
        }
        let head::Stated { head, base, includes } = head?;
        Some(VersionFiles { head, base, includes, sections, tables, broken: self.diagnostics.len() > before })
    }

    /// The files of a version's folder, and what each is. YAML that nothing would read is an error: it was meant.
    fn files_of(&mut self, folder: &Entry) -> Vec<(String, FileKind)> {
        let mut found = vec![(format!("{}/{VERSION}", folder.path), FileKind::Head)];
        for entry in self.list(&folder.path) {
            match entry.name.as_str() {
                VERSION | COMMENTS => {}
                SECTIONS => found.extend(self.yaml_in(&entry, FileKind::Section)),
                TABLES => found.extend(self.yaml_in(&entry, FileKind::Table)),
                // Notes can lie beside the folders; what is named like YAML was meant to be read.
                _ if entry.is_yaml() || entry.is_folder || entry.as_yaml().is_some() => {
                    self.unread(&entry, &[VERSION, SECTIONS, TABLES, COMMENTS]);
                }
                _ => {}
            }
        }
        found
    }

    fn yaml_in(&mut self, folder: &Entry, kind: FileKind) -> Vec<(String, FileKind)> {
        let mut found = Vec::new();
        for entry in self.list(&folder.path) {
            if entry.is_yaml() {
                found.push((entry.path, kind));
            } else if !entry.is_by_system() {
                self.unread(&entry, &[]);
            }
        }
        found
    }

    fn unread(&mut self, entry: &Entry, known: &[&str]) {
        let help = match (entry.as_yaml(), nearest(&entry.name, known.iter().copied())) {
            (Some(meant), _) => format!("Notepad added .txt; rename it to {meant}"),
            (None, Some(meant)) => format!("did you mean “{meant}”? rename it"),
            (None, None) if entry.is_folder => "move what is in it to “sections” or “tables”, and delete it".to_owned(),
            (None, None) if entry.is_yaml() => "move it to “sections” or “tables”, or delete it".to_owned(),
            (None, None) => "write what is in it as YAML, or move it out of the content".to_owned(),
        };
        let what = if entry.is_folder { "folder" } else { "file" };
        let diagnostic = Diagnostic::error(Code::UnreadFile, format!("nothing would read the {what} {}", entry.path));
        self.diagnostics.push(diagnostic.at(start_of(&entry.path)).help(help));
    }

    pub fn list(&mut self, folder: &str) -> Vec<Entry> {
        self.root.list(folder).unwrap_or_else(|diagnostic| {
            self.diagnostics.push(diagnostic);
            Vec::new()
        })
    }

    fn keep<T>(&mut self, read: Read<T>) -> Option<T> {
        if let Some(text) = read.text {
            self.sources.add(read.file, text);
        }
        self.diagnostics.extend(read.diagnostics);
        read.value
    }
}

/// The files of the version of an id, and what each is.
pub(super) fn version_files(root: &Root, id: &str) -> Vec<(String, FileKind)> {
    let mut loader = Loader::new(root);
    let folders = loader.list(CONTENT);
    let folder = folders.iter().find(|entry| entry.is_folder && entry.name.eq_ignore_ascii_case(id));
    folder.map(|folder| loader.files_of(folder)).unwrap_or_default()
}

fn read<T>(
    root: &Root,
    file: &str,
    version: &str,
    known: Known<'_>,
    build: impl FnOnce(&mut Reader<'_>, Field<'_>) -> Option<T>,
) -> Read<T> {
    read_unless(root, file, version, |_| None, known, build)
}

/// Reads a file, unless it is known what a file of that text states.
fn read_unless<T>(
    root: &Root,
    file: &str,
    version: &str,
    kept: impl FnOnce(&str) -> Option<T>,
    known: Known<'_>,
    build: impl FnOnce(&mut Reader<'_>, Field<'_>) -> Option<T>,
) -> Read<T> {
    let name: Arc<str> = Arc::from(file);
    match root.text(file, TEXT) {
        Ok(text) => {
            let (value, diagnostics) = match kept(&text) {
                Some(value) => (Some(value), Vec::new()),
                None => parse(&name, version, &text, known, build),
            };
            Read { file: name, text: Some(text), value, diagnostics }
        }
        Err(diagnostics) => Read { file: name, text: None, value: None, diagnostics },
    }
}

/// Reads a text as the file of that name.
pub(super) fn parse<T>(
    file: &Arc<str>,
    version: &str,
    text: &str,
    known: Known<'_>,
    build: impl FnOnce(&mut Reader<'_>, Field<'_>) -> Option<T>,
) -> (Option<T>, Vec<Diagnostic>) {
    let node = match node::parse(file, text) {
        Ok(node) => node,
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    let source = Arc::new(Source { file: Arc::clone(file), version: Arc::from(version) });
    let mut reader = Reader::new(source, text, known);
    let root = reader.root(&node);
    let value = build(&mut reader, root);
    (value, reader.findings.into_diagnostics())
}
