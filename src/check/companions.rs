//! The rule on words that call for others under the same heading.

use super::reading::{Passage, Reading, Slip, Sort};
use super::subject::Subject;
use crate::diagnostic::Code;
use crate::document::Kind;

pub(super) fn check(subject: &Subject<'_>, reading: &Reading<'_>, slips: &mut Vec<Slip>) {
    for companion in &subject.standards.wording.companions {
        let mut start = 0;
        for block in reading.passages.chunk_by(|_, next| !opens(next)) {
            let says = |words: &str| {
                let hit = |(index, passage): (usize, &Passage<'_>)| Some((index, passage.text.find(words)?));
                block.iter().enumerate().find_map(hit)
            };
            if let (Some((index, at)), None) = (says(&companion.where_it_says), says(&companion.also_say)) {
                let heading = block.first().map_or("", |first| first.text.as_str());
                let message = format!(
                    "under “{heading}”, the text doesn't go on “{} …”, as it does elsewhere",
                    companion.also_say
                );
                let help = match &companion.because {
                    Some(because) => format!("add the sentence: {because}"),
                    None => "add the sentence".to_owned(),
                };
                let at = at..at + companion.where_it_says.len();
                slips.push(Slip::warning(Code::MissingSentence, start + index, at, message, help));
            }
            start += block.len();
        }
    }
}

/// Whether a stretch of text under a heading of its own begins here.
fn opens(passage: &Passage<'_>) -> bool {
    !matches!(&passage.sort, Sort::Body(kind) if !matches!(kind, Kind::Heading { .. }))
}
