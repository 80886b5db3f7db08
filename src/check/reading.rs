//! A version as it reads: its text in document order, each stretch with its place and with what its base had there.

use crate::diagnostic::{Code, Diagnostic, Fix, Location, Severity, Whose};
use crate::document::{Block, Document, Kind, Mark, Paragraph, Run, markdown};
use crate::model::{Appendix, Matrix, Part, Section, Text, Version};
use crate::redline;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The text of a version, or of the appendix's own words.
#[derive(Debug, Default)]
pub(super) struct Reading<'v> {
    pub passages: Vec<Passage<'v>>,
}

/// A paragraph, a heading, a list item, the name of a row: whatever is read in one.
#[derive(Debug)]
pub(super) struct Passage<'v> {
    pub sort: Sort,
    /// The section or table that it stands in, such as "Section 5.4".
    pub part: String,
    pub text: String,
    /// What tells the text that it is from apart from the others of its version.
    unit: Unit<'v>,
    source: Cow<'v, Text>,
    /// Where its text was written in the source, if that is Markdown.
    written: Option<markdown::Passage>,
    /// The stretches that the base has too, and where.
    kept: Vec<Kept>,
    /// Whether the version has a base to insert into.
    has_base: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// The heading of a section.
    Heading,
    /// A paragraph of a section's body.
    Body(Kind),
    RowName,
    /// The title of the version, which names it and isn't legal text.
    VersionTitle,
    /// The title of a table, or another word of the appendix.
    Title,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit<'v> {
    VersionTitle,
    Heading(&'v str),
    Body(&'v str),
    TableTitle(&'v str),
    /// The row of that table and key, and which of those that share it.
    RowName(&'v str, &'v str, usize),
    Word(usize),
}

/// A stretch of a passage, and the stretch of the base's passage that it was.
#[derive(Clone, Debug)]
struct Kept {
    at: Range<usize>,
    passage: usize,
    offset: usize,
}

/// Something in the text that a drafter should look at.
#[derive(Clone, Debug)]
pub(super) struct Slip {
    pub severity: Severity,
    pub code: Code,
    pub passage: usize,
    /// In bytes of the passage's text; never empty.
    pub at: Range<usize>,
    pub message: String,
    pub help: String,
    /// What gives way to what in the text of the passage, where only one mend is right.
    pub mend: Option<Mend>,
}

/// A stretch of a passage's text, and what takes its place.
pub(super) type Mend = (Range<usize>, String);

/// What a slip is about, its passage, where in that it begins, and how long it is.
pub(super) type SlipPlace = (Code, usize, usize, usize);

impl Slip {
    /// What tells it from other slips of a reading.
    pub fn place(&self) -> SlipPlace {
        (self.code, self.passage, self.at.start, self.at.len())
    }

    pub fn warning(code: Code, passage: usize, at: Range<usize>, message: String, help: String) -> Self {
        Self { severity: Severity::Warning, code, passage, at, message, help, mend: None }
    }

    /// The slip, with what it is mended by.
    pub fn mend(mut self, at: Range<usize>, write: impl Into<String>) -> Self {
        self.mend = Some((at, write.into()));
        self
    }
}

impl<'v> Reading<'v> {
    /// The text of a version, held against that of its base.
    pub fn of_version(version: &'v Version, base: Option<&Reading<'_>>) -> Self {
        let mut reading = Self::default();
        if let Some(title) = &version.title {
            reading.line(Unit::VersionTitle, Sort::VersionTitle, "the title", title);
        }
        for part in &version.parts {
            match part {
                Part::Section(section) => reading.section(section),
                Part::Matrix(matrix) => reading.matrix(matrix),
            }
        }
        if let Some(base) = base {
            reading.align(base);
        }
        reading
    }

    /// Whether a character stands anywhere in it.
    pub fn has(&self, character: char) -> bool {
        self.passages.iter().any(|passage| passage.text.contains(character))
    }

    /// The words of a slip.
    pub fn words(&self, slip: &Slip) -> &str {
        self.passages.get(slip.passage).and_then(|passage| passage.text.get(slip.at.clone())).unwrap_or_default()
    }

    /// The words of the appendix that documents print, whatever the version.
    pub fn of_appendix(appendix: &'v Appendix) -> Self {
        let mut reading = Self::default();
        reading.line(Unit::Word(0), Sort::Title, "the appendix", &appendix.title);
        for (index, applicability) in appendix.applicabilities.iter().enumerate() {
            let text = Text {
                text: applicability.name.to_string(),
                origin: applicability.origin.0.clone(),
                lines: Vec::new(),
            };
            reading.push(Unit::Word(index + 1), Sort::Title, "the appendix", Cow::Owned(text), None);
        }
        reading
    }

    fn section(&mut self, section: &'v Section) {
        let part = format!("Section {}", section.number.value);
        if !section.is_clause() {
            self.line(Unit::Heading(&section.id), Sort::Heading, &part, &section.heading);
        }
        // What can't be read is told where it is rendered.
        for written in markdown::passages(&section.body).unwrap_or_default() {
            let sort = Sort::Body(written.kind.clone());
            self.push(Unit::Body(&section.id), sort, &part, Cow::Borrowed(&section.body), Some(written));
        }
    }

    fn matrix(&mut self, matrix: &'v Matrix) {
        let part = format!("Table {}", matrix.number.value);
        if let Some(title) = &matrix.title {
            self.line(Unit::TableTitle(&matrix.id), Sort::Title, &part, title);
        }
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &matrix.rows {
            let nth = seen.entry(row.key.as_str()).or_default();
            self.line(Unit::RowName(&matrix.id, &row.key, *nth), Sort::RowName, &part, &row.name);
            *nth += 1;
        }
    }

    fn line(&mut self, unit: Unit<'v>, sort: Sort, part: &str, text: &'v Text) {
        self.push(unit, sort, part, Cow::Borrowed(text), None);
    }

    fn push(
        &mut self,
        unit: Unit<'v>,
        sort: Sort,
        part: &str,
        source: Cow<'v, Text>,
        written: Option<markdown::Passage>,
    ) {
        let text = written.as_ref().map_or_else(|| source.text.clone(), |written| written.text.clone());
        let part = part.to_owned();
        self.passages.push(Passage { sort, part, text, unit, source, written, kept: Vec::new(), has_base: false });
    }

    /// Finds what the base has too, unit by unit, as a redline would.
    fn align(&mut self, base: &Reading<'_>) {
        let in_base = base.units();
        let own: Vec<Range<usize>> = self.units().into_values().collect();
        for range in own {
            let Some(unit) = self.passages.get(range.start).map(|passage| passage.unit.clone()) else { continue };
            let old = in_base.get(&unit).cloned().unwrap_or(0..0);
            let kept = kept(base.texts(old.clone()), self.texts(range.clone()));
            for (passage, kept) in self.passages[range].iter_mut().zip(kept) {
                passage.has_base = true;
                passage.kept = kept.into_iter().map(|k| Kept { passage: k.passage + old.start, ..k }).collect();
            }
        }
    }

    fn units(&self) -> BTreeMap<Unit<'_>, Range<usize>> {
        let mut units: BTreeMap<Unit<'_>, Range<usize>> = BTreeMap::new();
        for (index, passage) in self.passages.iter().enumerate() {
            units.entry(passage.unit.clone()).or_insert(index..index).end = index + 1;
        }
        units
    }

    fn texts(&self, range: Range<usize>) -> Vec<(&Sort, &str)> {
        self.passages[range].iter().map(|passage| (&passage.sort, passage.text.as_str())).collect()
    }

    /// Whose slip this is: the base's if its text is wholly the base's, and the base has the same slip there.
    pub fn whose(&self, slip: &Slip, in_base: &BTreeSet<SlipPlace>) -> Whose {
        // Only the base's text names what an extract may leave out; a base that inserted it was told that it is missing.
        if slip.code == Code::UncheckedReference {
            return Whose::Baseline;
        }
        let was = self.passages.get(slip.passage).and_then(|passage| passage.was(&slip.at));
        let same = |(passage, offset): (usize, usize)| in_base.contains(&(slip.code, passage, offset, slip.at.len()));
        if was.is_some_and(same) { Whose::Baseline } else { Whose::Inserted }
    }
}

impl<'v> Passage<'v> {
    /// The identity of the section whose heading it is, or in whose body it stands, if it does.
    pub fn section(&self) -> Option<&'v str> {
        match self.unit {
            Unit::Heading(id) | Unit::Body(id) => Some(id),
            _ => None,
        }
    }

    /// Whether it is a cell of a table in a section's body, which need be no sentence.
    pub fn is_cell(&self) -> bool {
        self.written.as_ref().is_some_and(|written| written.is_cell)
    }

    /// Whether the base has a stretch of it too.
    pub fn is_kept(&self, at: &Range<usize>) -> bool {
        self.was(at).is_some()
    }

    /// Where the text goes on from another line of its file, in bytes of the text.
    pub fn line_starts(&self) -> impl Iterator<Item = usize> {
        let begins = |at: usize| {
            let written = self.written.as_ref()?.written_at(at);
            self.source.get(written..)?.starts_with('\n').then_some(at + 1)
        };
        self.text.match_indices(' ').filter_map(move |(at, _)| begins(at))
    }

    /// Where a stretch of the text stands in its file.
    pub fn locate(&self, at: &Range<usize>) -> Option<Location> {
        let length = self.text.get(at.clone()).map_or(0, |text| text.chars().count());
        let start = self.written.as_ref().map_or(at.start, |written| written.written_at(at.start));
        self.source.locate(start, length)
    }

    /// What a slip has in common with others: what is said of it in one part, or of one character anywhere.
    fn cause(&self, slip: &Slip) -> String {
        match slip.code {
            Code::Document | Code::UnseenCharacter => slip.message.clone(),
            _ => format!("{}, in {}", slip.message, self.part),
        }
    }

    /// A mend, as one of the text that it is made in; none where that says the words in another way.
    fn fix(&self, (at, write): &Mend, version: &Version) -> Option<Fix> {
        let at = self.written(at)?;
        let text = self.source.origin.location()?;
        let length = self.source.text.get(at.clone())?.chars().count();
        let is_own = self.source.origin.version().is_some_and(|own| own.eq_ignore_ascii_case(&version.id));
        let place = self.source.place(at.start, length).filter(|_| is_own);
        Some(Fix { version: version.id.as_str().into(), text, at, write: write.clone(), place })
    }

    /// Where a stretch was written in its source, in bytes, if it stands there letter for letter.
    fn written(&self, at: &Range<usize>) -> Option<Range<usize>> {
        let Some(written) = &self.written else { return Some(at.clone()) };
        // What ends is where its last character is; what is put in, behind the one before it.
        let (last, width) = self.text.get(..at.end)?.char_indices().next_back().map(|(at, c)| (at, c.len_utf8()))?;
        let end = written.written_at(last) + width;
        let start = if at.is_empty() { end } else { written.written_at(at.start) };
        (self.source.text.get(start..end)? == self.text.get(at.clone())?).then_some(start..end)
    }

    /// Whether the version inserts any of a stretch.
    pub fn is_inserted(&self, at: &Range<usize>) -> bool {
        self.has_base && !self.is_kept(at)
    }

    /// The passage and the offset that a stretch has in the base, if it is all there.
    fn was(&self, at: &Range<usize>) -> Option<(usize, usize)> {
        let start = self.kept.iter().find(|kept| kept.at.contains(&at.start))?;
        let (passage, offset) = (start.passage, start.offset + (at.start - start.at.start));
        let mut reached = start.at.end;
        while reached < at.end {
            let next = self.kept.iter().find(|kept| kept.at.start == reached)?;
            if (next.passage, next.offset) != (passage, offset + (reached - at.start)) {
                return None;
            }
            reached = next.at.end;
        }
        Some((passage, offset))
    }
}

