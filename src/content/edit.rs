//! A drafter's file with what is stated changed, and every other byte of it as it was.
//!
//! What the file stated and what it shall state are compared as trees; where they differ, the text of that value alone
//! is written anew. The outcome is read again before anyone gets it: an edit that would say something else is refused.

mod texts;

use super::folder;
use super::form::Form;
use super::likeness::{in_one_order, pair};
use super::node::{self, Key, Node, Value};
use super::reader::Known;
use super::write;
use super::yaml::{self, Yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::files;
use std::ops::Range;
use std::sync::Arc;

/// The text of a file, edited so that it states something else.
///
/// # Errors
/// If what it states can't be read without fault, or if the edit can't be made, as where it repeats itself by
/// references: then the drafter has to.
pub(super) fn edit<T: Default + Clone + PartialEq + 'static>(
    form: &'static Form<T>,
    file: &str,
    raw: &str,
    known: Known<'_>,
    stated: &T,
) -> Result<String, Vec<Diagnostic>> {
    let text = &*files::decode(file, raw.as_bytes().to_vec())?;
    let old = read(form, file, text, known)?;
    if old == *stated {
        return Ok(raw.to_owned());
    }
    let node = node::parse(file, text).map_err(|wrong| vec![wrong])?;
    let mut editor = Editor { text, cuts: Vec::new() };
    let (before, after) = (form.write(&old), form.write(stated));
    let edited = editor.change(Spot::root(), &node, &before, &after).map(|()| editor.outcome(raw));
    let refused = |message: String, help: &str| {
        Err(vec![Diagnostic::error(Code::CantEdit, message).at(files::start_of(file)).help(help)])
    };
    match edited.map(|edited| (reread(form, file, &edited, known), edited)) {
        Some((Ok(value), edited)) if form.write(&value) == after && value == *stated => Ok(edited),
        // What it was to say is nothing that a file may say, in whatever words.
        Some((Err(wrong), _)) if reread(form, file, &write::document(form, "", stated), known).is_err() => {
            let why: Vec<&str> = wrong.iter().map(|it| it.message.as_str()).collect();
            refused(
                format!("{file} can't say what is asked for: {}", why.join("; ")),
                "settle that where it is asked for",
            )
        }
        _ => refused(
            format!("{file} can't be changed without rewriting it"),
            "write out what stands there by reference (“*name”), or change the file by hand",
        ),
    }
}

/// As [`read`], of a file's text as it is on the disk.
pub(super) fn reread<T: Default + Clone + 'static>(
    form: &'static Form<T>,
    file: &str,
    raw: &str,
    known: Known<'_>,
) -> Result<T, Vec<Diagnostic>> {
    read(form, file, &files::decode(file, raw.as_bytes().to_vec())?, known)
}

/// What a text states, or everything that is wrong with it.
fn read<T: Default + Clone + 'static>(
    form: &'static Form<T>,
    file: &str,
    text: &str,
    known: Known<'_>,
) -> Result<T, Vec<Diagnostic>> {
    match folder::parse(&Arc::from(file), "", text, known, |reader, root| form.read(reader, root)) {
        (Some(value), wrong) if wrong.is_empty() => Ok(value),
        (_, wrong) => Err(wrong),
    }
}

/// Where a value stands.
#[derive(Clone, Copy, Debug)]
struct Spot {
    /// The byte behind the colon of its name or its dash; none for the whole of a file.
    behind: Option<usize>,
    /// How far in its name or its dash stands.
    column: usize,
    /// Whether it stands within brackets.
    in_brackets: bool,
}

impl Spot {
    fn root() -> Self {
        Self { behind: None, column: 0, in_brackets: false }
    }
}

struct Editor<'t> {
    text: &'t str,
    /// What is written for a stretch of the text.
    cuts: Vec<(Range<usize>, String)>,
}

/// `None` where the text doesn't stand as a drafter would have typed it, and nothing can be said to be its place.
type Done = Option<()>;

type Entry<'n, 't> = &'n (Key<'t>, Node<'t>);

