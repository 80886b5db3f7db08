//! Streams made smaller (ISO 32000-1, 7.4.4).
//!
//! A compressor has a quarter of a megabyte of tables. A file has dozens of streams, most of them short, so each
//! thread makes one compressor and sets it back for the next stream.

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::Stream;
use std::cell::RefCell;

/// The greatest effort takes twice the time and saves a fortieth.
const EFFORT: u32 = 6;

thread_local! {
    static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(EFFORT), true));
}

/// Compresses a stream that has no filter yet. What can't be made smaller stays as it is.
pub(super) fn compress(stream: &mut Stream) {
    if stream.dict.has(b"Filter") {
        return;
    }
    if let Some(smaller) = deflated(&stream.content) {
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(smaller);
    }
}

/// The bytes compressed, if that makes them fewer.
fn deflated(bytes: &[u8]) -> Option<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        // Room for no more than what would be worth having.
        let mut smaller = Vec::with_capacity(bytes.len());
        let status = compressor.compress_vec(bytes, &mut smaller, FlushCompress::Finish).ok()?;
        (status == Status::StreamEnd && smaller.len() < bytes.len()).then_some(smaller)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::Dictionary;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn streams_read_as_they_were(bytes in prop::collection::vec(0_u8..4, 0..2000), noise: Vec<u8>) {
            for content in [bytes, noise] {
                let mut stream = Stream::new(Dictionary::new(), content.clone());
                compress(&mut stream);
                prop_assert!(stream.content.len() <= content.len());
                let read = if stream.dict.has(b"Filter") { stream.decompressed_content().unwrap() } else { stream.content };
                prop_assert_eq!(read, content);
            }
        }
    }
}
