//! The two journeys: a version to its document, and two versions to their change document.

pub mod check;
mod counting;
pub mod publishing;
pub mod schemas;

pub use crate::writer::format::Format;

use crate::change;
use crate::check::contradictions;
use crate::compose::{self, Project};
use crate::content;
use crate::diagnostic::{Account, Code, Diagnostic, Failure, Location, Sources};
use crate::document::{Block, Comment, Document, Kind, Role, RowKind, accept, markdown, parts, reject};
use crate::files::{Limit, Root};
use crate::model::{Appendix, Classification, Part, Version};
use crate::ooxml::trace::{Fingerprint, Trace};
use crate::progress::{Step, Watch};
use crate::publish::{self, File};
use crate::redline::{self, AmendmentKind, ChangeList, Instructed, Redline, SiteKind};
use crate::stylesheet::Stylesheet;
use crate::suggest::nearest;
use crate::template::{Comparison, Piece, Templates};
use crate::writer::Problem;
use crate::writer::format::{self, Order};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The tool, as the files that it writes name it.
const TOOL: &str = concat!("ctsd ", env!("CARGO_PKG_VERSION"));

/// A drafter's desk: everything that was read from the project.
#[derive(Debug)]
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
        let templates = Templates::load(root);
        let sheet = match &templates {
            Ok(templates) => {
                let (path, text) = templates.stylesheet();
                content::stylesheet(root, path, text).map(Some)
            }
            Err(_) => Ok(None),
        };
        match (compose::load_from(root), templates, sheet) {
            (Ok(project), Ok(templates), Ok(Some(sheet))) => {
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

    fn unknown(&self, id: &str) -> Failure {
        let ids: Vec<&str> = self.project.stated.iter().map(|stated| stated.head().id.as_str()).collect();
        let there_are = format!("there are {}", ids.join(", "));
        let help = nearest(id, ids.iter().copied()).map(|meant| format!("did you mean “{meant}”?"));
        Failure::refused(format!("there is no version “{id}”; {}", help.unwrap_or(there_are)))
    }

    /// These findings, as what keeps a journey from its end.
    fn failure(&self, diagnostics: Findings) -> Failure {
        Failure::Content(self.account(diagnostics))
    }

    /// These findings, with the text of the files that they are about.
    fn account(&self, diagnostics: Findings) -> Account {
        let mut account = Account { diagnostics, sources: Sources::default() };
        for location in account.diagnostics.iter().filter_map(|finding| finding.location.as_ref()) {
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
        let base = version.base.as_ref().and_then(|base| self.project.version(base));
        let rendering = || self.templates.version(&self.project.appendix, version, base);
        let mut document = self.watch.during(Step::Rendering(&version.name), rendering)?;
        classify(&mut document, &self.project.appendix, &version.classification);
        Ok(document)
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
        let trace = |document: &Document| Trace {
            tool: TOOL.to_owned(),
            base: None,
            target: Some(fingerprint(version, document)),
        };
        self.files(&name, document, version, trace, None, options)
    }

    /// What changed between two versions, with the instruction of each amendment.
    ///
    /// # Errors
    /// All that is wrong with either version or with a template.
    pub fn compare(&self, base: &Version, target: &Version) -> Result<Redline<Instructed>, Failure> {
        self.compared(base, target).map_err(|findings| self.failure(findings))
    }

    fn compared(&self, base: &Version, target: &Version) -> Result<Redline<Instructed>, Findings> {
        let (old, new) = rayon::join(|| self.rendered(base), || self.rendered(target));
        let (old, new) = (old?, new?);
        let comparing = || redline::compare(&old, &new, &base.id, &target.id);
        change::instruct(self.watch.during(Step::Comparing, comparing), &self.templates)
    }

    /// The second journey: the change document of two versions, in each format.
    ///
    /// # Errors
    /// All that keeps it from being made.
    pub fn redline(&self, base: &Version, target: &Version, options: &Options) -> Result<Vec<File>, Failure> {
        self.amended(base, target, options).map_err(|findings| self.failure(findings))
    }

    fn amended(&self, base: &Version, target: &Version, options: &Options) -> Result<Vec<File>, Findings> {
        let mut redline = self.compared(base, target)?;
        let name = format!("redline-{}-{}", base.file_name(), target.file_name());
        let changes = redline.changes.clone();
        let comparison = self.comparison(base, target);
        // The title page of another version is another; it is amended only where more than its name differs.
        redline.changes.amendments.retain(|amendment| !only_names_differ(&redline.document, amendment));
        let pieces = self.templates.change_document(&comparison, &change::contexts(&redline.changes.amendments))?;
        let mut document = self.assemble(pieces, &redline, options)?;
        if options.comments {
            self.remark_on_figures(&mut document, target);
        }
        classify(&mut document, comparison.appendix, comparison.classification);
        self.files(&name, document, target, |_| trace(base, target, &redline), Some(&changes), options)
    }

    /// The second journey in full: the whole appendix as one redline.
    ///
    /// # Errors
    /// All that keeps it from being made.
    pub fn full_redline(&self, base: &Version, target: &Version, options: &Options) -> Result<Vec<File>, Failure> {
        self.amended_in_full(base, target, options).map_err(|findings| self.failure(findings))
    }

    fn amended_in_full(&self, base: &Version, target: &Version, options: &Options) -> Result<Vec<File>, Findings> {
        let redline = self.compared(base, target)?;
        let comparison = self.comparison(base, target);
        let pieces = self.templates.full_redline(&comparison)?;
        let mut document = self.assemble(pieces, &redline, options)?;
        if options.comments {
            self.remark_on_figures(&mut document, target);
        }
        classify(&mut document, comparison.appendix, comparison.classification);
        let name = format!("redline-{}-{}-full", base.file_name(), target.file_name());
        self.files(&name, document, target, |_| trace(base, target, &redline), None, options)
    }

    /// What the files of a version's clean appendix are named, but for their extensions.
    fn file_name(&self, version: &Version) -> String {
        format!("{}-{}", self.project.appendix.file_name(), version.file_name())
    }

    fn comparison<'a>(&'a self, base: &'a Version, target: &'a Version) -> Comparison<'a> {
        let appendix = &self.project.appendix;
        let classification = stricter(appendix, &base.classification, &target.classification);
        Comparison { appendix, base, target, classification }
    }

    /// Puts the marked text in the places that the template left for it.
    fn assemble(
        &self,
        pieces: Vec<Piece>,
        redline: &Redline<Instructed>,
        options: &Options,
    ) -> Result<Document, Findings> {
        let mut document = Document::default();
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    if document.meta == Default::default() {
                        document.meta = text.meta;
                    }
                    document.blocks.extend(text.blocks);
                }
                Piece::Marked(id) if id.is_empty() => {
                    let from = document.blocks.len();
                    document.blocks.extend(redline.document.blocks.iter().cloned());
                    for amendment in redline.changes.amendments.iter().filter(|_| options.comments) {
                        // The front matter has no words of its own to hang a remark on but the title.
                        let block = amendment.amendment.parts.first().map_or(from, |part| from + part.marked.start);
                        document.comments.push(Comment { block, row: None, text: remark(redline, amendment) });
                    }
                }
                Piece::Marked(id) => {
                    let Some(amendment) = redline.changes.amendments.iter().find(|a| a.amendment.id == id) else {
                        continue;
                    };
                    if let (true, Some(block)) = (options.comments, document.blocks.len().checked_sub(1)) {
                        document.comments.push(Comment { block, row: None, text: remark(redline, amendment) });
                    }
                    for part in &amendment.amendment.parts {
                        let marked = &redline.document.blocks[part.marked.clone()];
                        let shown =
                            if amendment.amendment.kind == AmendmentKind::Renumbering { 1 } else { marked.len() };
                        // Of the title page, its words are amended and not its page breaks.
                        let front = part.site.kind == SiteKind::Front;
                        let text = |block: &&Block| !(front && matches!(block, Block::Furniture(_)));
                        for block in marked.iter().take(shown).filter(text) {
                            document.blocks.push(self.with_context(block, options)?);
                        }
                    }
                }
            }
        }
        Ok(document)
    }

    /// A remark on each count row that a published figure contradicts.
    fn remark_on_figures(&self, document: &mut Document, target: &Version) {
        for found in contradictions(&self.project, target) {
            let place = document.blocks.iter().enumerate().find_map(|(block, content)| match content {
                Block::Table(table) if table.id.now.as_ref() == Some(&found.table) => {
                    let row =
                        table.rows.iter().position(|row| row.kind == RowKind::Count && row.key.now == found.row)?;
                    Some((block, row))
                }
                _ => None,
            });
            if let Some((block, row)) = place {
                document.comments.push(Comment { block, row: Some(row), text: found.finding.message });
            }
        }
    }

    /// The block, with the unchanged rows of a long table left out where that was asked for.
    fn with_context(&self, block: &Block, options: &Options) -> Result<Block, Findings> {
        let (Block::Table(table), Some(context)) = (block, options.context) else { return Ok(block.clone()) };
        let mut wrong = None;
        let cut = redline::with_context(table, context, |rows| {
            self.templates.omitted_rows(rows).unwrap_or_else(|findings| {
                wrong = Some(findings);
                String::new()
            })
        });
        wrong.map_or(Ok(Block::Table(cut)), Err)
    }

    /// The document in each format that was asked for.
    fn files(
        &self,
        name: &str,
        mut document: Document,
        version: &Version,
        trace: impl FnOnce(&Document) -> Trace,
        changes: Option<&ChangeList<Instructed>>,
        options: &Options,
    ) -> Result<Vec<File>, Findings> {
        let date = options.date.clone().or_else(|| version.date.as_deref().map(|date| format!("{date}T00:00:00Z")));
        let author = options.author.clone().unwrap_or_else(|| version.name.clone());
        // To say what a file was made from, it must be written in Markdown first.
        let is_traced = options.formats.iter().any(|format| format.is_traced());
        let trace = if is_traced { trace(&document) } else { Trace::default() };
        let order = Order {
            sheet: &self.sheet,
            author,
            date,
            trace,
            changes,
            words: &self.project.appendix.part_words(),
            watch: &self.watch,
        };
        let mut files = Vec::new();
        let mut findings = Vec::new();
        for (format, written) in format::write(&options.formats, &mut document, &order) {
            match written {
                Ok(bytes) => files.push(File { name: format!("{name}.{}", format.extension()), bytes }),
                Err(problems) => {
                    findings.extend(
                        problems.iter().map(|problem| place(problem, &document, version, &self.project.sources)),
                    );
                }
            }
        }
        if findings.is_empty() { Ok(files) } else { Err(findings) }
    }
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

