//! Reads a Word document with docx-rs, for `benches/peers.py`: what `ctsd read` does, by another reader.
//!
//!     cargo run --release --example docx_rs_reads -- FILE.docx

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(file) = std::env::args_os().nth(1) else {
        eprintln!("name the file to read");
        return ExitCode::from(2);
    };
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    match docx_rs::read_docx(&bytes) {
        Ok(document) => {
            println!("{} blocks", document.document.children.len());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}
