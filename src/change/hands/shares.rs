//! A paragraph that several revise, put together of what each does to it.

use crate::document::{Mark, Revised, Run, Style, join_runs};
use std::collections::BTreeSet;

/// Runs in one mark and one style, and whose revision each is, by his place among those who revise the paragraph.
pub(super) type Shared = Vec<(Run, Vec<usize>)>;

/// The paragraph that all of them revise, each of its revisions with those who make it. Nothing, if they don't revise one
/// text, or if it doesn't read as `now` when all is accepted.
pub(super) fn together(of_each: &[&[Run]], now: &[Run]) -> Option<Shared> {
    let edits: Vec<Edits> = of_each.iter().map(|runs| Edits::new(runs)).collect();
    let former = &edits.first()?.former;
    if edits.iter().any(|own| own.former != *former) {
        return None;
    }
    let ends = edits.iter().flat_map(|own| &own.pieces).flat_map(|piece| [piece.from, piece.to]);
    let mut bounds: BTreeSet<usize> = ends.collect();
    let mut at = 0;
    for run in former {
        bounds.insert(at);
        at += run.text.len();
    }
    bounds.insert(at);
    let bounds: Vec<usize> = bounds.into_iter().collect();
    let mut shared = Shared::new();
    for (place, &from) in bounds.iter().enumerate() {
        inserted_at(from, &edits, &mut shared);
        if let Some(&to) = bounds.get(place + 1) {
            shared.push(stretch(from, to, &edits)?);
        }
    }
    let shared = joined(shared);
    let accepted = shared.iter().filter(|(run, _)| run.mark != Mark::Deleted);
    let accepted =
        accepted.map(|(run, _)| Run { mark: Mark::Kept, style: run.style.now.clone().into(), ..run.clone() });
    let reads = |runs: &[Run]| -> Vec<Run> {
        let kept = runs.iter().filter(|run| run.mark != Mark::Deleted);
        join_runs(
            kept.map(|run| Run { mark: Mark::Kept, style: run.style.now.clone().into(), ..run.clone() }).collect(),
        )
    };
    (join_runs(accepted.collect()) == reads(now)).then_some(shared)
}

/// What one does to a text.
struct Edits {
    /// The text as it was.
    former: Vec<Run>,
    /// In the order of the text; what is inserted stands between two of its letters.
    pieces: Vec<Piece>,
}

/// A stretch of the former text that is deleted or looks otherwise, or something that is inserted.
struct Piece {
    from: usize,
    to: usize,
    run: Run,
}

impl Edits {
    fn new(runs: &[Run]) -> Self {
        let (mut former, mut pieces, mut at) = (Vec::new(), Vec::new(), 0);
        for run in runs {
            let from = at;
            if run.mark != Mark::Inserted {
                at += run.text.len();
                former.push(Run { mark: Mark::Kept, style: run.style.before().clone().into(), text: run.text.clone() });
            }
            if run.is_revised() {
                pieces.push(Piece { from, to: at, run: run.clone() });
            }
        }
        Self { former: join_runs(former), pieces }
    }

    fn inserted(&self, at: usize) -> impl Iterator<Item = &Run> {
        self.pieces
            .iter()
            .filter(move |piece| piece.from == at && piece.run.mark == Mark::Inserted)
            .map(|piece| &piece.run)
    }

    fn over(&self, from: usize, to: usize) -> Option<&Run> {
        self.pieces.iter().find(|piece| piece.from <= from && to <= piece.to && from < to).map(|piece| &piece.run)
    }
}

/// What all of them insert at a place, the same from several once.
fn inserted_at(at: usize, edits: &[Edits], shared: &mut Shared) {
    let mut said: Vec<(Vec<&Run>, Vec<usize>)> = Vec::new();
    for (author, own) in edits.iter().enumerate() {
        let runs: Vec<&Run> = own.inserted(at).collect();
        match said.iter_mut().find(|(other, _)| *other == runs) {
            _ if runs.is_empty() => {}
            Some((_, authors)) => authors.push(author),
            None => said.push((runs, vec![author])),
        }
    }
    for (runs, authors) in said {
        shared.extend(runs.into_iter().map(|run| (run.clone(), authors.clone())));
    }
}

