//! A workbook as content: the same recogniser of matrices as for Word documents, on what the sheets hold.
//!
//! A sheet is a table, or has the rows of several User Roles, each of which is a table then. What cells hold is text;
//! where it isn't, and what it was typed as can't be known any more, the cell is named.

mod amended;
mod held;
mod naming;
mod rows;
mod sheets;
mod table;

pub use amended::modification;
pub use naming::Naming;

use super::front::Wanted;
use super::told::{Adopted, Told};
use crate::model::Appendix;
use crate::reader::marked::Remark;
use crate::reader::xlsx::Book;
use sheets::Sheets;

/// A version that rests on no other, from the tables of a workbook.
///
/// # Errors
/// Everything that keeps it from being one, each with its sheet and cell.
pub fn baseline(book: &Book, appendix: &Appendix, wanted: &Wanted, naming: &Naming) -> Result<Adopted, Vec<Remark>> {
    let sheets = Sheets::of(book, appendix, naming, None)?;
    let mut told = Told::new(&sheets.carried);
    let (release, proposed) = sheets.release(appendix, wanted, &mut told);
    Ok(told.adopted(release, proposed))
}
