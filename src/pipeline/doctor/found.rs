//! What a look at the place found.

/// What was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// What is only worth knowing: the subject, and what is so.
    pub facts: Vec<(&'static str, String)>,
    /// What is odd.
    pub oddities: Vec<Oddity>,
}

/// What can get in a drafter's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// What is so.
    pub what: String,
    /// What to do.
    pub help: String,
}

impl Look {
    pub(super) fn fact(&mut self, subject: &'static str, what: impl Into<String>) {
        self.facts.push((subject, what.into()));
    }

    pub(super) fn odd(&mut self, what: impl Into<String>, help: impl Into<String>) {
        self.oddities.push(Oddity { what: what.into(), help: help.into() });
    }
}
