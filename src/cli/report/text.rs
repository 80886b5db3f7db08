//! Findings for people: the message, the place, the line with the place marked, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use ctsd::diagnostic::{Diagnostic, Location, Severity, Sources, Whose};

/// How wide findings are drawn where no terminal says: long lines are cut around the place that is meant.
const WIDTH: usize = 120;

/// A stretch for each finding, with an empty line after it.
pub(super) fn write(findings: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let mut text = String::new();
    for finding in findings {
        let line = finding.location.as_ref().and_then(|at| sources.line(at));
        text.push_str(&one(finding, line, &renderer));
        text.push_str("\n\n");
    }
    text
}

fn one(finding: &Diagnostic, line: Option<&str>, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(finding.message.as_str()).id(finding.code.name()));
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
    let all = counts(findings.iter());
    let baseline = || findings.iter().filter(|finding| finding.whose == Some(Whose::Baseline));
    let inserted = || findings.iter().filter(|finding| finding.whose == Some(Whose::Inserted));
    match (inserted().count(), baseline().count()) {
        (0, _) | (_, 0) => format!("{all}\n"),
        _ => {
            format!("{all}; made by modifications: {}; in baseline text: {}\n", counts(inserted()), counts(baseline()))
        }
    }
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
