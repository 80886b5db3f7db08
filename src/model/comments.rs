//! What reviewers say of a version, kept beside what it states.

use super::origin::{Placed, Text};

/// A reviewer's comment on a version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    /// The number of the section that it is on.
    pub section: Option<Placed<String>>,
    /// The number of the table that it is on; neither, if it is on the whole.
    pub table: Option<Placed<String>>,
    /// The key of the table's row.
    pub row: Option<Placed<String>>,
    /// The words that it is about.
    pub words: Option<String>,
    /// Who makes it.
    pub author: String,
    /// When, in ISO 8601, if that is known.
    pub date: Option<String>,
    /// What it says.
    pub text: Text,
    /// Whether it is done with.
    pub state: CommentState,
    /// What was answered, in its order.
    pub answers: Vec<Answer>,
}

/// An answer to a comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Who gives it.
    pub author: String,
    /// When, in ISO 8601, if that is known.
    pub date: Option<String>,
    /// What it says.
    pub text: Text,
}

/// Whether a comment is done with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CommentState {
    /// Somebody has to look at it.
    #[default]
    Open,
    /// It is done with.
    Resolved,
}

impl CommentState {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Open, Self::Resolved];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resolved => "resolved",
        }
    }
}

impl Comment {
    /// Whether somebody has still to look at it.
    pub fn is_open(&self) -> bool {
        self.state == CommentState::Open
    }
}
