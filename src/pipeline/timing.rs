//! The journey through time: the desk as it was on a day.

use super::Desk;
use crate::compose::{InForce, NotInForce};
use crate::diagnostic::{Diagnostic, Failure};

/// The version that the desk turned to.
#[derive(Clone, Debug)]
pub struct Turned {
    /// Its id.
    pub id: String,
    /// The later versions that may be in force by then, and don't say.
    pub undated: Vec<Diagnostic>,
}

impl Desk {
    /// Turns to the version in force on a day, given in ISO form: of all versions of the code, or of one and those that it
    /// is drafted against. What of it begins later is left out.
    ///
    /// # Errors
    /// If none was in force by then, or what is wrong with what is left.
    pub fn turn_to(&mut self, day: &str, within: Option<&str>) -> Result<Turned, Failure> {
        let within = within.map(|id| self.version(id)).transpose()?;
        match self.project.in_force_on(day, within) {
            Ok(InForce { id, changed, undated }) => {
                if let Some((stated, versions)) = changed {
                    (self.project.stated, self.project.versions) = (stated, versions);
                }
                Ok(Turned { id, undated })
            }
            Err(NotInForce::Faults(findings)) => Err(self.failure(findings)),
            Err(NotInForce::Yet(Some((first, begins)))) => Err(Failure::refused(format!(
                "nothing was in force on {day}: the first version that says when it begins is {first}, on {begins}"
            ))),
            Err(NotInForce::Yet(None)) => Err(Failure::refused(format!(
                "nothing says what was in force on {day}: add “effective: …”, with a year, month and day, to the \
                 version.yaml of each version of the code"
            ))),
        }
    }
}
