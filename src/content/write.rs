//! What versions state, written to files as their drafters would have typed them, and changed in files that they typed.

use super::edit as edits;
use super::folder::{CONTENT, FileKind, TEXT, folder_of, version_files};
use super::form::Form;
use super::head::{self, VERSION};
use super::names::is_device;
use super::reader::Known;
use super::section::SECTION;
use super::table::TABLE;
use super::vocabulary::APPENDIX;
use crate::diagnostic::Diagnostic;
use crate::files::Root;
use crate::model::{Appendix, Origin, SectionStatement, Stated, TableStatement};
use std::collections::BTreeSet;

/// A file of the content that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Below the root, with `/` between its parts.
    pub path: String,
    /// All of its text.
    pub text: String,
}

/// What becomes of the files of a version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revised {
    /// Those that are new or read otherwise than before.
    pub written: Vec<Written>,
    /// The pictures that are new, by their paths.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// The paths of those that state nothing any more.
    pub removed: Vec<String>,
}

/// What one file of a version states.
enum Statement<'s> {
    Head(Box<head::Stated>),
    Section(&'s SectionStatement),
    Table(&'s TableStatement),
}

/// What tells the files of a version apart: of which part they speak, and whether they insert it.
type Subject = (&'static str, String, bool);

/// The files of a version, whatever it states: what is read from them again is the same.
///
/// Text that no content can hold, such as a control character or nothing but spaces, comes back as a finding when it
/// is read.
pub fn write(stated: &Stated) -> Vec<Written> {
    let folder = folder_of(&stated.head().id);
    let mut names = BTreeSet::new();
    let file = |statement: Statement<'_>| {
        let path = free(&folder, &statement.subject(), &mut names);
        Written { text: statement.written(), path }
    };
    statements(stated).into_iter().map(file).collect()
}

/// The text of `content/appendix.yaml`.
pub fn write_appendix(appendix: &Appendix) -> Written {
    let text = document(&APPENDIX, "./schemas/appendix", appendix);
    Written { path: format!("{CONTENT}/appendix.yaml"), text }
}

/// `content/appendix.yaml` so that it states this vocabulary: only what differs is written anew.
///
/// # Errors
/// Everything that keeps the file from being read, or from being changed without being rewritten.
pub fn edit_appendix(root: &Root, appendix: &Appendix) -> Result<Written, Vec<Diagnostic>> {
    let path = format!("{CONTENT}/appendix.yaml");
    let text = edits::edit(&APPENDIX, &path, &raw(root, &path)?, Known::default(), appendix)?;
    Ok(Written { path, text })
}

/// The paths of the files of a version.
pub fn files_of(root: &Root, id: &str) -> Vec<String> {
    version_files(root, id).into_iter().map(|(path, _)| path).collect()
}

/// What becomes of a version's files so that they state what is stated: of each, only what differs is written anew.
///
/// `root` has the files as they are, `words` is the vocabulary that they are read with.
///
/// # Errors
/// Everything that keeps a file from being read, or from being changed without being rewritten.
pub fn edit(root: &Root, words: &Appendix, stated: &Stated) -> Result<Revised, Vec<Diagnostic>> {
    let folder = folder_of(&stated.head().id);
    let known = Known { words: Some(words), ..Known::default() };
    let (mut here, mut wrong): (Vec<(Subject, String, String)>, _) = (Vec::new(), Vec::new());
    let mut names = BTreeSet::new();
    for (path, kind) in version_files(root, &stated.head().id) {
        names.insert(path.to_lowercase());
        match raw(root, &path).and_then(|raw| Ok((subject_of(&path, kind, &raw, known)?, raw))) {
            Ok((subject, raw)) => here.push((subject, path, raw)),
            Err(found) => wrong.extend(found),
        }
    }
    let mut revised = Revised::default();
    for statement in statements(stated) {
        let subject = statement.subject();
        // It stands in the file that it came from, or in one that speaks of the same.
        let from = statement.origin().and_then(|origin| origin.source.as_ref()).map(|source| &*source.file);
        let at = here.iter().position(|(_, path, _)| from == Some(path.as_str()));
        let at = at.or_else(|| here.iter().position(|(known, ..)| *known == subject));
        let Some((_, path, text)) = at.map(|at| here.remove(at)) else {
            let path = free(&folder, &subject, &mut names);
            revised.written.push(Written { text: statement.written(), path });
            continue;
        };
        match statement.edited(&path, &text, known) {
            Ok(edited) if edited == text => {}
            Ok(text) => revised.written.push(Written { path, text }),
            Err(found) => wrong.extend(found),
        }
    }
    revised.removed = here.into_iter().map(|(_, path, _)| path).collect();
    if wrong.is_empty() { Ok(revised) } else { Err(wrong) }
}

/// The text of a file as it is on the disk.
fn raw(root: &Root, path: &str) -> Result<String, Vec<Diagnostic>> {
    let bytes = root.bytes(path, TEXT).map_err(|wrong| vec![wrong])?;
    // What has been read as text is text.
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

fn statements(stated: &Stated) -> Vec<Statement<'_>> {
    let head = head::Stated {
        head: stated.head().clone(),
        base: stated.base().cloned(),
        includes: stated.includes().to_vec(),
    };
    let sections = stated.sections().iter().map(Statement::Section);
    let tables = stated.tables().iter().map(Statement::Table);
    std::iter::once(Statement::Head(Box::new(head))).chain(sections).chain(tables).collect()
}

impl Statement<'_> {
    fn subject(&self) -> Subject {
        match self {
            Self::Head(_) => ("version", String::new(), false),
            Self::Section(section) => ("sections", section.number.value.clone(), section.insert),
            Self::Table(table) => ("tables", table.number.value.clone(), table.insert),
        }
    }

    /// Where it was stated, if it comes from a file.
    fn origin(&self) -> Option<&Origin> {
        match self {
            Self::Head(_) => None,
            Self::Section(section) => Some(&section.origin),
            Self::Table(table) => Some(&table.origin),
        }
    }

    fn written(&self) -> String {
        match self {
            Self::Head(head) => document(&VERSION, "../schemas/version", head),
            Self::Section(section) => document(&SECTION, "../../schemas/section", section),
            Self::Table(table) => document(&TABLE, "../../schemas/table", table),
        }
    }

    fn edited(&self, path: &str, text: &str, known: Known<'_>) -> Result<String, Vec<Diagnostic>> {
        match self {
            Self::Head(head) => edits::edit(&VERSION, path, text, known, head),
            Self::Section(section) => edits::edit(&SECTION, path, text, known, *section),
            Self::Table(table) => edits::edit(&TABLE, path, text, known, *table),
        }
    }
}

