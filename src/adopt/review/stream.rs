//! The words of a redline one after the other, each with its marks: as it was sent, and as it came back.
//!
//! What is compared are words, ends of paragraphs and ends of cells, whatever runs they stand in: programs part and join
//! those when they save. Blanks aren't compared, and neither is how words look.

use crate::document::{Block, Document, Kind, Mark, RowKind, Run, Table, TextRole, parts};
use crate::reader::marked::{self, Marked, Marks};

/// A word, or the end of something.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub text: Box<str>,
    /// Whether a blank stands before it.
    pub apart: bool,
    pub standing: Standing,
    /// The part that it is in, as an index into those of the redline; none on the cover, in instructions, and in a copy.
    pub part: Option<usize>,
    /// The row that it is in, as an index into [`Stream::rows`].
    pub row: Option<usize>,
}

/// In which of the texts something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub before: bool,
    pub after: bool,
    /// By which revisions, of a copy.
    pub marks: Marks,
}

impl Standing {
    pub fn is_kept(self) -> bool {
        self.before && self.after
    }
}

impl From<Mark> for Standing {
    fn from(mark: Mark) -> Self {
        Self { before: mark != Mark::Inserted, after: mark != Mark::Deleted, marks: Marks::default() }
    }
}

impl From<Marks> for Standing {
    fn from(marks: Marks) -> Self {
        Self { before: marks.in_original(), after: marks.in_proposed(), marks }
    }
}

/// What the styles of a list of contents are called.
const CONTENTS: &str = "TOC";

/// The end of a paragraph, and that of a cell.
pub(super) const PARAGRAPH: &str = "\n";
pub(super) const CELL: &str = "|";
/// The end of a row.
pub(super) const ROW: &str = "|\n";

impl Token {
    /// Whether it ends a paragraph or a row.
    pub fn ends_line(&self) -> bool {
        matches!(&*self.text, PARAGRAPH | ROW)
    }
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Stream {
    pub tokens: Vec<Token>,
    /// What tells each row from the others, and whether it is counted from them.
    pub rows: Vec<(String, bool)>,
    /// The comments that begin before the token at an index.
    pub comments: Vec<(usize, usize)>,
    part: Option<usize>,
    row: Option<usize>,
    word: String,
    standing: Option<Standing>,
    apart: bool,
    /// How many tokens there were when the line began.
    begun: usize,
}

impl Stream {
    /// The words of a redline as it was sent.
    pub fn sent(document: &Document) -> Self {
        let mut stream = Self::default();
        let all = parts(document);
        for (at, block) in document.blocks.iter().enumerate() {
            let part = all.iter().position(|part| part.blocks.contains(&at));
            stream.part = part.filter(|_| !is_furniture(block));
            match block {
                Block::Paragraph(paragraph) => {
                    paragraph.runs.iter().for_each(|run| stream.run(run, Mark::Kept));
                    stream.end(PARAGRAPH, paragraph.mark.into());
                }
                Block::Table(table) => stream.table(table),
                Block::Furniture(_) => {}
            }
        }
        stream
    }

    /// The words of a copy.
    pub fn copy(marked: &Marked) -> Self {
        let mut stream = Self::default();
        marked.blocks.iter().for_each(|block| stream.block(block, &marked.notes, Marks::default()));
        stream
    }

    fn run(&mut self, run: &Run, outer: Mark) {
        let standing = match outer {
            Mark::Kept => run.mark,
            outer => outer,
        };
        if let Some(note) = &run.style.now.note {
            for inner in &note.runs {
                let mark = if standing == Mark::Kept { inner.mark } else { standing };
                self.say(&inner.text, mark.into());
            }
            return;
        }
        if run.style.now.figure.is_none() {
            self.say(&run.text, standing.into());
        }
    }

    fn table(&mut self, table: &Table) {
        for row in &table.rows {
            self.row = Some(self.rows.len());
            self.rows.push((row.key.now.clone(), row.kind == RowKind::Count));
            let columns: Vec<usize> = table.grid(row.mark).collect();
            let mut at = 0;
            for (nth, cell) in row.cells.iter().enumerate() {
                let covered = columns.get(at..at + cell.span).unwrap_or_default();
                let of_column =
                    covered.iter().map(|at| table.columns[*at].mark).reduce(|a, b| if a == b { a } else { Mark::Kept });
                at += cell.span;
                let outer = if row.mark == Mark::Kept { of_column.unwrap_or_default() } else { row.mark };
                cell.runs.iter().for_each(|run| self.run(run, outer));
                let end = if nth + 1 == row.cells.len() { ROW } else { CELL };
                self.put(end, outer.into());
            }
            self.row = None;
        }
    }