/// For each of the new texts, what the old ones have too.
fn kept(old: Vec<(&Sort, &str)>, new: Vec<(&Sort, &str)>) -> Vec<Vec<Kept>> {
    if old == new {
        let whole =
            |(index, (_, text)): (usize, &(&Sort, &str))| vec![Kept { at: 0..text.len(), passage: index, offset: 0 }];
        return new.iter().enumerate().map(whole).collect();
    }
    let marked = redline::compare(&document(&old), &document(&new), "", "").document;
    let mut kept = vec![Vec::new(); new.len()];
    let (mut from, mut to) = (Cursor::new(&old), Cursor::new(&new));
    for block in &marked.blocks {
        let Block::Paragraph(paragraph) = block else { continue };
        for run in &paragraph.runs {
            let mut left = run.text.len();
            while left > 0 {
                let step = match run.mark {
                    Mark::Kept => left.min(from.left()).min(to.left()),
                    Mark::Deleted => left.min(from.left()),
                    Mark::Inserted => left.min(to.left()),
                };
                if step == 0 {
                    return kept;
                }
                if run.mark == Mark::Kept
                    && let Some(kept) = kept.get_mut(to.text)
                {
                    let at = to.offset..to.offset + step;
                    kept.push(Kept { at, passage: from.text, offset: from.offset });
                }
                if run.mark != Mark::Inserted {
                    from.advance(step);
                }
                if run.mark != Mark::Deleted {
                    to.advance(step);
                }
                left -= step;
            }
        }
    }
    kept
}

