//! What a paragraph is in the dialect, by what it is in Word.

use super::marked::Look;
use crate::document::{self, CLAUSE_LEVELS, Kind, Mark, Marker, Revised, Run, TextRole, number_end};
use crate::ooxml::styles;

/// The kind of a paragraph; `section` is the section that it opens, if it opens one.
pub(super) fn of(look: &Look, section: Option<&String>) -> Kind {
    if let Some(level) = look.heading {
        return Kind::Heading { level: level.clamp(1, 6), id: section.cloned() };
    }
    if let Some((level, id)) = clause(look).zip(section) {
        return Kind::Clause { level, id: id.clone() };
    }
    let is_role = |role: &&TextRole| {
        let id = styles::of_role(**role);
        *look.style == *id || look.name.eq_ignore_ascii_case(id)
    };
    if let Some(role) = TextRole::ALL.iter().find(is_role) {
        return Kind::Role(*role);
    }
    let Some(label) = &look.label else {
        return match continued(look) {
            Some(level) => Kind::Item { level, marker: Marker::Continued },
            None => Kind::Body,
        };
    };
    let level = label.depth.saturating_add(1);
    match document::Label::new(label.text.trim()) {
        _ if label.is_bullet => Kind::Item { level, marker: Marker::Bullet },
        Some(label) => Kind::Item { level, marker: Marker::Label(label) },
        None => Kind::Body,
    }
}

/// The level of a section without a heading, by the style of its first paragraph.
fn clause(look: &Look) -> Option<u8> {
    let level = look.style.strip_prefix(styles::CLAUSE)?.parse().ok()?;
    (1..=CLAUSE_LEVELS).contains(&level).then_some(level)
}

/// The level of a further paragraph of an item, by its style.
fn continued(look: &Look) -> Option<u8> {
    let name = look.style.strip_prefix(styles::CONTINUED)?;
    if name.is_empty() { Some(1) } else { name.parse().ok().filter(|level| (2..=9).contains(level)) }
}

/// The label, where the dialect has none like it and it is to be written as text.
fn written(look: &Look) -> Option<String> {
    let label = look.label.as_ref()?;
    let is_item = look.heading.is_none() && matches!(of(look, None), Kind::Item { .. });
    (!is_item && !label.is_bullet).then(|| format!("{} ", label.text.trim()))
}

/// The runs of a paragraph, after its label as far as that is to be written.
pub(super) fn with_label(look: &Revised<Look>, mark: Mark, runs: Vec<Run>) -> Vec<Run> {
    labelled(written(look.before()), written(&look.now), mark, runs)
}

/// The runs of a line, after its label: in a cell there are no items.
pub(super) fn with_any_label(look: &Revised<Look>, mark: Mark, runs: Vec<Run>) -> Vec<Run> {
    let label = |look: &Look| {
        look.label.as_ref().map(|label| match label.is_bullet {
            true => "• ".to_owned(),
            false => format!("{} ", label.text.trim()),
        })
    };
    labelled(label(look.before()), label(&look.now), mark, runs)
}

fn labelled(was: Option<String>, now: Option<String>, mark: Mark, runs: Vec<Run>) -> Vec<Run> {
    let label = |text: Option<String>, mark| text.map(|text| Run { text, mark, ..Run::default() });
    let mut labelled: Vec<Run> = match mark {
        Mark::Kept if was != now => label(was, Mark::Deleted).into_iter().chain(label(now, Mark::Inserted)).collect(),
        Mark::Deleted => label(was, mark).into_iter().collect(),
        mark => label(now, mark).into_iter().collect(),
    };
    labelled.extend(runs);
    labelled
}

/// The number of a section stands before a tab in Word, and before a space here.
pub(super) fn space_after_number(runs: &mut [Run]) {
    let mut has_number = false;
    for run in runs {
        let end = number_end(&run.text);
        match (end < run.text.len()).then(|| run.text.split_at(end)) {
            None => has_number |= !run.text.is_empty(),
            Some((number, rest)) => {
                has_number |= !number.is_empty();
                if let Some(title) = rest.strip_prefix('\t').filter(|_| has_number) {
                    run.text = format!("{number} {title}");
                }
                return;
            }
        }
    }
}