/// What a redline is made from.
fn trace(base: &Version, target: &Version, redline: &Redline<Instructed>) -> Trace {
    let marked = &redline.document;
    let (was, now) = rayon::join(|| fingerprint(base, &reject(marked)), || fingerprint(target, &accept(marked)));
    Trace { tool: TOOL.to_owned(), base: Some(was), target: Some(now) }
}

/// A version and the digest of its clean document.
fn fingerprint(version: &Version, document: &Document) -> Fingerprint {
    let digest = Sha256::digest(markdown::write(document));
    let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Fingerprint { id: version.id.value.clone(), sha256 }
}

/// What a reviewer is told of an amendment: who makes it, and its instruction.
fn remark(redline: &Redline<Instructed>, amendment: &Instructed) -> String {
    format!("{}: {}", redline.changes.target, amendment.instruction)
}

/// Whether an amendment is of the title page and touches no more than the lines that name the version.
fn only_names_differ(marked: &Document, amendment: &Instructed) -> bool {
    amendment.amendment.site.kind == SiteKind::Front
        && amendment.amendment.parts.iter().flat_map(|part| &marked.blocks[part.marked.clone()]).all(
            |block| match block {
                Block::Paragraph(p) => {
                    let naming = matches!(p.kind.now, Kind::Role(Role::Subtitle | Role::Note | Role::Classification));
                    naming || (p.mark == Default::default() && p.runs.iter().all(|run| run.mark == Default::default()))
                }
                Block::Table(_) | Block::Furniture(_) => true,
            },
        )
}

