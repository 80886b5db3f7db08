//! The journey of a Word document into the content: a version of the code, and what is to be known of how it came about.

use super::reading::{self, View};
use crate::adopt::{self, Adopted, Proposed, Wanted};
use crate::content::{self, Revised};
use crate::diagnostic::{Diagnostic, Failure, Sources};
use crate::files::Root;
use crate::model::Stated;
use crate::reader;
use crate::reader::marked::Marked;
use std::path::Path;

/// What is asked for of an import.
#[derive(Clone, Debug)]
pub struct Importing {
    /// The id that the version shall have, and what it shall be called.
    pub wanted: Wanted,
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
    /// The version, and all that is told of it.
    pub adopted: Adopted,
    /// The same as findings.
    pub findings: Vec<Diagnostic>,
}

/// A Word document as a version of the code, for the project below `root`: it needs no version yet.
///
/// # Errors
/// If the file can't be read, no version can be made of it, its id is taken, or it has words that the vocabulary hasn't
/// and that nobody accepted.
pub fn import_file(root: &Root, file: &Path, importing: &Importing) -> Result<Imported, Failure> {
    import(root, &reading::marked(file)?, importing)
}

/// As [`import_file`], of a document that was read.
///
/// # Errors
/// As [`import_file`].
pub fn import(root: &Root, marked: &Marked, importing: &Importing) -> Result<Imported, Failure> {
    let id = &importing.wanted.id;
    let there = content::files_of(root, id);
    let is_there = root.has_folder(content::folder_of(id).trim_end_matches('/'));
    if let Some(why) = content::taken(root, id).filter(|_| !(importing.replaces && is_there)) {
        let help = if is_there { ". To write over it, add --replace" } else { "" };
        return Err(Failure::refused(format!("{why}{help}")));
    }
    let appendix = content::vocabulary(root)?;
    if !marked.revisions.is_empty() {
        return Err(Failure::refused(format!(
            "it has tracked changes (by {}). Accept or reject them in Word, and import the document then",
            authors(marked),
        )));
    }
    let adopted =
        adopt::baseline(&reader::text(marked, View::Proposed), &appendix, &importing.wanted).map_err(|remarks| {
            let why: Vec<String> = remarks.iter().map(|remark| remark.what.clone()).collect();
            Failure::refused(why.join("; "))
        })?;
    let mut revised =
        Revised { written: content::write(&Stated::Release(adopted.release.clone())), removed: Vec::new() };
    let goes = |path: &String| !revised.written.iter().any(|file| file.path.eq_ignore_ascii_case(path));
    revised.removed = there.into_iter().filter(goes).collect();
    if !adopted.proposed.is_empty() {
        if !importing.accepts_vocabulary {
            let words: Vec<String> = adopted.proposed.iter().map(Proposed::to_string).collect();
            return Err(Failure::refused(format!(
                "its tables have words that the vocabulary in content/appendix.yaml hasn't: {}. If they are right, add \
                 --accept-vocabulary; if not, correct the document",
                words.join(", "),
            )));
        }
        let appendix = Proposed::accepted(&adopted.proposed, &appendix);
        let written = content::edit_appendix(root, &appendix);
        revised.written.push(written.map_err(|diagnostics| Failure::content(diagnostics, Sources::default()))?);
    }
    let findings = adopted.remarks.iter().map(reading::finding).collect();
    Ok(Imported { revised, adopted, findings })
}

/// Who made changes, the first of them first.
fn authors(marked: &Marked) -> String {
    let mut names: Vec<&str> = Vec::new();
    for revision in &marked.revisions {
        if !names.contains(&revision.author.as_str()) {
            names.push(&revision.author);
        }
    }
    names.join(", ")
}
