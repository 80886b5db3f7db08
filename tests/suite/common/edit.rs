//! What drafters do to a document: every kind of change that a redline must recognise, at random.

use super::generate;
use super::numbering::written;
use ctsd::document::*;
use proptest::collection::vec;
use proptest::prelude::*;

/// An appendix as its template would give it: front matter, numbered sections, keyed tables.
pub fn appendix() -> impl Strategy<Value = Document> {
    let text = || prop_oneof![5 => generate::tame_text(), 1 => generate::text()];
    let runs = move || {
        let note = generate::tame_text().prop_map(|text| Run::reference_to(Note { runs: vec![Run::plain(text)] }));
        let note = prop::option::weighted(0.15, (note, text()));
        (text(), generate::style(), note).prop_map(|(text, style, note)| {
            let noted = note.map(|(note, after)| [note, Run::plain(after)]);
            let mut runs = vec![Run { text, style: style.into(), mark: Mark::Kept }];
            runs.extend(noted.into_iter().flatten());
            join_runs(runs)
        })
    };
    let kind = prop_oneof![
        3 => Just(Kind::Body),
        3 => (1..=3u8).prop_map(|level| Kind::Item { level, marker: Marker::Bullet }),
        4 => (1..=3u8).prop_map(|level| Kind::Item { level, marker: Marker::Label(made(level).0) }),
        1 => (1..=3u8, generate::label()).prop_map(|(level, label)| Kind::Item { level, marker: Marker::Label(label) }),
        1 => Just(Kind::Heading { level: 4, id: None }),
        1 => prop::sample::select(vec![Kind::Role(TextRole::Term), Kind::Role(TextRole::Meaning)]),
    ];
    let figure = prop::option::weighted(0.1, (generate::figure(), prop::option::of(generate::tame_text())));
    let paragraph = (kind, runs(), figure).prop_map(|(kind, runs, figure)| {
        if let Some((figure, caption)) = figure {
            return Block::Paragraph(shows(figure, caption));
        }
        let mut paragraph = Paragraph::new(kind, runs);
        leave_notes_to_text(&mut paragraph);
        Block::Paragraph(paragraph)
    });
    let section = (prop::bool::weighted(0.25), text(), vec(paragraph, 0..7));
    let row = (0..30u32, text(), vec(prop::sample::select(vec!["N/A", "Mandatory", "Mandatory SMETS 2"]), 4));
    let matrix = vec(row, 1..12);
    (text(), vec(section, 0..6), vec(matrix, 0..3)).prop_map(|(title, sections, matrices)| {
        let title = Paragraph::new(Kind::Role(TextRole::Title), vec![Run::plain(title)]);
        let mut blocks = vec![
            Block::Paragraph(title),
            Block::Furniture(Furniture { kind: FurnitureKind::PageBreak, mark: Mark::Kept }),
        ];
        for (index, (is_clause, words, body)) in sections.into_iter().enumerate() {
            let number = format!("{}.{}", index / 3 + 1, index % 3 + 1);
            blocks.extend(section_blocks(&number, is_clause, &words, body));
        }
        for (index, rows) in matrices.into_iter().enumerate() {
            blocks.extend(matrix_blocks(&format!("9.{}", index + 1), rows));
        }
        let meta = Meta { title: "Appendix R".to_owned(), ..Meta::default() };
        Document { meta: meta.into(), blocks, ..Document::default() }
    })
}

fn section_blocks(number: &str, is_clause: bool, words: &str, body: Vec<Block>) -> Vec<Block> {
    let id = number.to_owned();
    let kind = if is_clause { Kind::Clause { level: 2, id } } else { Kind::Heading { level: 2, id: Some(id) } };
    let first = Paragraph::new(kind, vec![Run::plain(format!("{number} {words}"))]);
    std::iter::once(Block::Paragraph(first)).chain(body).collect()
}

