//! The tree to Markdown.

use super::directive::{self, DocumentSpec, FurnitureSpec, TableSpec};
use super::escape::{self, Container, Edges};
use super::read::ends_plainly;
use crate::document::{
    Align, Block, Document, Figure, FurnitureKind, Kind, Label, Mark, Marker, Note, Paragraph, PartKind, Run, Script,
    Style, Table, TableRow, TextRole, anchor,
};
use serde_json::Value;

/// The whole document as Markdown, its furniture and marks included.
pub fn write(document: &Document) -> String {
    let mut out = String::new();
    if document.meta != Default::default() {
        out.push_str(&directive::comment("document", Some(&DocumentSpec::from(&document.meta))));
        out.push_str("\n\n");
    }
    out.push_str(&write_blocks(&document.blocks));
    out
}

/// Some blocks as Markdown, ending in a line end unless there are none.
pub fn write_blocks(blocks: &[Block]) -> String {
    let mut writer = Writer { out: String::new(), lists: Vec::new(), definition: Definition::None, notes: Vec::new() };
    for (index, block) in blocks.iter().enumerate() {
        writer.block(block, blocks.get(index + 1));
    }
    writer.end_lists();
    writer.notes();
    writer.out
}

struct Writer<'t> {
    out: String,
    /// The lists that are open, from the outermost.
    lists: Vec<List>,
    /// What of a definition stands last.
    definition: Definition,
    /// The notes that were referred to.
    notes: Vec<&'t Note>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Definition {
    None,
    /// A term, whose meaning follows.
    Term,
    /// What it means, as the first of the lists that are open.
    Meaning,
}

/// A list that is open.
#[derive(Clone)]
struct List {
    /// The label of its last item; `None` for a bullet.
    label: Option<Label>,
    /// How far the text of its last item stands in from that of the list above.
    indent: usize,
}

impl<'t> Writer<'t> {
    fn block(&mut self, block: &'t Block, next: Option<&Block>) {
        match block {
            Block::Paragraph(paragraph) => match &paragraph.kind.now {
                Kind::Item { level, marker } => self.item(usize::from(*level).max(1), marker, paragraph),
                Kind::Role(TextRole::Term) if is_meaning(next) => self.term(paragraph),
                Kind::Role(TextRole::Meaning) if self.definition != Definition::None => self.meaning(paragraph),
                kind => self.paragraph(kind, paragraph),
            },
            Block::Table(table) => {
                self.end_lists();
                self.table(table);
            }
            Block::Furniture(furniture) => {
                self.end_lists();
                let name = match furniture.kind {
                    FurnitureKind::PageBreak => "page-break",
                    FurnitureKind::Landscape => "landscape",
                    FurnitureKind::Portrait => "portrait",
                    FurnitureKind::Contents => "contents",
                };
                let spec = FurnitureSpec { mark: furniture.mark };
                let marked = (furniture.mark != Mark::Kept).then_some(&spec);
                self.out.push_str(&directive::comment(name, marked));
                self.out.push_str("\n\n");
            }
        }
    }

    fn end_lists(&mut self) {
        if !self.lists.is_empty() {
            self.lists.clear();
            self.out.push('\n');
        }
        self.definition = Definition::None;
    }

    fn paragraph(&mut self, kind: &Kind, paragraph: &'t Paragraph) {
        self.end_lists();
        let mut container = Container::Paragraph;
        match kind {
            Kind::Heading { level, .. } => {
                container = Container::Heading;
                self.out.push_str(&"#".repeat(usize::from((*level).clamp(1, 6))));
                self.out.push(' ');
            }
            Kind::Clause { level, id } => {
                self.out.push_str(&directive::clause(id, *level));
                self.out.push('\n');
            }
            // Its picture says that it is one.
            Kind::Role(TextRole::Figure)
                if paragraph.runs.first().is_some_and(|run| run.style.now.figure.is_some()) => {}
            Kind::Role(role) => {
                self.out.push_str(&directive::comment(&directive::role_name(*role), None::<&Value>));
                self.out.push('\n');
            }
            Kind::Body | Kind::Item { .. } => {}
        }
        self.runs(&paragraph.runs, container);
        push_remarks(&mut self.out, paragraph, None);
        if let Kind::Heading { id: Some(id), .. } = kind {
            self.out.push_str(&format!(" {{#{}}}", anchor(PartKind::Section, &escape::percent_encode(id))));
        }
        self.out.push_str("\n\n");
    }

