//! What drafts are measured against: registers of facts, the words of the field, and what is known and allowed.

use super::appendix::PartNames;
use super::comments::Comment;
use super::origin::Placed;
use std::collections::BTreeMap;

/// Everything that checks hold against the versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standards {
    /// Facts about Service Requests that rows are held against.
    pub registers: Vec<Register>,
    /// How the appendix says things.
    pub wording: Wording,
    /// What is found and allowed.
    pub allowances: Vec<Allowance>,
    /// What reviewers say, by the id of the version in lower case.
    pub comments: BTreeMap<String, Vec<Comment>>,
}

/// The Service Requests as the specification that defines them lists them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    /// As messages call it, such as `DUIS`.
    pub name: String,
    /// Whether it lists every Service Request that the specification defines.
    pub complete: bool,
    /// Each Service Request that it lists.
    pub requests: Vec<Request>,
    /// The specification's name in full.
    pub full_name: Option<String>,
    /// Where the facts come from, and of what date they are.
    pub provenance: Option<String>,
}

impl Register {
    /// The Service Request of that variant.
    pub fn request(&self, variant: &str) -> Option<&Request> {
        self.requests.iter().find(|request| request.variant.value == variant)
    }
}

/// A Service Request, as a register defines it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Its variant, such as "6.15.1".
    pub variant: Placed<String>,
    /// Its name.
    pub name: String,
    /// Whether it is critical.
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
    /// The defined terms that text may use, beside those whose spelling is given.
    pub definitions: Vec<String>,
    /// Turns of phrase.
    pub phrases: Vec<Usage>,
    /// What stands for longer words, once those have been said.
    pub abbreviations: Vec<Abbreviation>,
    /// Words that call for others.
    pub companions: Vec<Companion>,
    /// The words by which the text names parts of the document.
    pub references: ReferenceWords,
    /// Where this comes from.
    pub provenance: Option<String>,
}

/// What to write, and what isn't written for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// What to write.
    pub write: String,
    /// What stands for it by mistake.
    pub not: Vec<String>,
    /// Why, for the drafter.
    pub because: Option<String>,
    /// Whether it is only wrong where no sentence begins.
    pub within_sentence: bool,
}

/// A short form, which stands beside the full form where it is first used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Abbreviation {
    /// Such as "UEPT".
    pub short: String,
    /// What it stands for.
    pub full: String,
}

/// Words that call for others under the same heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Companion {
    /// Words that call for others.
    pub where_it_says: String,
    /// The words that they call for.
    pub also_say: String,
    /// Why, for whoever asks.
    pub because: Option<String>,
}

/// How the text refers to Service Requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceWords {
    /// The words after which the numbers of Service Requests stand.
    pub service_request: Vec<String>,
    /// The words that say that a Service Request must be executed.
    pub obligation: Vec<String>,
    /// What the text calls its own parts, for an appendix that doesn't say so itself.
    pub parts: PartNames,
}

/// A finding that is known and needs no more looking at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowance {
    /// Of which findings.
    pub code: Placed<String>,
    /// The file that it is in, or a folder with all its files; every file, if none is named.
    pub file: Option<String>,
    /// Words that its message holds; any message, if none are given.
    pub about: Option<String>,
    /// Why it is allowed.
    pub reason: String,
}