fn matrix_blocks(number: &str, rows: Vec<(u32, String, Vec<&str>)>) -> Vec<Block> {
    let caption = Paragraph::new(Kind::Role(TextRole::Caption), vec![Run::plain(format!("Table {number}"))]);
    let keys = ["variant", "name", "cv1", "cv2", "cv3", "cv4"];
    let columns =
        keys.map(|key| Column { key: key.to_owned().into(), align: Align::Left, share: 0, mark: Mark::Kept }).to_vec();
    let cell = |text: &str| Cell {
        above: false,
        span: 1,
        runs: if text.is_empty() { vec![] } else { vec![Run::plain(text)] },
    };
    let row = |key: &str, kind, texts: Vec<&str>| TableRow {
        key: key.to_owned().into(),
        kind,
        mark: Mark::Kept,
        cells: texts.into_iter().map(cell).collect(),
    };
    let mut table = Table {
        header_column: false,
        id: Some(number.to_owned()).into(),
        columns,
        rows: vec![row("header", RowKind::Header, keys.to_vec())],
    };
    let total = rows.len().to_string();
    for (variant, name, cv) in &rows {
        let key = format!("6.{variant}");
        let texts = [key.as_str(), name].into_iter().chain(cv.iter().copied()).collect();
        table.rows.push(row(&key, RowKind::Data, texts));
    }
    let mut count = row("count", RowKind::Count, vec!["Count", &total, &total, &total, &total]);
    count.cells[0].span = 2;
    table.rows.push(count);
    vec![Block::Paragraph(caption), Block::Table(table)]
}

/// The label that the items of a level begin with, and the format in which it counts on.
fn made(level: u8) -> (Label, &'static str) {
    let (first, format) = match level {
        1 => ("1.", "decimal"),
        2 => ("(a)", "lowerLetter"),
        _ => ("(i)", "lowerRoman"),
    };
    (Label::new(first).expect("a label"), format)
}

/// Gives the items of each section the labels that come one after the other, as a drafter does after an edit. Lists go on
/// after prose, and labels of another make stay as they are.
pub fn relabel(document: &mut Document) {
    let mut counts = [0; 3];
    for block in &mut document.blocks {
        let Block::Paragraph(paragraph) = block else { continue };
        match &mut paragraph.kind.now {
            Kind::Heading { .. } | Kind::Clause { .. } => counts = [0; 3],
            Kind::Item { level, marker } => {
                let at = usize::from(*level) - 1;
                if let Marker::Label(label) = marker
                    && label.is_like(&made(*level).0)
                    && !label.numbers().is_empty()
                {
                    counts[at] += 1;
                    let core = written(counts[at], made(*level).1);
                    let text = if *level == 1 { format!("{core}.") } else { format!("({core})") };
                    *label = Label::new(&text).expect("a label");
                }
                counts[at + 1..].fill(0);
            }
            _ => {}
        }
    }
}

/// A paragraph that shows a picture, with its caption.
fn shows(figure: Figure, caption: Option<String>) -> Paragraph {
    let caption = caption.map(|caption| Run::plain(format!("\n{caption}")));
    Paragraph::new(Kind::Role(TextRole::Figure), [Run::showing(figure)].into_iter().chain(caption).collect())
}

/// What a paragraph says beside its notes.
fn words_of(paragraph: &Paragraph) -> String {
    paragraph.runs.iter().filter(|run| !run.is_object()).map(|run| run.text.as_str()).collect()
}

/// Headings have no notes.
fn leave_notes_to_text(paragraph: &mut Paragraph) {
    if !generate::may_have_notes(&paragraph.kind.now) {
        paragraph.runs.retain(|run| run.style.now.note.is_none());
        paragraph.runs = join_runs(std::mem::take(&mut paragraph.runs));
    }
}

/// One thing that a drafter does; the numbers choose where.
#[derive(Clone, Debug)]
pub struct Edit {
    deed: Deed,
    place: prop::sample::Index,
    other: prop::sample::Index,
    text: String,
}

#[derive(Clone, Copy, Debug)]
enum Deed {
    ChangeWord,
    DeleteWord,
    InsertWords,
    Rewrite,
    ToggleEmphasis,
    AddNote,
    DropNote,
    ChangeNote,
    InsertFigure,
    ChangeFigure,
    ChangeKind,
    InsertParagraph,
    DeleteBlock,
    MoveBlock,
    Split,
    Join,
    InsertSection,
    DeletePart,
    MovePart,
    Renumber,
    InsertRow,
    DeleteRow,
    MoveRow,
    ChangeKey,
    ChangeCell,
    AddColumn,
    DropColumn,
    RenameColumn,
    InsertTable,
    ChangeMeta,
}