fn document(texts: &[(&Sort, &str)]) -> Document {
    let block = |(sort, text): &(&Sort, &str)| {
        let kind = match sort {
            Sort::Body(kind) => kind.clone(),
            Sort::Heading | Sort::RowName | Sort::VersionTitle | Sort::Title => Kind::Body,
        };
        Block::Paragraph(Paragraph::new(kind, vec![Run::plain(*text)]))
    };
    Document { blocks: texts.iter().map(block).collect(), ..Document::default() }
}

/// A place in a sequence of texts.
struct Cursor {
    lengths: Vec<usize>,
    text: usize,
    offset: usize,
}

impl Cursor {
    fn new(texts: &[(&Sort, &str)]) -> Self {
        let mut cursor = Self { lengths: texts.iter().map(|(_, text)| text.len()).collect(), text: 0, offset: 0 };
        cursor.advance(0);
        cursor
    }

    /// How much is left of the text that it is in.
    fn left(&self) -> usize {
        self.lengths.get(self.text).map_or(0, |length| length.saturating_sub(self.offset))
    }

    fn advance(&mut self, by: usize) {
        self.offset += by;
        while self.lengths.get(self.text).is_some_and(|&length| self.offset >= length) {
            (self.text, self.offset) = (self.text + 1, 0);
        }
    }
}

