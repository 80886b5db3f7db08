//! The text as it is followed from state to state.

use super::{Blame, BlamedCell, BlamedRow, BlamedSection, BlamedTable, Said, Words};
use crate::align::{kept, tokens_of};
use crate::compose::history::Step;
use crate::compose::project::Project;
use crate::model::{ColumnKind, Matrix, Origin, Part, Row, Section, Version};
use std::collections::BTreeMap;

/// Who said something, as a place in the list of all who did.
type By = usize;

/// A state of the text, and who said each piece of it.
pub(super) struct Trace<'p> {
    project: &'p Project,
    said: Vec<Said>,
    state: Version,
    /// In the order of the state's parts.
    parts: Vec<Names>,
}

/// Who said each piece of a part.
#[derive(Clone)]
enum Names {
    Section { number: By, heading: Vec<By>, body: Vec<By> },
    Matrix { number: By, title: By, rows: Vec<RowNames> },
}

/// Who put a row there, and who said each of its cells, by their columns.
#[derive(Clone)]
struct RowNames {
    by: By,
    cells: Vec<By>,
}

impl<'p> Trace<'p> {
    pub fn new(project: &'p Project) -> Self {
        Self { project, said: Vec::new(), state: Version::default(), parts: Vec::new() }
    }

    /// Goes on to the next state.
    pub fn follow(&mut self, step: Step<'p>, state: &Version) {
        let before = std::mem::take(&mut self.state);
        let names = std::mem::take(&mut self.parts);
        let known: BTreeMap<(bool, &str), (&Part, &Names)> =
            before.parts.iter().zip(&names).map(|(part, names)| (part.identity(), (part, names))).collect();
        let drafts = self.drafts(step);
        let days = days(step);
        for part in &state.parts {
            let known = known.get(&part.identity()).copied();
            let names = match known {
                Some((was, names)) if was == part => names.clone(),
                _ => {
                    let own = self.by(step, days.get(&part.identity()).copied());
                    self.part(own, part, known, &drafts)
                }
            };
            self.parts.push(names);
        }
        self.state = state.clone();
    }

    /// What a release's own text may take from: what the modifications say that it puts together. Where they collide, it
    /// decides for words that aren't its own.
    fn drafts(&self, step: Step<'p>) -> Vec<(Step<'p>, Option<&'p Version>)> {
        let draft = |id: &crate::model::Placed<String>| {
            let (by, own) = (self.project.stated(id)?, self.project.version(id)?);
            let of = Step { by, own, through: Some(step.by) };
            Some((of, self.project.version_below(own)))
        };
        let own = step.through.is_none();
        step.by.includes().iter().filter(|_| own).filter_map(draft).collect()
    }

    fn part(
        &mut self,
        own: By,
        part: &Part,
        known: Option<(&Part, &Names)>,
        drafts: &[(Step<'p>, Option<&'p Version>)],
    ) -> Names {
        let drafts: Vec<Draft<'p>> = drafts
            .iter()
            .filter_map(|(of, below)| {
                let (is_table, id) = part.identity();
                let find = |version: &'p Version| version.parts.iter().find(|it| it.identity() == (is_table, id));
                let now = find(of.own)?;
                Some(Draft {
                    by: self.by(*of, days(*of).get(&(is_table, id)).copied()),
                    now,
                    was: below.and_then(find),
                })
            })
            .collect();
        match (part, known) {
            (Part::Section(now), Some((Part::Section(was), Names::Section { number, heading, body }))) => {
                Names::Section {
                    number: if now.number == was.number { *number } else { own },
                    heading: words(&now.heading, &was.heading, heading, own, &drafts, |it| &it.heading),
                    body: words(&now.body, &was.body, body, own, &drafts, |it| &it.body),
                }
            }
            (Part::Matrix(now), Some((Part::Matrix(was), Names::Matrix { number, title, rows }))) => Names::Matrix {
                number: if now.number == was.number { *number } else { own },
                title: if caption(now) == caption(was) { *title } else { own },
                rows: table(now, was, rows, own, &drafts),
            },
            (Part::Section(section), _) => Names::Section {
                number: own,
                heading: vec![own; tokens_of(&section.heading).len()],
                body: vec![own; tokens_of(&section.body).len()],
            },
            (Part::Matrix(matrix), _) => {
                let row = |row: &Row| RowNames { by: own, cells: vec![own; fields(row, matrix).count()] };
                Names::Matrix { number: own, title: own, rows: matrix.rows().map(row).collect() }
            }
        }
    }

