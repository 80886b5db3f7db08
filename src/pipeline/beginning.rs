//! The journey of a new modification: its folder, with what is named of the base restated, for a drafter to change.

use super::Desk;
use crate::compose;
use crate::content;
use crate::diagnostic::Failure;
use crate::model::{Decision, Head, Modification, SectionStatement, Stated, Status, TableStatement, Version};
use crate::progress::Step;
use crate::publish::{self, File};
use crate::suggest::did_you_mean;
use std::path::PathBuf;

/// What a modification begins with.
#[derive(Clone, Debug, Default)]
pub struct Beginning {
    /// Its id, such as `MP123`.
    pub id: String,
    /// The id of the version that it is drafted against.
    pub base: String,
    /// The numbers of the sections that it restates.
    pub sections: Vec<String>,
    /// The numbers of the tables that it has a file for.
    pub tables: Vec<String>,
}

impl Desk {
    /// Makes a modification's folder, whole or not at all, and says where each file is.
    ///
    /// # Errors
    /// If its id can't be one or is there, if the base isn't whole or hasn't what is named of it, or what keeps the
    /// files from being written.
    pub fn new_modification(&self, beginning: &Beginning) -> Result<Vec<PathBuf>, Failure> {
        if let Some(why) = content::taken(&self.root, &beginning.id) {
            return Err(Failure::refused(why));
        }
        let base = self.version(&beginning.base)?;
        let stated = Stated::Modification(modification(beginning, base)?);
        let root = self.folder()?;
        let within = content::folder_of(&beginning.id);
        let file = |written: content::Written| {
            let name = written.path.strip_prefix(&within).unwrap_or(&written.path).to_owned();
            File { name, bytes: written.text.into_bytes() }
        };
        let files: Vec<File> = content::begin(&stated, &self.project.appendix, base).into_iter().map(file).collect();
        self.watch.during(Step::Writing, || publish::create(&root.join(within.trim_end_matches('/')), &files))
    }
}

/// What the new modification states: as yet, nothing that the base doesn't.
fn modification(beginning: &Beginning, base: &Version) -> Result<Modification, Failure> {
    let mut unknown = Vec::new();
    let mut sections: Vec<SectionStatement> = Vec::new();
    for number in &beginning.sections {
        match base.sections().find(|it| it.number.value == *number || it.id == *number) {
            Some(it) if sections.iter().any(|there| there.number == it.number) => {}
            Some(it) => sections.push(SectionStatement {
                number: it.number.value.clone().into(),
                heading: it.own_heading(),
                has_heading: !it.is_clause(),
                body: (!it.body.is_empty()).then(|| it.body.clone()),
                decision: Decision { digest: Some(compose::reading_of(it).into()), ..Decision::default() },
                ..SectionStatement::default()
            }),
            None => unknown.push(no_such("Section", number, base.sections().map(|it| it.number.as_str()))),
        }
    }
    let mut tables: Vec<TableStatement> = Vec::new();
    for number in &beginning.tables {
        match base.matrices().find(|it| it.number.value == *number || it.id == *number) {
            Some(it) if tables.iter().any(|there| there.number == it.number) => {}
            Some(it) => {
                let number = it.number.value.clone().into();
                tables.push(TableStatement { number, ..TableStatement::default() });
            }
            None => unknown.push(no_such("Table", number, base.matrices().map(|it| it.number.as_str()))),
        }
    }
    if !unknown.is_empty() {
        return Err(Failure::refused(format!("{} has {}", base.name, unknown.join("; "))));
    }
    let (id, name) = (beginning.id.clone().into(), beginning.id.clone());
    let head = Head { id, name, status: Some(Status::Draft), ..Head::default() };
    Ok(Modification { head, base: base.id.value.clone().into(), includes: Vec::new(), sections, tables })
}

fn no_such<'v>(what: &str, number: &str, there: impl Iterator<Item = &'v str>) -> String {
    let there: Vec<&str> = there.collect();
    format!("no {what} “{number}”: {}", did_you_mean(number, there, "it has"))
}
