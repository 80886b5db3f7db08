//! What a writer and a reader of Office files must agree on: the names of parts and styles, the units, and how a file
//! says what it was made from.

pub mod archive;
pub mod names;
pub mod styles;
pub mod trace;
pub mod units;
