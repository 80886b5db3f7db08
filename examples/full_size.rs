//! Writes a full-size appendix, or a multiple of one, as content: `cargo run --example full_size -- FOLDER [TIMES]`.
//! Or one of another shape: `… -- FOLDER CHAPTERS TABLES`.

#[path = "../benches/common/mod.rs"]
mod common;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("the first argument is the folder to write to");
    let numbers: Vec<usize> =
        arguments.map(|number| number.parse().expect("the arguments after the folder are numbers")).collect();
    let root = std::path::Path::new(&folder);
    match numbers[..] {
        [] => common::write_content(root, 1),
        [times] => common::write_content(root, times),
        [chapters, tables, ..] => common::write_sized(root, chapters, tables),
    }
}
