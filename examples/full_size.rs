//! Writes a full-size appendix, or a multiple of one, as content: `cargo run --example full_size -- FOLDER [TIMES]`.
//! Or one of another shape: `… -- FOLDER CHAPTERS TABLES`. With `constructs` at the end, of all that a body can hold.

#[path = "../benches/common/mod.rs"]
mod common;

use common::Bodies;

fn main() -> std::io::Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let bodies = match arguments.pop_if(|last| last == "constructs") {
        Some(_) => Bodies::Constructs,
        None => Bodies::Plain,
    };
    let mut arguments = arguments.into_iter();
    let folder = arguments.next().expect("the first argument is the folder to write to");
    let numbers: Vec<usize> =
        arguments.map(|number| number.parse().expect("the arguments after the folder are numbers")).collect();
    let root = std::path::Path::new(&folder);
    match numbers[..] {
        [] => common::write_content(root, 1, bodies),
        [times] => common::write_content(root, times, bodies),
        [chapters, tables, ..] => common::write_sized(root, chapters, tables, bodies),
    }
}