    fn block(&mut self, block: &marked::Block, notes: &[marked::Note], outer: Marks) {
        match block {
            // A list of contents is known by its style too, where a program has made plain text of it.
            marked::Block::Paragraph(it) if it.contents || it.look.now.style.starts_with(CONTENTS) => {}
            marked::Block::Paragraph(paragraph) => {
                self.comments.extend(paragraph.comments.iter().map(|comment| (self.tokens.len(), *comment)));
                paragraph.runs.iter().for_each(|run| self.copied(run, notes, outer));
                self.end(PARAGRAPH, paragraph.mark.within(outer).into());
            }
            marked::Block::Table(table) => {
                for row in &table.rows {
                    self.row = Some(self.rows.len());
                    self.rows.push((String::new(), false));
                    for (nth, cell) in row.cells.iter().enumerate() {
                        let outer = cell.marks.within(row.marks).within(outer);
                        for (at, block) in cell.blocks.iter().enumerate() {
                            self.block(block, notes, outer);
                            if at + 1 == cell.blocks.len() {
                                self.take_back_end();
                            }
                        }
                        let end = if nth + 1 == row.cells.len() { ROW } else { CELL };
                        self.put(end, outer.into());
                    }
                    self.row = None;
                }
            }
        }
    }

    fn copied(&mut self, run: &marked::Run, notes: &[marked::Note], outer: Marks) {
        let outer = run.marks.within(outer);
        self.say(&run.text, outer.into());
        for block in run.note.and_then(|at| notes.get(at)).into_iter().flat_map(|note| &note.blocks) {
            if let marked::Block::Paragraph(paragraph) = block {
                // A note refers to nothing that refers to notes.
                paragraph.runs.iter().for_each(|run| self.say(&run.text, run.marks.within(outer).into()));
            }
        }
    }

    fn say(&mut self, text: &str, standing: Standing) {
        if self.standing != Some(standing) {
            self.flush();
        }
        self.standing = Some(standing);
        for character in text.chars() {
            if character.is_whitespace() {
                self.flush();
                self.apart = true;
            } else if character.is_alphanumeric() {
                self.word.push(character);
            } else {
                self.flush();
                self.word.push(character);
                self.flush();
            }
        }
    }

    fn flush(&mut self) {
        if let Some(standing) = self.standing.filter(|_| !self.word.is_empty()) {
            let text = std::mem::take(&mut self.word).into_boxed_str();
            let apart = std::mem::take(&mut self.apart);
            self.tokens.push(Token { text, apart, standing, part: self.part, row: self.row });
        }
    }

    /// Ends a line, if it has words.
    fn end(&mut self, text: &str, standing: Standing) {
        self.flush();
        if self.tokens.len() > self.begun {
            self.put(text, standing);
        }
    }

    fn put(&mut self, text: &str, standing: Standing) {
        self.flush();
        self.apart = false;
        self.tokens.push(Token { text: text.into(), apart: false, standing, part: self.part, row: self.row });
        self.begun = self.tokens.len();
    }

    /// What ends with its cell needs no end of its own.
    fn take_back_end(&mut self) {
        if self.tokens.last().is_some_and(|last| &*last.text == PARAGRAPH && last.row.is_some()) {
            self.tokens.pop();
            self.begun = self.tokens.len();
        }
    }
}

/// Whether a block is no text of a part, though it may stand behind one.
fn is_furniture(block: &Block) -> bool {
    let Block::Paragraph(paragraph) = block else { return false };
    let role = |kind: &Kind| {
        matches!(
            kind,
            Kind::Role(TextRole::Instruction | TextRole::Title | TextRole::Subtitle | TextRole::Classification)
        )
    };
    role(&paragraph.kind.now)
}

/// What some words say, as a view shows them.
pub(super) fn said(tokens: &[Token], shows: impl Fn(Standing) -> bool) -> String {
    let mut out = String::new();
    for token in tokens.iter().filter(|token| shows(token.standing)) {
        if token.apart && !out.is_empty() && !out.ends_with('\n') {
            out.push(' ');
        }
        match &*token.text {
            CELL => out.push_str(" | "),
            ROW => out.push('\n'),
            text => out.push_str(text),
        }
    }
    out
}