    /// Whoever makes a step, as one who says something of a part.
    fn by(&mut self, step: Step<'_>, day_of_part: Option<&str>) -> By {
        let said = Said {
            by: step.own.id.value.clone(),
            through: step.through.map(|release| release.head().id.value.clone()),
            in_force: day_of_part.or_else(|| in_force(step)).map(str::to_owned),
        };
        self.said.iter().position(|known| *known == said).unwrap_or_else(|| {
            self.said.push(said);
            self.said.len() - 1
        })
    }

    /// All that was followed.
    pub fn told(self, version: &Version) -> Blame {
        let Self { said, state, parts, .. } = self;
        let (mut sections, mut tables) = (Vec::new(), Vec::new());
        for (part, names) in state.parts.iter().zip(parts) {
            match (part, names) {
                (Part::Section(section), Names::Section { number, heading, body }) => sections.push(BlamedSection {
                    id: section.id.clone(),
                    number: Words { text: section.number.value.clone(), said: number },
                    heading: runs(&section.heading, &heading),
                    body: runs(&section.body, &body),
                }),
                (Part::Matrix(matrix), Names::Matrix { number, title, rows }) => tables.push(BlamedTable {
                    id: matrix.id.clone(),
                    number: Words { text: matrix.number.value.clone(), said: number },
                    title: Words { text: caption(matrix).to_owned(), said: title },
                    rows: matrix.rows.iter().zip(rows).map(|(row, names)| told_row(row, names, matrix)).collect(),
                }),
                _ => {}
            }
        }
        Blame { version: version.id.value.clone(), said, sections, tables }
    }
}

fn told_row(row: &Row, names: RowNames, matrix: &Matrix) -> BlamedRow {
    let cell = |((column, _, text), said): ((&str, &str, String), By)| BlamedCell {
        column: column.to_owned(),
        words: Words { text, said },
    };
    BlamedRow {
        key: row.key.value.clone(),
        said: names.by,
        cells: fields(row, matrix).zip(names.cells).map(cell).collect(),
    }
}

/// What an included modification makes of a part, and what it was before.
struct Draft<'p> {
    by: By,
    now: &'p Part,
    was: Option<&'p Part>,
}

fn caption(matrix: &Matrix) -> &str {
    matrix.title.as_ref().map_or(&matrix.role_name, |title| &title.text)
}

/// Who said each token of a text.
fn words(
    now: &str,
    was: &str,
    names: &[By],
    own: By,
    drafts: &[Draft<'_>],
    text: fn(&Section) -> &crate::model::Text,
) -> Vec<By> {
    if now == was {
        return names.to_vec();
    }
    let (now, was) = (tokens_of(now), tokens_of(was));
    let mut found: Vec<Option<By>> =
        kept(&was, &now).into_iter().map(|at| at.and_then(|at| names.get(at).copied())).collect();
    for draft in drafts {
        let Part::Section(section) = draft.now else { continue };
        let theirs = tokens_of(text(section));
        let base = match draft.was {
            Some(Part::Section(was)) => tokens_of(text(was)),
            _ => Vec::new(),
        };
        let of_base = kept(&base, &theirs);
        for (name, at) in found.iter_mut().zip(kept(&theirs, &now)) {
            let is_theirs = at.is_some_and(|at| of_base.get(at).is_some_and(Option::is_none));
            if name.is_none() && is_theirs {
                *name = Some(draft.by);
            }
        }
    }
    found.into_iter().map(|name| name.unwrap_or(own)).collect()
}

/// The cells of a row: the head of the column, its key, and what the cell holds.
fn fields<'r>(row: &'r Row, matrix: &'r Matrix) -> impl Iterator<Item = (&'r str, &'r str, String)> {
    let mut cells = row.cv.iter();
    matrix.columns.iter().map(move |column| {
        let text = match column.kind {
            ColumnKind::Reference => row.reference.value.clone(),
            ColumnKind::Variant => row.variant.value.clone(),
            ColumnKind::Name => row.name.text.clone(),
            ColumnKind::Critical => row.critical.value.to_string(),
            ColumnKind::Cv => cells.next().map_or_else(String::new, |cell| cell.value.to_string()),
            ColumnKind::Role => row.role.value.clone(),
        };
        (column.label.as_str(), &*column.key, text)
    })
}

/// The rows of a table by their keys, each with how many of that key stand before it.
fn keyed(matrix: &Matrix) -> impl Iterator<Item = ((&str, usize), &Row)> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    matrix.rows().map(move |row| {
        let count = seen.entry(&row.key.value).or_default();
        *count += 1;
        ((row.key.value.as_str(), *count), row)
    })
}

