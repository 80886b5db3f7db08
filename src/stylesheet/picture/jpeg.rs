//! What a JPEG says of itself before its pixels.

/// What every JPEG begins with.
pub(super) const START: &[u8] = b"\xff\xd8\xff";
/// What every JPEG ends with.
const END: [u8; 2] = [0xff, 0xd9];

/// How large the picture is, and whether it has colours.
pub(super) struct Frame {
    pub width: u32,
    pub height: u32,
    pub is_grey: bool,
}

/// Reads a JPEG as far as its frame.
///
/// # Errors
/// Why it can't be shown.
pub(super) fn frame(file: &[u8]) -> Result<Frame, &'static str> {
    const SHORT: &str = "it ends too soon";
    if !file.trim_ascii_end().ends_with(&END) && !file.windows(2).rev().take(64).any(|pair| pair == END) {
        return Err(SHORT);
    }
    let mut rest = file.get(2..).ok_or(SHORT)?;
    loop {
        let [0xff, marker, high, low, ..] = *rest else { return Err(SHORT) };
        if marker == 0xff {
            rest = &rest[1..];
            continue;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..2 + length).ok_or(SHORT)?;
        match marker {
            // Baseline, extended and progressive; what else there is, few programs show.
            0xc0..=0xc2 => return of_segment(segment),
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Err("it is stored in a way that few programs know");
            }
            0xd9 | 0xda => return Err("it doesn't say how large it is"),
            _ => rest = &rest[2 + length..],
        }
    }
}

fn of_segment(segment: &[u8]) -> Result<Frame, &'static str> {
    let [depth, h1, h2, w1, w2, components, ..] = *segment else { return Err("it ends too soon") };
    let (width, height) = (u16::from_be_bytes([w1, w2]).into(), u16::from_be_bytes([h1, h2]).into());
    match (depth, components) {
        _ if width == 0 || height == 0 => Err("it doesn't say how large it is"),
        (8, 1) => Ok(Frame { width, height, is_grey: true }),
        (8, 3) => Ok(Frame { width, height, is_grey: false }),
        (_, 4) => Err("its colours are those of a printing press (CMYK)"),
        _ => Err("its colours are of a kind that few programs know"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(components: u8, (width, height): (u16, u16)) -> Vec<u8> {
        let mut file = b"\xff\xd8\xff\xe0\x00\x04JF\xff\xc0\x00\x08\x08".to_vec();
        file.extend(height.to_be_bytes());
        file.extend(width.to_be_bytes());
        file.extend([components, 0xff, 0xd9]);
        file
    }

    #[test]
    fn a_frame_says_how_large_a_picture_is_and_of_what_colours() {
        for (components, is_grey) in [(1, true), (3, false)] {
            let frame = frame(&jpeg(components, (300, 20))).unwrap();
            assert_eq!((frame.width, frame.height, frame.is_grey), (300, 20, is_grey));
        }
        assert!(frame(&jpeg(4, (3, 2))).is_err_and(|why| why.contains("CMYK")));
        assert!(frame(&jpeg(3, (0, 2))).is_err());
    }

    #[test]
    fn what_is_cut_or_bent_is_refused_or_read_and_never_a_crash() {
        let whole = jpeg(3, (4, 4));
        for end in 0..whole.len() {
            assert!(frame(&whole[..end]).is_err(), "cut at {end}");
        }
        for at in 0..whole.len() {
            for bits in [0x01, 0x55, 0xff] {
                let mut bent = whole.clone();
                bent[at] ^= bits;
                let _ = frame(&bent);
            }
        }
    }
}
