//! The journey of a mend: what only one mend is right for, mended in the files of those who said it.

use super::{Asked, Desk};
use crate::check;
use crate::content::{self, Revised, Written};
use crate::diagnostic::{Account, Diagnostic, Failure, Fix};
use std::collections::BTreeMap;

/// One mend can make room for another, as where three words stand in a row that should be one.
const MOST_ROUNDS: usize = 12;

/// What mending makes of the files of versions; nothing of it is written.
#[derive(Debug, Default)]
pub struct Mended {
    /// The files that change, as they would be.
    pub revised: Revised,
    /// How many findings are mended.
    pub count: usize,
    /// What is found then.
    pub left: Account,
    /// The ids of versions that others are drafted against, with findings that are mended once they are asked for.
    pub unasked: Vec<String>,
}

impl Desk {
    /// What mending makes of versions: of those with these ids, or else of all modifications. The text of a version that
    /// rests on no other has been agreed, so that has to be asked for.
    ///
    /// # Errors
    /// If nothing is known of one of them, what keeps a file from being changed in place, or if mends undo each other.
    pub fn mend(&self, ids: &[String], wants: impl Fn(&Diagnostic) -> bool) -> Result<Mended, Failure> {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let mut mended = Mended::default();
        let mut desk: Option<Self> = None;
        for _ in 0..MOST_ROUNDS {
            let now = desk.as_ref().unwrap_or(self);
            let asked = now.asked(ids)?;
            let account = now.check(&asked);
            let (found, unasked) = mendable(&asked, &account, !ids.is_empty(), &wants);
            let fixes: Vec<_> = found.iter().filter_map(|finding| finding.fix.as_deref()).collect();
            let written = now.amended_files(&fixes)?;
            if written.is_empty() {
                let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_default();
                let written = files.into_iter().map(|(path, bytes)| Written { path, text: text(bytes) });
                let revised = Revised { written: written.collect(), ..Revised::default() };
                return Ok(Mended { revised, left: account, unasked, ..mended });
            }
            mended.count += found.len();
            files.extend(written.into_iter().map(|file| (file.path, file.text.into_bytes())));
            let next = Self::open_from(&self.root.with(files.clone()))?;
            desk = Some(Self { watch: self.watch.clone(), ..next });
        }
        Err(Failure::refused(
            "the mends of some findings undo each other: see what content/terms.yaml says is to be written, and whether that is \
             a slip itself",
        ))
    }

    /// The files of versions with these mends made.
    fn amended_files(&self, fixes: &[&Fix]) -> Result<Vec<Written>, Failure> {
        let (mut written, mut wrong) = (Vec::new(), Vec::new());
        for stated in check::mend(&self.project, fixes) {
            match content::edit(&self.root, &self.project.appendix, &stated) {
                Ok(revised) => written.extend(revised.written),
                Err(found) => wrong.extend(found),
            }
        }
        if wrong.is_empty() { Ok(written) } else { Err(self.failure(wrong)) }
    }
}

/// The findings that are mended now, and the versions of those that would have to be asked for.
fn mendable<'f>(
    asked: &Asked<'_>,
    account: &'f Account,
    by_name: bool,
    wants: impl Fn(&Diagnostic) -> bool,
) -> (Vec<&'f Diagnostic>, Vec<String>) {
    let all = account.diagnostics.iter().filter(|finding| finding.fix.is_some() && wants(finding));
    let is_asked = |finding: &&Diagnostic| {
        let fix = finding.fix.as_ref();
        fix.is_some_and(|fix| {
            asked.versions.iter().any(|it| *it.id.value == *fix.version && (by_name || it.base.is_some()))
        })
    };
    let (found, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) = all.partition(is_asked);
    let mut unasked: Vec<String> = others.iter().filter_map(|it| Some(it.fix.as_ref()?.version.to_string())).collect();
    unasked.dedup();
    (found, unasked)
}