/// Who said each row and cell of a table.
fn table(now: &Matrix, was: &Matrix, names: &[RowNames], own: By, drafts: &[Draft<'_>]) -> Vec<RowNames> {
    let known: BTreeMap<(&str, usize), (&Row, &RowNames)> =
        keyed(was).zip(names).map(|((key, row), names)| (key, (row, names))).collect();
    let same_columns = now.columns == was.columns;
    keyed(now)
        .map(|(key, row)| match known.get(&key) {
            Some((was_row, names)) if same_columns && was_row.reads_as(row) => (*names).clone(),
            Some((was_row, names)) => {
                let cells = cells(row, now, was_row, was);
                let by = |(at, text, column): (Option<usize>, String, String)| {
                    let kept = at.and_then(|at| names.cells.get(at)).copied();
                    kept.unwrap_or_else(|| drafted(key, &column, &text, drafts).unwrap_or(own))
                };
                RowNames { by: names.by, cells: cells.into_iter().map(by).collect() }
            }
            None => {
                let by = drafts.iter().find(|draft| draft.adds(key)).map(|draft| draft.by);
                let cell = |(_, column, text): (&str, &str, String)| drafted(key, column, &text, drafts).unwrap_or(own);
                RowNames { by: by.unwrap_or(own), cells: fields(row, now).map(cell).collect() }
            }
        })
        .collect()
}

/// For each cell of a row, which it was of the row before if it holds the same, what it holds, and its column.
fn cells(row: &Row, now: &Matrix, was_row: &Row, was: &Matrix) -> Vec<(Option<usize>, String, String)> {
    let before: BTreeMap<&str, (usize, String)> =
        fields(was_row, was).enumerate().map(|(at, (_, key, text))| (key, (at, text))).collect();
    let cell = |(_, key, text): (&str, &str, String)| {
        let at = before.get(key).filter(|(_, known)| *known == text).map(|(at, _)| *at);
        (at, text, key.to_owned())
    };
    fields(row, now).map(cell).collect()
}

impl Draft<'_> {
    fn cell(part: Option<&Part>, key: (&str, usize), column: &str) -> Option<String> {
        let Part::Matrix(matrix) = part? else { return None };
        let (_, row) = keyed(matrix).find(|(known, _)| *known == key)?;
        fields(row, matrix).find(|(_, known, _)| *known == column).map(|(.., text)| text)
    }

    fn adds(&self, key: (&str, usize)) -> bool {
        let has = |part: &Part| matches!(part, Part::Matrix(matrix) if keyed(matrix).any(|(known, _)| known == key));
        has(self.now) && !self.was.is_some_and(has)
    }
}

/// Who of those whose modifications are put together makes a cell hold that.
fn drafted(key: (&str, usize), column: &str, text: &str, drafts: &[Draft<'_>]) -> Option<By> {
    let says = |draft: &&Draft<'_>| {
        let now = Draft::cell(Some(draft.now), key, column);
        now.as_deref() == Some(text) && now != Draft::cell(draft.was, key, column)
    };
    drafts.iter().find(says).map(|draft| draft.by)
}

/// Tokens as stretches of one version. What stands between two words of one is that one's.
fn runs(text: &str, names: &[By]) -> Vec<Words> {
    let tokens = tokens_of(text);
    let is_space = |at: usize| tokens.get(at).is_some_and(|token| token.trim().is_empty());
    let mut runs: Vec<Words> = Vec::new();
    for (at, (token, own)) in tokens.iter().zip(names).enumerate() {
        let behind = (at..tokens.len()).find(|at| !is_space(*at)).and_then(|at| names.get(at));
        let said = match runs.last() {
            Some(last) if is_space(at) && behind == Some(&last.said) => last.said,
            _ => *own,
        };
        match runs.last_mut() {
            Some(last) if last.said == said => last.text.push_str(token),
            _ => runs.push(Words { text: (*token).to_owned(), said }),
        }
    }
    runs
}

/// The days of the parts of which a step says one of their own.
fn days<'s>(step: Step<'s>) -> BTreeMap<(bool, &'s str), &'s str> {
    let sections = step.by.sections().iter().map(|it| (&*it.origin, &it.effective));
    let tables = step.by.tables().iter().map(|it| (&*it.origin, &it.effective));
    let stated: Vec<(&Origin, &str)> =
        sections.chain(tables).filter_map(|(at, day)| Some((at, day.as_ref()?.value.as_str()))).collect();
    let day = |part: &'s Part| {
        let origin = match part {
            Part::Section(section) => &section.origin,
            Part::Matrix(matrix) => &matrix.origin,
        };
        stated.iter().find(|(at, _)| *at == origin).map(|(_, day)| (part.identity(), *day))
    };
    let parts = step.own.parts.iter().filter(|_| !stated.is_empty());
    parts.filter_map(day).collect()
}

/// The day from which what a step makes is in force, once that is known: the version's, or that of the release that it
/// comes through.
fn in_force(step: Step<'_>) -> Option<&str> {
    step.by.in_force().or_else(|| step.through?.in_force())
}
