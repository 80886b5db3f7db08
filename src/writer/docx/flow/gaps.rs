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

/// The last mark of the body stands in both texts, since no reader can take it out. Where one text ends in a paragraph
/// above it and the other goes on with a table, the text of that paragraph runs on to the last mark, which then bears
/// what it is in that text. Where it starts a page it does so in both texts, and the break stays where it was, on a line of
/// its own.
pub fn end(pieces: &mut Vec<WordBlock<'_>>) {
    let Some(last) = pieces.len().checked_sub(1) else { return };
    let Some(view) = RevisionView::BOTH.into_iter().find(|view| !pieces[last].stands(*view)) else { return };
    let Some(end) = pieces.iter().rposition(|piece| piece.stands(view)) else { return };
    let goes_on = pieces[end..].iter().any(|piece| matches!(piece, WordBlock::Table { .. }));
    let [WordBlock::Paragraph(above), .., WordBlock::Paragraph(below)] = &mut pieces[end..] else { return };
    if goes_on && above.mark == Mark::Kept && above.ends_section.is_none() && !below.nowhere {
        let form = *view.of(&above.form);
        above.mark = view.other().mark();
        above.form = (*view.other().of(&above.form)).into();
        below.mark = Mark::Kept;
        below.set_form(view, form);
        if std::mem::take(&mut above.starts_page) {
            let block = above.blocks.start;
            above.blocks.start += 1;
            pieces.insert(end, WordBlock::Paragraph(Para::page_break(block, Mark::Kept)));
        }
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
        if let (Some(above), WordBlock::Table { .. }) = (pieces.last(), &piece) {
            // What LibreOffice leaves of a paragraph that goes before a table is then no bullet. And where neither text
            // has both of two tables, the redline does.
            let goes = matches!(above, WordBlock::Paragraph(para) if para.mark != Mark::Kept);
            if goes || matches!(above, WordBlock::Table { .. }) {
                pieces.push(WordBlock::Paragraph(Para::gap_nowhere()));
            }
        }
        pieces.push(piece);
        pieces.extend(mark.map(|mark| WordBlock::Paragraph(Para::gap(mark))));
    }
}
