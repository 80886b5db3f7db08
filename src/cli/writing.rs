//! The options of commands that write documents.

use super::date;
use super::trouble::Trouble;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use ctsd::pipeline::{Format, Options};

/// When documents were made.
#[derive(Debug, Args)]
pub(super) struct DateOption {
    /// The date of the documents and of their tracked changes, such as 2026-01-31 [default: SOURCE_DATE_EPOCH, else the
    /// version's own date]
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    date: Option<String>,
}

impl DateOption {
    /// The date, where the command line or the environment says.
    pub fn chosen(&self) -> Result<Option<String>, Trouble> {
        match &self.date {
            Some(date) => Ok(Some(date.clone())),
            None => date::from_environment().map_err(Trouble::usage),
        }
    }
}

/// What stands on tracked changes.
#[derive(Debug, Args)]
pub(super) struct RevisionOptions {
    /// Who made the tracked changes [default: the version that makes them]. In the redline of a release, what a
    /// modification of it changes is that modification's all the same
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    #[command(flatten)]
    date: DateOption,
}

impl RevisionOptions {
    /// The author and the date, where the command line or the environment says.
    pub fn chosen(&self) -> Result<(Option<String>, Option<String>), Trouble> {
        Ok((self.author.clone(), self.date.chosen()?))
    }
}

/// The names of formats that a command writes.
pub(super) fn names_of(formats: impl Iterator<Item = Format>) -> impl TypedValueParser<Value = Format> {
    let names = PossibleValuesParser::new(formats.map(Format::name));
    names.try_map(|name| Format::named(&name).ok_or("no such format"))
}

/// What a journey is told: of the formats that it has, those that were asked for, or the usual ones.
pub(super) fn options(
    asked: &[Format],
    known: &[Format],
    (author, date): (Option<String>, Option<String>),
) -> Result<Options, Trouble> {
    let usual: Vec<Format> = Format::usual().collect();
    let wanted = if asked.is_empty() { &usual } else { asked };
    let formats: Vec<Format> = known.iter().copied().filter(|known| wanted.contains(known)).collect();
    if formats.is_empty() {
        return Err(Trouble::usage("the whole appendix as a redline isn't written in this format: leave --full out"));
    }
    Ok(Options { formats, author, date, ..Options::default() })
}
