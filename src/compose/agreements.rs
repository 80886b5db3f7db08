//! What modifications of a release say alike.

use super::project::Project;
use super::release::{Included, agreed};
use crate::model::{Placed, Stated, Version};

/// What one modification of a release says that one before it says too.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// The modification, where the release includes it.
    pub included: Placed<String>,
    /// What both say.
    pub what: String,
}

/// What modifications of a release say that one before them says too; nothing for what is no release.
pub fn agreements(project: &Project, release: &Version) -> Vec<Agreement> {
    let Some(Stated::Modification(release)) = project.stated(&release.id) else { return Vec::new() };
    let Some(base) = project.version(&release.base) else { return Vec::new() };
    let included = |named: &Placed<String>| {
        let Some(Stated::Modification(modification)) = project.stated(named) else { return None };
        let (own, base) = (project.version(named)?, project.version(&modification.base)?);
        Some((named.clone(), Included { modification, own, base }))
    };
    let (names, included): (Vec<Placed<String>>, Vec<Included<'_>>) =
        release.includes.iter().filter_map(included).unzip();
    let agreement = |(at, what)| Some(Agreement { included: names.get(at).cloned()?, what });
    agreed(&project.appendix, base, &included).into_iter().filter_map(agreement).collect()
}
