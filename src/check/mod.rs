//! Checks: what a drafter should look at, though it can be built.
//!
//! Rules run over the loaded project. A rule on text gives slips in a reading, a rule on tables and versions
//! gives diagnostics; this room's own business is whose slip each is. A finding of a modification is its baseline's
//! if the baseline, checked by itself, has it at the same place; else the modification makes it, be it by what it
//! inserts or by what it takes away. So nothing is guessed, and a slip of the baseline is told once.

mod abbreviations;
mod allow;
mod comments;
mod companions;
mod definitions;
mod glyphs;
mod lines;
mod lists;
mod matrix;
mod mend;
mod modification;
mod numbers;
mod published;
mod reading;
mod references;
mod register;
mod sentences;
mod spacing;
mod structure;
mod subject;
mod templates;
mod terms;
mod undone;
mod unwritable;

pub use allow::is_allowed;
pub use mend::mend;
pub use published::{Contradiction, contradictions};
pub use unwritable::place;

use crate::compose::Project;
use crate::diagnostic::{Code, Diagnostic, Whose, sort};
use crate::model::{Directory, Standards, Version};
use crate::progress::{Step, Watch};
use crate::stylesheet::Stylesheet;
use crate::template::Templates;
use reading::{Reading, Slip};
use std::collections::{BTreeMap, BTreeSet};
use subject::Subject;

/// The rules on what versions and tables say, a file each.
const RULES: [fn(&Subject<'_>, &mut Vec<Diagnostic>); 7] = [
    comments::check,
    matrix::check,
    published::check,
    register::check,
    modification::check,
    structure::check,
    undone::check,
];

/// The rules on how the text says it, a file each.
const TEXT_RULES: [fn(&Subject<'_>, &Reading<'_>, &mut Vec<Slip>); 11] = [
    abbreviations::check,
    companions::check,
    definitions::check,
    glyphs::check,
    lines::check,
    lists::check,
    numbers::check,
    references::check,
    sentences::check,
    spacing::check,
    terms::check,
];

/// The rules that need no more than a stretch of text, for the appendix's own words.
const WORD_RULES: [fn(&Subject<'_>, &Reading<'_>, &mut Vec<Slip>); 3] = [glyphs::check, spacing::check, terms::check];

/// What was found in a version: how it reads, the slips in that, and what they come to.
#[derive(Debug)]
struct Found<'a> {
    reading: Reading<'a>,
    slips: Vec<Slip>,
    diagnostics: Vec<Diagnostic>,
}

impl Found<'_> {
    /// What was found of these characters, as the baseline's.
    fn of_characters(&self, characters: &BTreeSet<char>) -> Vec<Diagnostic> {
        let is_one = |slip: &&Slip| self.reading.words(slip).contains(|c| characters.contains(&c));
        let slips: Vec<Slip> =
            self.slips.iter().filter(|slip| slip.code == Code::Document).filter(is_one).cloned().collect();
        reading::diagnostics(&self.reading, &slips, None, |_| Whose::Baseline)
    }
}

/// Everything that is found in these versions, sorted by place, without what `standards` allow.
pub fn check(
    project: &Project,
    templates: &Templates,
    standards: &Standards,
    sheet: &Stylesheet,
    versions: &[&Version],
    watch: &Watch,
) -> Vec<Diagnostic> {
    let mut found: BTreeMap<&str, Found<'_>> = BTreeMap::new();
    let mut all = templates.unread().to_vec();
    let order = baselines_first(project, versions);
    for (place, version) in (1..).zip(&order) {
        let base = version.base.as_ref().and_then(|base| project.version(base));
        let (own, below) = (Directory::new(version), base.map(Directory::new));
        let subject = Subject { project, templates, standards, sheet, version, base, own, below };
        let below = base.and_then(|base| found.get(base.id.as_str()));
        let step = Step::Version { name: &version.name, place, of: order.len() };
        let now = watch.during(step, || examine(&subject, below));
        if place == 1 {
            all.extend(appendix_words(&subject));
        }
        if versions.iter().any(|checked| checked.id == version.id) {
            let told_below = |diagnostic: &Diagnostic| {
                let base_is_checked = base.is_some_and(|base| versions.iter().any(|checked| checked.id == base.id));
                base_is_checked && diagnostic.whose == Some(Whose::Baseline)
            };
            all.extend(now.diagnostics.iter().filter(|diagnostic| !told_below(diagnostic)).cloned());
        }
        found.insert(version.id.as_str(), now);
    }
    let everything = project.versions.len() == versions.len();
    allow::apply(&mut all, &standards.allowances, everything);
    sort(&mut all);
    all
}

/// How many versions a check of these looks at: their baselines too.
pub fn looked_at(project: &Project, versions: &[&Version]) -> usize {
    baselines_first(project, versions).len()
}

/// The versions, and all that they rest on, each after its base.
fn baselines_first<'a>(project: &'a Project, versions: &[&'a Version]) -> Vec<&'a Version> {
    let mut order: Vec<&Version> = Vec::new();
    for version in versions {
        let mut chain = vec![*version];
        while let Some(base) = chain.last().and_then(|last| project.version(last.base.as_ref()?)) {
            chain.push(base);
        }
        for version in chain.into_iter().rev() {
            if !order.iter().any(|known| known.id == version.id) {
                order.push(version);
            }
        }
    }
    order
}

/// Runs the rules on one version. `below` is what was found in its base.
fn examine<'a>(subject: &Subject<'a>, below: Option<&Found<'_>>) -> Found<'a> {
    let reading = Reading::of_version(subject.version, below.map(|below| &below.reading));
    let mut slips = Vec::new();
    TEXT_RULES.iter().for_each(|rule| rule(subject, &reading, &mut slips));
    let mut diagnostics = Vec::new();
    RULES.iter().for_each(|rule| rule(subject, &mut diagnostics));
    let mut struck = BTreeSet::new();
    match templates::render(subject) {
        Ok(documents) => {
            let base = below.map(|below| &below.reading);
            struck = unwritable::check(subject, &reading, base, &documents, &mut diagnostics);
        }
        Err(wrong) => diagnostics.extend(wrong),
    }
    let told = |below: &Found<'_>| below.diagnostics.iter().map(|told| (told.code, told.location.clone())).collect();
    let told_below: BTreeSet<_> = below.map(told).unwrap_or_default();
    for diagnostic in &mut diagnostics {
        let in_base = told_below.contains(&(diagnostic.code, diagnostic.location.clone()));
        // A template is no version's.
        let of_version = !diagnostic.code.is_of_templates();
        let whose = if subject.base.is_none() || in_base { Whose::Baseline } else { Whose::Inserted };
        diagnostic.whose = of_version.then_some(whose);
    }
    let in_base: BTreeSet<_> = below.map(|below| below.slips.iter().map(Slip::place).collect()).unwrap_or_default();
    let whose = |slip: &Slip| match below {
        None => Whose::Baseline,
        Some(_) => reading.whose(slip, &in_base),
    };
    diagnostics.extend(reading::diagnostics(&reading, &slips, Some(subject.version), whose));
    diagnostics.extend(below.into_iter().flat_map(|below| below.of_characters(&struck)));
    Found { reading, slips, diagnostics }
}

/// The findings in the words of the appendix itself, which every version prints.
fn appendix_words(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let reading = Reading::of_appendix(subject.appendix());
    let mut slips = Vec::new();
    WORD_RULES.iter().for_each(|rule| rule(subject, &reading, &mut slips));
    reading::diagnostics(&reading, &slips, None, |_| Whose::Baseline)
}
