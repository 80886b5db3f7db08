//! What is made of the desk for a browser.

use super::place::places;
use super::state::{Made, State};
use super::told::Told;
use crate::content;
use crate::diagnostic::{Diagnostic, Failure};
use crate::document::PartWords;
use crate::files::Root;
use crate::pipeline::timeline::Place;
use crate::pipeline::{Desk, Format, Options, Turned};
use crate::publish::File;
use crate::template::Templates;
use crate::writer::html;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// So long nothing is saved before it is told what a drafter should look at.
const CALM: Duration = Duration::from_millis(150);

/// What can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The list of what there is.
    Index,
    /// A document, as a page for a browser in one of its formats.
    Page(Of, Format),
}

/// What a document is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// A version as it reads.
    Appendix(String),
    /// What a version changes of another; the whole of it, or the change document.
    Redline { base: String, target: String, full: bool },
    /// The text in force on a day.
    Day(String),
}

impl Asked {
    /// What an address asks for.
    pub fn named(path: &str) -> Option<Self> {
        let mut parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        let format = match parts.pop_if(|last| *last == Format::Matrix.name()) {
            Some(_) => Format::Matrix,
            None => Format::Html,
        };
        let redline =
            |base: &str, target: &str, full| Of::Redline { base: base.to_owned(), target: target.to_owned(), full };
        let of = match parts.as_slice() {
            [""] if format == Format::Html => return Some(Self::Index),
            ["appendix", version] => Of::Appendix((*version).to_owned()),
            ["redline", base, target] => redline(base, target, false),
            ["redline", base, target, "full"] => redline(base, target, true),
            ["as-of", day] if content::is_day(day) => Of::Day((*day).to_owned()),
            _ => return None,
        };
        Some(Self::Page(of, format))
    }

    fn key(&self) -> String {
        match self {
            Self::Index => String::new(),
            Self::Page(of, format) => format!("{}\n{}", of.address().to_lowercase(), format.name()),
        }
    }

    /// The file of a format. Nothing, if there is no such version.
    ///
    /// # Errors
    /// What keeps it from being made.
    fn file(&self, desk: &Desk, format: Format) -> Result<Option<File>, Failure> {
        let Self::Page(of, _) = self else { return Ok(None) };
        let options = Options { formats: vec![format], served: Some(of.address()), ..Options::default() };
        let About { desk, version, .. } = of.about(desk)?;
        let version = desk.version(&version)?;
        let files = match of {
            Of::Appendix(_) | Of::Day(_) => desk.build(version, &options)?,
            Of::Redline { base, full: true, .. } => desk.full_redline(desk.version(base)?, version, &options)?,
            Of::Redline { base, full: false, .. } => desk.redline(desk.version(base)?, version, &options)?,
        };
        Ok(files.into_iter().next())
    }
}

/// What a document is about.
struct About<'d> {
    /// The desk that knows it.
    desk: Cow<'d, Desk>,
    /// The id of the version.
    version: String,
    /// What isn't known of it.
    unknown: Vec<Diagnostic>,
}

impl Of {
    /// The version that it is about, and the desk that has it: for a day, the desk as it was then.
    ///
    /// # Errors
    /// If nothing was in force on that day.
    fn about<'d>(&self, desk: &'d Desk) -> Result<About<'d>, Failure> {
        match self {
            Self::Appendix(version) | Self::Redline { target: version, .. } => {
                Ok(About { desk: Cow::Borrowed(desk), version: version.clone(), unknown: Vec::new() })
            }
            Self::Day(day) => {
                let mut then = desk.clone();
                let Turned { id, undated } = then.turn_to(day, None)?;
                Ok(About { desk: Cow::Owned(then), version: id, unknown: undated })
            }
        }
    }

    /// Where its page is.
    fn address(&self) -> String {
        let part =
            |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        match self {
            Self::Appendix(version) => format!("/appendix/{}", part(version)),
            Self::Redline { base, target, full } => {
                format!("/redline/{}/{}{}", part(base), part(target), if *full { "/full" } else { "" })
            }
            Self::Day(day) => format!("/as-of/{day}"),
        }
    }
}

/// The page that is asked for, as of the last save; where it can't be made, the last that could, with what is wrong.
/// It is none only where there is no such version, or nothing was ever right.
pub(super) fn made(state: &State, asked: &Asked) -> Made {
    state.making(|| made_alone(state, asked))
}

