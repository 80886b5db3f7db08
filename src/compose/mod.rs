//! Whole versions out of what files state: a release by itself, a modification laid over its base.
//!
//! A fault in one version keeps from being made only it and what rests on it.

mod agreements;
mod as_of;
mod authorship;
mod basis;
mod blame;
mod conflict;
mod descent;
mod difference;
mod history;
mod matrices;
mod numbering;
mod overlay;
mod pairs;
mod project;
mod rebase;
mod release;
mod restated;
mod rows;
mod sections;
mod slots;
mod state;
mod three_way;
mod unsettled;
mod whole;

pub use agreements::{Agreement, agreements};
pub use as_of::{InForce, NotInForce};
pub use authorship::{Author, Authorship, Deed, authorship};
pub use blame::{Blame, BlamedCell, BlamedRow, BlamedSection, BlamedTable, Said, Words, blame};
pub use conflict::{Claim, Conflict, ConflictKind, ConflictPart, reading_of, shown};
pub use descent::descent;
pub use difference::{difference, unwritten};
pub use pairs::{Collision, Laid, collisions, collisions_with};
pub use project::{Project, load, load_again, load_from};
pub use rebase::{rebase, rebase_apart};
pub use restated::restated;
pub use sections::default_id;
pub use state::{published, state};
pub use three_way::Rebased;
pub use whole::{alone, lay_over};
