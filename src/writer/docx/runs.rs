//! Runs of text with their revisions, links and fields.
//!
//! A run that is in one of the texts only stands in `w:ins` or `w:del`, and an emphasis that changed in `w:rPrChange`.
//! A link can't be revised in Word: where it changed, or what it leads to moved, the text is deleted with the old one and
//! inserted with the new.

use super::carrier;
use super::links::{Links, Target};
use super::moves;
use crate::document::{Mark, Note, Revised, Run, Script, Style, goes_on_number, join_runs};
use crate::ooxml::styles;
use crate::writer::typeset::graphemes;
use crate::writer::view::RevisionView;
use docx_rs as word;
use std::borrow::Cow;
use word::{FieldCharType, InsertChild, InstrText, ParagraphChild};

/// What stands behind words that are new within a table that moved: Word has no word for a row that only moved.
const FRESH: &str = "FFF2CC";

/// An insertion. Who made it and when, the finish pass says of all revisions alike.
pub fn insertion() -> word::Insert {
    word::Insert::new_with_empty()
}

/// A revision as that of one of the document's hands, if it is one's, and as new within what moved, if it is.
fn of_hand(child: ParagraphChild, style: &Style) -> ParagraphChild {
    match (child, moves::named(style.by, style.fresh)) {
        (ParagraphChild::Insert(insertion), Some(by)) => ParagraphChild::Insert(insertion.author(by)),
        (ParagraphChild::Delete(deletion), Some(by)) => ParagraphChild::Delete(deletion.author(by)),
        (child, _) => child,
    }
}

/// A deletion, as [`insertion`].
pub fn deletion() -> word::Delete {
    word::Delete::new()
}

/// A run in the revision that its mark asks for.
pub fn tracked(run: word::Run, mark: Mark) -> ParagraphChild {
    match mark {
        Mark::Kept => ParagraphChild::Run(Box::new(run)),
        Mark::Inserted => ParagraphChild::Insert(insertion().add_run(run)),
        Mark::Deleted => ParagraphChild::Delete(deletion().add_run(run)),
    }
}

/// The end of a comment, in the revision of what it is a comment on.
pub fn comment_end(id: usize, mark: Mark) -> ParagraphChild {
    match mark {
        Mark::Kept => ParagraphChild::CommentEnd(word::CommentRangeEnd::new(id)),
        Mark::Inserted => {
            ParagraphChild::Insert(insertion().add_child(InsertChild::CommentEnd(word::CommentRangeEnd::new(id))))
        }
        Mark::Deleted => ParagraphChild::Delete(deletion().add_comment_end(id)),
    }
}

/// A field, a run per part: one run for all makes LibreOffice print its code. What it shows may be revised.
pub fn field(instruction: &str, shown: &Revised<String>, mark: Mark) -> Vec<ParagraphChild> {
    let character = |kind| word::Run::new().add_field_char(kind, false);
    let instruction = match mark {
        Mark::Deleted => {
            word::Run::new().add_delete_instr_text(word::DeleteInstrText::Unsupported(instruction.to_owned()))
        }
        _ => word::Run::new().add_instr_text(InstrText::Unsupported(instruction.to_owned())),
    };
    let shown = match &shown.was {
        None => vec![(&shown.now, mark)],
        Some(was) => vec![(was, Mark::Deleted), (&shown.now, Mark::Inserted)],
    };
    let before = [character(FieldCharType::Begin), instruction, character(FieldCharType::Separate)];
    let before = before.into_iter().map(|run| tracked(run, mark));
    let shown = shown.into_iter().map(|(text, mark)| tracked(text_run(text, mark), mark));
    before.chain(shown).chain([tracked(character(FieldCharType::End), mark)]).collect()
}

/// A run of text: line breaks and tabs are elements of their own in Word.
pub fn text_run(text: &str, mark: Mark) -> word::Run {
    let mut run = word::Run::new();
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            run = run.add_break(word::BreakType::TextWrapping);
        }
        for (at, piece) in line.split('\t').enumerate() {
            if at > 0 {
                run = run.add_tab();
            }
            run = match (piece.is_empty(), mark) {
                (true, _) => run,
                (_, Mark::Deleted) => run.add_delete_text(piece),
                _ => run.add_text(piece),
            };
        }
    }
    run
}

/// How text is set where its style doesn't say so.
#[derive(Clone, Copy, Debug, Default)]
pub struct DirectFormat {
    /// Whether it recedes, in the earlier text and in the later.
    pub quiet: [bool; 2],
    /// In half points.
    pub size: Option<usize>,
    /// Whether it stands in a cell.
    pub in_cell: bool,
}

