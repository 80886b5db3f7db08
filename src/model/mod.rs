//! The appendix and its versions as plain data, and the arithmetic on them.
//!
//! What a version's files state stands here as a `Release` or a `Modification`; a `Version` is whole, with every
//! modification laid over its baseline. Every value that a drafter wrote remembers where, and for which version, so that a finding can point at it; that memory is no
//! part of the value, and neither templates nor comparisons see it.
//!
//! This room doesn't know where data comes from or what it looks like on a page.

mod appendix;
mod cells;
mod comments;
mod counted;
mod counts;
mod descent;
mod directory;
mod figures;
mod findings;
mod modification;
mod neighbour;
mod number;
mod origin;
mod sides;
mod standards;
mod version;
mod words;

pub use appendix::{Appendix, Applicability, Classification, Column, ColumnKind, CriticalTexts, PartNames, Role};
pub use cells::Cells;
pub use comments::{Answer, Comment, CommentState};
pub use counted::{CountedRow, FigureChange, figure_changes};
pub use counts::{CountRow, Counts, counts};
pub use descent::Descent;
pub use directory::Directory;
pub use figures::{OmittedStatement, PublishedRowStatement, PublishedStatement};
pub use findings::Findings;
pub use modification::{
    AmendedRow, Decision, Head, InsertedRows, Modification, MovedRow, Operations, Release, RemovedRow, RowStatement,
    SectionStatement, Stated, Status, TableStatement,
};
pub use neighbour::{Beside, Neighbour};
pub use number::{Number, is_below, natural};
pub use origin::{LinePlace, Origin, Placed, Source, Standing, Text};
pub use sides::{OpenCells, OpenRow, OpenSection, OpenTable, Sides};
pub use standards::{Abbreviation, Allowance, Companion, ReferenceWords, Register, Request, Standards, Usage, Wording};
pub use version::{
    Matrix, Omitted, OmittedCount, Part, Published, PublishedCount, Recorded, RecordedModification, Row, Section,
    Version,
};
