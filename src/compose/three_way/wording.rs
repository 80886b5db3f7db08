//! What new text of one says that the other has made untrue: a number that it refers to, a term that it uses.

use super::mover::{Between, Mover};
use super::settled::without_open;
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
        let known = base.sections().map(|section| (section.id.as_str(), section)).collect();
        let (in_own, in_onto) = (rewritten(&known, own), rewritten(&known, onto));
        let mut stale: Vec<Stale<'_>> = Vec::new();
        let agreed = without_open(moved.clone());
        // Where nothing is numbered otherwise, whatever is referred to is still there.
        let ours = if are_numbered_alike(base, onto) { Vec::new() } else { new_references(&in_own, words) };
        let theirs = if changes_numbers(&agreed) { new_references(&in_onto, words) } else { Vec::new() };
        if !ours.is_empty() || !theirs.is_empty() {
            let merged = Merged::of(onto, &agreed);
            for (references, version, is_ours) in [(ours, own, true), (theirs, onto, false)] {
                stale.extend(references.iter().filter_map(|it| merged.stale(it, version, is_ours)));
            }
        }
        let sides = [((onto, &in_onto), &in_own, true), ((own, &in_own), &in_onto, false)];
        for ((renamed, rewritten), used, is_ours) in sides {
            let uses = self.renamed_terms(renamed, rewritten, used).into_iter().flat_map(|(old, new)| {
                let of = |section| Stale {
                    section,
                    kind: ConflictKind::Term,
                    what: format!("“{old}”"),
                    instead: Some(new.clone()),
                    is_ours,
                    target: None,
                };
                new_uses(used, &old).map(of).collect::<Vec<_>>()
            });
            stale.extend(uses);
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

    /// The terms that a version calls otherwise than the base, everywhere, and that new text of the other side uses:
    /// what stood twice or more and stands nowhere now.
    fn renamed_terms(
        &mut self,
        version: &Version,
        rewritten: &[Rewritten<'_>],
        used: &[Rewritten<'_>],
    ) -> Vec<(String, String)> {
        let base = self.between.base;
        if used.is_empty() {
            return Vec::new();
        }
        let mut renamed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let pairs: Vec<_> = rewritten.iter().filter_map(|it| Some((it.was?, it.section))).collect();
        for (old, new) in self.replaced.between(&pairs) {
            renamed.entry(old).or_default().insert(new);
        }
        let one = |(old, new): (&str, BTreeSet<&str>)| {
            let only = new.first().filter(|first| new.len() == 1 && is_term(old) && is_term(first))?;
            Some((old.to_owned(), (*only).to_owned()))
        };
        let renamed: Vec<(String, String)> = renamed.into_iter().filter_map(one).collect();
        let terms = || renamed.iter().map(|(old, _)| old.as_str());
        let there = counted(version, terms());
        let gone = || terms().filter(|old| !there.contains_key(old));
        let was = counted(base, gone());
        let is_gone = |old: &str| was.get(old).is_some_and(|count| *count > 1);
        let uses = |old: &str| is_gone(old) && new_uses(used, old).next().is_some();
        renamed.iter().filter(|(old, _)| uses(old)).cloned().collect()
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
        let renamed_at = || {
            let was = |section: &Section| self.between.base.section(&section.id).map(|was| &was.body);
            let is_renamed = |section: &&Section| {
                was(section).is_some_and(|was| *was != section.body && whole_words(was, what).next().is_some())
            };
            other.sections().find(is_renamed).map(|section| section.body.origin.clone())
        };
        let changed_at = match it.kind {
            ConflictKind::Term => renamed_at(),
            _ => self.change_of(kind, id, it.is_ours, deleted),
        };
        let changed_at = changed_at.unwrap_or_else(|| other.id.origin.clone());
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

/// A section whose text isn't the base's, with what the base says there.
struct Rewritten<'v> {
    section: &'v Section,
    was: Option<&'v Section>,
}

fn rewritten<'v>(base: &BTreeMap<&str, &'v Section>, version: &'v Version) -> Vec<Rewritten<'v>> {
    let with_base = |section: &'v Section| Rewritten { section, was: base.get(section.id.as_str()).copied() };
    let is_other = |it: &Rewritten<'_>| it.was.is_none_or(|was| was.body != it.section.body);
    version.sections().map(with_base).filter(is_other).collect()
}

/// Whether two versions have the same sections and tables, under the same numbers.
fn are_numbered_alike(a: &Version, b: &Version) -> bool {
    fn number(part: &Part) -> (bool, &str, &str) {
        let (is_table, id) = part.identity();
        (is_table, id, part.number())
    }
    fn numbers(version: &Version) -> Vec<(bool, &str, &str)> {
        version.parts.iter().map(number).collect()
    }
    let (mut one, mut other) = (numbers(a), numbers(b));
    if one != other {
        one.sort_unstable();
        other.sort_unstable();
    }
    one == other
}

/// Whether something has another number, or comes or goes, once a modification is laid over.
fn changes_numbers(modification: &Modification) -> bool {
    modification.sections.iter().any(|it| it.insert || it.delete.is_some() || it.renumber.is_some())
        || modification.tables.iter().any(|it| it.insert || it.delete.is_some())
}

fn new_references<'v>(rewritten: &[Rewritten<'v>], words: &PartWords) -> Vec<Reference<'v>> {
    let mut found = Vec::new();
    for Rewritten { section, was } in rewritten {
        let was = was.map_or("", |was| was.body.text.as_str());
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

/// The sections that use words more often than the base does.
fn new_uses<'v>(rewritten: &[Rewritten<'v>], words: &str) -> impl Iterator<Item = &'v str> {
    let count = |section: &Section| whole_words(&section.body, words).count();
    let uses = move |it: &&Rewritten<'v>| count(it.section) > it.was.map_or(0, count);
    rewritten.iter().filter(uses).map(|it| it.section.id.as_str())
}

fn is_term(words: &str) -> bool {
    words.split(' ').all(|word| word.starts_with(char::is_uppercase))
}

/// How often each of some terms stands in a version, of those that do. It is one walk through the text, however many they
/// are.
fn counted<'t>(version: &Version, terms: impl Iterator<Item = &'t str>) -> BTreeMap<&'t str, usize> {
    // A term stands only where its first word does.
    let mut by_first: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for term in terms {
        by_first.entry(first_word(term)).or_default().push(term);
    }
    let mut counts = BTreeMap::new();
    let texts = version.sections().flat_map(|it| [&it.body, &it.heading]).filter(|_| !by_first.is_empty());
    for text in texts {
        let mut rest: &str = text;
        while let Some(start) = rest.find(char::is_alphanumeric) {
            rest = rest.get(start..).unwrap_or_default();
            let word = first_word(rest);
            let here = by_first.get(word).into_iter().flatten().filter(|term| begins_with(rest, term));
            here.for_each(|term| *counts.entry(*term).or_default() += 1);
            rest = rest.get(word.len()..).unwrap_or_default();
        }
    }
    counts
}

/// The letters and figures that a text begins with.
fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Whether a text begins with words, whole.
fn begins_with(text: &str, words: &str) -> bool {
    let after = text.strip_prefix(words);
    after.is_some_and(|after| !(words.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)))
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
