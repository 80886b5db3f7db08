//! What checks measure drafts against: `registers/*.yaml`, `terms.yaml`, `allow.yaml` and the `comments.yaml` of versions,
//! none of which must be there.

use super::comments;
use super::folder::{COMMENTS as COMMENTS_FILE, CONTENT, Loader, REGISTERS};
use super::form::{Form, always, maybe, unless_default};
use super::kinds::{Line, List, Quoted, flag, prose, string};
use crate::diagnostic::{Code, Failure, Sources, sort};
use crate::files::{Entry, Root};
use crate::model::{
    Abbreviation, Allowance, Companion, PartNames, ReferenceWords, Register, Request, Standards, Usage, Wording,
};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const TERMS_FILE: &str = "terms.yaml";
const ALLOW_FILE: &str = "allow.yaml";

/// Reads what checks measure against. The journeys do without it, so a slip in it never keeps a document from being
/// made.
///
/// # Errors
/// Everything that is wrong with these files.
pub fn standards(root: &Root) -> Result<(Standards, Sources), Failure> {
    let mut loader = Loader::new(root);
    let mut standards = Standards::default();
    if root.has(&format!("{CONTENT}/{REGISTERS}")) {
        for entry in loader.list(&format!("{CONTENT}/{REGISTERS}")).into_iter().filter(Entry::is_yaml) {
            standards.registers.extend(loader.read(&entry.path, |reader, root| REGISTER.read(reader, root)));
        }
    }
    let optional = |name: &str| Some(format!("{CONTENT}/{name}")).filter(|path| root.has(path));
    let (terms, allow) = (optional(TERMS_FILE), optional(ALLOW_FILE));
    if let Some(file) = terms {
        standards.wording = loader.read(&file, |reader, root| TERMS.read(reader, root)).unwrap_or_default();
    }
    if let Some(file) = allow {
        standards.allowances = loader.read(&file, |reader, root| ALLOW.read(reader, root)).unwrap_or_default().allow;
    }
    for folder in loader.list(CONTENT).into_iter().filter(|entry| entry.is_folder) {
        let file = format!("{}/{}", folder.path, COMMENTS_FILE);
        if root.has(&file) {
            let said = loader.read(&file, |reader, root| comments::COMMENTS.read(reader, root)).unwrap_or_default();
            standards.comments.insert(folder.name.to_lowercase(), said.comments);
        }
    }
    let (sources, mut diagnostics) = loader.finish();
    if diagnostics.is_empty() {
        return Ok((standards, sources));
    }
    sort(&mut diagnostics);
    Err(Failure::content(diagnostics, sources))
}

/// What the text calls the parts of the appendix, as `terms.yaml` has it. A slip in that is told by the checks.
pub(super) fn part_names(root: &Root) -> Option<PartNames> {
    let file = format!("{CONTENT}/{TERMS_FILE}");
    let terms = root.has(&file).then(|| Loader::new(root).read(&file, |reader, root| TERMS.read(reader, root)))??;
    Some(terms.references.parts).filter(|parts| !parts.section.is_empty() && !parts.table.is_empty())
}

pub(super) static REGISTER: LazyLock<Form<Register>> = LazyLock::new(|| {
    const ABOUT: &str = "The Service Requests as a specification lists them. Checks hold rows against them.";
    const COMPLETE: &str = "Whether it lists every Service Request, so that what isn't in it doesn't exist.";
    Form::<Register>::new("the register", "Register", ABOUT)
        .vital("register", string(), "What findings call the specification, such as “DUIS”.", always!(name))
        .optional("name", prose(), "The specification's name in full.", maybe!(full_name))
        .optional("provenance", prose(), "Where the facts come from, and of what date they are.", maybe!(provenance))
        .optional("complete", flag(), COMPLETE, unless_default!(complete))
        .required("requests", List::new("the Service Request", &REQUEST), "The Service Requests.", always!(requests))
        .finish(|reader, _, it| {
            let mut lines = BTreeMap::new();
            for request in &it.requests {
                let at = &request.variant.origin;
                if let Some(line) = lines.insert(&request.variant.value, at.line) {
                    let message = format!("the register lists {} a second time", request.variant.value);
                    let help = format!("keep one of the two; the other is on line {line}");
                    reader.error(Code::DuplicateName, at, message, help);
                }
            }
            true
        })
});

static REQUEST: LazyLock<Form<Request>> = LazyLock::new(|| {
    Form::<Request>::new("the Service Request", "Request", "A Service Request as its specification defines it.")
        .on_one_line()
        .vital("variant", Quoted, "The Service Reference Variant, in quotation marks.", always!(variant))
        .vital("name", string(), "The name, letter for letter.", always!(name))
        .vital("critical", flag(), "Whether it is critical.", always!(critical))
        .vital(
            "roles",
            List::strict("the role", string()),
            "The codes of the User Roles that may send it.",
            always!(roles),
        )
        .optional("provenance", prose(), "Where this comes from.", maybe!(provenance))
});

