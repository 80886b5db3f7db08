//! The rule on abbreviations: the full form stands beside the short one where that is first used.

use super::reading::{Reading, Slip, Sort};
use super::subject::Subject;
use crate::diagnostic::Code;
use crate::document::whole_words;
use crate::model::Abbreviation;

pub(super) fn check(subject: &Subject<'_>, reading: &Reading<'_>, slips: &mut Vec<Slip>) {
    for abbreviation in &subject.standards.wording.abbreviations {
        slips.extend(unexpanded(abbreviation, reading));
    }
}

fn unexpanded(abbreviation: &Abbreviation, reading: &Reading<'_>) -> Option<Slip> {
    let Abbreviation { short, full } = abbreviation;
    // A version's title stands before its text, and introduces nothing in it.
    let legal_text = || reading.passages.iter().filter(|passage| passage.sort != Sort::VersionTitle);
    let mut used = reading.passages.iter().enumerate().filter(|(_, passage)| passage.sort != Sort::VersionTitle);
    let (index, at) = used.find_map(|(index, passage)| Some((index, whole_words(&passage.text, short).next()?)))?;
    let introduces =
        |text: &str| text.contains(&format!("{full} ({short})")) || text.contains(&format!("{short} ({full})"));
    let first = reading.passages.get(index)?;
    if introduces(&first.text) {
        return None;
    }
    let introduced = legal_text().find(|passage| introduces(&passage.text));
    let spelt_out = legal_text().find(|passage| passage.text.contains(full.as_str()));
    let message = match (introduced, spelt_out) {
        (Some(later), _) => {
            format!("“{short}” is used before it is introduced, as “{full} ({short})”, in {}", later.part)
        }
        (None, Some(place)) => {
            format!("“{short}” is used and never introduced; {} has “{full}” without “({short})”", place.part)
        }
        (None, None) => format!("“{short}” is used and never spelt out"),
    };
    let help = format!("write “{full} ({short})” where it is first used");
    Some(Slip::warning(Code::UnexpandedAbbreviation, index, at, message, help))
}
