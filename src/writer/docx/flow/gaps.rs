//! A paragraph between two tables, which would merge without it, and one at the end of the body.

use super::block::{Form, Para, WordBlock, mark_of};
use crate::document::Mark;
use crate::writer::view::RevisionView;

/// Puts a gap wherever one of the texts needs it. A paragraph that stands there in the other text serves as the gap in
/// this one: resolving leaves it empty, and its properties say that it was a gap.
pub fn fill(pieces: &mut Vec<WordBlock<'_>>) {
    let count = pieces.len();
    // In which of the texts a gap is needed after each piece.
    let mut needed = vec![[false; 2]; count];
    for view in RevisionView::BOTH {
        let mut above: Option<usize> = None;
        let mut absent: Option<usize> = None;
        for at in 0..=count {
            let Some(piece) = pieces.get(at) else {
                // The body ends: its last paragraph serves if it is one, whatever its text.
                if above.is_some() {
                    serve(pieces, &mut needed, absent.filter(|at| at + 1 == count), count - 1, view);
                }
                break;
            };
            let (stands, is_table) = (piece.stands(view), matches!(piece, WordBlock::Table { .. }));
            match (stands, is_table) {
                (false, true) => {}
                (false, false) => absent = Some(at),
                (true, true) => {
                    if let Some(table) = above {
                        serve(pieces, &mut needed, absent, table, view);
                    }
                    above = Some(at);
                    absent = None;
                }
                (true, false) => above = None,
            }
        }
    }
    insert(pieces, &needed);
    if pieces.is_empty() {
        pieces.push(WordBlock::Paragraph(Para::gap(Mark::Kept)));
    }
}

/// Lets the paragraph at `absent` serve as the gap in one view, or else asks for a gap after the piece at `after`.
fn serve(
    pieces: &mut [WordBlock<'_>],
    needed: &mut [[bool; 2]],
    absent: Option<usize>,
    after: usize,
    view: RevisionView,
) {
    match absent.and_then(|at| pieces.get_mut(at)) {
        Some(WordBlock::Paragraph(para)) => {
            para.mark = Mark::Kept;
            para.set_form(view, Form::Gap);
        }
        _ => {
            if let Some(needed) = needed.get_mut(after) {
                needed[view as usize] = true;
            }
        }
    }
}

fn insert(pieces: &mut Vec<WordBlock<'_>>, needed: &[[bool; 2]]) {
    let old = std::mem::take(pieces);
    for (piece, needed) in old.into_iter().zip(needed) {
        let mark = mark_of(|view| needed[view as usize]);
        if let (Some(above @ WordBlock::Table { .. }), WordBlock::Table { .. }) = (pieces.last(), &piece) {
            // Neither text has both tables, but the redline does.
            let mark = mark_of(|view| above.stands(view)).unwrap_or_default();
            pieces.push(WordBlock::Paragraph(Para::gap(mark)));
        }
        pieces.push(piece);
        pieces.extend(mark.map(|mark| WordBlock::Paragraph(Para::gap(mark))));
    }
}
