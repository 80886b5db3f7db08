//! What tables say that the vocabulary of the appendix hasn't: proposed, never invented.

use super::grid::folded;
use crate::model::{Appendix, Applicability, Role, Standing};
use std::sync::Arc;

/// A word that a table has and the vocabulary hasn't.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposed {
    /// A User Role, with its name where a caption says it.
    Role(Role),
    /// What a cell says of a Service Request.
    Applicability(Applicability),
}

impl std::fmt::Display for Proposed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Role(role) if role.name == role.code => write!(f, "the User Role “{}”", role.code),
            Self::Role(role) => write!(f, "the User Role “{}” ({})", role.code, role.name),
            Self::Applicability(applicability) => write!(f, "the applicability “{}”", applicability.name),
        }
    }
}

impl Proposed {
    /// The vocabulary with these words.
    pub fn accepted(proposed: &[Self], appendix: &Appendix) -> Appendix {
        let mut appendix = appendix.clone();
        for it in proposed {
            match it {
                Self::Role(role) => appendix.roles.push(role.clone()),
                Self::Applicability(applicability) => appendix.applicabilities.push(applicability.clone()),
            }
        }
        appendix
    }
}

/// The vocabulary of the appendix, and what is met beside it.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    appendix: &'a Appendix,
    proposed: Vec<Proposed>,
}

impl<'a> Vocabulary<'a> {
    pub fn new(appendix: &'a Appendix) -> Self {
        Self { appendix, proposed: Vec::new() }
    }

    /// What a cell holds, in the words of the vocabulary. An empty one holds the default.
    pub fn applicability(&mut self, text: &str) -> Arc<str> {
        let asked = folded(text);
        if asked.is_empty() {
            return Arc::clone(&self.appendix.default_applicability);
        }
        let known = self.appendix.applicabilities.iter().find(|known| folded(&known.name) == asked);
        if let Some(known) = known {
            return Arc::clone(&known.name);
        }
        let name: Arc<str> = text.split_whitespace().collect::<Vec<_>>().join(" ").into();
        let new = Proposed::Applicability(Applicability {
            name: Arc::clone(&name),
            count_label: format!("Count of {name}"),
            counts_as_test: true,
            origin: Standing::default(),
        });
        self.propose(new);
        name
    }

    /// A User Role's code, in the words of the vocabulary; `name` is what a caption calls it.
    pub fn role(&mut self, code: &str, name: Option<&str>) -> String {
        if let Some(known) = self.appendix.roles.iter().find(|known| folded(&known.code) == folded(code)) {
            return known.code.clone();
        }
        let is_new = !self.proposed.iter().any(|it| matches!(it, Proposed::Role(role) if role.code == code));
        if is_new && !code.is_empty() {
            let name = name.unwrap_or(code).to_owned();
            self.propose(Proposed::Role(Role { code: code.to_owned(), name }));
        }
        code.to_owned()
    }

    fn propose(&mut self, it: Proposed) {
        if !self.proposed.contains(&it) {
            self.proposed.push(it);
        }
    }

    pub fn proposed(self) -> Vec<Proposed> {
        self.proposed
    }
}
