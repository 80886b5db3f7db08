//! Rules on references: what a clause names has a row, a section or a table, and is mandatory where it says so.

mod scan;
mod stale;

use super::reading::{Passage, Reading, Slip, Sort};
use super::subject::Subject;
use crate::diagnostic::{Code, Severity};
use crate::document::{Kind, NamedPart, PartKind, named_parts, whole_words};
use crate::model::{Matrix, Number, Omitted, Row, Version};
use scan::Mention;
use stale::Stale;
use std::collections::{BTreeMap, BTreeSet};

/// What there is for references to name, in a version and in its base.
struct Targets<'a> {
    subject: &'a Subject<'a>,
    own: Numbers<'a>,
    base: Option<Numbers<'a>>,
}

/// The numbers that a version has.
struct Numbers<'v> {
    /// Of the sections, of the tables, and of whatever they stand in: a section is there if anything in it is.
    sections: BTreeSet<&'v str>,
    tables: BTreeSet<&'v str>,
    variants: BTreeMap<&'v str, Vec<(&'v Matrix, &'v Row)>>,
    /// Whether any begins with a letter.
    has_letters: bool,
    /// Whether a table leaves out rows.
    leaves_out_rows: bool,
}

impl<'v> Numbers<'v> {
    fn of(version: &'v Version) -> Self {
        let numbers = version.parts.iter().map(|part| part.number());
        let with_those_above = |number: &'v str| {
            let above = number.match_indices('.').map(move |(at, _)| &number[..at]);
            above.chain([number])
        };
        let mut variants: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for matrix in version.matrices() {
            for row in matrix.rows() {
                variants.entry(row.variant.as_str()).or_default().push((matrix, row));
            }
        }
        Self {
            sections: numbers.filter(|number| Number::parse(number).is_some()).flat_map(with_those_above).collect(),
            tables: version.matrices().map(|matrix| matrix.number.value.as_str()).collect(),
            variants,
            leaves_out_rows: version.matrices().any(|matrix| matrix.omitted != Omitted::Nothing),
            has_letters: version.parts.iter().any(|part| begins_with_letter(part.number())),
        }
    }

    fn has_part(&self, kind: PartKind, number: &str) -> bool {
        match kind {
            PartKind::Section => self.sections.contains(number),
            PartKind::Table => self.tables.contains(number),
        }
    }
}

pub(super) fn check(subject: &Subject<'_>, reading: &Reading<'_>, slips: &mut Vec<Slip>) {
    let wording = &subject.standards.wording.references;
    let part_words = subject.appendix().part_words();
    let own = Numbers::of(subject.version);
    let targets = Targets { subject, base: subject.base.map(Numbers::of), own };
    let stale: BTreeMap<(usize, usize), Stale<'_>> = stale::find(subject, reading, &part_words);
    for (index, passage) in reading.passages.iter().enumerate() {
        if passage.section().is_none() {
            continue;
        }
        for named in named_parts(&passage.text, &part_words) {
            match stale.get(&(index, named.at.start)) {
                Some(stale) => slips.push(stale.slip(index, &named)),
                None => part(&targets, index, passage, &named, slips),
            }
        }
        if passage.sort == Sort::Heading {
            continue;
        }
        let mentions = scan::requests(&passage.text, wording);
        requests(&targets, index, passage, &mentions, slips);
        let context = context(reading, index);
        if wording.obligation.iter().any(|words| context.contains(words.as_str())) {
            for mention in &mentions {
                slips.extend(not_mandatory(&targets, index, &context, mention));
            }
        }
    }
}

/// A passage with the text that introduces it, if it is an item of a list.
fn context(reading: &Reading<'_>, index: usize) -> String {
    let is_item = |passage: &&Passage<'_>| matches!(passage.sort, Sort::Body(Kind::Item { .. }));
    let own = reading.passages.get(index);
    let introduction = own.filter(is_item).and_then(|_| reading.passages.iter().take(index).rfind(|p| !is_item(p)));
    let texts = introduction.into_iter().chain(own).map(|passage| passage.text.as_str());
    texts.collect::<Vec<_>>().join(" ")
}