pub fn edits() -> impl Strategy<Value = Vec<Edit>> {
    use Deed::*;
    let deed = prop::sample::select(vec![
        ChangeWord,
        ChangeWord,
        DeleteWord,
        InsertWords,
        Rewrite,
        ToggleEmphasis,
        AddNote,
        AddNote,
        DropNote,
        ChangeNote,
        InsertFigure,
        ChangeFigure,
        ChangeKind,
        InsertParagraph,
        DeleteBlock,
        MoveBlock,
        Split,
        Join,
        InsertSection,
        DeletePart,
        MovePart,
        Renumber,
        InsertRow,
        DeleteRow,
        MoveRow,
        ChangeKey,
        ChangeCell,
        AddColumn,
        DropColumn,
        RenameColumn,
        InsertTable,
        ChangeMeta,
    ]);
    let edit = (deed, any::<prop::sample::Index>(), any::<prop::sample::Index>(), generate::tame_text())
        .prop_map(|(deed, place, other, text)| Edit { deed, place, other, text });
    vec(edit, 0..8)
}

/// A document and what drafters made of it; most of them number the items of lists anew.
pub fn pair() -> impl Strategy<Value = (Document, Document)> {
    (appendix(), edits(), prop::bool::weighted(0.7)).prop_map(|(mut old, edits, relabels)| {
        relabel(&mut old);
        let mut new = edits.iter().fold(old.clone(), |document, edit| edit.apply(document));
        if relabels {
            relabel(&mut new);
        }
        (old, new)
    })
}

/// A document, what drafters made of it, and what others made of it.
pub fn triple() -> impl Strategy<Value = (Document, Document, Document)> {
    (appendix(), edits(), edits()).prop_map(|(old, edits, others)| {
        let make = |edits: Vec<Edit>| edits.iter().fold(old.clone(), |document, edit| edit.apply(document));
        (old.clone(), make(edits), make(others))
    })
}

