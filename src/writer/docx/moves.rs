//! What moved: Word tells it from what comes or goes for good.

/// On which side of a move something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moving {
    /// Where it leaves.
    From,
    /// Where it comes to stand.
    To,
}

impl Moving {
    /// What a revision of this name is called here.
    pub fn revision(self, name: &[u8]) -> Option<&'static [u8]> {
        match (self, name) {
            (Self::From, b"w:del") => Some(b"w:moveFrom"),
            (Self::To, b"w:ins") => Some(b"w:moveTo"),
            _ => None,
        }
    }

    /// The elements at the ends of what moves.
    pub fn ends(self) -> [&'static str; 2] {
        match self {
            Self::From => ["w:moveFromRangeStart", "w:moveFromRangeEnd"],
            Self::To => ["w:moveToRangeStart", "w:moveToRangeEnd"],
        }
    }
}

/// What the builder writes for the author of a revision: the index of a hand, if it is one's, and whether it is new
/// within what moved.
pub fn named(by: Option<usize>, is_new: bool) -> Option<String> {
    match (by, is_new) {
        (None, false) => None,
        (by, true) => Some(format!("{NEW}{}", by.map(|by| by.to_string()).unwrap_or_default())),
        (Some(by), false) => Some(by.to_string()),
    }
}

/// As [`named`], read back.
pub fn read(author: &[u8]) -> (Option<usize>, bool) {
    let author = std::str::from_utf8(author).unwrap_or_default();
    let (by, is_new) = author.strip_prefix(NEW).map_or((author, false), |by| (by, true));
    (by.parse().ok(), is_new)
}

const NEW: &str = "new:";
