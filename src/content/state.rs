//! What a version's files state together: a release, or a modification of another version.

use crate::diagnostic::Code;
use crate::model::{Findings, Head, Modification, Placed, Release, SectionStatement, Stated, TableStatement};

/// The files of one version's folder, each read by itself.
#[derive(Debug)]
pub(super) struct VersionFiles {
    pub head: Head,
    pub base: Option<Placed<String>>,
    pub includes: Vec<Placed<String>>,
    pub sections: Vec<SectionStatement>,
    pub tables: Vec<TableStatement>,
    /// Whether something couldn't be read.
    pub broken: bool,
}

/// What the versions state.
#[derive(Debug)]
pub(super) struct States {
    pub stated: Vec<Stated>,
    /// The ids, in lower case, of versions of whose files something couldn't be read.
    pub broken: Vec<String>,
}

/// What each version states. One that amends another and doesn't say which is told of, and states nothing.
pub(super) fn state(files: Vec<VersionFiles>, findings: &mut Findings) -> States {
    let files = without_unsaid_bases(files, findings);
    let broken = files.iter().filter(|version| version.broken).map(|version| version.head.id.to_lowercase()).collect();
    let stated = |VersionFiles { head, base, includes, sections, tables, .. }| match base {
        None => Stated::Release(Release { head, sections, tables }),
        Some(base) => Stated::Modification(Modification { head, base, includes, sections, tables }),
    };
    States { stated: files.into_iter().map(stated).collect(), broken }
}

impl VersionFiles {
    /// Whether it names no base, and yet its files amend one. A section that it restates may be of either sort; a table
    /// that it states whole shows that it is a base itself.
    fn lacks_its_base(&self) -> bool {
        let amends =
            self.sections.iter().any(SectionStatement::amends) || self.tables.iter().any(TableStatement::amends);
        let is_whole = self.tables.iter().any(|table| table.rows.is_some() && !table.amends());
        self.base.is_none() && amends && !is_whole
    }
}

/// The versions without those that name no base and yet amend one, which is told once rather than at all that they do.
fn without_unsaid_bases(files: Vec<VersionFiles>, findings: &mut Findings) -> Vec<VersionFiles> {
    let bases: Vec<String> = files.iter().filter_map(|version| Some(version.base.as_ref()?.to_lowercase())).collect();
    let is_base = |version: &VersionFiles| bases.contains(&version.head.id.to_lowercase());
    let (lacking, files): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|version| version.lacks_its_base() && !is_base(version));
    let example = files.last().map_or("…", |version| version.head.id.as_str());
    for VersionFiles { head, .. } in &lacking {
        let message = format!("{} amends a version, and doesn't say which", head.name);
        let help = format!("add the version that it is drafted against, such as “base: \"{example}\"”");
        findings.error(Code::MissingBase, &head.id.origin, message, help);
    }
    files
}
