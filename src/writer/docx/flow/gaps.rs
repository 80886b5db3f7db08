//! A paragraph between two tables, which would merge without it, and one at the end of the body.

use super::block::{Form, Para, Piece, mark_of};
use crate::document::Mark;
use crate::writer::reading::Reading;

/// Puts a gap wherever one of the texts needs it. A paragraph that stands there in the other text serves as the gap in
/// this one: resolving leaves it empty, and its properties say that it was a gap.
pub fn fill(pieces: &mut Vec<Piece<'_>>) {
    let count = pieces.len();
    // In which of the texts a gap is needed after each piece.
    let mut needed = vec![[false; 2]; count];
    for reading in Reading::BOTH {
        let mut above: Option<usize> = None;
        let mut absent: Option<usize> = None;
        for at in 0..=count {
            let Some(piece) = pieces.get(at) else {
                // The body ends: its last paragraph serves if it is one, whatever its text.
                if above.is_some() {
                    serve(pieces, &mut needed, absent.filter(|at| at + 1 == count), count - 1, reading);
                }
                break;
            };
            let (stands, is_table) = (piece.stands(reading), matches!(piece, Piece::Table { .. }));
            match (stands, is_table) {
                (false, true) => {}
                (false, false) => absent = Some(at),
                (true, true) => {
                    if let Some(table) = above {
                        serve(pieces, &mut needed, absent, table, reading);
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
        pieces.push(Piece::Paragraph(Para::gap(Mark::Kept)));
    }
}

/// Lets the paragraph at `absent` serve as the gap in one reading, or else asks for a gap after the piece at `after`.
fn serve(pieces: &mut [Piece<'_>], needed: &mut [[bool; 2]], absent: Option<usize>, after: usize, reading: Reading) {
    match absent.and_then(|at| pieces.get_mut(at)) {
        Some(Piece::Paragraph(para)) => {
            para.mark = Mark::Kept;
            para.set_form(reading, Form::Gap);
        }
        _ => {
            if let Some(needed) = needed.get_mut(after) {
                needed[reading as usize] = true;
            }
        }
    }
}

fn insert(pieces: &mut Vec<Piece<'_>>, needed: &[[bool; 2]]) {
    let old = std::mem::take(pieces);
    for (piece, needed) in old.into_iter().zip(needed) {
        let mark = mark_of(|reading| needed[reading as usize]);
        if let (Some(above @ Piece::Table { .. }), Piece::Table { .. }) = (pieces.last(), &piece) {
            // Neither text has both tables, but the redline does.
            let mark = mark_of(|reading| above.stands(reading)).unwrap_or_default();
            pieces.push(Piece::Paragraph(Para::gap(mark)));
        }
        pieces.push(piece);
        pieces.extend(mark.map(|mark| Piece::Paragraph(Para::gap(mark))));
    }
}
