//! What two texts have in common: sequences of anything, and words; and what two made of a third.
//!
//! A search has a [`Direction`], which is settled by what is compared and not by which text is the old one. So ties
//! fall alike both ways: what a redline inserts, the redline of the same texts the other way round deletes. An
//! [`Alignment`] gives its pairs as old and new, whichever way it was found.
//!
//! This room doesn't know marks, amendments or versions. It is the only one that asks `similar`.

mod direction;
mod kept;
mod sequence;
mod three_way;
mod unified;
mod words;

pub use direction::{Direction, Turn};
pub use kept::kept;
pub use sequence::{Interner, align, rising, unique_pairs};
pub use three_way::{agreements, merge, replaced, words as tokens_of};
pub use unified::unified;
pub use words::{Token, WordAlignment, adds_to, bag, similarity, tokens, weight, words};