    fn term(&mut self, paragraph: &'t Paragraph) {
        self.end_lists();
        self.runs(&paragraph.runs, Container::Paragraph);
        push_remarks(&mut self.out, paragraph, None);
        self.out.push('\n');
        self.definition = Definition::Term;
    }

    fn meaning(&mut self, paragraph: &'t Paragraph) {
        if self.definition == Definition::Term {
            self.out.push_str(": ");
            self.lists = vec![List { label: None, indent: 2 }];
            self.definition = Definition::Meaning;
        } else {
            self.continue_item(1);
        }
        self.runs(&paragraph.runs, Container::Paragraph);
        push_remarks(&mut self.out, paragraph, None);
        self.out.push('\n');
    }

    fn item(&mut self, level: usize, marker: &Marker, paragraph: &'t Paragraph) {
        if level == 1 && self.definition != Definition::None {
            self.end_lists();
        }
        let mut continues = None;
        match marker {
            Marker::Continued if self.lists.len() < level => {
                self.open_item(level, None);
                continues = Some("continued");
            }
            Marker::Continued => self.continue_item(level),
            Marker::Bullet => self.open_item(level, None),
            Marker::Label(label) => self.open_item(level, Some(label)),
        }
        self.runs(&paragraph.runs, Container::Paragraph);
        push_remarks(&mut self.out, paragraph, continues);
        self.out.push('\n');
    }

    /// A further paragraph of an item stands a blank line below, as far in as the item's text.
    fn continue_item(&mut self, level: usize) {
        self.lists.truncate(level);
        self.out.push('\n');
        let indent = self.indent(level);
        self.out.push_str(&indent);
    }

    /// Starts the line of an item at `level`, with its label or a bullet.
    fn open_item(&mut self, level: usize, label: Option<&Label>) {
        self.lists.truncate(level);
        if label.is_some_and(|label| !self.plainly_begins(level, label)) {
            self.out.push('\n');
        }
        let indent = self.indent(level - 1);
        self.out.push_str(&indent);
        // Levels that were skipped are opened on the same line.
        while self.lists.len() + 1 < level {
            self.out.push_str("- ");
            self.lists.push(List { label: None, indent: 2 });
        }
        self.lists.truncate(level - 1);
        let text = label.map_or("-", Label::as_str);
        self.out.push_str(text);
        self.out.push(' ');
        self.lists.push(List { label: label.cloned(), indent: text.len() + 1 });
    }

    /// Whether a label right under the last line is read as one.
    fn plainly_begins(&self, level: usize, label: &Label) -> bool {
        let above = self.out.strip_suffix('\n').unwrap_or_default().lines().next_back().unwrap_or_default();
        let follows = |list: &List| list.label.as_ref().is_some_and(|last| label.follows(last));
        above.is_empty() || ends_plainly(above) || self.lists.get(level - 1).is_some_and(follows)
    }

    /// The white space before a line that belongs to the first `levels` open lists.
    fn indent(&self, levels: usize) -> String {
        " ".repeat(self.lists.iter().take(levels).map(|list| list.indent).sum())
    }