/// What a file that is there speaks of.
fn subject_of(path: &str, kind: FileKind, raw: &str, known: Known<'_>) -> Result<Subject, Vec<Diagnostic>> {
    Ok(match kind {
        FileKind::Head => ("version", String::new(), false),
        FileKind::Section => {
            let section = edits::reread(&SECTION, path, raw, known)?;
            ("sections", section.number.value, section.insert)
        }
        FileKind::Table => {
            let table = edits::reread(&TABLE, path, raw, known)?;
            ("tables", table.number.value, table.insert)
        }
    })
}

pub(super) fn document<T: Default + Clone + 'static>(form: &'static Form<T>, schema: &str, value: &T) -> String {
    format!("# yaml-language-server: $schema={schema}.schema.json\n{}", form.write(value).document())
}

/// A path that no other file of the version has, on any system.
fn free(folder: &str, (kind, number, _): &Subject, names: &mut BTreeSet<String>) -> String {
    if *kind == "version" {
        return format!("{folder}version.yaml");
    }
    let stem = if is_device(number) { format!("{}-{number}", kind.trim_end_matches('s')) } else { number.clone() };
    let endings = std::iter::once(String::new()).chain((2..).map(|count| format!("-{count}")));
    endings
        .map(|ending| format!("{folder}{kind}/{stem}{ending}.yaml"))
        .find(|path| names.insert(path.to_lowercase()))
        .expect("there are more names than files")
}