impl Editor<'_> {
    /// The file with what is cut and written; `raw` is its text as it is on the disk, with its own line endings.
    fn outcome(mut self, raw: &str) -> String {
        let newline = if raw.contains("\r\n") { "\r\n" } else { "\n" };
        let places = places(self.text, raw);
        let place = |byte: usize| places.get(byte).copied().unwrap_or(raw.len());
        // What is put in at a place comes before what is cut from there on.
        self.cuts.sort_by_key(|(range, _)| (range.start, range.end));
        let mut outcome = String::with_capacity(raw.len());
        let mut at = 0;
        for (range, written) in self.cuts {
            outcome.push_str(raw.get(at..place(range.start)).unwrap_or_default());
            outcome.push_str(&written.replace('\n', newline));
            at = at.max(place(range.end));
        }
        outcome.push_str(raw.get(at..).unwrap_or_default());
        outcome
    }

    fn cut(&mut self, range: Range<usize>, written: &str) {
        self.cuts.push((range, written.to_owned()));
    }

    fn change(&mut self, spot: Spot, node: &Node<'_>, old: &Yaml, new: &Yaml) -> Done {
        if old == new {
            return Some(());
        }
        // What comes from a reference is changed where it is referred to.
        let is_here = node.referenced.start == node.defined.start;
        match (&node.value, old, new) {
            (Value::Map(entries), Yaml::Map(old, _), Yaml::Map(new, _))
                if is_here && has_in_common(entries, new) && in_one_order(old, new) =>
            {
                self.fields(spot, node, entries, old, new)
            }
            (Value::List(items), Yaml::List(old), Yaml::List(new))
                if is_here && items.len() == old.len() && !old.is_empty() && !new.is_empty() =>
            {
                self.items(spot, node, items, old, new)
            }
            _ => self.replace(spot, node, new),
        }
    }

    /// Writes fields anew that differ, and no others.
    fn fields(
        &mut self,
        spot: Spot,
        node: &Node<'_>,
        entries: &[(Key<'_>, Node<'_>)],
        old: &[(String, Yaml)],
        new: &[(String, Yaml)],
    ) -> Done {
        let in_brackets = spot.in_brackets || self.is_bracketed(node);
        let of = |all: &[(String, Yaml)], name: &str| all.iter().position(|(known, _)| known == name);
        let goes = |(key, _): &(Key<'_>, Node<'_>)| of(old, &key.name).is_some() && of(new, &key.name).is_none();
        let gone: Vec<bool> = entries.iter().map(goes).collect();
        self.remove(entries, &gone, in_brackets)?;
        let kept: Vec<Entry<'_, '_>> =
            entries.iter().zip(&gone).filter(|(_, gone)| !**gone).map(|(entry, _)| entry).collect();
        let first = &kept.first()?.0.at;
        let column = first.column as usize - 1;
        // Beside a dash or a bracket the first that stays takes the place of those that go.
        let is_beside = in_brackets || !self.begins_line(entries.first()?.0.at.start);
        let front = if is_beside { first.start } else { self.line_start(first.start) };
        let mut before: Option<Entry<'_, '_>> = None;
        for (name, value) in new {
            match kept.iter().find(|(key, _)| key.name == *name) {
                Some(entry) => {
                    let behind = Some(self.behind_colon(&entry.0)?);
                    let at = Spot { behind, column, in_brackets };
                    match of(old, name) {
                        Some(index) => self.change(at, &entry.1, &old.get(index)?.1, value)?,
                        // It is said, though it says nothing, such as a flag that isn't set.
                        None => self.replace(at, &entry.1, value)?,
                    }
                    before = Some(entry);
                }
                None => self.add_field(before, front, name, value, column, in_brackets)?,
            }
        }
        Some(())
    }

    /// Adds a field behind another, or at the front.
    fn add_field(
        &mut self,
        before: Option<Entry<'_, '_>>,
        front: usize,
        name: &str,
        value: &Yaml,
        column: usize,
        in_brackets: bool,
    ) -> Done {
        if in_brackets {
            let flow = entry_flow(name, value);
            match before {
                Some(entry) => self.cut(self.at(self.end(entry)?), &format!(", {flow}")),
                None => self.cut(self.at(front), &format!("{flow}, ")),
            }
            return Some(());
        }
        let mut lines = String::new();
        yaml::field(name, value, column, &mut lines);
        match before {
            Some(entry) => self.add_lines(self.end(entry)?, &lines),
            None if front == self.line_start(front) => self.cut(self.at(front), &lines),
            // Beside a dash: the field takes the place of the first, which goes below.
            None => self.cut(self.at(front), &format!("{}{:column$}", lines.trim_start(), "")),
        }
        Some(())
    }

    /// Adds lines below the one on which something ends.
    fn add_lines(&mut self, end: usize, lines: &str) {
        let behind = self.line_end(end);
        if self.text.get(..behind).is_some_and(|text| text.ends_with('\n')) {
            self.cut(self.at(behind), lines);
        } else {
            self.cut(self.at(behind), &format!("\n{}", lines.trim_end_matches('\n')));
        }
    }

    /// Takes out fields.
    fn remove(&mut self, entries: &[(Key<'_>, Node<'_>)], gone: &[bool], in_brackets: bool) -> Done {
        let first_kept = gone.iter().position(|gone| !gone)?;
        for (index, entry) in entries.iter().enumerate().filter(|(index, _)| gone.get(*index) == Some(&true)) {
            let start = entry.0.at.start;
            let end = self.end(entry)?;
            if in_brackets && index > first_kept {
                let from = self.end(entries.get(index - 1)?)?;
                self.cut(from..end, "");
            } else if in_brackets || !self.begins_line(entries.first()?.0.at.start) && index < first_kept {
                self.remove_first(entries, index, first_kept, in_brackets)?;
            } else {
                self.cut(self.line_start(start)..self.line_end(end), "");
            }
        }
        Some(())
    }

    /// Takes out one of the fields in front of the first that stays.
    fn remove_first(
        &mut self,
        entries: &[(Key<'_>, Node<'_>)],
        index: usize,
        first_kept: usize,
        in_brackets: bool,
    ) -> Done {
        let entry = entries.get(index)?;
        let next = entries.get(index + 1)?.0.at.start;
        let end = self.end(entry)?;
        let is_bare = self.text.get(end..next)?.trim_matches([' ', ',', '\r', '\n']).is_empty();
        if in_brackets || is_bare {
            self.cut(entry.0.at.start..next, "");
        } else if index + 1 == first_kept {
            // A remark stands between: the dash stays on a line of its own.
            self.cut(entry.0.at.start..end, "");
        } else {
            return None;
        }
        Some(())
    }

    /// Writes items anew that differ, and no others.
    fn items(&mut self, spot: Spot, node: &Node<'_>, items: &[Node<'_>], old: &[Yaml], new: &[Yaml]) -> Done {
        let in_brackets = spot.in_brackets || self.is_bracketed(node);
        let dashes = match in_brackets {
            true => Vec::new(),
            false => items.iter().map(|item| self.dash(item)).collect::<Option<Vec<usize>>>()?,
        };
        let pairs = pair(old, new);
        if pairs.is_empty() {
            return self.replace(spot, node, &Yaml::List(new.to_vec()));
        }
        let kept: Vec<usize> = pairs.iter().map(|(at, _)| *at).collect();
        for index in (0..old.len()).filter(|index| !kept.contains(index)) {
            let item = items.get(index)?;
            if !in_brackets {
                let dash = *dashes.get(index)?;
                self.cut(self.line_start(dash)..self.line_end(self.trimmed(dash, item.end)), "");
            } else if kept.first().is_some_and(|first| index > *first) {
                self.cut(items.get(index - 1)?.end..item.end, "");
            } else {
                self.cut(item.referenced.start..items.get(index + 1)?.referenced.start, "");
            }
        }
        let mut before: Option<usize> = None;
        for (index, value) in new.iter().enumerate() {
            if let Some((at, _)) = pairs.iter().find(|(_, to)| *to == index) {
                let behind = dashes.get(*at).map(|dash| dash + 1);
                let column = dashes.get(*at).map_or(spot.column, |dash| self.column(*dash));
                self.change(Spot { behind, column, in_brackets }, items.get(*at)?, old.get(*at)?, value)?;
                before = Some(*at);
            } else if in_brackets {
                match before {
                    Some(at) => self.cut(self.at(items.get(at)?.end), &format!(", {}", value.flow(true))),
                    None => {
                        let first = items.get(*kept.first()?)?.referenced.start;
                        self.cut(self.at(first), &format!("{}, ", value.flow(true)));
                    }
                }
            } else {
                let mut lines = String::new();
                yaml::item(value, self.column(*dashes.first()?), &mut lines);
                match before {
                    Some(at) => self.add_lines(self.trimmed(*dashes.get(at)?, items.get(at)?.end), &lines),
                    None => {
                        let first = self.line_start(*dashes.get(*kept.first()?)?);
                        self.cut(self.at(first), &lines);
                    }
                }
            }
        }
        Some(())
    }

    /// Writes a value anew.
    fn replace(&mut self, spot: Spot, node: &Node<'_>, new: &Yaml) -> Done {
        let Some(behind) = spot.behind else {
            if !spot.in_brackets {
                return None;
            }
            self.cut(node.referenced.start..node.end, &new.flow(true));
            return Some(());
        };
        if self.replace_text(spot, behind, node, new).is_some() {
            return Some(());
        }
        let end = self.trimmed(behind, node.end);
        if spot.in_brackets {
            self.cut(behind..end, &format!(" {}", new.flow(true)));
            return Some(());
        }
        let rest = self.text.get(end..self.line_end(end))?.trim();
        let mut written = String::new();
        let used = behind - self.line_start(behind);
        new.after(spot.column, used, &mut written);
        let written = written.trim_end_matches('\n');
        match rest.is_empty() || !written.contains('\n') {
            true => self.cut(behind..end, written),
            // A remark follows, which must not become text.
            false => self.cut(behind..end, &format!(" {}", new.flow(false))),
        }
        Some(())
    }

    /// Where a value ends that may have empty lines behind it: with the last line that isn't.
    fn trimmed(&self, least: usize, end: usize) -> usize {
        let text = self.text.get(least..end).unwrap_or_default();
        let core = text.trim_end_matches([' ', '\t', '\n']).len();
        let line = text.get(core..).and_then(|rest| rest.find('\n'));
        least + line.map_or(text.len(), |line| core + line)
    }

    /// Where a field ends.
    fn end(&self, entry: Entry<'_, '_>) -> Option<usize> {
        let behind = self.behind_colon(&entry.0)?;
        match entry.1.value {
            Value::Empty if entry.1.end < behind => Some(behind),
            _ => Some(self.trimmed(behind, entry.1.end.max(behind))),
        }
    }

    fn behind_colon(&self, key: &Key<'_>) -> Option<usize> {
        let behind = self.text.get(key.at.end..)?;
        let colon = behind.find(':')?;
        behind.get(..colon)?.trim().is_empty().then_some(key.at.end + colon + 1)
    }

    /// Where the dash of an item stands, if its line begins with it.
    fn dash(&self, item: &Node<'_>) -> Option<usize> {
        let mut end = item.referenced.start;
        loop {
            let start = self.line_start(end);
            let before = self.text.get(start..end)?;
            let lead = before.len() - before.trim_start().len();
            let said = before.trim();
            if let Some(rest) = said.strip_prefix('-') {
                let rest = rest.trim_start();
                return (rest.is_empty() || rest.starts_with('#')).then_some(start + lead);
            }
            if (!said.is_empty() && !said.starts_with('#')) || start == 0 {
                return None;
            }
            end = start - 1;
        }
    }

    fn is_bracketed(&self, node: &Node<'_>) -> bool {
        self.text.get(node.defined.start..).is_some_and(|text| text.starts_with(['{', '[']))
            && node.defined.end > node.defined.start
    }

    fn at(&self, byte: usize) -> Range<usize> {
        byte..byte
    }

    fn column(&self, byte: usize) -> usize {
        byte - self.line_start(byte)
    }

    fn begins_line(&self, byte: usize) -> bool {
        self.text.get(self.line_start(byte)..byte).is_some_and(|before| before.trim().is_empty())
    }

    fn line_start(&self, byte: usize) -> usize {
        self.text.get(..byte).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
    }

    /// The byte behind the end of the line.
    fn line_end(&self, byte: usize) -> usize {
        let behind = self.text.get(byte..).unwrap_or_default();
        behind.find('\n').map_or(self.text.len(), |newline| byte + newline + 1)
    }
}

/// Where each byte of a text stands in the file that it was read from, which may begin with a mark of its encoding and
/// end its lines in two bytes.
fn places(text: &str, raw: &str) -> Vec<usize> {
    let mut at = raw.len() - raw.trim_start_matches('\u{feff}').len();
    let mut places = Vec::with_capacity(text.len() + 1);
    for byte in text.bytes() {
        places.push(at);
        at += if byte == b'\n' && raw.get(at..).is_some_and(|rest| rest.starts_with("\r\n")) { 2 } else { 1 };
    }
    places.push(at);
    places
}

fn entry_flow(name: &str, value: &Yaml) -> String {
    let flow = Yaml::line(vec![(name.to_owned(), value.clone())]).flow(true);
    flow.strip_prefix("{ ").and_then(|flow| flow.strip_suffix(" }")).unwrap_or(&flow).to_owned()
}

/// Whether any of the fields stays.
fn has_in_common(entries: &[(Key<'_>, Node<'_>)], new: &[(String, Yaml)]) -> bool {
    entries.iter().any(|(key, _)| new.iter().any(|(name, _)| *name == key.name))
}
