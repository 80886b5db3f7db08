//! Landscape pages for the tables that need them.
//!
//! A table takes its caption, and the headings and instruction over that, along to its page, and the notes under it.

use super::block::{Form, Orientation, Para, WordBlock, mark_of};
use crate::document::Mark;
use std::ops::Range;

/// Ends a section wherever the page turns, and says how the last one lies.
pub fn divide(pieces: &mut Vec<WordBlock<'_>>) -> Orientation {
    let runs = landscape_runs(pieces);
    let last = match runs.last() {
        Some(run) if run.end == pieces.len() => Orientation::Landscape,
        _ => Orientation::Portrait,
    };
    // From the last to the first, so that what is inserted doesn't move the runs that are still to come.
    for run in runs.into_iter().rev() {
        let mark = mark_of(|view| pieces[run.clone()].iter().any(|piece| piece.stands(view))).unwrap_or_default();
        if run.end < pieces.len() {
            end_section(pieces, run.end, mark, Orientation::Landscape);
        }
        if run.start > 0 {
            end_section(pieces, run.start, mark, Orientation::Portrait);
        }
    }
    last
}

/// The longest stretches of pieces that stand on landscape pages.
fn landscape_runs(pieces: &[WordBlock<'_>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let is_turned = match piece {
            WordBlock::Table { orientation, .. } => *orientation == Orientation::Landscape,
            WordBlock::Paragraph(para) => para.is_turned,
            WordBlock::Contents { .. } => false,
        };
        if !is_turned {
            continue;
        }
        let mut run = index..index + 1;
        while let Some(WordBlock::Paragraph(above)) = run.start.checked_sub(1).and_then(|at| pieces.get(at))
            && (above.form.now.keeps_with_next() || above.runs_on())
        {
            run.start -= 1;
        }
        while let Some(WordBlock::Paragraph(below)) = pieces.get(run.end)
            && below.is_note()
        {
            run.end += 1;
        }
        while let Some(WordBlock::Paragraph(last)) = pieces.get(run.end - 1)
            && last.runs_on()
            && run.end < pieces.len()
        {
            run.end += 1;
        }
        match runs.last_mut() {
            Some(last) if last.end >= run.start => last.end = run.end,
            _ => runs.push(run),
        }
    }
    runs
}

/// Ends a section before the piece `at`: in the paragraph above it, or in a gap of its own where that isn't kept, or
/// where the page turns in one of the texts only.
fn end_section(pieces: &mut Vec<WordBlock<'_>>, at: usize, mark: Mark, orientation: Orientation) {
    let above = at.checked_sub(1).and_then(|above| pieces.get_mut(above));
    match above {
        Some(WordBlock::Paragraph(para)) if mark == Mark::Kept && para.mark == Mark::Kept => {
            // A gap that only starts a page would leave that page empty: the section starts one.
            para.starts_page &= para.form.now != Form::Gap;
            para.ends_section = Some(orientation);
        }
        _ => {
            let gap = Para { ends_section: Some(orientation), ..Para::gap(mark) };
            pieces.insert(at, WordBlock::Paragraph(gap));
        }
    }
}