/// The same, with what a drafter should look at. While files are saved one right after the other, nobody has the time to look,
/// and what is typed shall be seen first: it is told once nothing was saved for a moment.
pub(super) fn looked_at(state: &State, asked: &Asked) -> Made {
    let made = made(state, asked);
    let (count, desk, _) = state.now();
    match &desk {
        Some(desk) if made.findings.is_none() && made.errors.is_empty() && made.count == count => {
            if state.wait(count, CALM) != count {
                return made;
            }
            let made = Made { findings: Some(findings(state, desk, asked)), ..made };
            if made.page.is_some() {
                state.keep(&asked.key(), made.clone());
            }
            made
        }
        _ => made,
    }
}

fn made_alone(state: &State, asked: &Asked) -> Made {
    let kept = state.page(&asked.key());
    let (count, desk, wrong) = state.now();
    if kept.count == count && count > 0 {
        return kept;
    }
    let made = match &desk {
        Some(desk) if wrong.is_empty() => match page(desk, asked) {
            Ok(page) => Made { count, errors: Vec::new(), findings: None, ..kept.with(page.into()) },
            Err(failure) => Made { count, errors: Told::of_failure(failure, state.opener()), ..kept },
        },
        // The page of the last desk that could be opened, if none was made of it while it was the newest.
        Some(desk) => {
            let page = kept.page.or_else(|| page(desk, asked).ok().map(Arc::from));
            Made { count, page, errors: wrong, ..kept }
        }
        None => Made { count, errors: wrong, ..kept },
    };
    let is_known = made.page.is_some() || made.errors.iter().any(Told::is_error) || desk.is_none();
    let made = Made { page: made.page.or_else(|| is_known.then(empty).map(Arc::from)), ..made };
    // Of what there isn't nothing is kept, or anybody could fill the memory with it.
    if is_known {
        state.keep(&asked.key(), made.clone());
    }
    made
}

/// The file that is asked for in another format. Nothing, if there is no such version.
///
/// # Errors
/// What keeps it from being made of what was saved last.
pub(super) fn file(state: &State, asked: &Asked, format: Format) -> Result<Option<File>, Failure> {
    let (_, desk, wrong) = state.now();
    match desk {
        Some(desk) if wrong.is_empty() => match asked.file(&desk, format) {
            Err(Failure::Refused(_)) => Ok(None),
            other => other,
        },
        _ => Err(Failure::refused("what was saved last has errors: the page says which")),
    }
}

fn page(desk: &Desk, asked: &Asked) -> Result<String, Failure> {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("a page is text");
    match asked {
        Asked::Index => Ok(text(desk.timeline(Place::Served)?.bytes)),
        Asked::Page(_, format) => Ok(asked.file(desk, *format)?.map(|file| text(file.bytes)).unwrap_or_default()),
    }
}

/// What a drafter should look at in the version, each with the place on the page that it is about.
fn findings(state: &State, desk: &Desk, asked: &Asked) -> Vec<Told> {
    let Asked::Page(of, _) = asked else { return Vec::new() };
    let Ok(About { desk, version, unknown }) = of.about(desk) else { return Vec::new() };
    let Ok(version) = desk.version(&version) else { return Vec::new() };
    let asked = crate::pipeline::Asked { versions: vec![version], faults: Vec::new() };
    let mut account = desk.check(&asked);
    account.diagnostics.splice(..0, unknown);
    let mut findings = Told::of_account(&account, state.opener());
    let places = places(version);
    for told in &mut findings {
        told.place = told.file.as_deref().and_then(|file| places.of(file, told.line));
    }
    findings
}

/// A page without a document, for what is wrong where nothing was ever right.
fn empty() -> String {
    let none = Root::memory(BTreeMap::new());
    let templates = Templates::load(&none).expect("the built-in templates are right");
    let (path, text) = templates.stylesheet();
    let sheet = content::stylesheet(&none, path, text).expect("the built-in style sheet is right");
    let options = html::Options {
        author: "",
        date: None,
        amendments: None,
        figures: &[],
        live: true,
        beside: None,
        values: &[],
        words: &PartWords::default(),
        templates: &templates,
    };
    let page = html::write(&Default::default(), &sheet, &options).expect("the built-in page is right");
    String::from_utf8(page).expect("a page is text")
}
