//! The journey of a Word document into the content: a version of the code, or a modification of one, and what is to be
//! known of how it came about.

use super::reading::{self, View};
use crate::adopt::{self, Adopted, Amended, Base, Proposed, Texts, Wanted};
use crate::compose::{Project, load_from};
use crate::content::{self, Revised, Written};
use crate::diagnostic::{Diagnostic, Failure, Sources};
use crate::files::Root;
use crate::model::{Appendix, Stated};
use crate::reader;
use crate::reader::marked::{Marked, Remark};
use crate::suggest::did_you_mean;
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
    import(root, reading::marked(file)?, importing)
}

/// As [`import_file`], of a document that was read.
///
/// # Errors
/// As [`import_file`].
pub fn import(root: &Root, mut marked: Marked, importing: &Importing) -> Result<Imported, Failure> {
    let id = &importing.wanted.id;
    let there = content::files_of(root, id);
    let is_there = root.has_folder(content::folder_of(id).trim_end_matches('/'));
    if let Some(why) = content::taken(root, id).filter(|_| !(importing.replaces && is_there)) {
        let help = if is_there { ". To write over it, add --replace" } else { "" };
        return Err(Failure::refused(format!("{why}{help}")));
    }
    let appendix = content::vocabulary(root)?;
    keep_authors(&mut marked, &importing.authors)?;
    let (adopted, amended) = match marked.revisions.is_empty() && importing.base.is_none() {
        true => {
            let text = reader::text(&marked, View::Proposed);
            (adopt::baseline(&text, &appendix, &importing.wanted).map_err(|why| refused(&why))?, None)
        }
        false => {
            let (adopted, amended) = modification(root, &marked, &appendix, importing)?;
            (adopted, Some(amended))
        }
    };
    let mut written: Vec<Written> = match &amended {
        None => content::write(&Stated::Release(adopted.release.clone())),
        Some(amended) => {
            let baseline = amended.baseline.iter().flat_map(|it| content::write(&Stated::Release(it.clone())));
            baseline.chain(content::write(&Stated::Modification(amended.modification.clone()))).collect()
        }
    };
    let goes = |path: &String| !written.iter().any(|file| file.path.eq_ignore_ascii_case(path));
    let removed = there.into_iter().filter(goes).collect();
    if !adopted.proposed.is_empty() {
        written.push(vocabulary(root, &adopted.proposed, &appendix, importing.accepts_vocabulary)?);
    }
    let findings = adopted.remarks.iter().map(reading::finding).collect();
    Ok(Imported { revised: Revised { written, removed }, adopted, amended, findings })
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

/// What the document does to its base.
fn modification(
    root: &Root,
    marked: &Marked,
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
    let original = reader::text(marked, View::Original);
    let proposed = reader::text(marked, View::Proposed);
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
