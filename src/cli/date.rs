//! Dates come from the command line or the environment, never from the clock.

use ctsd::content;
use jiff::{Timestamp, civil::Date};

/// A date or a moment, as the moment in UTC that it stands for.
pub(super) fn parse(text: &str) -> Result<String, String> {
    if let Ok(date) = text.parse::<Date>() {
        return Ok(format!("{date}T00:00:00Z"));
    }
    let moment: Timestamp = text
        .parse()
        .map_err(|_| "write a date such as 2026-01-31, or a moment such as 2026-01-31T09:30:00Z".to_owned())?;
    Ok(whole_seconds(moment))
}

/// A day, as content writes it.
pub(super) fn day(text: &str) -> Result<String, String> {
    match content::is_day(text) {
        true => Ok(text.to_owned()),
        false => Err("there is no such day: write the year, month and day, such as 2019-11-29".to_owned()),
    }
}

/// What `SOURCE_DATE_EPOCH` says, if it is set.
pub(super) fn from_environment() -> Result<Option<String>, String> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let seconds = value.to_str().and_then(|text| text.trim().parse::<i64>().ok());
    match seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()) {
        Some(moment) => Ok(Some(whole_seconds(moment))),
        None => Err("SOURCE_DATE_EPOCH isn't a number of seconds since 1970".to_owned()),
    }
}

fn whole_seconds(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
