//! What new text of one says that the other has made untrue: a number that it refers to, a term that it uses.

use super::mover::{Between, Mover};
use super::settled::without_open;
use crate::align;
use crate::compose::conflict::{Claim, Conflict, ConflictKind, ConflictPart};
use crate::compose::sections;
use crate::compose::slots::Slots;
use crate::document::{PartKind, PartWords, named_parts, whole_words};
use crate::model::{
    Findings, Modification, OpenSection, Origin, Part, Placed, Section, SectionStatement, Sides, Standing,
    TableStatement, Text, Version,
};
use std::collections::{BTreeMap, BTreeSet};

/// Where new text says something of the base that the other side has changed.
struct Stale<'v> {
    /// The section that says so, by identity.
    section: &'v str,
    kind: ConflictKind,
    /// What it is about, such as “Section 5.4”.
    what: String,
    /// What to write instead, where that is known.
    instead: Option<String>,
    /// Whether the modification says so that is moved, and not the other version.
    is_ours: bool,
    /// The identity of what is gone or has another number; none for a term.
    target: Option<(PartKind, String)>,
}

impl Mover<'_> {
    /// Tells of what doesn't hold any more, and adds to the modification all that is said of it.
    pub fn wording(&mut self, words: &PartWords, stated: &Modification, moved: &mut Modification) {
        let Between { base, own, onto, .. } = self.between;
        let references = |version| new_references(base, version, words);
        let (ours, theirs) = (references(own), references(onto));
        let mut stale: Vec<Stale<'_>> = Vec::new();
        if !ours.is_empty() || !theirs.is_empty() {
            let merged = Merged::of(onto, &without_open(moved.clone()));
            for (references, version, is_ours) in [(ours, own, true), (theirs, onto, false)] {
                stale.extend(references.iter().filter_map(|it| merged.stale(it, version, is_ours)));
            }
        }
        let terms = |renamed: &Version, used: &'_ Version| -> Vec<(String, String, String)> {
            let renamed = renamed_terms(base, renamed);
            let uses = |(old, new): (String, String)| {
                new_uses(base, used, &old).into_iter().map(move |id| (id, old.clone(), new.clone())).collect::<Vec<_>>()
            };
            renamed.into_iter().flat_map(uses).collect()
        };
        let (in_ours, in_theirs) = (terms(onto, own), terms(own, onto));
        for (uses, is_ours) in [(&in_ours, true), (&in_theirs, false)] {
            stale.extend(uses.iter().map(|(section, old, new)| Stale {
                section,
                kind: ConflictKind::Term,
                what: format!("“{old}”"),
                instead: Some(new.clone()),
                is_ours,
                target: None,
            }));
        }
        if stale.is_empty() {
            return;
        }
        let mut deleted = Slots::default();
        deleted.add(stated, base, own);
        for it in &stale {
            self.tell(it, &deleted);
            add(&self.between, moved, it);
        }
    }

    fn tell(&mut self, it: &Stale<'_>, deleted: &Slots) {
        let Between { own, onto, .. } = self.between;
        let (says, other) = if it.is_ours { (own, onto) } else { (onto, own) };
        let Some(section) = says.section(it.section) else { return };
        let what = it.what.trim_matches(['“', '”']);
        let said = Claim::new(what, &section.body.origin);
        let done = match (&it.instead, it.kind) {
            (Some(instead), ConflictKind::Term) => format!("renamed to {instead}"),
            (Some(instead), _) => format!("now {instead}"),
            (None, _) => "deleted".to_owned(),
        };
        let (kind, id) = it.target.as_ref().map_or((PartKind::Section, ""), |(kind, id)| (*kind, id.as_str()));
        let changed_at = self.change_of(kind, id, it.is_ours, deleted).unwrap_or_else(|| other.id.origin.clone());
        let done = Claim::new(done, &changed_at);
        let (ours, theirs) = if it.is_ours { (said, done) } else { (done, said) };
        let about = format!("what Section {} says of {}", section.number.value, it.what);
        let part = ConflictPart { is_table: false, id: it.section.to_owned() };
        let offer = it.instead.as_ref().map(|instead| format!("write “{instead}” there for “{what}”"));
        self.conflicts.push(Conflict { kind: it.kind, part, about, was: None, ours, theirs, offer });
    }

    /// Where the one who changed it says so, as far as that is known.
    fn change_of(&self, kind: PartKind, id: &str, is_theirs: bool, deleted: &Slots) -> Option<Origin> {
        let Between { base, own, onto, slots } = self.between;
        let changed = if is_theirs { onto } else { own };
        let gone = || if is_theirs { slots } else { deleted }.deletion(kind == PartKind::Table, id).cloned();
        let number = match kind {
            PartKind::Section => changed.section(id).map(|section| &section.number),
            PartKind::Table => None,
        };
        let was = base.section(id).map(|section| &section.number.origin);
        number.map(|number| number.origin.clone()).filter(|origin| was != Some(origin)).or_else(gone)
    }
}

