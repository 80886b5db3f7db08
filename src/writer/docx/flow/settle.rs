//! Paragraph marks that Word can resolve.
//!
//! A mark that goes makes its text run on into the next paragraph. Before a table and at the end of the body there is
//! none, so the last mark of a stretch of paragraphs must stand in both texts. Where the two texts end in different
//! paragraphs, the end of the shorter one is moved to the last mark: "First.¶" with an inserted "Second.¶" is written
//! as "First.", an inserted mark, an inserted "Second." and a mark that is kept, as Word itself does when a drafter
//! presses Enter at the end of "First.". The last mark then bears what the first paragraph was.

use super::block::Para;
use crate::document::Mark;
use crate::writer::view::RevisionView;
use std::borrow::Cow;

/// Makes the last mark of a stretch of paragraphs one that is kept, if the stretch stands in both texts.
pub fn settle(group: &mut Vec<Para<'_>>) {
    run_through(group);
    let (Some(before), Some(now)) = (end(group, RevisionView::Original), end(group, RevisionView::Proposed)) else {
        return;
    };
    if before != now {
        let (shorter, at) = if before < now { (RevisionView::Original, before) } else { (RevisionView::Proposed, now) };
        move_end(group, shorter, at);
    }
    if let Some(last) = group.last_mut() {
        last.mark = Mark::Kept;
    }
}

/// Makes one revision of text that is added to the end of a paragraph and of whole paragraphs that follow it: "; and"
/// and a new item. Written as two, with a kept mark between them, LibreOffice takes the mark for a part of the first
/// and rejects it too.
fn run_through(group: &mut [Para<'_>]) {
    for view in RevisionView::BOTH {
        let mark = view.mark();
        let mut at = 1;
        while at < group.len() {
            let length = group.iter().skip(at).take_while(|para| para.is_whole(mark)).count();
            if let Some([first, .., last]) = group.get_mut(at - 1..at + length)
                && first.mark == Mark::Kept
                && first.runs.last().is_some_and(|run| run.mark == mark)
            {
                let former = *view.other().of(&first.form);
                first.mark = mark;
                first.form = (*view.of(&first.form)).into();
                last.mark = Mark::Kept;
                last.set_form(view.other(), former);
                mark_with_next(group.get_mut(at - 1..at + length));
            }
            at += length + 1;
        }
    }
}

/// The paragraph whose mark ends one of the texts. Text that runs on to the end of the stretch ends with its last.
fn end(group: &[Para<'_>], view: RevisionView) -> Option<usize> {
    let mut end = None;
    let mut running = false;
    for (index, para) in group.iter().enumerate() {
        running |= para.has_text(view);
        if view.holds(para.mark) {
            end = Some(index);
            running = false;
        }
    }
    if running { group.len().checked_sub(1) } else { end }
}

/// Moves the end of one text from the paragraph `at` to the last, between which it has nothing.
fn move_end(group: &mut Vec<Para<'_>>, view: RevisionView, at: usize) {
    let Some(ending) = group.get_mut(at) else { return };
    let form = *view.of(&ending.form);
    let shared = ending.mark == Mark::Kept;
    if shared {
        ending.mark = view.other().mark();
        ending.form = (*view.other().of(&ending.form)).into();
        mark_with_next(group.get_mut(at..));
    }
    if let Some(last) = group.last_mut() {
        last.set_form(view, form);
    }
    if !shared {
        join_with_next(group, at);
    }
}

/// Each mark but the last as a revision of what stands behind it, which it parts from what stands before.
fn mark_with_next(paras: Option<&mut [Para<'_>]>) {
    let Some(paras) = paras else { return };
    for at in 1..paras.len() {
        let next = paras[at].blocks.start;
        paras[at - 1].marked_with = Some(next);
    }
}

/// Takes a mark out of both texts.
fn join_with_next(group: &mut Vec<Para<'_>>, at: usize) {
    let first = group.remove(at);
    if let Some(next) = group.get_mut(at) {
        let mut runs = first.runs.into_owned();
        runs.extend_from_slice(&next.runs);
        next.runs = Cow::Owned(runs);
        next.blocks.start = first.blocks.start;
    }
}