/// The slips as findings of a version. What is said of a part several times in the same words has one cause.
pub(super) fn diagnostics(
    reading: &Reading<'_>,
    slips: &[Slip],
    version: Option<&Version>,
    whose: impl Fn(&Slip) -> Whose,
) -> Vec<Diagnostic> {
    let finding = |slip: &Slip| {
        let (passage, whose) = (reading.passages.get(slip.passage)?, whose(slip));
        // What its base says is another's to mend.
        let mender = version.filter(|version| version.base.is_none() || whose == Whose::Inserted);
        let fix = slip.mend.as_ref().zip(mender).and_then(|(mend, version)| passage.fix(mend, version));
        let finding = Diagnostic::new(slip.severity, slip.code, &slip.message)
            .at(passage.locate(&slip.at))
            .help(&slip.help)
            .cause(passage.cause(slip))
            .whose(whose);
        Some(Diagnostic { fix: fix.map(Box::new), ..finding })
    };
    slips.iter().filter_map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the new texts have of the old ones.
    fn kept_texts<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<Vec<&'t str>> {
        let sort = Sort::Body(Kind::Body);
        let sorted = |texts: &[&'t str]| texts.iter().map(|text| (&sort, *text)).collect::<Vec<_>>();
        let text_of = |(index, kept): (usize, &Vec<Kept>)| {
            let each = kept.iter().map(|kept| {
                let was = &old[kept.passage][kept.offset..kept.offset + kept.at.len()];
                assert_eq!(was, &new[index][kept.at.clone()], "a stretch that is kept says the same in both");
                was
            });
            each.collect()
        };
        kept(sorted(old), sorted(new)).iter().enumerate().map(text_of).collect()
    }

    #[test]
    fn what_a_modification_keeps_is_found_word_by_word() {
        let old = ["Tests for Release 2.0.", "A Device must be tested."];
        assert_eq!(kept_texts(&old, &old), [[old[0]], [old[1]]]);
        let new = ["Tests for Release 2.0 or November 19.", "Further, a Party tells the Panel.", old[1]];
        assert_eq!(kept_texts(&old, &new), [vec!["Tests for Release 2.0", "."], vec![], vec![old[1]]]);
        assert_eq!(kept_texts(&[], &new), [vec![""; 0], vec![], vec![]]);
        assert_eq!(kept_texts(&old, &[]), Vec::<Vec<&str>>::new());
    }
}