/// A stretch of the former text, which is in one style and which each of them revises as a whole or not at all.
fn stretch(from: usize, to: usize, edits: &[Edits]) -> Option<(Run, Vec<usize>)> {
    let mut at = 0;
    let (start, run) = edits.first()?.former.iter().find_map(|run| {
        let start = at;
        at += run.text.len();
        (from < at).then_some((start, run))
    })?;
    let text = run.text.get(from - start..to - start)?.to_owned();
    let was = &run.style.now;
    let revised: Vec<(usize, &Run)> =
        edits.iter().enumerate().filter_map(|(author, own)| Some((author, own.over(from, to)?))).collect();
    let Some((_, first)) = revised.first() else {
        return Some((Run { text, style: was.clone().into(), mark: Mark::Kept }, Vec::new()));
    };
    // The one strikes what looks otherwise with the other.
    if revised.iter().any(|(_, run)| (run.mark, &run.style.now) != (first.mark, &first.style.now)) {
        return None;
    }
    let style = match first.mark {
        Mark::Deleted => Revised::<Style>::from(was.clone()),
        Mark::Kept | Mark::Inserted => Revised::from_pair(was.clone(), first.style.now.clone()),
    };
    Some((Run { text, style, mark: first.mark }, revised.into_iter().map(|(author, _)| author).collect()))
}

/// Neighbours in one mark, one style and of the same authors as one.
fn joined(shared: Shared) -> Shared {
    let mut joined: Shared = Vec::with_capacity(shared.len());
    for (run, authors) in shared {
        match joined.last_mut() {
            Some((last, by)) if (last.mark, &last.style, &*by) == (run.mark, &run.style, &authors) => {
                last.text.push_str(&run.text);
            }
            _ => joined.push((run, authors)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<Run> {
        let mut runs = Vec::new();
        for piece in text.split_inclusive(['-', '+', '=']) {
            let (mark, text) = match piece.split_at(piece.len() - 1) {
                (text, "-") => (Mark::Deleted, text),
                (text, "+") => (Mark::Inserted, text),
                (text, _) => (Mark::Kept, text),
            };
            runs.push(Run { text: text.to_owned(), mark, ..Run::default() });
        }
        runs
    }

    fn shown(shared: Option<Shared>) -> Option<String> {
        let shown = |(run, by): (Run, Vec<usize>)| {
            let by: String = by.iter().map(ToString::to_string).collect();
            match run.mark {
                Mark::Kept => run.text,
                Mark::Inserted => format!("{{+{}+{by}}}", run.text),
                Mark::Deleted => format!("[-{}-{by}]", run.text),
            }
        };
        shared.map(|shared| shared.into_iter().map(shown).collect())
    }

    #[test]
    fn each_revision_is_of_those_who_make_it() {
        let one = runs("a =b-x+ c d=");
        let other = runs("a b c =d-y+");
        let now = runs("a x c y=");
        let all = together(&[&one, &other], &now);
        assert_eq!(shown(all).unwrap(), "a [-b-0]{+x+0} c [-d-1]{+y+1}");
        // The same said twice is of both, and so is what both strike of what one strikes.
        let more = runs("a =b c-x+ d=");
        assert_eq!(shown(together(&[&one, &one], &runs("a x c d="))).unwrap(), "a [-b-01]{+x+01} c d");
        assert_eq!(shown(together(&[&one, &more], &runs("a x d="))), None, "which of them stands?");
    }

    #[test]
    fn nothing_is_put_together_that_reads_otherwise() {
        let (one, other) = (runs("a =b-x+ c="), runs("a b =c-"));
        assert_eq!(shown(together(&[&one, &other], &runs("a x c="))), None);
        assert_eq!(shown(together(&[&one, &runs("a b=")], &runs("a x="))), None, "they revise different texts");
    }
}