/// A document bears its classification, and no other, whatever its template says.
fn classify(document: &mut Document, appendix: &Appendix, classification: &Classification) {
    let meta = &mut document.meta.now;
    meta.classification.clone_from(&classification.name.value);
    let own = |line: &str| line.contains(&classification.statement);
    let others = |line: &str| {
        appendix
            .classifications
            .iter()
            .any(|other| other.name != classification.name && line.contains(&other.statement))
    };
    meta.footer.retain(|line| own(line) || !others(line));
    if !meta.footer.iter().any(|line| own(line)) {
        meta.footer.push(classification.statement.clone());
    }
}

fn stricter<'a>(appendix: &Appendix, a: &'a Classification, b: &'a Classification) -> &'a Classification {
    if appendix.strictness(&a.name) > appendix.strictness(&b.name) { a } else { b }
}

/// What a writer couldn't do, in the section or table that it couldn't do it in.
fn place(problem: &Problem, document: &Document, version: &Version, sources: &Sources) -> Diagnostic {
    let part = problem.block.and_then(|block| parts(document).into_iter().find(|part| part.blocks.contains(&block)));
    let id = part.map(|part| part.id);
    let origin = version.parts.iter().find_map(|part| match part {
        Part::Section(section) if Some(&section.id) == id.as_ref() => {
            Some((format!("Section {}", &*section.number), &section.origin))
        }
        Part::Matrix(matrix) if Some(&matrix.id) == id.as_ref() => {
            Some((format!("Table {}", &*matrix.number), &matrix.origin))
        }
        _ => None,
    });
    let (message, location): (String, Option<Location>) = match origin {
        Some((name, origin)) => {
            let from = origin.location();
            let exact = from.as_ref().zip(problem.character).and_then(|(from, c)| find(c, from, sources));
            (format!("{name}: {}", problem.message), exact.or(from))
        }
        None => (problem.message.clone(), None),
    };
    Diagnostic::error(Code::Document, message).at(location).help(problem.help.clone())
}

/// Where a character first stands from a place on.
fn find(character: char, from: &Location, sources: &Sources) -> Option<Location> {
    let lines = sources.text(&from.file)?.lines().enumerate().skip(from.line.saturating_sub(1));
    let (line, column) = lines.into_iter().find_map(|(line, text)| {
        let column = text.chars().position(|other| other == character)?;
        Some((line + 1, column + 1))
    })?;
    Some(Location { line, column, length: 1, ..from.clone() })
}