    fn runs(&mut self, runs: &'t [Run], container: Container) {
        let mut mark = Mark::Kept;
        let mut after_note = false;
        for (index, run) in runs.iter().enumerate() {
            let out = &mut self.out;
            if run.mark != mark {
                close_mark(out, mark);
                open_mark(out, run.mark);
                mark = run.mark;
            }
            let edges = Edges { first: index == 0, last: index + 1 == runs.len() };
            let note = run.style.now.note.as_deref();
            self.notes.extend(note);
            let words = match (note, run.style.now.figure.as_deref()) {
                (Some(_), _) => Words::Note(self.notes.len()),
                (None, Some(figure)) => Words::Figure(figure),
                (None, None) => Words::Text { edges, container, after_note },
            };
            // A caption stands in the line under its picture.
            let is_plain = |run: &Run| run.mark == Mark::Kept && run.style.was.is_none();
            let above = index.checked_sub(1).map(|above| &runs[above]);
            let above = above.filter(|above| above.style.now.figure.is_some() && is_plain(above));
            if let (Some(_), Some(caption)) = (above, run.text.strip_prefix('\n'))
                && run.style.now == Style::default()
                && is_plain(run)
                && !caption.is_empty()
            {
                out.push('\n');
                escape::push(out, caption, Edges { first: true, ..edges }, container);
                continue;
            }
            // Stars within a word are what a drafter means by stars.
            let next = runs.get(index + 1).filter(|next| next.mark == mark && next.style == Style::default().into());
            let goes_on = next.is_some_and(|next| next.text.starts_with(char::is_alphanumeric));
            let in_word = goes_on || out.ends_with(char::is_alphanumeric);
            push_run(out, run, words, in_word);
            after_note = note.is_some();
        }
        close_mark(&mut self.out, mark);
    }

    /// The notes, each under the number by which it was referred to.
    fn notes(&mut self) {
        for (index, note) in std::mem::take(&mut self.notes).into_iter().enumerate() {
            self.out.push_str(&format!("[^{}]: ", index + 1));
            self.runs(&note.runs, Container::Paragraph);
            self.out.push_str("\n\n");
        }
    }

    fn table(&mut self, table: &'t Table) {
        self.out.push_str(&directive::comment("table", Some(&TableSpec::from(table))));
        self.out.push('\n');
        for (index, row) in table.rows.iter().enumerate() {
            self.row(table, row);
            if index == 0 {
                for column in &table.columns {
                    self.out.push_str(match column.align {
                        Align::Left => "|---",
                        Align::Centre => "|:-:",
                        Align::Right => "|--:",
                    });
                }
                self.out.push_str("|\n");
            }
        }
        self.out.push('\n');
    }

    /// A cell stands in the first column that it covers; the others are left empty.
    fn row(&mut self, table: &Table, row: &'t TableRow) {
        let mut grid = table.grid(row.mark);
        let mut starts = vec![None; table.columns.len()];
        for cell in &row.cells {
            let mut covered = grid.by_ref().take(cell.span.max(1));
            if let Some(first) = covered.next() {
                starts[first] = Some(&cell.runs);
            }
            covered.for_each(drop);
        }
        for runs in starts {
            self.out.push_str("| ");
            if let Some(runs) = runs.filter(|runs| !runs.is_empty()) {
                self.runs(runs, Container::Cell);
                self.out.push(' ');
            }
        }
        self.out.push_str("|\n");
    }
}

fn is_meaning(block: Option<&Block>) -> bool {
    matches!(block, Some(Block::Paragraph(paragraph)) if paragraph.kind.now == Kind::Role(TextRole::Meaning))
}

/// What Markdown has no words for stands in comments at the paragraph's end.
fn push_remarks(out: &mut String, paragraph: &Paragraph, continues: Option<&str>) {
    if let Some(name) = continues {
        out.push_str(&directive::comment(name, None::<&Value>));
    }
    match paragraph.mark {
        Mark::Kept => {}
        Mark::Inserted => out.push_str(&directive::comment("inserted", None::<&Value>)),
        Mark::Deleted => out.push_str(&directive::comment("deleted", None::<&Value>)),
    }
    if let Some(was) = &paragraph.kind.was {
        out.push_str(&directive::comment("was", Some(was)));
    }
}

