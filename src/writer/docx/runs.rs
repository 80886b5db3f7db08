//! Runs of text with their revisions, links and fields.
//!
//! A run that is in one of the texts only stands in `w:ins` or `w:del`, and an emphasis that changed in `w:rPrChange`.
//! A link can't be revised in Word: where it changed, the text is deleted with the old one and inserted with the new.

use super::carrier;
use super::links::{Links, Target};
use crate::document::{Mark, Revised, Run, Style};
use crate::ooxml::styles;
use crate::writer::view::RevisionView;
use docx_rs as word;
use std::borrow::Cow;
use word::{FieldCharType, InsertChild, InstrText, ParagraphChild};

/// An insertion. Who made it and when, the finish pass says of all revisions alike.
pub fn insertion() -> word::Insert {
    word::Insert::new_with_empty()
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
    /// It recedes.
    pub quiet: bool,
    /// In half points.
    pub size: Option<usize>,
}

/// The runs of a paragraph or cell. `owner` is the mark of the row that they stand in: what it leaves in neither text
/// isn't written.
pub fn children(runs: &[Run], owner: Mark, format: DirectFormat, links: &mut Links) -> Vec<ParagraphChild> {
    let mut children = Vec::with_capacity(runs.len());
    let mut open: Option<(Target, Vec<ParagraphChild>)> = None;
    for run in runs.iter().filter(|run| !run.text.is_empty()) {
        for stretch in stretches(run, owner) {
            let target = stretch.style.link.as_deref().and_then(|link| links.target(link));
            if open.as_ref().map(|(target, _)| target) != target.as_ref() {
                children.extend(open.take().map(hyperlink));
            }
            let child = tracked(stretch.run(format, target.is_some()), stretch.mark);
            match (target, &mut open) {
                (None, _) => children.push(child),
                (Some(_), Some((_, inside))) => inside.push(child),
                (Some(target), None) => open = Some((target, vec![child])),
            }
        }
    }
    children.extend(open.take().map(hyperlink));
    children
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
    was: Option<&'a Style>,
    mark: Mark,
}

fn stretches(run: &Run, owner: Mark) -> impl Iterator<Item = Stretch<'_>> {
    let stretch = |style, was, mark| Some(Stretch { text: &run.text, style, was, mark });
    let mark = match (owner, run.mark) {
        (Mark::Kept, mark) | (mark, Mark::Kept) => mark,
        (owner, mark) if owner == mark => mark,
        _ => return [None, None].into_iter().flatten(),
    };
    let (before, now) = (run.style.before(), &run.style.now);
    match mark {
        Mark::Inserted => [stretch(now, None, mark), None],
        Mark::Deleted => [stretch(before, None, mark), None],
        Mark::Kept if before.link != now.link => {
            [stretch(before, None, RevisionView::Original.mark()), stretch(now, None, RevisionView::Proposed.mark())]
        }
        Mark::Kept => [stretch(now, run.style.was.as_ref(), mark), None],
    }
    .into_iter()
    .flatten()
}

impl Stretch<'_> {
    fn run(&self, format: DirectFormat, linked: bool) -> word::Run {
        let style = match (linked, format.quiet) {
            (true, _) => Some(styles::HYPERLINK),
            (false, true) => Some(styles::QUIET),
            (false, false) => None,
        };
        let mut run = text_run(self.text, self.mark);
        run.run_property = look(self.style, style, format.size);
        if let Some(was) = self.was {
            run.run_property = carrier::former_style(run.run_property, was, style, format.size);
        }
        run
    }
}

fn look(style: &Style, character_style: Option<&str>, size: Option<usize>) -> word::RunProperty {
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
    match size {
        Some(size) => property.size(size),
        None => property,
    }
}

/// A heading's runs with a tab between its number and its title, where they begin with a number: digits and full
/// stops, whichever text they stand in, and a space.
pub fn numbered(runs: &[Run]) -> Cow<'_, [Run]> {
    let mut digits = false;
    for (index, run) in runs.iter().enumerate() {
        let Some(at) = run.text.find(|c: char| !c.is_ascii_digit() && c != '.') else {
            digits |= !run.text.is_empty();
            continue;
        };
        let Some((number, title)) = run.text.split_at_checked(at) else { break };
        if (digits || at > 0) && title.starts_with(' ') {
            let text = format!("{number}\t{}", title.strip_prefix(' ').unwrap_or(title));
            let mut numbered = runs.to_vec();
            numbered[index].text = text;
            return Cow::Owned(numbered);
        }
        break;
    }
    Cow::Borrowed(runs)
}