impl Edit {
    fn apply(&self, mut document: Document) -> Document {
        match self.deed {
            Deed::InsertSection | Deed::DeletePart | Deed::MovePart => self.edit_parts(&mut document),
            Deed::InsertRow
            | Deed::DeleteRow
            | Deed::MoveRow
            | Deed::ChangeKey
            | Deed::ChangeCell
            | Deed::AddColumn
            | Deed::DropColumn
            | Deed::RenameColumn => {
                let mut tables: Vec<&mut Table> = document
                    .blocks
                    .iter_mut()
                    .filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None })
                    .collect();
                if !tables.is_empty() {
                    let at = self.place.index(tables.len());
                    self.edit_table(tables[at]);
                }
            }
            Deed::InsertParagraph
            | Deed::InsertFigure
            | Deed::DeleteBlock
            | Deed::MoveBlock
            | Deed::InsertTable
            | Deed::Join
            | Deed::Split => {
                self.edit_blocks(&mut document.blocks);
            }
            Deed::ChangeMeta => document.meta.now.classification.push_str("Green"),
            _ => {
                let mut paragraphs: Vec<&mut Paragraph> = document
                    .blocks
                    .iter_mut()
                    .filter_map(|b| if let Block::Paragraph(p) = b { Some(p) } else { None })
                    .collect();
                if !paragraphs.is_empty() {
                    let at = self.place.index(paragraphs.len());
                    self.edit_paragraph(paragraphs[at]);
                }
            }
        }
        document
    }

    fn edit_note(&self, paragraph: &mut Paragraph) {
        let note = || Note { runs: vec![Run::plain(self.text.clone())] };
        let notes = paragraph.runs.iter().filter(|run| run.style.now.note.is_some()).count();
        match self.deed {
            Deed::AddNote => {
                let at = self.other.index(paragraph.runs.len() + 1);
                paragraph.runs.insert(at, Run::reference_to(note()));
            }
            Deed::DropNote if notes < paragraph.runs.len() => {
                paragraph.runs.retain(|run| run.style.now.note.is_none());
                paragraph.runs = join_runs(std::mem::take(&mut paragraph.runs));
            }
            Deed::ChangeNote => {
                for changed in paragraph.runs.iter_mut().filter_map(|run| run.style.now.note.as_mut()) {
                    match changed.runs.first_mut() {
                        Some(run) if self.other.index(2) == 0 => run.text.push_str(&self.text),
                        _ => **changed = note(),
                    }
                }
            }
            _ => {}
        }
        leave_notes_to_text(paragraph);
    }

    fn edit_paragraph(&self, paragraph: &mut Paragraph) {
        if matches!(self.deed, Deed::AddNote | Deed::DropNote | Deed::ChangeNote) {
            return self.edit_note(paragraph);
        }
        if paragraph.kind.now == Kind::Role(TextRole::Figure) {
            return self.edit_figure(paragraph);
        }
        // What rewrites the words of a paragraph leaves it without its notes.
        let text = words_of(paragraph);
        let mut words: Vec<&str> = text.split(' ').collect();
        let at = self.other.index(words.len());
        match self.deed {
            Deed::ChangeWord => words[at] = "changed",
            Deed::DeleteWord if words.len() > 1 => drop(words.remove(at)),
            Deed::InsertWords => words.insert(at, &self.text),
            Deed::Rewrite => words = vec![&self.text],
            Deed::Renumber => words[0] = "7.7",
            Deed::ToggleEmphasis => {
                let style = &mut paragraph.runs[0].style.now;
                match self.other.index(2) {
                    0 => style.strong = !style.strong,
                    _ => style.script = style.script.xor(Some(Script::Superscript)),
                }
                paragraph.runs = join_runs(std::mem::take(&mut paragraph.runs));
                return;
            }
            Deed::ChangeKind => {
                match &mut paragraph.kind.now {
                    Kind::Item { level, .. } => *level = *level % 3 + 1,
                    kind @ Kind::Body => *kind = Kind::Item { level: 1, marker: Marker::Bullet },
                    kind @ Kind::Clause { .. } => {
                        *kind = Kind::Heading { level: 2, id: kind.section_id().map(str::to_owned) };
                    }
                    kind @ Kind::Heading { id: Some(_), .. } => {
                        *kind = Kind::Clause { level: 2, id: kind.section_id().unwrap_or_default().to_owned() };
                    }
                    Kind::Heading { id: None, .. } | Kind::Role(_) => {}
                }
                return;
            }
            _ => return,
        }
        let text = words.join(" ");
        if !text.is_empty() {
            let mut style = paragraph.runs[0].style.clone();
            style.now.note = None;
            paragraph.runs = vec![Run { text, style, mark: Mark::Kept }];
        }
    }

    /// Another picture, other words for it, or another caption.
    fn edit_figure(&self, paragraph: &mut Paragraph) {
        let Some(shown) = paragraph.runs.first().and_then(|run| run.style.now.figure.clone()) else { return };
        let mut shown = *shown;
        match self.deed {
            Deed::ChangeFigure if self.other.index(2) == 0 => shown.alt.push_str(" now"),
            Deed::ChangeFigure => {
                let other = generate::FIGURES.iter().find(|file| **file != shown.file);
                shown.file = other.map(|file| (*file).to_owned()).unwrap_or_default();
            }
            Deed::InsertWords | Deed::Rewrite => *paragraph = shows(shown.clone(), Some(self.text.clone())),
            _ => return,
        }
        paragraph.runs[0] = Run::showing(shown);
    }

    fn edit_blocks(&self, blocks: &mut Vec<Block>) {
        if blocks.is_empty() {
            return;
        }
        let at = self.place.index(blocks.len());
        match self.deed {
            Deed::InsertParagraph => {
                blocks.insert(at + 1, Block::Paragraph(Paragraph::new(Kind::Body, vec![Run::plain(&self.text)])))
            }
            Deed::InsertFigure => {
                let file = generate::FIGURES[self.other.index(2)].to_owned();
                let figure = Figure { file, alt: "What it shows".to_owned() };
                blocks.insert(at + 1, Block::Paragraph(shows(figure, Some(self.text.clone()))));
            }
            Deed::InsertTable => blocks
                .splice(at + 1..at + 1, matrix_blocks("9.9", vec![(1, self.text.clone(), vec!["N/A"; 4])]))
                .for_each(drop),
            Deed::DeleteBlock if blocks.len() > 1 => drop(blocks.remove(at)),
            Deed::MoveBlock => {
                let block = blocks.remove(at);
                let to = self.other.index(blocks.len() + 1);
                blocks.insert(to, block);
            }
            Deed::Split => {
                let Block::Paragraph(paragraph) = &blocks[at] else { return };
                if paragraph.kind.now == Kind::Role(TextRole::Figure) {
                    return;
                }
                let text = words_of(paragraph);
                let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
                if words.len() > 1 {
                    // In two, or in as many as there are words.
                    let size = 1 + self.other.index(words.len() - 1);
                    let part = |words: &[&str]| {
                        Block::Paragraph(Paragraph::new(paragraph.kind.now.clone(), vec![Run::plain(words.join(" "))]))
                    };
                    let parts: Vec<Block> = words.chunks(size).map(part).collect();
                    blocks.splice(at..=at, parts);
                }
            }
            Deed::Join => {
                if let (Some(Block::Paragraph(a)), Some(Block::Paragraph(b))) = (blocks.get(at), blocks.get(at + 1)) {
                    if [a, b].iter().any(|it| it.kind.now == Kind::Role(TextRole::Figure)) {
                        return;
                    }
                    let runs = join_runs([a.runs.clone(), vec![Run::plain(" ")], b.runs.clone()].concat());
                    let mut joined = Paragraph::new(b.kind.now.clone(), runs);
                    leave_notes_to_text(&mut joined);
                    blocks.splice(at..=at + 1, [Block::Paragraph(joined)]);
                }
            }
            _ => {}
        }
    }

    fn edit_parts(&self, document: &mut Document) {
        let parts = parts(document);
        let to =
            |index: &prop::sample::Index| parts.get(index.index(parts.len().max(1))).map(|part| part.blocks.clone());
        match self.deed {
            Deed::InsertSection => {
                let at = to(&self.place).map_or(document.blocks.len(), |range| range.end);
                let body = vec![Block::Paragraph(Paragraph::new(Kind::Body, vec![Run::plain(&self.text)]))];
                document.blocks.splice(at..at, section_blocks("5.5", self.text.len().is_multiple_of(4), "New", body));
            }
            Deed::DeletePart => {
                if let Some(range) = to(&self.place) {
                    document.blocks.drain(range);
                }
            }
            _ => {
                if let (Some(range), Some(other)) = (to(&self.place), to(&self.other)) {
                    let moved: Vec<Block> = document.blocks.drain(range.clone()).collect();
                    let at = if other.end > range.start {
                        other.end.saturating_sub(moved.len()).max(range.start)
                    } else {
                        other.end
                    };
                    document.blocks.splice(at..at, moved);
                }
            }
        }
    }

    fn edit_table(&self, table: &mut Table) {
        if table.rows.is_empty() {
            return;
        }
        let at = self.other.index(table.rows.len());
        match self.deed {
            Deed::InsertRow => {
                let mut row = table.rows[at].clone();
                row.kind = RowKind::Data;
                row.key = "7.7".to_owned().into();
                row.cells[0].runs = vec![Run::plain("7.7")];
                table.rows.insert(at, row);
            }
            Deed::DeleteRow if table.rows.len() > 1 => drop(table.rows.remove(at)),
            Deed::MoveRow => {
                let row = table.rows.remove(at);
                let to = self.place.index(table.rows.len() + 1);
                table.rows.insert(to, row);
            }
            Deed::ChangeKey => {
                table.rows[at].key = "6.99".to_owned().into();
                table.rows[at].cells[0].runs = vec![Run::plain("6.99")];
            }
            Deed::ChangeCell => {
                let cells = &mut table.rows[at].cells;
                let cell = self.place.index(cells.len().max(1));
                cells[cell].runs = vec![Run::plain("Mandatory")];
            }
            Deed::AddColumn => {
                let at = self.place.index(table.columns.len() + 1);
                table.columns.insert(
                    at,
                    Column { key: "new".to_owned().into(), align: Align::Right, share: 0, mark: Mark::Kept },
                );
                table.rows.iter_mut().for_each(|row| widen(row, at));
            }
            Deed::RenameColumn => {
                let at = self.place.index(table.columns.len());
                table.columns[at].key = self.text.clone().into();
                if let Some(cell) = table.rows[0].cells.get_mut(at) {
                    cell.runs = join_runs(vec![Run::plain(&self.text)]);
                }
            }
            Deed::DropColumn if table.columns.len() > 1 => {
                let at = self.place.index(table.columns.len());
                table.columns.remove(at);
                table.rows.iter_mut().for_each(|row| narrow(row, at));
            }
            _ => {}
        }
    }
}

/// Makes room for a column before the one at `column`: a cell that spans it grows, else a new cell stands there.
fn widen(row: &mut TableRow, column: usize) {
    let mut start = 0;
    for index in 0..row.cells.len() {
        if start == column {
            row.cells.insert(index, Cell { above: false, span: 1, runs: vec![Run::plain("N/A")] });
            return;
        }
        start += row.cells[index].span;
        if start > column {
            row.cells[index].span += 1;
            return;
        }
    }
    row.cells.push(Cell { above: false, span: 1, runs: vec![Run::plain("N/A")] });
}

fn narrow(row: &mut TableRow, column: usize) {
    let mut start = 0;
    for index in 0..row.cells.len() {
        start += row.cells[index].span;
        if start > column {
            row.cells[index].span -= 1;
            row.cells.retain(|cell| cell.span > 0);
            return;
        }
    }
}
