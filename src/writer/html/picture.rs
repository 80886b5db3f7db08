//! A picture as an address that holds it whole.

use crate::stylesheet::{Picture, PictureContent};

/// The 64 digits of RFC 4648.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The address of a picture, which is the picture.
pub(super) fn data(picture: &Picture) -> String {
    let kind = match picture.content {
        PictureContent::Png(_) => "png",
        PictureContent::Jpeg { .. } => "jpeg",
    };
    format!("data:image/{kind};base64,{}", base64(&picture.file))
}

fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let group = three.iter().chain([&0; 2]).take(3).fold(0_u32, |group, &byte| group << 8 | u32::from(byte));
        for place in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_examples_of_rfc_4648() {
        for (bytes, written) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(super::base64(bytes.as_bytes()), written);
        }
    }
}
