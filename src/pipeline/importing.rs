//! The journey of a Word document or a workbook into the content: a version of the code, or a modification of one, and what is to be
//! known of how it came about.

use super::reading::{self, View};
use crate::adopt::workbook::{self, Naming};
use crate::adopt::{self, Adopted, Amended, Base, Layout, Proposed, Texts, Wanted};
use crate::compose::{Project, load_from};
use crate::content::{self, Revised, Written};
use crate::diagnostic::{Diagnostic, Failure, Sources};
use crate::files::Root;
use crate::model::{Appendix, Stated};
use crate::reader::marked::{Marked, Remark};
use crate::reader::xlsx::Book;
use crate::reader::{self, Carried};
use crate::suggest::did_you_mean;
use crate::template::Templates;
use std::path::Path;

/// What is asked for of an import.
#[derive(Clone, Debug)]
pub struct Importing {
    /// The id that the version shall have, and what it shall be called.
    pub wanted: Wanted,
    /// The version that a modification was drafted against: one that there is, or the id under which one is made of the
    /// text before the tracked changes.
    pub base: Option<String>,
    /// Whose tracked changes are the modification; everybody's, if nobody is named.
    pub authors: Vec<String>,
    /// Whether headings that have no number are given one.
    pub numbers_headings: bool,
    /// Whether words that the vocabulary hasn't are added to it.
    pub accepts_vocabulary: bool,
    /// Whether it may take the place of a version that is there.
    pub replaces: bool,
}

/// A document as content; nothing is written yet.
#[derive(Debug)]
pub struct Imported {
    /// What becomes of the files.
    pub revised: Revised,
    /// The text of the document, and all that is told of it.
    pub adopted: Adopted,
    /// What the document does to its base, if it is a modification.
    pub amended: Option<Amended>,
    /// The same as findings.
    pub findings: Vec<Diagnostic>,
}

/// A Word document as a version of the code, for the project below `root`: it needs no version yet.
///
/// # Errors
/// If the file can't be read, no version can be made of it, its id is taken, or it has words that the vocabulary hasn't
/// and that nobody accepted.
pub fn import_file(root: &Root, file: &Path, importing: &Importing) -> Result<Imported, Failure> {
    let at = Target::of(root, importing)?;
    let imported = at.take_in(root, reading::marked(file)?, importing);
    imported.map_err(|failure| match failure {
        Failure::Refused(why) => Failure::refused(format!("{}: {why}", file.display())),
        failure @ Failure::Content(_) => failure,
    })
}

/// As [`import_file`], of a document that was read.
///
/// # Errors
/// As [`import_file`].
pub fn import(root: &Root, marked: Marked, importing: &Importing) -> Result<Imported, Failure> {
    Target::of(root, importing)?.take_in(root, marked, importing)
}

/// The tables of a workbook as a version of the code, or with a base as a modification of that.
///
/// # Errors
/// If the file can't be read, all that keeps its tables from being read, each with its sheet and cell, or as
/// [`import_file`].
pub fn import_workbook_file(
    root: &Root,
    file: &Path,
    importing: &Importing,
    naming: &Naming,
) -> Result<Imported, Failure> {
    import_workbook(root, &reading::workbook(file)?, importing, naming)
}

/// As [`import_workbook_file`], of a workbook that was read.
///
/// # Errors
/// As [`import_workbook_file`].
pub fn import_workbook(root: &Root, book: &Book, importing: &Importing, naming: &Naming) -> Result<Imported, Failure> {
    let at = Target::of(root, importing)?;
    let wanted = &importing.wanted;
    let Some(id) = &importing.base else {
        let adopted = workbook::baseline(book, &at.appendix, wanted, naming).map_err(|why| refused_in_place(&why))?;
        return at.imported(root, adopted, None, importing);
    };
    let project = load_from(root)?;
    let faults = project.faults_of(id);
    let Some(base) = project.version(id) else {
        return Err(match faults.is_empty() {
            true => Failure::refused(format!(
                "there is no version “{id}”. Import what the workbook was made from first, or the workbook without --base"
            )),
            false => Failure::content(faults, project.sources),
        });
    };
    let made = workbook::modification(book, &at.appendix, wanted, naming, base);
    let (adopted, amended) = made.map_err(|why| refused_in_place(&why))?;
    at.imported(root, adopted, Some(amended), importing)
}

/// Where an import goes.
struct Target {
    /// The files that stand there.
    there: Vec<String>,
    appendix: Appendix,
}

