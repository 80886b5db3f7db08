//! What the files that checks measure against can say.

use schemars::JsonSchema;

/// The Service Requests as a specification lists them. Checks hold rows against them.
#[derive(JsonSchema)]
#[schemars(title = "Register", deny_unknown_fields)]
pub(super) struct Register {
    /// What findings call the specification, such as “DUIS”.
    register: String,
    /// The specification's name in full.
    name: Option<String>,
    /// Where the facts come from, and of what date they are.
    provenance: Option<String>,
    /// The Service Requests.
    requests: Vec<Request>,
}

/// A Service Request as its specification defines it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Request {
    /// The Service Reference Variant, in quotation marks.
    variant: String,
    /// The name, letter for letter.
    name: String,
    /// Whether it is critical.
    critical: bool,
    /// The codes of the User Roles that may send it.
    roles: Vec<String>,
    /// Where this comes from.
    provenance: Option<String>,
}

/// How the appendix says things. Checks hold the text of every version against it.
#[derive(JsonSchema)]
#[schemars(title = "Terms", deny_unknown_fields)]
pub(super) struct Terms {
    /// The one spelling of each defined term, and those found for it.
    terms: Option<Vec<Usage>>,
    /// Turns of phrase, and those found for them.
    phrases: Option<Vec<Usage>>,
    /// What is spelt out where it is first used.
    abbreviations: Option<Vec<Abbreviation>>,
    /// Words that call for others under the same heading.
    companions: Option<Vec<Companion>>,
    /// How the text refers to its own parts and to Service Requests.
    references: Option<References>,
    /// Where this comes from.
    provenance: Option<String>,
}

/// What to write, and what isn't written for it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Usage {
    /// What to write.
    write: String,
    /// What is found in its place.
    not: Vec<String>,
    /// Why, for the drafter.
    because: Option<String>,
    /// Whether it is only wrong where no sentence begins.
    within_sentence: Option<bool>,
}

/// A short form and its full form.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Abbreviation {
    /// Such as “UEPT”.
    short: String,
    /// Such as “User Entry Process Tests”.
    full: String,
}

/// Words that call for others.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Companion {
    /// Where the text under a heading says this …
    where_it_says: String,
    /// … it also says this.
    also_say: String,
    /// Why, for the drafter.
    because: Option<String>,
}

/// The words of references.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct References {
    /// What amendment instructions call a part of the text.
    section: String,
    /// What else it is called.
    section_also: Option<Vec<String>>,
    /// What a table is called.
    table: String,
    /// The words after which the numbers of Service Requests stand.
    service_request: Option<Vec<String>>,
    /// The words that say that a Service Request must be executed.
    obligation: Option<Vec<String>>,
}

/// Findings that are known and need no more looking at.
#[derive(JsonSchema)]
#[schemars(title = "Allowances", deny_unknown_fields)]
pub(super) struct Allow {
    /// What is allowed, each with a reason.
    allow: Vec<Allowance>,
}

/// A finding that is allowed.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Allowance {
    /// The code that the finding bears, such as “register-name”.
    code: String,
    /// The file or folder that it is in; anywhere, if none is named.
    file: Option<String>,
    /// Words that its message holds.
    about: Option<String>,
    /// Why it is allowed.
    reason: String,
}
