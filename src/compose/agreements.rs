//! What modifications of a release say alike.

use super::project::Project;
use super::release::put_together;
use super::three_way::Replaced;
use crate::model::{Findings, Placed, Stated, Version};

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
    let included = |named: &Placed<String>| Some((named.clone(), project.included(named)?.1));
    let (names, included): (Vec<_>, Vec<_>) = release.includes.iter().filter_map(included).unzip();
    let agreement = |(at, what): (usize, String)| Some(Agreement { included: names.get(at).cloned()?, what });
    let (findings, replaced) = (&mut Findings::default(), &mut Replaced::default());
    let together = put_together(&project.appendix, base, &included, findings, replaced, &mut |_| {});
    together.agreed.into_iter().filter_map(agreement).collect()
}
