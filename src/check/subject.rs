//! What a rule is given.

use crate::compose::Project;
use crate::model::{Appendix, Directory, Standards, Version};
use crate::stylesheet::Stylesheet;
use crate::template::Templates;

/// What is checked, and what it is held against.
#[derive(Debug)]
pub(super) struct Subject<'a> {
    pub project: &'a Project,
    pub templates: &'a Templates,
    pub standards: &'a Standards,
    pub sheet: &'a Stylesheet,
    pub version: &'a Version,
    pub base: Option<&'a Version>,
    /// The parts of the version, and of its base.
    pub own: Directory<'a>,
    pub below: Option<Directory<'a>>,
}

impl<'a> Subject<'a> {
    /// What every version prints and is held against.
    pub fn appendix(&self) -> &'a Appendix {
        &self.project.appendix
    }
}