/// The runs of a paragraph or cell. `owner` is the mark of the row that they stand in: what it leaves in neither text
/// isn't written.
pub fn children(runs: &[Run], owner: Mark, format: DirectFormat, links: &mut Links) -> Vec<ParagraphChild> {
    let mut children = Vec::with_capacity(runs.len());
    let mut open: Option<(Target, Vec<ParagraphChild>)> = None;
    let mut stretches: Vec<_> =
        runs.iter().filter(|run| !run.text.is_empty()).flat_map(|run| stretches(run, owner, links)).collect();
    part(&mut stretches);
    for stretch in stretches {
        let target = stretch.style.link.as_deref().and_then(|link| links.target(link, stretch.view()));
        if open.as_ref().map(|(target, _)| target) != target.as_ref() {
            children.extend(open.take().map(hyperlink));
        }
        let child = match (stretch.note, &stretch.style.figure) {
            (Some(note), _) => reference(links.note(note, stretch.mark), stretch.mark),
            (None, Some(figure)) => tracked(links.figures.run(figure), stretch.mark),
            (None, None) => stretch.child(format, target.is_some()),
        };
        let child = of_hand(child, stretch.style);
        match (target, &mut open) {
            (None, _) => children.push(child),
            (Some(_), Some((_, inside))) => inside.push(child),
            (Some(target), None) => open = Some((target, vec![child])),
        }
    }
    children.extend(open.take().map(hyperlink));
    children
}

/// The number of a note where it is referred to.
fn reference(number: usize, mark: Mark) -> ParagraphChild {
    let mut run = word::Run::new();
    run.run_property = run.run_property.style(styles::FOOTNOTE_NUMBER);
    run.children.push(word::RunChild::FootnoteReference(word::FootnoteReference::new(number)));
    tracked(run, mark)
}

/// A note of this number: the sign that Word puts its number for, a blank and its words.
pub fn note(note: &Note, mark: Mark, links: &mut Links) -> word::Paragraph {
    let mut paragraph = word::Paragraph::new().style(styles::FOOTNOTE);
    paragraph.children = vec![reference(carrier::NOTE_SIGN, mark), tracked(text_run(" ", mark), mark)];
    paragraph.children.extend(children(&note.runs, mark, DirectFormat::default(), links));
    paragraph
}

pub fn hyperlink((target, children): (Target, Vec<ParagraphChild>)) -> ParagraphChild {
    let link = match target {
        Target::Bookmark(anchor) => word::HyperlinkData::Anchor { anchor },
        Target::Outside(rid) => word::HyperlinkData::External { rid, path: String::new() },
    };
    ParagraphChild::Hyperlink(word::Hyperlink { link, history: None, children })
}

/// Text in one style, with one mark, and the style that it had where that is a revision.
struct Stretch<'a> {
    text: &'a str,
    style: &'a Style,
    note: Option<&'a Note>,
    was: Option<&'a Style>,
    mark: Mark,
    /// A gap follows that is no text.
    gap: bool,
}

/// How wide the gap is, in twips.
const GAP: i32 = 30;

/// Parts what is struck from what takes its place where they touch: "10" and "9" are not 109.
fn part(stretches: &mut [Stretch<'_>]) {
    for at in 1..stretches.len() {
        if let Some([struck, next]) = stretches.get_mut(at - 1..=at) {
            struck.gap = struck.is_words()
                && next.is_words()
                && struck.mark == Mark::Deleted
                && next.mark == Mark::Inserted
                && !struck.text.ends_with(char::is_whitespace)
                && !next.text.starts_with(char::is_whitespace);
        }
    }
}

fn stretches<'r>(run: &'r Run, owner: Mark, links: &Links) -> impl Iterator<Item = Stretch<'r>> + use<'r> {
    let stretch = |style, was, mark| {
        let note = run.style.now.note.as_deref();
        Some(Stretch { text: &run.text, style, note, was, mark, gap: false })
    };
    let mark = match (owner, run.mark) {
        (Mark::Kept, mark) | (mark, Mark::Kept) => mark,
        (owner, mark) if owner == mark => mark,
        _ => return [None, None].into_iter().flatten(),
    };
    let (before, now) = (run.style.before(), &run.style.now);
    match mark {
        Mark::Inserted => [stretch(now, None, mark), None],
        Mark::Deleted => [stretch(before, None, mark), None],
        Mark::Kept if before.link != now.link || now.link.as_deref().is_some_and(|link| links.moves(link)) => {
            [stretch(before, None, RevisionView::Original.mark()), stretch(now, None, RevisionView::Proposed.mark())]
        }
        Mark::Kept => [stretch(now, run.style.was.as_ref(), mark), None],
    }
    .into_iter()
    .flatten()
}

