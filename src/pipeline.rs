//! The two journeys: a version to its document, and two versions to their change document.

pub mod applying;
pub mod beginning;
pub mod check;
mod commenting;
mod counting;
pub mod doctor;
pub mod founding;
pub mod importing;
pub mod listing;
mod made;
pub mod mending;
pub mod publishing;
pub mod reading;
pub mod rebasing;
mod recovering;
pub mod reviewing;
pub mod revising;
pub mod schemas;
mod summary;
pub mod timeline;
mod timing;
pub mod tracing;

pub use crate::writer::format::Format;
pub use timing::Turned;

use crate::change::{Change, FigureRemark, Reviser, Shown};
use crate::check::{Contradiction, contradictions, place};
use crate::compose::{self, Authorship, Deed, Project};
use crate::content;
use crate::diagnostic::{Account, Diagnostic, Failure, Sources};
use crate::document::{Document, Meta, Revised};
use crate::files::{Limit, Root};
use crate::model::{FigureChange, Version, figure_changes};
use crate::ooxml::trace::Trace;
use crate::progress::{Step, Watch};
use crate::publish::{self, File};
use crate::redline::{self, Amendment, ChangeList, Instructed, PartChange, Redline, SiteKind};
use crate::stylesheet::Stylesheet;
use crate::suggest::nearest_ids;
use crate::template::Templates;
use crate::writer::format::{self, Order, Unwritten};
use crate::writer::xlsx::Book;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A drafter's desk: everything that was read from the project.
#[derive(Clone, Debug)]
pub struct Desk {
    /// What the content says.
    pub project: Project,
    /// What shapes the documents.
    pub templates: Templates,
    /// How they look.
    pub sheet: Stylesheet,
    /// Who is told of the work; nobody, unless it is set.
    pub watch: Watch,
    root: Root,
}

/// What a journey makes.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What to write it in.
    pub formats: Vec<Format>,
    /// Who made the revisions; by default, the version that makes them.
    pub author: Option<String>,
    /// When, in ISO 8601 and UTC; by default, the date of the version.
    pub date: Option<String>,
    /// How many rows around each changed one a change document shows; all, if none is given.
    pub context: Option<usize>,
    /// Whether Word comments name each amendment.
    pub comments: bool,
    /// Where its page is served, if it is: then it follows what is saved.
    pub served: Option<String>,
}

impl Options {
    /// Where the pages of a document of that name are, each for the other to lead to.
    fn pages(&self, name: &str) -> BTreeMap<Format, String> {
        let made = |format: &Format| self.served.is_some() || self.formats.contains(format);
        let address = |format: Format| match (&self.served, format) {
            (None, _) => format!("{name}.{}", format.extension()),
            (Some(address), Format::Html) => address.clone(),
            (Some(address), _) => format!("{address}/{}", format.name()),
        };
        [Format::Html, Format::Matrix].into_iter().filter(made).map(|format| (format, address(format))).collect()
    }

    /// What tells the files of a change document that shows less or more from those of the plain one.
    fn suffix(&self) -> String {
        let context = self.context.map(|rows| format!("-context-{rows}")).unwrap_or_default();
        context + if self.comments { "-comments" } else { "" }
    }
}

type Findings = Vec<Diagnostic>;

/// The versions that are asked for and whole, and what is wrong with the others.
#[derive(Debug)]
pub struct Asked<'d> {
    /// Those that are whole, in the order in which they are asked for.
    pub versions: Vec<&'d Version>,
    /// What is wrong with the others.
    pub faults: Vec<Diagnostic>,
}

impl Desk {
    /// Reads the content, the templates and the style sheet below `root`. What is wrong with one version leaves the
    /// others as they are (`Project::faults`).
    ///
    /// # Errors
    /// Everything that is wrong, if nothing can be made: with the templates, the style sheet or the appendix's own data.
    pub fn open(root: &Path) -> Result<Self, Failure> {
        Self::open_from(&Root::folder(root))
    }