fn open_mark(out: &mut String, mark: Mark) {
    out.push_str(match mark {
        Mark::Kept => "",
        Mark::Inserted => "<ins>",
        Mark::Deleted => "<del>",
    });
}

fn close_mark(out: &mut String, mark: Mark) {
    out.push_str(match mark {
        Mark::Kept => "",
        Mark::Inserted => "</ins>",
        Mark::Deleted => "</del>",
    });
}

/// What a run says: words, a note of this number, or a picture.
#[derive(Clone, Copy)]
enum Words<'t> {
    Text { edges: Edges, container: Container, after_note: bool },
    Note(usize),
    Figure(&'t Figure),
}

/// `in_word` says that a letter or digit stands right beside it.
fn push_run(out: &mut String, run: &Run, words: Words<'_>, in_word: bool) {
    let style = &run.style.now;
    let mut closers: Vec<String> = Vec::new();
    if let Some(was) = &run.style.was {
        out.push_str(&format!("<span data-was=\"{}\">", style_words(was)));
        closers.push("</span>".to_owned());
    }
    if style.fresh {
        out.push_str(&directive::comment("new", None::<&Value>));
        closers.push(directive::comment("moved", None::<&Value>));
    }
    if let Some(link) = &style.link {
        out.push('[');
        closers.push(format!("](<{}>)", escape::destination(link)));
    }
    if let Some(script) = style.script {
        let (open, close) = match script {
            Script::Superscript => ("<sup>", "</sup>"),
            Script::Subscript => ("<sub>", "</sub>"),
        };
        out.push_str(open);
        closers.push(close.to_owned());
    }
    for (wanted, stars, tag) in [(style.strong, "**", "strong"), (style.emphasis, "*", "em")] {
        if !wanted {
            continue;
        }
        // Stars work only where the text meets them with a letter or digit, and not beside other stars.
        let plain = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let beside_stars =
            out.ends_with('*') && !(tag == "em" && style.strong && closers.last().is_some_and(|c| c == "**"));
        if plain(run.text.chars().next()) && plain(run.text.chars().next_back()) && !beside_stars && !in_word {
            out.push_str(stars);
            closers.push(stars.to_owned());
        } else {
            out.push_str(&format!("<{tag}>"));
            closers.push(format!("</{tag}>"));
        }
    }
    let (edges, container, after_note) = match words {
        Words::Text { edges, container, after_note } => (edges, container, after_note),
        Words::Note(number) => {
            out.push_str(&format!("[^{number}]"));
            return closers.iter().rev().for_each(|closer| out.push_str(closer));
        }
        Words::Figure(figure) => {
            out.push_str("![");
            escape::push(
                out,
                &figure.alt.replace('\n', " "),
                Edges { first: false, last: false },
                Container::Paragraph,
            );
            out.push_str(&format!("](<{}>)", escape::destination(&figure.file)));
            return closers.iter().rev().for_each(|closer| out.push_str(closer));
        }
    };
    // After a note these would make its text of it, or a link.
    if after_note && closers.is_empty() && run.text.starts_with([':', '(']) {
        out.push('\\');
    }
    // Stars must meet the text's own first character, which the rules for the start of a block would part from them.
    let marked_up = out.ends_with(['*', '>', '[']);
    let first = edges.first && (!marked_up || run.text.starts_with(char::is_whitespace));
    escape::push(out, &run.text, Edges { first, ..edges }, container);
    for closer in closers.iter().rev() {
        out.push_str(closer);
    }
}

/// A style in the words of a `data-was` attribute.
fn style_words(style: &Style) -> String {
    let mut words = Vec::new();
    if style.strong {
        words.push("strong".to_owned());
    }
    if style.emphasis {
        words.push("emphasis".to_owned());
    }
    match style.script {
        Some(Script::Superscript) => words.push("superscript".to_owned()),
        Some(Script::Subscript) => words.push("subscript".to_owned()),
        None => {}
    }
    if let Some(link) = &style.link {
        words.push(format!("link:{}", escape::percent_encode(link)));
    }
    words.join(" ")
}
