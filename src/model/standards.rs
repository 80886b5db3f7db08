//! What drafts are measured against: registers of facts, the words of the field, and what is known and allowed.

use super::origin::Placed;

/// Everything that checks hold against the versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standards {
    pub registers: Vec<Register>,
    pub wording: Wording,
    pub allowances: Vec<Allowance>,
}

/// The Service Requests as the specification that defines them lists them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    /// As messages call it, such as `DUIS`.
    pub name: String,
    pub requests: Vec<Request>,
    /// The specification's name in full.
    pub full_name: Option<String>,
    /// Where the facts come from, and of what date they are.
    pub provenance: Option<String>,
}

impl Register {
    pub fn request(&self, variant: &str) -> Option<&Request> {
        self.requests.iter().find(|request| request.variant.value == variant)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    pub variant: Placed<String>,
    pub name: String,
    pub critical: bool,
    /// The codes of the User Roles that may send it.
    pub roles: Vec<String>,
    /// Where this comes from.
    pub provenance: Option<String>,
}

/// How the appendix says things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// One spelling of each defined term.
    pub terms: Vec<Usage>,
    /// Turns of phrase.
    pub phrases: Vec<Usage>,
    pub abbreviations: Vec<Abbreviation>,
    pub companions: Vec<Companion>,
    pub references: ReferenceWords,
    /// Where this comes from.
    pub provenance: Option<String>,
}

/// What to write, and what isn't written for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    pub write: String,
    pub not: Vec<String>,
    /// Why, for the drafter.
    pub because: Option<String>,
    /// Whether it is only wrong where no sentence begins.
    pub within_sentence: bool,
}

/// A short form, which stands beside the full form where it is first used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Abbreviation {
    pub short: String,
    pub full: String,
}

/// Words that call for others under the same heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Companion {
    pub where_it_says: String,
    pub also_say: String,
    pub because: Option<String>,
}

/// How the text refers to Service Requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceWords {
    /// The words after which the numbers of Service Requests stand.
    pub service_request: Vec<String>,
    /// The words that say that a Service Request must be executed.
    pub obligation: Vec<String>,
}

/// A finding that is known and needs no more looking at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowance {
    pub code: Placed<String>,
    /// The file that it is in, or a folder with all its files; every file, if none is named.
    pub file: Option<String>,
    /// Words that its message holds; any message, if none are given.
    pub about: Option<String>,
    pub reason: String,
}
