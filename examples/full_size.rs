//! Writes a full-size appendix, or a multiple of one, as content: `cargo run --example full_size -- FOLDER [TIMES]`.

#[path = "../benches/common/mod.rs"]
mod common;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("the first argument is the folder to write to");
    let times = arguments.next().map_or(1, |times| times.parse().expect("the second argument is a number"));
    common::write_content(std::path::Path::new(&folder), times)
}
