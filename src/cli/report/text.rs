//! Findings for people: the message, the place, the line with the place marked, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use ctsd::diagnostic::{Diagnostic, Location, Severity, Sources, Whose};
use std::collections::BTreeMap;

/// How wide findings are drawn where no terminal says: long lines are cut around the place that is meant.
const WIDTH: usize = 120;

/// A stretch for each finding, with an empty line after it. Those of one cause are one finding in several places.
pub(super) fn write(findings: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let mut text = String::new();
    for group in by_cause(findings) {
        text.push_str(&match group.as_slice() {
            [finding] => one(finding, finding.location.as_ref().and_then(|at| sources.line(at)), &renderer),
            group => several(group, sources, &renderer),
        });
        text.push_str("\n\n");
    }
    text
}

/// The findings that have one cause, each group where its first stands.
fn by_cause(findings: &[Diagnostic]) -> Vec<Vec<&Diagnostic>> {
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    let mut known = BTreeMap::new();
    for finding in findings {
        let group = match &finding.cause {
            Some(cause) => *known.entry((finding.code, cause, folder(finding), finding.whose)).or_insert(groups.len()),
            None => groups.len(),
        };
        match groups.get_mut(group) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

/// The folder of the version in whose files a finding is: what two versions say has two causes.
fn folder(finding: &Diagnostic) -> Option<&str> {
    let file = &finding.location.as_ref()?.file;
    file.match_indices('/').nth(1).map_or(Some(file), |(end, _)| file.get(..end))
}

/// Findings of one cause: what they have in common, each line that they are on, and what is said of each.
fn several(group: &[&Diagnostic], sources: &Sources, renderer: &Renderer) -> String {
    let Some(first) = group.first() else { return String::new() };
    let title = format!("{} ({} places)", first.cause.as_deref().unwrap_or(&first.message), group.len());
    let mut lines: BTreeMap<(&str, usize), Vec<&Location>> = BTreeMap::new();
    for at in group.iter().filter_map(|finding| finding.location.as_ref()) {
        lines.entry((&at.file, at.line)).or_default().push(at);
    }
    let mut drawn = Group::with_title(level(first).primary_title(title).id(first.code.name()));
    let mut unseen = Vec::new();
    for places in lines.values() {
        match places.first().and_then(|at| Some((at, sources.line(at)?))) {
            Some((at, line)) => {
                let marks = places.iter().map(|at| AnnotationKind::Primary.span(span(line, at)));
                drawn = drawn.element(Snippet::source(line).line_start(at.line).path(&*at.file).annotations(marks));
            }
            None => unseen.extend(places.iter().map(|at| at.to_string())),
        }
    }
    if !unseen.is_empty() {
        drawn = drawn.element(Level::NOTE.message(format!("at {}", unseen.join(", "))));
    }
    let said = |of: fn(&Diagnostic) -> Option<&str>| -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for words in group.iter().filter_map(|finding| of(finding)) {
            if !all.contains(&words) {
                all.push(words);
            }
        }
        all
    };
    let each = said(|finding| Some(&finding.message));
    if each.len() > 1 {
        drawn = drawn.elements(each.into_iter().map(|message| Level::NOTE.message(message)));
    }
    drawn = drawn.elements(said(|finding| finding.help.as_deref()).into_iter().map(|help| Level::HELP.message(help)));
    drawn = drawn.elements(first.whose.map(|whose| Level::NOTE.message(owner(whose))));
    renderer.render(&[drawn])
}

fn level(finding: &Diagnostic) -> Level<'static> {
    match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn one(finding: &Diagnostic, line: Option<&str>, renderer: &Renderer) -> String {
    let mut group = Group::with_title(level(finding).primary_title(finding.message.as_str()).id(finding.code.name()));
    if let Some(at) = &finding.location {
        group = group.element(match line {
            Some(line) => {
                let annotation = AnnotationKind::Primary.span(span(line, at));
                Snippet::source(line).line_start(at.line).path(&*at.file).annotation(annotation)
            }
            // Without the line there is no place in it to mark, so the path says it all.
            None => return without_line(finding, at),
        });
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    if let Some(whose) = finding.whose {
        group = group.element(Level::NOTE.message(owner(whose)));
    }
    renderer.render(&[group])
}

fn without_line(finding: &Diagnostic, at: &Location) -> String {
    let help = finding.help.as_ref().map(|help| format!("\n  help: {help}")).unwrap_or_default();
    let whose = finding.whose.map(|whose| format!("\n  note: {}", owner(whose))).unwrap_or_default();
    format!("{}[{}]: {}\n  --> {at}{help}{whose}", finding.severity, finding.code, finding.message)
}

fn owner(whose: Whose) -> &'static str {
    match whose {
        Whose::Inserted => "made by this modification, so its own to mend",
        Whose::Baseline => "baseline text: mending it needs a modification of its own",
    }
}

/// The place in its line, in bytes. A place between two characters is drawn as the one after it.
fn span(line: &str, at: &Location) -> std::ops::Range<usize> {
    let byte = |characters: usize| line.char_indices().nth(characters).map_or(line.len(), |(byte, _)| byte);
    let start = at.column.saturating_sub(1);
    byte(start)..byte(start.saturating_add(at.length))
}

/// How many findings there are, and how many of them are whose.
pub(super) fn summary(findings: &[Diagnostic]) -> String {
    if findings.is_empty() {
        return "nothing found\n".to_owned();
    }
    let told: Vec<&Diagnostic> = by_cause(findings).into_iter().filter_map(|group| group.first().copied()).collect();
    let all = counts(told.iter().copied());
    let of = |whose| told.iter().copied().filter(move |finding| finding.whose == Some(whose));
    let mended = match findings.iter().filter(|finding| finding.fix.is_some()).count() {
        0 => "",
        _ => "; `check --fix` mends what can be mended in one way only",
    };
    match (of(Whose::Inserted), of(Whose::Baseline)) {
        (inserted, baseline) if inserted.clone().next().is_some() && baseline.clone().next().is_some() => {
            let (inserted, baseline) = (counts(inserted), counts(baseline));
            format!("{all}; made by modifications: {inserted}; in baseline text: {baseline}{mended}\n")
        }
        _ => format!("{all}{mended}\n"),
    }
}

/// In a line, how many findings aren't told; those of one cause are one.
pub(super) fn left_out(findings: &[Diagnostic]) -> String {
    counts(by_cause(findings).into_iter().filter_map(|group| group.first().copied()))
}

fn counts<'f>(findings: impl Iterator<Item = &'f Diagnostic> + Clone) -> String {
    let count = |(severity, one): (Severity, &str)| match findings.clone().filter(|f| f.severity == severity).count() {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {one}s")),
    };
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    counts.into_iter().filter_map(count).collect::<Vec<_>>().join(", ")
}