pub(super) static TERMS: LazyLock<Form<Wording>> = LazyLock::new(|| {
    const ABOUT: &str = "How the appendix says things. Checks hold the text of every version against it.";
    Form::<Wording>::new("the list of words", "Terms", ABOUT)
        .optional(
            "terms",
            List::new("the term", &USAGE),
            "The one spelling of each defined term, and those found for it.",
            unless_default!(terms),
        )
        .optional(
            "definitions",
            List::strict("the term", string()),
            "The other defined terms. If there are any, words with capitals that no term accounts for are found.",
            unless_default!(definitions),
        )
        .optional(
            "phrases",
            List::new("the phrase", &USAGE),
            "Turns of phrase, and those found for them.",
            unless_default!(phrases),
        )
        .optional(
            "abbreviations",
            List::new("the abbreviation", &ABBREVIATION),
            "What is spelt out where it is first used.",
            unless_default!(abbreviations),
        )
        .optional(
            "companions",
            List::new("the companion", &COMPANION),
            "Words that call for others under the same heading.",
            unless_default!(companions),
        )
        .optional("references", &REFERENCES, "How the text refers to Service Requests.", unless_default!(references))
        .optional("provenance", prose(), "Where this comes from.", maybe!(provenance))
});

static USAGE: LazyLock<Form<Usage>> = LazyLock::new(|| {
    Form::<Usage>::new("the entry", "Usage", "What to write, and what isn't written for it.")
        .vital("write", string(), "What to write.", always!(write))
        .vital("not", List::strict("the spelling", string()), "What is found in its place.", always!(not))
        .optional("because", prose(), "Why, for the drafter.", maybe!(because))
        .optional(
            "within_sentence",
            flag(),
            "Whether it is only wrong where no sentence begins.",
            unless_default!(within_sentence),
        )
});

static ABBREVIATION: LazyLock<Form<Abbreviation>> = LazyLock::new(|| {
    Form::<Abbreviation>::new("the abbreviation", "Abbreviation", "A short form and its full form.")
        .on_one_line()
        .vital("short", string(), "Such as “UEPT”.", always!(short))
        .vital("full", string(), "Such as “User Entry Process Tests”.", always!(full))
});

static COMPANION: LazyLock<Form<Companion>> = LazyLock::new(|| {
    Form::<Companion>::new("the companion", "Companion", "Words that call for others.")
        .vital("where_it_says", string(), "Where the text under a heading says this …", always!(where_it_says))
        .vital("also_say", string(), "… it also says this.", always!(also_say))
        .optional("because", prose(), "Why, for the drafter.", maybe!(because))
});

static REFERENCES: LazyLock<Form<ReferenceWords>> = LazyLock::new(|| {
    // Content that was written before the appendix said so has it here.
    const PARTS: &str = "What the text calls its own parts, where “references” in appendix.yaml doesn't say so.";
    let words = || List::strict("the word", string());
    Form::<ReferenceWords>::new(
        "the list of reference words",
        "References",
        "The words of references to Service Requests.",
    )
    .optional("section", string(), PARTS, unless_default!(parts.section))
    .optional("section_also", words(), PARTS, unless_default!(parts.section_also))
    .optional("table", string(), PARTS, unless_default!(parts.table))
    .optional(
        "service_request",
        words(),
        "The words after which the numbers of Service Requests stand.",
        unless_default!(service_request),
    )
    .optional(
        "obligation",
        words(),
        "The words that say that a Service Request must be executed.",
        unless_default!(obligation),
    )
});

/// `allow.yaml`.
#[derive(Clone, Debug, Default)]
pub(super) struct Allowances {
    allow: Vec<Allowance>,
}

pub(super) static ALLOW: LazyLock<Form<Allowances>> = LazyLock::new(|| {
    Form::<Allowances>::new("the file", "Allowances", "Findings that are known and need no more looking at.").vital(
        "allow",
        List::new("the allowance", &ALLOWANCE),
        "What is allowed, each with a reason.",
        always!(allow),
    )
});

static ALLOWANCE: LazyLock<Form<Allowance>> = LazyLock::new(|| {
    Form::<Allowance>::new("the allowance", "Allowance", "A finding that is allowed.")
        .vital("code", Line, "The code that the finding bears, such as “register-name”.", always!(code))
        .optional("file", prose(), "The file or folder that it is in; anywhere, if none is named.", maybe!(file))
        .optional("about", prose(), "Words that its message holds.", maybe!(about))
        .vital("reason", prose(), "Why it is allowed.", always!(reason))
});
