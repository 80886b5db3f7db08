//! The change document, put together once: covers, instructions, marked parts, context rows and remarks.

mod amendment;
mod assemble;
mod comments;
mod hands;

pub use assemble::{FigureRemark, Shown};
pub use hands::Reviser;

use crate::compose::Project;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Document, Kind, TextRole};
use crate::model::{Appendix, Classification, Version};
use crate::redline::{Amendment, Instructed, Redline, SiteKind};
use crate::template::{Comparison, Templates, classify};
use amendment::AmendmentContext;
use assemble::Assembly;

/// What changed between two versions, with the words of the templates for it.
#[derive(Debug)]
pub struct Change<'a> {
    templates: &'a Templates,
    comparison: Comparison<'a>,
    redline: Redline<Instructed>,
    revisers: Vec<Reviser>,
}

type Findings = Vec<Diagnostic>;

impl<'a> Change<'a> {
    /// The change that a redline of two versions of a project shows, with the instruction of each amendment.
    ///
    /// # Errors
    /// All that is wrong with the template of the instructions.
    pub fn new(
        templates: &'a Templates,
        project: &'a Project,
        (base, target): (&'a Version, &'a Version),
        redline: Redline,
    ) -> Result<Self, Findings> {
        let appendix = &project.appendix;
        let classification = stricter(appendix, &base.classification, &target.classification);
        let below = (project.version_below(base), project.version_below(target));
        let comparison = Comparison { appendix, base, target, below, classification, revisers: Vec::new() };
        Ok(Self { templates, comparison, redline: instruct(redline, templates)?, revisers: Vec::new() })
    }

    /// The same, with those who made the revisions, where several did.
    pub fn by(mut self, revisers: Vec<Reviser>) -> Self {
        self.comparison.revisers = revisers.iter().filter_map(Reviser::named).cloned().collect();
        Self { revisers, ..self }
    }

    /// The marked tree of the whole, and all amendments with their instructions.
    pub fn redline(&self) -> &Redline<Instructed> {
        &self.redline
    }

    /// As [`Change::redline`], for keeps.
    pub fn into_redline(self) -> Redline<Instructed> {
        self.redline
    }

    /// The amended parts, each under its instruction.
    ///
    /// # Errors
    /// All that is wrong with the templates, or with what they place.
    pub fn document(&self, shown: &Shown) -> Result<Document, Findings> {
        let amendments: Vec<&Instructed> =
            self.redline.changes.amendments.iter().filter(|amendment| !amendment.instruction.is_empty()).collect();
        let contexts: Vec<AmendmentContext<'_>> =
            amendments.iter().map(|of| AmendmentContext::new(&of.amendment, Some(&of.instruction))).collect();
        let chunks = self.templates.change_document(&self.comparison, &contexts)?;
        let mut document = Assembly::new(self.templates, &self.redline, amendments, shown).document(chunks)?;
        comments::put(&mut document, &shown.comments, self.comparison.target);
        self.assembled(document)
    }

    /// The whole appendix as one redline; it shows every row.
    ///
    /// # Errors
    /// All that is wrong with the templates, or with what they place.
    pub fn full_document(&self, shown: Shown) -> Result<Document, Findings> {
        let chunks = self.templates.full_redline(&self.comparison)?;
        let shown = Shown { context: None, ..shown };
        let amendments = self.redline.changes.amendments.iter().collect();
        let mut document = Assembly::new(self.templates, &self.redline, amendments, &shown).document(chunks)?;
        comments::put(&mut document, &shown.comments, self.comparison.target);
        // Its text is that of the appendix alone, so this stands beside it.
        let legend = if self.revisers.is_empty() { Vec::new() } else { self.templates.legend(&self.comparison)? };
        self.assembled(Document { legend, ..document })
    }

    fn assembled(&self, mut document: Document) -> Result<Document, Findings> {
        if self.revisers.len() > 1 {
            hands::join_paragraphs(&mut document, &self.revisers);
            hands::part_rows(&mut document, &self.revisers);
        }
        document.hands = hands::hands(&mut document, &self.revisers, &self.comparison.target.id);
        classify(&mut document, self.comparison.appendix, self.comparison.classification);
        Ok(document)
    }
}

fn instruct(redline: Redline, templates: &Templates) -> Result<Redline<Instructed>, Findings> {
    let Redline { document, changes } = redline;
    let changes = changes.try_map(|amendment| -> Result<_, Findings> {
        // The title page of another version is another; it is amended only where more than its name differs.
        let instruction = match only_names_differ(&document, &amendment) {
            true => String::new(),
            false => templates.instruction(&AmendmentContext::new(&amendment, None))?,
        };
        Ok(Instructed { amendment, instruction })
    })?;
    Ok(Redline { document, changes })
}

fn stricter<'a>(appendix: &Appendix, a: &'a Classification, b: &'a Classification) -> &'a Classification {
    if appendix.strictness(&a.name) > appendix.strictness(&b.name) { a } else { b }
}

/// Whether an amendment is of the title page and touches no more than the lines that name the version.
fn only_names_differ(marked: &Document, amendment: &Amendment) -> bool {
    amendment.site.kind == SiteKind::Front
        && amendment.parts.iter().flat_map(|part| &marked.blocks[part.marked.clone()]).all(|block| match block {
            Block::Paragraph(p) => {
                let naming =
                    matches!(p.kind.now, Kind::Role(TextRole::Subtitle | TextRole::Note | TextRole::Classification));
                naming || (p.mark == Default::default() && p.runs.iter().all(|run| run.mark == Default::default()))
            }
            Block::Table(_) | Block::Furniture(_) => true,
        })
}
