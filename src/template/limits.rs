//! Limits on what a template can do, so that one that counts too far is told instead of running for ever.

use std::cell::Cell;
use tera::{Error, Kwargs, State, TeraResult};

/// So many numbers can be counted in one rendering; a table has some fifteen columns.
const MAX_COUNTED: u64 = 10_000;

thread_local! {
    static COUNTED: Cell<u64> = const { Cell::new(0) };
}

/// Begins a rendering.
pub(super) fn begin() {
    COUNTED.set(0);
}

/// The numbers from `start` (0, if it isn't given) up to `end`, which is left out, in steps of `step_by`.
pub(super) fn range(kwargs: Kwargs, _: &State) -> TeraResult<Vec<i128>> {
    let start = kwargs.get::<i128>("start")?.unwrap_or(0);
    let end = kwargs.must_get::<i128>("end")?;
    let length = u64::try_from(end.saturating_sub(start)).unwrap_or(if end < start { 0 } else { u64::MAX });
    COUNTED.set(COUNTED.get().saturating_add(length.max(1)));
    if COUNTED.get() > MAX_COUNTED {
        return Err(Error::message(format!("the template counts further than {MAX_COUNTED} in all")));
    }
    let step = kwargs.get::<usize>("step_by")?.unwrap_or(1);
    Ok((start..end).step_by(step.max(1)).collect())
}
