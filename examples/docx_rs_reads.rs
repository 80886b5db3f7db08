//! Reads a Word document with docx-rs, for `benches/peers.py`: what `ctsd read` does, by another reader.
//!
//!     cargo run --release --example docx_rs_reads -- FILE.docx

fn main() {
    let file = std::env::args_os().nth(1).expect("the first argument is the file to read");
    let bytes = std::fs::read(file).expect("the file can be read");
    let document = docx_rs::read_docx(&bytes).expect("docx-rs reads it");
    // What is read must not be left out as unused.
    std::hint::black_box(document.document.children.len());
}
