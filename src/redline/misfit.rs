//! Why an amendment can't be made.

use std::error::Error;
use std::fmt::{Display, Formatter, Result};

/// An amendment that doesn't fit the document that it is applied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The id of the amendment; `properties`, if it is those of the document.
    pub amendment: String,
    /// The id of the change or row in it that doesn't fit; that of the amendment, if it is the whole of it.
    pub at: String,
    /// What doesn't fit.
    pub mismatch: Mismatch,
}

/// What doesn't fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// Something else stands there than the amendment says.
    Other {
        /// What the amendment says.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// Nothing stands there, where the amendment says that something does.
    Missing,
    /// Nothing can stand in the place that the amendment gives it: too little stands before it, or another does there.
    NoPlace,
    /// The same is taken out twice.
    TakenTwice,
    /// The list doesn't say what was there, or what comes.
    Untold,
    /// The list says it in a way that can't be read.
    Unreadable(String),
}

impl Misfit {
    /// What doesn't fit at the change or row with the id `at`.
    pub(super) fn new(amendment: &str, at: &str, mismatch: Mismatch) -> Self {
        Self { amendment: amendment.to_owned(), at: at.to_owned(), mismatch }
    }
}

impl Display for Misfit {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "amendment “{}” doesn't fit", self.amendment)?;
        if self.at != self.amendment {
            write!(f, ", at “{}”", self.at)?;
        }
        write!(f, ": {}", self.mismatch)
    }
}

impl Display for Mismatch {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        const ANEW: &str = "make the list anew against this version";
        match self {
            Self::Other { expected, found } => {
                write!(f, "it was drafted against “{expected}”, and “{found}” stands there; {ANEW}")
            }
            Self::Missing => write!(f, "what it amends isn't there; {ANEW}"),
            Self::NoPlace => write!(f, "it can't stand in the place that it gives; {ANEW}"),
            Self::TakenTwice => f.write_str("it takes out what another takes out too; leave one of them"),
            Self::Untold => f.write_str("it doesn't say what was there or what comes; take the list as it was written"),
            Self::Unreadable(why) => write!(f, "it can't be read: {why}; take the list as it was written"),
        }
    }
}

impl Error for Misfit {}