/// A reference that a version makes and its base doesn't.
struct Reference<'v> {
    section: &'v str,
    kind: PartKind,
    word: &'v str,
    number: &'v str,
}

fn new_references<'v>(base: &Version, version: &'v Version, words: &PartWords) -> Vec<Reference<'v>> {
    let mut found = Vec::new();
    for section in version.sections() {
        let was = base.section(&section.id).map_or("", |was| was.body.text.as_str());
        if was == section.body.text {
            continue;
        }
        let known = named_parts(was, words);
        let mut seen = BTreeSet::new();
        for named in named_parts(&section.body.text, words) {
            let is_known = known.iter().any(|other| (other.kind, other.number) == (named.kind, named.number));
            if !is_known && seen.insert((named.word, named.number)) {
                let (kind, word, number) = (named.kind, named.word, named.number);
                found.push(Reference { section: &section.id, kind, word, number });
            }
        }
    }
    found
}

/// The numbers that sections and tables have once both are put together.
struct Merged {
    sections: BTreeMap<String, String>,
    tables: BTreeSet<String>,
}

impl Merged {
    fn of(onto: &Version, agreed: &Modification) -> Self {
        let parts = sections::lay_over(&onto.parts, agreed.sections.clone(), &agreed.head.id, &mut Findings::default());
        let sections = parts.iter().filter_map(|part| match part {
            Part::Section(section) => Some((section.id.clone(), section.number.value.clone())),
            Part::Matrix(_) => None,
        });
        let is_deleted = |number: &str| agreed.tables.iter().any(|it| it.delete.is_some() && it.number.value == number);
        let tables = onto.matrices().filter(|matrix| !is_deleted(&matrix.number)).map(|matrix| matrix.id.clone());
        let inserted = agreed.tables.iter().filter(|it| it.insert);
        let inserted = inserted.map(|it| it.id.as_ref().unwrap_or(&it.number).value.clone());
        Self { sections: sections.collect(), tables: tables.chain(inserted).collect() }
    }

    /// What of a reference doesn't hold any more.
    fn stale<'v>(&self, it: &Reference<'v>, version: &Version, is_ours: bool) -> Option<Stale<'v>> {
        // In what is gone itself nothing need hold.
        self.sections.get(it.section)?;
        let (id, now) = match it.kind {
            PartKind::Section => {
                let id = version.section_numbered(it.number)?.id.clone();
                let now = self.sections.get(&id).cloned();
                (id, now)
            }
            PartKind::Table => {
                let id = version.matrix_numbered(it.number)?.id.clone();
                let now = self.tables.contains(&id).then(|| it.number.to_owned());
                (id, now)
            }
        };
        if now.as_deref() == Some(it.number) {
            return None;
        }
        Some(Stale {
            section: it.section,
            kind: if now.is_some() { ConflictKind::Renumbered } else { ConflictKind::Referred },
            what: format!("{} {}", it.word, it.number),
            instead: now.map(|number| format!("{} {number}", it.word)),
            is_ours,
            target: Some((it.kind, id)),
        })
    }
}

/// The terms that a version calls otherwise than its base, everywhere: what stood twice or more and stands nowhere now.
fn renamed_terms(base: &Version, version: &Version) -> Vec<(String, String)> {
    let mut renamed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for section in version.sections() {
        let Some(was) = base.section(&section.id).filter(|was| was.body != section.body) else { continue };
        for (old, new) in align::replaced(&was.body, &section.body) {
            renamed.entry(old).or_default().insert(new);
        }
    }
    let count = |version: &Version, words: &str| -> usize {
        version
            .sections()
            .map(|it| whole_words(&it.body, words).count() + whole_words(&it.heading, words).count())
            .sum()
    };
    let is_term = |words: &str| words.split(' ').all(|word| word.starts_with(char::is_uppercase));
    let one = |(old, new): (String, BTreeSet<String>)| Some((old, new.into_iter().next().filter(|new| is_term(new))?));
    renamed
        .into_iter()
        .filter(|(old, new)| new.len() == 1 && is_term(old))
        .filter(|(old, _)| count(base, old) > 1 && count(version, old) == 0)
        .filter_map(one)
        .collect()
}

/// The sections in which a version uses words more often than its base.
fn new_uses(base: &Version, version: &Version, words: &str) -> Vec<String> {
    let count = |section: &Section| whole_words(&section.body, words).count();
    let uses = |section: &&Section| count(section) > base.section(&section.id).map_or(0, count);
    version.sections().filter(uses).map(|section| section.id.clone()).collect()
}

