//! What was read of the files before: one that still says the same isn't read again.

use crate::diagnostic::{Diagnostic, Sources};
use crate::document::markdown;
use crate::model::{Origin, SectionStatement, Stated, TableStatement};
use std::collections::{HashMap, HashSet};

/// What was read of a project before. It serves as long as the vocabulary is the same.
#[derive(Clone, Copy, Debug)]
pub struct Before<'b> {
    /// What the files of each version stated.
    pub stated: &'b [Stated],
    /// What was wrong with files.
    pub faults: &'b [Diagnostic],
    /// What each file said.
    pub sources: &'b Sources,
}

/// What single files state, of those in which nothing was wrong.
#[derive(Debug)]
pub(super) struct Kept<'b> {
    sources: &'b Sources,
    statements: HashMap<&'b str, Statement<'b>>,
}

/// What one of them states.
#[derive(Clone, Copy, Debug)]
pub(super) enum Statement<'b> {
    Section(&'b SectionStatement),
    Table(&'b TableStatement),
}

impl<'b> Kept<'b> {
    pub fn of(before: Before<'b>) -> Self {
        let wrong: HashSet<&str> = before.faults.iter().filter_map(|it| Some(&*it.location.as_ref()?.file)).collect();
        let statements = before.stated.iter().flat_map(|version| {
            let (sections, tables) = match version {
                Stated::Release(it) => (&it.sections, &it.tables),
                Stated::Modification(it) => (&it.sections, &it.tables),
            };
            // Whether what a body shows is there is seen in other files.
            let sections = sections.iter().filter(|it| !it.body.as_ref().is_some_and(|body| shows_pictures(body)));
            let sections = sections.map(|it| (&it.origin.0, Statement::Section(it)));
            sections.chain(tables.iter().map(|it| (&it.origin.0, Statement::Table(it))))
        });
        let by_file = statements.filter_map(|(origin, statement)| Some((file(origin)?, statement)));
        Self { sources: before.sources, statements: by_file.filter(|(file, _)| !wrong.contains(file)).collect() }
    }

    /// Whether a file said that.
    pub fn says(&self, file: &str, text: &str) -> bool {
        self.sources.text(file) == Some(text)
    }

    /// What a file states, if it said the same before.
    pub fn stated(&self, file: &str, text: &str) -> Option<Statement<'b>> {
        self.statements.get(file).filter(|_| self.says(file, text)).copied()
    }
}

fn file(origin: &Origin) -> Option<&str> {
    origin.source.as_ref().map(|source| &*source.file)
}

fn shows_pictures(body: &str) -> bool {
    !markdown::figure_files(body).is_empty()
}