/// A section or a table that the text names.
fn part(targets: &Targets<'_>, index: usize, passage: &Passage<'_>, named: &NamedPart<'_>, slips: &mut Vec<Slip>) {
    let subject = targets.subject;
    let section = &subject.appendix().references.section;
    let label = format!("{} {}", named.word, named.number);
    if targets.own.has_part(named.kind, named.number) {
        if named.kind == PartKind::Section && !named.is_further() && !named.word.eq_ignore_ascii_case(section) {
            let message = format!(
                "“{}” names a part of this document that amendment instructions call “{section} {}”",
                &passage.text[named.at.clone()],
                named.number
            );
            let help = format!("write “{section} {}”", named.number);
            let word = named.at.start..named.at.start + named.word.len();
            slips.push(Slip::warning(Code::ReferenceWord, index, named.at.clone(), message, help).mend(word, section));
        }
        return;
    }
    // “Section H14” is of the code that the appendix belongs to: its own numbers begin with figures.
    if begins_with_letter(named.number) && !targets.own.has_letters {
        return;
    }
    let in_base = targets.base.as_ref().is_some_and(|base| base.has_part(named.kind, named.number));
    let must_be_here = in_base || passage.is_inserted(&named.at) || subject.version.extract.is_none();
    slips.push(dangling(index, named.at.clone(), must_be_here, &label, "no section or table that is shown"));
}

/// The Service Requests that a passage names and no row of any table answers.
fn requests(
    targets: &Targets<'_>,
    index: usize,
    passage: &Passage<'_>,
    mentions: &[Mention<'_>],
    slips: &mut Vec<Slip>,
) {
    let missing = mentions.iter().filter(|mention| !targets.own.variants.contains_key(mention.variant));
    let (wrong, unchecked): (Vec<_>, Vec<_>) = missing.partition(|mention| {
        let in_base = targets.base.as_ref().is_some_and(|base| base.variants.contains_key(mention.variant));
        in_base || passage.is_inserted(&mention.at) || !targets.own.leaves_out_rows
    });
    for mention in wrong {
        let label = format!("Service Request {}", mention.variant);
        slips.push(dangling(index, mention.at.clone(), true, &label, "no row of any table"));
    }
    // Whatever stands in one enumeration can't be checked for one reason.
    if let (Some(first), Some(last)) = (unchecked.first(), unchecked.last()) {
        let numbers: Vec<&str> = unchecked.iter().map(|mention| mention.variant).collect();
        let at = first.at.start..last.at.end;
        slips.push(dangling(index, at, false, &numbers.join(", "), "no row that is shown"));
    }
}

fn begins_with_letter(number: &str) -> bool {
    number.starts_with(char::is_alphabetic)
}

fn dangling(index: usize, at: std::ops::Range<usize>, is_wrong: bool, label: &str, what: &str) -> Slip {
    if is_wrong {
        let message = format!("the text names {label}, and {what} answers to it");
        let help = "correct the number, or insert what it names".to_owned();
        return Slip::warning(Code::DanglingReference, index, at, message, help);
    }
    let message = format!("{what} answers to {label}: this can't be checked, for the content is an extract");
    let help = "nothing to do; the check is made once the whole text and its tables are content".to_owned();
    Slip { severity: Severity::Note, ..Slip::warning(Code::UncheckedReference, index, at, message, help) }
}

/// A Service Request that the text says must be executed, and that its table doesn't make a test: for each User Role
/// that the text names; if it names none, for any that has a row for it.
fn not_mandatory(targets: &Targets<'_>, index: usize, context: &str, mention: &Mention<'_>) -> Option<Slip> {
    let appendix = targets.subject.appendix();
    let names_role = |row: &Row| {
        let name = appendix.role(&row.role).map(|role| role.name.as_str());
        name.is_some_and(|name| whole_words(context, name).next().is_some())
            || whole_words(context, &row.role).next().is_some()
    };
    let is_test = |row: &Row| {
        let counts =
            |name: &str| appendix.applicability(name).is_some_and(|applicability| applicability.counts_as_test);
        row.cv.iter().any(|cell| counts(&cell.value))
    };
    let all = targets.own.variants.get(mention.variant)?;
    let named: Vec<_> = all.iter().filter(|(_, row)| names_role(row)).collect();
    let wrong = match named.is_empty() {
        true if all.iter().any(|(_, row)| is_test(row)) => None,
        true => all.first(),
        false => named.into_iter().find(|(_, row)| !is_test(row)),
    };
    let (matrix, row) = wrong?;
    let message = format!(
        "the text says that {} must be executed, but Table {} makes it a test for {} in no CV column",
        mention.variant, matrix.number.value, row.role.value
    );
    let help = "correct the row's cells, or take the Service Request out of the text".to_owned();
    Some(Slip::warning(Code::NotMandatory, index, mention.at.clone(), message, help))
}
