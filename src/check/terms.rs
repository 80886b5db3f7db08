//! Rules on words: one spelling of each defined term, one turn of phrase for each thing.

use super::reading::{Passage, Reading, Slip};
use super::subject::Subject;
use crate::diagnostic::Code;
use crate::document::whole_words;
use crate::model::Usage;
use std::ops::Range;

pub(super) fn check(subject: &Subject<'_>, reading: &Reading<'_>, slips: &mut Vec<Slip>) {
    let wording = &subject.standards.wording;
    let usages: Vec<(Code, &Usage)> = (wording.terms.iter().map(|usage| (Code::TermSpelling, usage)))
        .chain(wording.phrases.iter().map(|usage| (Code::Wording, usage)))
        .collect();
    for (index, passage) in reading.passages.iter().enumerate() {
        let right: Vec<Range<usize>> =
            usages.iter().flat_map(|(_, usage)| whole_words(&passage.text, &usage.write)).collect();
        for (code, usage) in &usages {
            for not in &usage.not {
                for at in whole_words(&passage.text, not) {
                    // “November 19” within “November 19 Release” is right.
                    let is_part = right.iter().any(|right| right.start <= at.start && at.end <= right.end);
                    let is_right = is_part || (usage.within_sentence && begins_sentence(passage, at.start));
                    if !is_right {
                        slips.push(slip(*code, index, at, not, usage));
                    }
                }
            }
        }
    }
}

fn slip(code: Code, passage: usize, at: Range<usize>, not: &str, usage: &Usage) -> Slip {
    let message = match code {
        Code::TermSpelling => format!("“{not}” stands here for “{}”", usage.write),
        _ => format!("“{not}” stands here, not “{}”", usage.write),
    };
    let help = match &usage.because {
        Some(because) => format!("write “{}”: {because}", usage.write),
        None => format!("write “{}”, or change what content/terms.yaml says of it", usage.write),
    };
    let slip = Slip::warning(code, passage, at.clone(), message, help);
    // Of a phrase, the words around it may have to go along.
    if code == Code::TermSpelling { slip.mend(at, &usage.write) } else { slip }
}

fn begins_sentence(passage: &Passage<'_>, at: usize) -> bool {
    let before = passage.text.get(..at).unwrap_or_default().trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';'])
}
