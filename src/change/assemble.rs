//! The marked text in the places that a template leaves for it.

use crate::diagnostic::{Code, Diagnostic, Location};
use crate::document::{Block, Comment, Document, RowKind};
use crate::redline::{Instructed, Redline, SiteKind, with_context};
use crate::template::{Chunk, Templates};

/// What a change document shows beside the amendments.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// How many rows around each changed one; all, if none is given.
    pub context: Option<usize>,
    /// Whether Word comments name each amendment, and what else they remark on.
    pub remarks: Option<Vec<FigureRemark>>,
    /// What reviewers said.
    pub comments: Vec<crate::model::Comment>,
}

/// What is to be remarked on a count row.
#[derive(Clone, Debug)]
pub struct FigureRemark {
    /// The identity of the table.
    pub table: String,
    /// The label of the count row.
    pub row: String,
    /// What a reviewer is told.
    pub text: String,
}

/// A change document as it grows.
pub(super) struct Assembly<'a> {
    templates: &'a Templates,
    redline: &'a Redline<Instructed>,
    amendments: Vec<&'a Instructed>,
    shown: &'a Shown,
    document: Document,
}

impl<'a> Assembly<'a> {
    /// Nothing yet, of these amendments.
    pub fn new(
        templates: &'a Templates,
        redline: &'a Redline<Instructed>,
        amendments: Vec<&'a Instructed>,
        shown: &'a Shown,
    ) -> Self {
        Self { templates, redline, amendments, shown, document: Document::default() }
    }

    /// The document of what a template gave.
    ///
    /// # Errors
    /// If the template places what there isn't, or all that is wrong with the line for rows left out.
    pub fn document(mut self, chunks: Vec<Chunk>) -> Result<Document, Vec<Diagnostic>> {
        for chunk in chunks {
            match chunk {
                Chunk::Text(text) => self.text(*text),
                Chunk::Marked { id, .. } if id.is_empty() => self.whole(),
                Chunk::Marked { id, at } => self.amendment(&id, at)?,
            }
        }
        self.remark_on_figures();
        Ok(self.document)
    }

    fn text(&mut self, text: Document) {
        if self.document.meta == Default::default() {
            self.document.meta = text.meta;
        }
        self.document.blocks.extend(text.blocks);
    }

    /// The whole of both texts.
    fn whole(&mut self) {
        let from = self.document.blocks.len();
        self.document.blocks.extend(self.redline.document.blocks.iter().cloned());
        for amendment in self.amendments.clone() {
            // The front matter has no words of its own to hang a remark on but the title.
            let block = amendment.amendment.parts.first().map_or(from, |part| from + part.marked.start);
            self.remark(block, amendment);
        }
    }

    /// The marked text of one amendment.
    fn amendment(&mut self, id: &str, at: Option<Location>) -> Result<(), Vec<Diagnostic>> {
        let Some(instructed) = self.amendments.iter().copied().find(|own| own.amendment.id == id) else {
            return Err(vec![unknown(id, at)]);
        };
        if let Some(block) = self.document.blocks.len().checked_sub(1) {
            self.remark(block, instructed);
        }
        let amendment = &instructed.amendment;
        for part in &amendment.parts {
            // Of the title page, its words are amended and not its page breaks.
            let front = part.site.kind == SiteKind::Front;
            let text = |block: &&Block| !(front && matches!(block, Block::Furniture(_)));
            for block in amendment.shown(part, &self.redline.document.blocks).iter().filter(text) {
                let block = self.cut(block)?;
                self.document.blocks.push(block);
            }
        }
        Ok(())
    }

    /// What a reviewer is told of an amendment: who makes it, and its instruction.
    fn remark(&mut self, block: usize, amendment: &Instructed) {
        if self.shown.remarks.is_some() && !amendment.instruction.is_empty() {
            let who = match amendment.amendment.by.as_slice() {
                [] => self.redline.changes.target.clone(),
                several => several.join(", "),
            };
            let text = format!("{who}: {}", amendment.instruction);
            self.document.comments.push(Comment { block, row: None, text, by: None, answers: None });
        }
    }

    /// A remark on each count row that there is one for.
    fn remark_on_figures(&mut self) {
        for remark in self.shown.remarks.iter().flatten() {
            let place = self.document.blocks.iter().enumerate().find_map(|(block, content)| match content {
                Block::Table(table) if table.id.now.as_ref() == Some(&remark.table) => {
                    let named =
                        |row: &crate::document::TableRow| row.kind == RowKind::Count && row.key.now == remark.row;
                    Some((block, table.rows.iter().position(named)?))
                }
                _ => None,
            });
            if let Some((block, row)) = place {
                self.document.comments.push(Comment {
                    block,
                    row: Some(row),
                    text: remark.text.clone(),
                    by: None,
                    answers: None,
                });
            }
        }
    }

    /// The block, with the unchanged rows of a long table left out where that was asked for.
    fn cut(&self, block: &Block) -> Result<Block, Vec<Diagnostic>> {
        let (Block::Table(table), Some(context)) = (block, self.shown.context) else { return Ok(block.clone()) };
        let mut wrong = None;
        let cut = with_context(table, context, |rows| {
            self.templates.omitted_rows(rows).unwrap_or_else(|findings| {
                wrong = Some(findings);
                String::new()
            })
        });
        wrong.map_or(Ok(Block::Table(cut)), Err)
    }
}

fn unknown(id: &str, at: Option<Location>) -> Diagnostic {
    Diagnostic::error(Code::Template, format!("there is no amendment “{id}” whose marked text could stand here"))
        .at(at)
        .help("Write <!-- ctsd:marked {{ amendment.id | json }} --> within the loop over the amendments.")
}
