//! Findings mended: what a version states, with the mends of its findings made.
//!
//! A text that the version states itself is changed there. One of its base is restated, whole, by the version: that is
//! what drafters call a consequential amendment.

use crate::compose::Project;
use crate::diagnostic::{Fix, Location};
use crate::document::markdown;
use crate::model::{Modification, Placed, Section, SectionStatement, Stated, Text, Version};
use std::collections::BTreeMap;

/// What each version states, of those that a mend is for, with as many of the mends made as can be at once.
pub fn mend(project: &Project, fixes: &[&Fix]) -> Vec<Stated> {
    let mut versions: BTreeMap<&str, BTreeMap<&Location, Vec<&Fix>>> = BTreeMap::new();
    for fix in fixes {
        versions.entry(&fix.version).or_default().entry(&fix.text).or_default().push(fix);
    }
    let stated = |(id, texts): (&str, BTreeMap<&Location, Vec<&Fix>>)| {
        let (version, mut stated) = (project.version(id)?, project.stated(id)?.clone());
        for (at, fixes) in texts {
            amend(project, version, &mut stated, at, fixes);
        }
        Some(stated)
    };
    versions.into_iter().filter_map(stated).collect()
}

/// Makes the mends of one text.
fn amend(project: &Project, version: &Version, stated: &mut Stated, at: &Location, fixes: Vec<&Fix>) {
    let is_meant = |text: &Text| text.origin.location().as_ref() == Some(at);
    let section = version.sections().find(|section| is_meant(&section.heading) || is_meant(&section.body));
    let is_body = section.is_some_and(|section| is_meant(&section.body));
    if let Some(text) = stated.texts_mut().into_iter().find(|text| is_meant(text)) {
        text.text = amended(&text.text, fixes, is_body);
    } else if let (Some(section), Stated::Modification(modification)) = (section, stated) {
        let old = if is_body { &section.body } else { &section.heading };
        let text = Text { text: amended(&old.text, fixes, is_body), ..Text::default() };
        let Some(statement) = restated(project, version, modification, section) else { return };
        *(if is_body { &mut statement.body } else { &mut statement.heading }) = Some(text);
    }
}

/// What a version states, or has to state now, of a section that its base has.
fn restated<'s>(
    project: &Project,
    version: &Version,
    stated: &'s mut Modification,
    section: &Section,
) -> Option<&'s mut SectionStatement> {
    let shifts = |statement: &SectionStatement| statement.amends();
    let number = match project.version_below(version).and_then(|base| base.section(&section.id)) {
        Some(old) if stated.includes.is_empty() => &old.number.value,
        // A release speaks of what the modifications that it includes have made.
        _ if !stated.sections.iter().any(shifts) => &section.number.value,
        _ => return None,
    };
    let known = stated.sections.iter().position(|it| !it.insert && it.number.value == *number);
    if known.is_none() {
        stated.sections.push(SectionStatement { number: Placed::from(number.clone()), ..SectionStatement::default() });
    }
    match known {
        Some(known) => stated.sections.get_mut(known),
        None => stated.sections.last_mut(),
    }
}

/// A text with mends made: all of them, unless one would make other paragraphs of it than they are meant for.
fn amended(text: &str, mut fixes: Vec<&Fix>, is_markdown: bool) -> String {
    fixes.sort_by_key(|fix| std::cmp::Reverse((fix.at.start, fix.at.end)));
    fixes.dedup_by(|later, earlier| later.at.end > earlier.at.start || later.at == earlier.at);
    let made = |text: &str, fixes: &[&Fix]| {
        let mut made = text.to_owned();
        fixes.iter().for_each(|fix| made.replace_range(fix.at.clone(), &fix.write));
        made
    };
    let kinds = |text: &str| {
        let passages = markdown::passages(text).ok()?;
        Some(passages.into_iter().map(|passage| passage.kind).collect::<Vec<_>>())
    };
    let all = made(text, &fixes);
    if !is_markdown || kinds(&all) == kinds(text) {
        return all;
    }
    let mut one_by_one = text.to_owned();
    for fix in fixes {
        let with = made(&one_by_one, &[fix]);
        if kinds(&with) == kinds(text) {
            one_by_one = with;
        }
    }
    one_by_one
}