    /// As [`Desk::open`], from wherever the files are.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn open_from(root: &Root) -> Result<Self, Failure> {
        Self::opened(root, compose::load_from(root))
    }

    /// The desk as the files are now, of which those that are as they were aren't read again.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn again(&self) -> Result<Self, Failure> {
        let desk = Self::opened(&self.root, compose::load_again(&self.root, &self.project))?;
        Ok(Self { templates: desk.templates.after(&self.templates), ..desk })
    }

    fn opened(root: &Root, project: Result<Project, Failure>) -> Result<Self, Failure> {
        let templates = Templates::load(root);
        let sheet = match &templates {
            Ok(templates) => {
                let (path, text) = templates.stylesheet();
                content::stylesheet(root, path, text).map(Some)
            }
            Err(_) => Ok(None),
        };
        match (project, templates, sheet) {
            (Ok(project), Ok(templates), Ok(Some(sheet))) => {
                let bodies = project.versions.iter().flat_map(Version::sections).map(|it| &*it.body.text);
                let sheet = Stylesheet { figures: content::figures(root, bodies), ..sheet };
                Ok(Self { project, templates, sheet, watch: Watch::default(), root: root.clone() })
            }
            (project, templates, sheet) => {
                let mut account = match project {
                    Ok(project) => Account { diagnostics: Vec::new(), sources: project.sources },
                    Err(failure) => failure.into_account(),
                };
                account.diagnostics.extend(templates.err().into_iter().flatten());
                account.diagnostics.extend(sheet.err().into_iter().flatten());
                Err(Failure::Content(with_templates(account, root)))
            }
        }
    }

    /// The versions of these ids, in their order; all versions, if there is no id.
    ///
    /// # Errors
    /// If nothing is known of one of them.
    pub fn asked(&self, ids: &[String]) -> Result<Asked<'_>, Failure> {
        let project = &self.project;
        if ids.is_empty() {
            return Ok(Asked { versions: project.versions.iter().collect(), faults: project.faults.clone() });
        }
        let mut asked = Asked { versions: Vec::new(), faults: Vec::new() };
        for id in ids {
            let faults = project.faults_of(id);
            match project.version(id) {
                Some(version) => asked.versions.push(version),
                None if faults.is_empty() => return Err(self.unknown(id)),
                None => {}
            }
            asked.faults.extend(faults);
        }
        Ok(asked)
    }

    /// The versions of these ids, in their order; all versions, if there is no id.
    ///
    /// # Errors
    /// If nothing is known of one of them, or everything that is wrong with their files.
    pub fn versions(&self, ids: &[String]) -> Result<Vec<&Version>, Failure> {
        let Asked { versions, faults } = self.asked(ids)?;
        if faults.is_empty() { Ok(versions) } else { Err(self.failure(faults)) }
    }

    /// The version of that id.
    ///
    /// # Errors
    /// If nothing is known of it, or everything that is wrong with its files.
    pub fn version(&self, id: &str) -> Result<&Version, Failure> {
        let faults = self.project.faults_of(id);
        match self.project.version(id) {
            Some(version) if faults.is_empty() => Ok(version),
            _ if !faults.is_empty() => Err(self.failure(faults)),
            _ => Err(self.unknown(id)),
        }
    }

    /// The base of the version of that id, and the version.
    ///
    /// # Errors
    /// As [`Desk::version`], or if it has no base.
    pub fn with_base(&self, id: &str) -> Result<(&Version, &Version), Failure> {
        let version = self.version(id)?;
        let Some(base) = &version.base else {
            return Err(Failure::refused(format!("{} has no base: name the version to compare it with", version.name)));
        };
        Ok((self.version(base)?, version))
    }

    fn unknown(&self, id: &str) -> Failure {
        let ids: Vec<&str> = self.project.stated.iter().map(|stated| stated.head().id.as_str()).collect();
        let meant: Vec<String> = nearest_ids(id, ids.iter().copied()).iter().map(|id| format!("“{id}”")).collect();
        let help = match meant.is_empty() {
            true => format!("there are {}", ids.join(", ")),
            false => format!("did you mean {}?", meant.join(" or ")),
        };
        Failure::refused(format!("there is no version “{id}”; {help}"))
    }

    /// These findings, as what keeps a journey from its end.
    fn failure(&self, diagnostics: Findings) -> Failure {
        Failure::Content(self.account(diagnostics))
    }

    /// These findings, with the text of the files that they are about.
    fn account(&self, diagnostics: Findings) -> Account {
        let mut account = Account { diagnostics, sources: Sources::default() };
        for location in account.diagnostics.iter().filter_map(|finding| finding.location.as_ref()) {
            if account.sources.text(&location.file).is_some() {
                continue;
            }
            let text = self.project.sources.text(&location.file).or_else(|| self.templates.source(&location.file));
            if let Some(text) = text {
                account.sources.add(location.file.clone(), text.to_owned());
            }
        }
        with_templates(account, &self.root)
    }

    /// Writes what was made to a folder, all of it or nothing, and says where each file is.
    ///
    /// # Errors
    /// If the folder is one that is read, or what keeps the files from being written.
    pub fn write(&self, folder: &Path, files: &[File]) -> Result<Vec<PathBuf>, Failure> {
        self.outside_sources(folder)?;
        self.watch.during(Step::Writing, || publish::write(folder, files))
    }

    /// The folder of the project, for what is written into it.
    fn folder(&self) -> Result<&Path, Failure> {
        self.root
            .path()
            .ok_or_else(|| Failure::refused("the project isn't in a folder, so nothing can be written to it"))
    }

    /// Documents among the sources would be read as such the next time.
    fn outside_sources(&self, folder: &Path) -> Result<(), Failure> {
        self.root.path().map_or(Ok(()), |root| publish::outside_sources(root, folder))
    }

    /// The clean document of a version.
    ///
    /// # Errors
    /// All that is wrong with the bodies of its sections or with a template.
    pub fn document(&self, version: &Version) -> Result<Document, Failure> {
        self.rendered(version).map_err(|findings| self.failure(findings))
    }

    fn rendered(&self, version: &Version) -> Result<Document, Findings> {
        self.watch.during(Step::Rendering(&version.name), || self.rendered_quietly(version))
    }

    fn rendered_quietly(&self, version: &Version) -> Result<Document, Findings> {
        let base = version.base.as_ref().and_then(|base| self.project.version(base));
        self.templates.version(&self.project.appendix, version, base)
    }

    /// The first journey: the clean appendix of a version, in each format.
    ///
    /// # Errors
    /// All that keeps it from being made.
    pub fn build(&self, version: &Version, options: &Options) -> Result<Vec<File>, Failure> {
        self.clean(version, options).map_err(|findings| self.failure(findings))
    }

    fn clean(&self, version: &Version, options: &Options) -> Result<Vec<File>, Findings> {
        let document = self.rendered(version)?;
        let name = self.file_name(version);
        let trace = |document: &Document| made::trace_of_one(version, document);
        let book = options.formats.contains(&Format::Xlsx).then(|| self.book(version, &document)).transpose()?;
        let shows = Shows { book: book.as_ref(), ..Shows::default() };
        self.files(&name, document, version, trace, shows, options)
    }

    /// What changed between two versions, with the instruction of each amendment.
    ///
    /// # Errors
    /// All that is wrong with either version or with a template.
    pub fn compare(&self, base: &Version, target: &Version) -> Result<Redline<Instructed>, Failure> {
        self.change(base, target).map(Change::into_redline).map_err(|findings| self.failure(findings))
    }

    fn change<'a>(&'a self, base: &'a Version, target: &'a Version) -> Result<Change<'a>, Findings> {
        let (old, new) = rayon::join(|| self.rendered(base), || self.rendered(target));
        let (old, new) = (old?, new?);
        let descent = compose::descent(&self.project, base, target);
        let comparing = || redline::compare_knowing(&descent, &old, &new, &base.id, &target.id);
        let mut redline = self.watch.during(Step::Comparing, comparing);
        let mut revisers = Vec::new();
        if let Some(authorship) = compose::authorship(&self.project, base, target) {
            redline.changes.amendments.iter_mut().for_each(|amendment| attribute(amendment, &authorship));
            let of_each = authorship.deeds.into_par_iter().map(|deed| self.reviser(deed));
            revisers = of_each.collect::<Result<_, Findings>>()?;
        }
        Ok(Change::new(&self.templates, &self.project, (base, target), redline)?.by(revisers))
    }

    /// One of several who made the revisions, by what he does by himself.
    fn reviser(&self, Deed { author, before, after }: Deed) -> Result<Reviser, Findings> {
        let (old, new) = (self.rendered_quietly(&before)?, self.rendered_quietly(&after)?);
        Ok(Reviser::new(author, &redline::compare(&old, &new, &before.id, &after.id).document))
    }

    /// The second journey: the change document of two versions, in each format.
    ///
    /// # Errors
    /// All that keeps it from being made.
    pub fn redline(&self, base: &Version, target: &Version, options: &Options) -> Result<Vec<File>, Failure> {
        self.amended(base, target, options).map_err(|findings| self.failure(findings))
    }

    fn amended(&self, base: &Version, target: &Version, options: &Options) -> Result<Vec<File>, Findings> {
        let (change, figures) = self.change_and_figures(base, target, options)?;
        let name = format!("redline-{}-{}{}", base.file_name(), target.file_name(), options.suffix());
        let shows = Shows {
            changes: Some(&change.redline().changes),
            is_listed: true,
            figures: &figures,
            running: None,
            book: None,
        };
        // A list by itself needs no document.
        if !options.formats.iter().any(|format| format.is_of_documents()) {
            return self.files(&name, Document::default(), target, |_| Trace::default(), shows, options);
        }
        let shown = self.shown(target, options)?;
        let document = change.document(&shown)?;
        let trace = |document: &Document| made::trace(base, target, change.redline(), document);
        self.files(&name, document, target, trace, shows, options)
    }

    /// The second journey in full: the whole appendix as one redline.
    ///
    /// # Errors
    /// All that keeps it from being made.
    pub fn full_redline(&self, base: &Version, target: &Version, options: &Options) -> Result<Vec<File>, Failure> {
        self.amended_in_full(base, target, options).map_err(|findings| self.failure(findings))
    }

    fn amended_in_full(&self, base: &Version, target: &Version, options: &Options) -> Result<Vec<File>, Findings> {
        let (change, figures) = self.change_and_figures(base, target, options)?;
        let document = change.full_document(self.shown(target, options)?)?;
        let name = format!("redline-{}-{}-full{}", base.file_name(), target.file_name(), options.suffix());
        let Redline { document: marked, changes } = change.redline();
        let shows = Shows {
            changes: Some(changes),
            is_listed: false,
            figures: &figures,
            running: Some(&marked.meta),
            book: None,
        };
        let trace = |document: &Document| made::trace(base, target, change.redline(), document);
        self.files(&name, document, target, trace, shows, options)
    }

    /// What changed, and the figures that differ: neither needs the other.
    fn change_and_figures<'a>(
        &'a self,
        base: &'a Version,
        target: &'a Version,
        options: &Options,
    ) -> Result<(Change<'a>, Vec<FigureChange>), Findings> {
        let (change, figures) = rayon::join(|| self.change(base, target), || self.figures(base, target, options));
        Ok((change?, figures))
    }

    /// The figures that differ, where a format says why.
    fn figures(&self, base: &Version, target: &Version, options: &Options) -> Vec<FigureChange> {
        match options.formats.iter().any(|format| [Format::Html, Format::Matrix].contains(format)) {
            true => figure_changes(&self.project.appendix, base, target),
            false => Vec::new(),
        }
    }

    /// What a document shows beside the amendments, with what is said of them if that was asked for.
    fn shown(&self, target: &Version, options: &Options) -> Result<Shown, Findings> {
        let comments = match options.comments {
            true => content::comments(&self.root, &target.id).map_err(|failure| failure.into_account().diagnostics)?,
            false => Vec::new(),
        };
        Ok(Shown { context: options.context, remarks: self.remarks(target, options), comments })
    }

    /// A remark on each count row that a published figure contradicts, if there are to be remarks.
    fn remarks(&self, target: &Version, options: &Options) -> Option<Vec<FigureRemark>> {
        let remark = |found: Contradiction| {
            let Contradiction { table, row, finding } = found;
            FigureRemark { table, row, text: finding.message }
        };
        options.comments.then(|| contradictions(&self.project, target).into_iter().map(remark).collect())
    }

    /// What the files of a version's clean appendix are named, but for their extensions.
    fn file_name(&self, version: &Version) -> String {
        format!("{}-{}", self.project.appendix.file_name(), version.file_name())
    }

    /// What a version's workbook is made from: what it amends is compared, so that changes can be coloured.
    fn book(&self, version: &Version, document: &Document) -> Result<Book<'_>, Findings> {
        let base = version.base.as_ref().and_then(|base| self.project.version(base));
        let compared = |base: &Version| -> Result<_, Findings> {
            let descent = compose::descent(&self.project, base, version);
            let old = self.rendered_quietly(base)?;
            let redline = redline::compare_knowing(&descent, &old, document, &base.id, &version.id);
            Ok((redline.document, base.name.clone()))
        };
        let (appendix, columns) = (&self.project.appendix, Arc::clone(&version.columns));
        let cover = self.templates.workbook(appendix, version, base)?;
        Ok(Book { appendix, columns, cover, compared: base.map(compared).transpose()? })
    }

    /// The document in each format that was asked for.
    fn files(
        &self,
        name: &str,
        mut document: Document,
        version: &Version,
        trace: impl FnOnce(&Document) -> Trace,
        shown: Shows<'_>,
        options: &Options,
    ) -> Result<Vec<File>, Findings> {
        let date = options.date.clone().or_else(|| version.date.as_deref().map(|date| format!("{date}T00:00:00Z")));
        let author = options.author.clone().unwrap_or_else(|| version.name.clone());
        // To say what a file was made from, it must be written in Markdown first.
        let is_traced = options.formats.iter().any(|format| format.is_traced());
        let mut trace = if is_traced { trace(&document) } else { Trace::default() };
        if trace.base.is_some() {
            let hands = document.hands.iter().map(|hand| &hand.author);
            let authors: BTreeSet<&String> = hands.chain([&author]).collect();
            trace.authors = authors.into_iter().cloned().collect();
        }
        let order = Order {
            sheet: &self.sheet,
            author,
            date,
            trace,
            changes: shown.changes.filter(|_| shown.is_listed),
            amendments: shown.changes,
            figures: shown.figures,
            live: options.served.is_some(),
            pages: options.pages(name),
            values: &self.project.appendix.applicabilities,
            templates: &self.templates,
            book: shown.book,
            running: shown.running,
            words: &self.project.appendix.part_words(),
            watch: &self.watch,
        };
        let mut files = Vec::new();
        let mut findings = Vec::new();
        for (format, written) in format::write(&options.formats, &mut document, &order) {
            match written {
                Ok(bytes) => files.push(File { name: format!("{name}.{}", format.extension()), bytes }),
                Err(Unwritten::Problems(problems)) => findings
                    .extend(problems.iter().map(|problem| place(problem, &document, version, &self.project.sources))),
                Err(Unwritten::Template(wrong)) => findings.extend(wrong),
            }
        }
        if findings.is_empty() { Ok(files) } else { Err(findings) }
    }
}

