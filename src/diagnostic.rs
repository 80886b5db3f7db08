//! What the desk tells a drafter: what is wrong, where, and what to do.
//!
//! A diagnostic is data; how it looks on a terminal, as JSON or as SARIF is the business of the rooms above.

mod code;
mod failure;
mod finding;
mod sources;

pub use code::Code;
pub use failure::{Account, Failure};
pub use finding::{Diagnostic, Fix, Location, Severity, Whose, sort};
pub use sources::Sources;