impl Target {
    fn of(root: &Root, importing: &Importing) -> Result<Self, Failure> {
        let id = &importing.wanted.id;
        let is_there = content::unfit(id).is_none() && root.has_folder(content::folder_of(id).trim_end_matches('/'));
        if let Some(why) = content::taken(root, id).filter(|_| !(importing.replaces && is_there)) {
            let help = if is_there { ". To write over it, add --replace" } else { "" };
            return Err(Failure::refused(format!("{why}{help}")));
        }
        Ok(Self { there: content::files_of(root, id), appendix: content::vocabulary(root)? })
    }

    /// A document that was read.
    fn take_in(self, root: &Root, mut marked: Marked, importing: &Importing) -> Result<Imported, Failure> {
        let layout = layout(root, &marked, &self.appendix)?;
        keep_authors(&mut marked, &importing.authors)?;
        name_pictures(root, &mut marked, &importing.wanted.id);
        let (adopted, amended) = match marked.revisions.is_empty() && importing.base.is_none() {
            true => {
                let [text] = texts(&marked, &layout, [View::Proposed], importing);
                (adopt::baseline(&text, &self.appendix, &importing.wanted).map_err(|why| refused(&why))?, None)
            }
            false => {
                let (adopted, amended) = modification(root, &marked, &layout, &self.appendix, importing)?;
                (adopted, Some(amended))
            }
        };
        let mut imported = self.imported(root, adopted, amended, importing)?;
        imported.revised.pictures = pictures(root, marked, &imported.revised.written);
        Ok(imported)
    }

    /// What becomes of the files.
    fn imported(
        self,
        root: &Root,
        adopted: Adopted,
        amended: Option<Amended>,
        importing: &Importing,
    ) -> Result<Imported, Failure> {
        let mut written: Vec<Written> = match &amended {
            None => content::write(&Stated::Release(adopted.release.clone())),
            Some(amended) => {
                let baseline = amended.baseline.iter().flat_map(|it| content::write(&Stated::Release(it.clone())));
                baseline.chain(content::write(&Stated::Modification(amended.modification.clone()))).collect()
            }
        };
        let goes = |path: &String| !written.iter().any(|file| file.path.eq_ignore_ascii_case(path));
        let removed = self.there.into_iter().filter(goes).collect();
        if !adopted.proposed.is_empty() {
            written.push(vocabulary(root, &adopted.proposed, &self.appendix, importing.accepts_vocabulary)?);
        }
        let findings = adopted.remarks.iter().map(reading::finding).collect();
        Ok(Imported { revised: Revised { written, removed, ..Revised::default() }, adopted, amended, findings })
    }
}

/// The vocabulary with the words that a document has and it hasn't.
fn vocabulary(root: &Root, proposed: &[Proposed], appendix: &Appendix, are_accepted: bool) -> Result<Written, Failure> {
    if !are_accepted {
        let words: Vec<String> = proposed.iter().map(Proposed::to_string).collect();
        return Err(Failure::refused(format!(
            "its tables have words that the vocabulary in content/appendix.yaml hasn't: {}. If they are right, add \
             --accept-vocabulary; if not, correct the document",
            words.join(", "),
        )));
    }
    let written = content::edit_appendix(root, &Proposed::accepted(proposed, appendix));
    written.map_err(|diagnostics| Failure::content(diagnostics, Sources::default()))
}

/// Gives each picture the file that the content has it in, or else one of its own: another picture may have the name that
/// Word gave this one.
fn name_pictures(root: &Root, marked: &mut Marked, id: &str) {
    let known = |(name, bytes): (&String, &Vec<u8>)| (name.clone(), content::picture_like(root, bytes));
    let names: Vec<(String, Option<String>)> = marked.pictures.iter().map(known).collect();
    for (name, known) in names {
        let is_free = |file: &String| !root.has(&content::path_of_picture(file));
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        let own = format!("{stem}-{}", id.to_lowercase());
        let others = (2..).map(|nth| format!("{own}-{nth}.{ending}"));
        let mut files = [name.clone(), format!("{own}.{ending}")].into_iter().chain(others);
        if let Some(file) = known.or_else(|| files.find(is_free)).filter(|file| *file != name) {
            marked.rename_picture(&name, &file);
        }
    }
}