/// Adds to what a modification says both texts of a section: as it stands, and with what would hold.
fn add(between: &Between<'_>, moved: &mut Modification, it: &Stale<'_>) {
    let Between { own, onto, .. } = *between;
    let at = moved.sections.iter().position(|statement| names(statement, it.section, own, onto));
    let Some(instead) = &it.instead else { return dispute(between, moved, it, at) };
    let what = it.what.trim_matches(['“', '”']);
    let at = at.unwrap_or_else(|| {
        let number = onto.section(it.section).map(|section| section.number.value.clone()).unwrap_or_default();
        moved.sections.push(SectionStatement { number: number.into(), ..SectionStatement::default() });
        moved.sections.len() - 1
    });
    let there = onto.section(it.section).map(|section| section.body.clone());
    let Some(statement) = moved.sections.get_mut(at) else { return };
    let open = statement.open.get_or_insert_default();
    let amended = |text: &Text| Text::from(&*replace(text, what, instead));
    match (&mut open.body, statement.body.take()) {
        // The same text says more than one thing that doesn't hold.
        (Some(Sides { was: None, ours, theirs, .. }), _) => {
            let side = if it.is_ours { theirs } else { ours };
            *side = side.as_ref().map(amended);
        }
        // Its words collide anyhow: whoever settles that sees to this.
        (Some(_), _) => {}
        (body @ None, said) => {
            let Some(text) = said.or(there) else { return };
            let (with, without) = (amended(&text), text);
            let (ours, theirs) = if it.is_ours { (without, with) } else { (with, without) };
            let origin = Standing(statement.number.origin.clone());
            *body = Some(Sides { was: None, ours: Some(ours), theirs: Some(theirs), origin });
        }
    }
}

/// Whether a statement is about the section of that identity.
fn names(statement: &SectionStatement, id: &str, own: &Version, onto: &Version) -> bool {
    let stated = statement.id.as_ref().map(|id| id.value.as_str());
    let number = statement.number.value.as_str();
    let known = if statement.insert {
        stated.or_else(|| own.section(id).filter(|it| it.number.value == number || it.id == number).map(|it| &*it.id))
    } else {
        onto.section_numbered(number).map(|section| section.id.as_str())
    };
    known == Some(id)
}

/// What is deleted by one and referred to by the other: either it isn't deleted, or that isn't said.
fn dispute(between: &Between<'_>, moved: &mut Modification, it: &Stale<'_>, at: Option<usize>) {
    let words = |text: String| Some(Text::from(&*text));
    let conflict = |ours: String, theirs: String, at: &Placed<String>| Sides {
        was: None,
        ours: words(ours),
        theirs: words(theirs),
        origin: Standing(at.origin.clone()),
    };
    if it.is_ours {
        let Some(statement) = at.and_then(|at| moved.sections.get_mut(at)) else { return };
        let sides = conflict(format!("refers to {}", it.what), format!("{} deleted", it.what), &statement.number);
        let open: &mut OpenSection = statement.open.get_or_insert_default();
        open.conflict.get_or_insert(sides);
        return;
    }
    let section = between.onto.section(it.section).map(|section| section.number.value.clone()).unwrap_or_default();
    let referred = format!("Section {section} refers to it");
    let Some((kind, id)) = &it.target else { return };
    match kind {
        PartKind::Section => {
            let is_it = |statement: &&mut SectionStatement| {
                let deleted = between.onto.section_numbered(&statement.number).filter(|_| statement.delete.is_some());
                let target = between.onto.section(id);
                deleted.zip(target).is_some_and(|(deleted, target)| {
                    target.number.value == deleted.number.value
                        || target.number.value.starts_with(&format!("{}.", deleted.number.value))
                })
            };
            let Some(statement) = moved.sections.iter_mut().find(is_it) else { return };
            let sides = conflict("deleted".to_owned(), referred, &statement.number);
            statement.open.get_or_insert_default().conflict.get_or_insert(sides);
        }
        PartKind::Table => {
            let number = between.onto.matrix(id).map(|matrix| matrix.number.value.clone());
            let is_it = |it: &&mut TableStatement| it.delete.is_some() && Some(&it.number.value) == number.as_ref();
            let Some(statement) = moved.tables.iter_mut().find(is_it) else { return };
            let sides = conflict("deleted".to_owned(), referred, &statement.number);
            statement.open.get_or_insert_default().conflict.get_or_insert(sides);
        }
    }
}

/// A text with other words for some, wherever they stand whole.
fn replace(text: &str, words: &str, instead: &str) -> String {
    let (mut replaced, mut from) = (String::new(), 0);
    for at in whole_words(text, words) {
        replaced.push_str(text.get(from..at.start).unwrap_or_default());
        replaced.push_str(instead);
        from = at.end;
    }
    replaced + text.get(from..).unwrap_or_default()
}
