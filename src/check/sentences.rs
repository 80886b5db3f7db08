//! Rules on sentences: a paragraph ends with a full stop, and duties are put in one way.

use super::reading::{Passage, Reading, Slip, Sort};
use super::subject::Subject;
use crate::diagnostic::{Code, Severity};
use crate::document::{Kind, whole_words};

/// The words that lay a duty on somebody; a text keeps to one.
const DUTIES: [&str; 2] = ["must", "shall"];

pub(super) fn check(_: &Subject<'_>, reading: &Reading<'_>, slips: &mut Vec<Slip>) {
    for (index, passage) in reading.passages.iter().enumerate() {
        slips.extend(unended(passage, reading.passages.get(index + 1), index));
    }
    slips.extend(mixed_duties(reading));
}

/// A paragraph that no list goes on from, and that ends in a word; or in a comma, where no text follows it.
fn unended(passage: &Passage<'_>, next: Option<&Passage<'_>>, index: usize) -> Option<Slip> {
    let (at, last) = passage.text.char_indices().next_back()?;
    let introduces = next.is_some_and(|next| matches!(next.sort, Sort::Body(Kind::Item { .. })));
    if passage.sort != Sort::Body(Kind::Body) || passage.is_cell() || introduces {
        return None;
    }
    let end = passage.text.len();
    let help = "end it with “.”".to_owned();
    let goes_on =
        next.is_some_and(|next| matches!(&next.sort, Sort::Body(kind) if !matches!(kind, Kind::Heading { .. })));
    if matches!(last, ',' | ';') && !goes_on {
        let message = format!("the last paragraph of the text ends with “{last}”, as if more followed");
        return Some(Slip::warning(Code::MissingFullStop, index, at..end, message, help));
    }
    let ends_in_word = last.is_alphanumeric() || matches!(last, ')' | '’' | '”');
    let quotes_sentence = passage.text.trim_end_matches([')', '’', '”']).ends_with(['.', '?', '!']);
    if !ends_in_word || quotes_sentence {
        return None;
    }
    let message = "the paragraph doesn't end with a full stop".to_owned();
    Some(Slip::warning(Code::MissingFullStop, index, at..end, message, help).mend(end..end, "."))
}

/// The first of the rarer words for a duty, where a text has both.
fn mixed_duties(reading: &Reading<'_>) -> Option<Slip> {
    let uses = DUTIES.map(|word| {
        let of = |(index, passage)| whole_words(text_of(passage), word).map(move |at| (index, at)).collect::<Vec<_>>();
        reading.passages.iter().enumerate().flat_map(of).collect::<Vec<_>>()
    });
    let rarer = usize::from(uses[1].len() <= uses[0].len());
    let (word, other) = (DUTIES[rarer], DUTIES[1 - rarer]);
    let (index, at) = uses[rarer].first()?.clone();
    if uses[1 - rarer].is_empty() {
        return None;
    }
    let count = |count: usize| if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let message = format!(
        "“{word}” stands in this text {}, and “{other}” {}: both lay a duty on somebody",
        count(uses[rarer].len()),
        count(uses[1 - rarer].len())
    );
    let help = format!("write “{other}”, unless something else is meant");
    Some(Slip { severity: Severity::Note, ..Slip::warning(Code::MixedDuties, index, at, message, help) })
}

/// The legal text of a passage; names and titles lay no duty on anybody.
fn text_of<'p>(passage: &'p Passage<'_>) -> &'p str {
    if matches!(passage.sort, Sort::Body(_)) { &passage.text } else { "" }
}