/// The pictures that what is written shows, and that aren't there yet, by their paths.
fn pictures(root: &Root, marked: Marked, written: &[Written]) -> Vec<(String, Vec<u8>)> {
    let is_shown = |file: &str| written.iter().any(|own| own.text.contains(file));
    let new = marked.pictures.into_iter().filter(|(file, _)| is_shown(file));
    let new = new.map(|(file, bytes)| (content::path_of_picture(&file), bytes));
    new.filter(|(path, _)| !root.has(path)).collect()
}

/// The texts of the document, as a drafter would write them.
fn texts<const N: usize>(marked: &Marked, layout: &Layout, views: [View; N], importing: &Importing) -> [Carried; N] {
    let mut texts = views.map(|view| reader::text(marked, view));
    texts.iter_mut().for_each(|text| layout.lay(text));
    if importing.numbers_headings {
        texts.iter_mut().for_each(adopt::number_headings);
    }
    adopt::list_labelled(&mut texts);
    texts
}

/// How the document lies on its pages, held against how this project would lay it out.
fn layout(root: &Root, marked: &Marked, appendix: &Appendix) -> Result<Layout, Failure> {
    let templates = Templates::load(root).map_err(|wrong| Failure::content(wrong, Sources::default()))?;
    let (path, text) = templates.stylesheet();
    let sheet = content::stylesheet(root, path, text).map_err(|wrong| Failure::content(wrong, Sources::default()))?;
    Ok(Layout::of(&reader::text(marked, View::Marked), appendix, &sheet))
}

/// What the document does to its base.
fn modification(
    root: &Root,
    marked: &Marked,
    layout: &Layout,
    appendix: &Appendix,
    importing: &Importing,
) -> Result<(Adopted, Amended), Failure> {
    let traced = || marked.trace.as_ref().and_then(|trace| Some(trace.base.as_ref()?.id.clone()));
    let Some(id) = importing.base.clone().or_else(traced) else {
        return Err(Failure::refused(format!(
            "it has tracked changes (by {}), so it is a modification. Name the version that it was drafted against with \
             --base; if there is none yet, that one is made of the text before the changes",
            marked.authors().join(", "),
        )));
    };
    let [original, proposed] = texts(marked, layout, [View::Original, View::Proposed], importing);
    let texts = Texts { original: &original, proposed: &proposed, is_marked: !marked.revisions.is_empty() };
    let project: Option<Project> = match root.has_folder(content::folder_of(&id).trim_end_matches('/')) {
        true => Some(load_from(root)?),
        false => None,
    };
    let Some(project) = project else {
        if !texts.is_marked {
            return Err(Failure::refused(format!(
                "there is no version “{id}”, and nothing in the document is marked as changed. Import what it was \
                 drafted against first, or the document without --base"
            )));
        }
        let wanted = Wanted { id, name: None };
        let made = adopt::modification(texts, appendix, &importing.wanted, Base::Made(&wanted));
        return made.map_err(|why| refused(&why));
    };
    let Some(base) = project.version(&id) else {
        return Err(Failure::content(project.faults_of(&id), project.sources));
    };
    adopt::modification(texts, appendix, &importing.wanted, Base::There(base)).map_err(|why| refused(&why))
}

/// Takes back what others than those did that are named.
fn keep_authors(marked: &mut Marked, authors: &[String]) -> Result<(), Failure> {
    if authors.is_empty() {
        return Ok(());
    }
    if marked.revisions.is_empty() {
        return Err(Failure::refused("nothing in it is marked as changed: import it without --authors"));
    }
    let known: Vec<String> = marked.authors().into_iter().map(str::to_owned).collect();
    if let Some(stranger) = authors.iter().find(|author| !known.contains(author)) {
        let help = did_you_mean(stranger, known.iter().map(String::as_str), "its authors are");
        return Err(Failure::refused(format!("nobody called “{stranger}” changed anything in it: {help}")));
    }
    marked.keep_authors(authors);
    Ok(())
}

fn refused(why: &[Remark]) -> Failure {
    let why: Vec<&str> = why.iter().map(|remark| remark.what.as_str()).collect();
    Failure::refused(why.join("; "))
}

/// The same, each on a line of its own, with its place.
fn refused_in_place(why: &[Remark]) -> Failure {
    let line = |remark: &Remark| match remark.place.sheet.is_empty() {
        true => remark.what.clone(),
        false => remark.to_string(),
    };
    Failure::refused(why.iter().map(line).collect::<Vec<_>>().join("\n"))
}