impl Stretch<'_> {
    /// Whether it is neither a reference to a note nor a picture.
    fn is_words(&self) -> bool {
        self.note.is_none() && self.style.figure.is_none()
    }

    /// The text that it is read in, the later of the two if it is in both.
    fn view(&self) -> RevisionView {
        if self.mark == Mark::Deleted { RevisionView::Original } else { RevisionView::Proposed }
    }

    /// The gap after it is the spacing of its last character, so that no text is added; and that is a revision, so that
    /// rejecting takes it back.
    fn child(&self, format: DirectFormat, linked: bool) -> ParagraphChild {
        let Some(last) = self.gap.then(|| graphemes(self.text).last()).flatten() else {
            return tracked(self.run(self.text, false, format, linked), self.mark);
        };
        let text = self.text.strip_suffix(last).unwrap_or_default();
        let runs = [(text, false), (last, true)].into_iter().filter(|(text, _)| !text.is_empty());
        let runs = runs.map(|(text, spaced)| self.run(text, spaced, format, linked));
        ParagraphChild::Delete(runs.fold(deletion(), word::Delete::add_run))
    }

    fn run(&self, text: &str, spaced: bool, format: DirectFormat, linked: bool) -> word::Run {
        let character_style = |view: RevisionView| match (linked, format.quiet[view as usize]) {
            (true, _) => Some(styles::HYPERLINK),
            (false, true) => Some(styles::QUIET),
            (false, false) => None,
        };
        let style = character_style(self.view());
        let mut run = text_run(text, self.mark);
        run.run_property = look(self.style, style, format);
        // What stands in both texts may recede in one of them.
        let was = if self.mark == Mark::Kept { character_style(RevisionView::Original) } else { style };
        if spaced {
            run.run_property = run.run_property.character_spacing(GAP);
        }
        if spaced || self.was.is_some() || was != style {
            let former = self.was.unwrap_or(self.style);
            run.run_property = carrier::former_style(run.run_property, former, was, format.size);
        }
        run
    }
}

fn look(style: &Style, character_style: Option<&str>, format: DirectFormat) -> word::RunProperty {
    let mut property = word::RunProperty::new();
    if let Some(id) = character_style {
        property = property.style(id);
    }
    if style.strong {
        property = property.bold();
    }
    if style.emphasis {
        property = property.italic();
    }
    match style.script {
        Some(Script::Superscript) => property = property.vert_align(word::VertAlignType::SuperScript),
        Some(Script::Subscript) => property = property.vert_align(word::VertAlignType::SubScript),
        None => {}
    }
    if style.fresh && format.in_cell {
        property = property.shading(word::Shading::new().shd_type(word::ShdType::Clear).fill(FRESH));
    }
    match format.size {
        Some(size) => property.size(size),
        None => property,
    }
}

/// Runs with a tab between the number of a section and its words, in each text in which they begin with a number: digits
/// and full stops, and a space. `is_numbered` says in which they can, the earlier text first, and whether
/// its number has begun before these runs.
pub fn numbered(runs: &[Run], is_numbered: [Option<bool>; 2]) -> Cow<'_, [Run]> {
    let mut letters: Vec<Letter<'_>> = runs
        .iter()
        .flat_map(|run| run.text.chars().map(move |letter| Letter { letter, run, mark: run.mark }))
        .collect();
    let mut tabs = RevisionView::BOTH.map(|view| number_end(&letters, view, is_numbered[view as usize]?));
    if let [Some(was), Some(now)] = tabs
        && turn(&mut letters, was.min(now), was.max(now))
    {
        tabs = [Some(was.min(now)); 2];
    }
    if tabs == [None, None] {
        return Cow::Borrowed(runs);
    }
    let mut numbered: Vec<Run> = Vec::with_capacity(letters.len());
    for (at, Letter { letter, run, mark }) in letters.into_iter().enumerate() {
        let put = |mark, letter: char| Run { text: letter.to_string(), mark, style: run.style.clone() };
        let [was, now] = tabs.map(|tab| if tab == Some(at) { '\t' } else { letter });
        match mark {
            Mark::Kept if was != now => numbered.extend([put(Mark::Deleted, was), put(Mark::Inserted, now)]),
            Mark::Deleted => numbered.push(put(mark, was)),
            Mark::Kept | Mark::Inserted => numbered.push(put(mark, now)),
        }
    }
    Cow::Owned(join_runs(numbered))
}

/// A character, with the run that it is of.
#[derive(Clone, Copy)]
struct Letter<'a> {
    letter: char,
    run: &'a Run,
    mark: Mark,
}

/// Where the space after a heading's number stands in one of the texts. `begun` says that some of it stands before.
fn number_end(letters: &[Letter<'_>], view: RevisionView, begun: bool) -> Option<usize> {
    let mut text = letters.iter().enumerate().filter(|(_, letter)| view.holds(letter.mark));
    let mut before = begun.then_some('.');
    let (at, end) = text.find(|(_, Letter { letter, .. })| {
        let goes_on = goes_on_number(before, *letter);
        if goes_on {
            before = Some(*letter);
        }
        !goes_on
    })?;
    (before.is_some() && end.letter == ' ').then_some(at)
}

/// Lets two texts share the space at `last`, where one of them alone has what stands from another space, at `first`, up
/// to there: " The" before " Register" is "The " after a space.
fn turn(letters: &mut [Letter<'_>], first: usize, last: usize) -> bool {
    let Some((shared, own)) = letters.get(first..=last).and_then(<[_]>::split_last) else { return false };
    let Some(head) = own.first() else { return false };
    let turns = shared.mark == Mark::Kept
        && head.mark != Mark::Kept
        && own.iter().all(|letter| letter.mark == head.mark)
        && head.run.style.now.look() == shared.run.style.now.look()
        && head.run.style.was == shared.run.style.was;
    if turns && let Some(stretch) = letters.get_mut(first..=last) {
        stretch.rotate_right(1);
        // The space that was at the head, now at the end.
        stretch[1..].rotate_left(1);
    }
    turns
}