/// What a document shows beside its text, so far as it has it.
#[derive(Clone, Copy, Default)]
struct Shows<'a> {
    changes: Option<&'a ChangeList<Instructed>>,
    /// Whether they make a list by themselves, too.
    is_listed: bool,
    figures: &'a [FigureChange],
    /// What its pages say in each of its texts.
    running: Option<&'a Revised<Meta>>,
    /// What its workbook needs.
    book: Option<&'a Book<'a>>,
}

/// Says whose an amendment is: of all who changed one of its parts.
fn attribute(amendment: &mut Amendment, authorship: &Authorship) {
    let parts = amendment.parts.iter().filter(|part| part.site.kind != SiteKind::Front);
    let of_part = |part: &PartChange| authorship.of(part.site.kind == SiteKind::Table, &part.site.id);
    let authors: BTreeSet<usize> = parts.flat_map(of_part).collect();
    amendment.by = authors.into_iter().filter_map(|at| authorship.authors.get(at).cloned()).collect();
}

/// Templates that couldn't be read are no sources; the lines that findings are about are shown all the same.
fn with_templates(mut account: Account, root: &Root) -> Account {
    const LIMIT: Limit = Limit { megabytes: 1, help: "" };
    for location in account.diagnostics.iter().filter_map(|finding| finding.location.as_ref()) {
        if location.file.starts_with("templates/") && account.sources.text(&location.file).is_none() {
            let text = root.bytes(&location.file, LIMIT).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            text.into_iter().for_each(|text| account.sources.add(location.file.clone(), text));
        }
    }
    account
}
