//! A picture: the file, which Word takes as it is, and of a PNG its pixels, of which a PDF is made. A PDF takes a JPEG as it
//! is, too.

mod jpeg;

use png::{Decoder, DecodingError, Transformations};
use std::fmt;
use std::io::Cursor;

/// More pixels than this are refused before any is read. A picture as wide as a page and printed finely has two million.
const MOST_PIXELS: u64 = 4_000_000;

/// What every PNG begins with.
const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// What other pictures begin with, for a file that bears the wrong name.
const OTHERS: [(&[u8], &str); 7] = [
    (b"\xff\xd8\xff", "a JPEG"),
    (b"GIF8", "a GIF"),
    (b"RIFF", "a WebP"),
    (b"BM", "a bitmap (BMP)"),
    (b"<svg", "an SVG"),
    (b"<?xml", "an SVG"),
    (b"%PDF", "a PDF"),
];

/// A picture that is known to be whole.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file, byte for byte.
    pub file: Vec<u8>,
    /// In pixels; neither is ever 0.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// What is known of how it is stored.
    pub content: PictureContent,
}

/// How a picture is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureContent {
    /// As a PNG: row by row from the top, of each pixel red, green, blue and how opaque it is.
    Png(Vec<u8>),
    /// As a JPEG, in grey or in colours.
    Jpeg {
        /// Whether it has no colours.
        is_grey: bool,
    },
}

/// Why a file isn't a picture that documents can carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is of another kind; which, if that shows.
    OtherKind(Option<&'static str>),
    /// It has so many pixels, across and down.
    TooFine(u32, u32),
    /// It begins as a picture and doesn't go on as one.
    Broken(String),
}

impl Picture {
    /// Reads a PNG to its end.
    ///
    /// # Errors
    /// Why documents can't carry it.
    pub fn from_png(file: Vec<u8>) -> Result<Self, Unfit> {
        if !file.starts_with(&SIGNATURE) {
            let other = OTHERS.iter().find(|(start, _)| file.starts_with(start));
            return Err(Unfit::OtherKind(other.map(|(_, name)| *name)));
        }
        let mut decoder = Decoder::new(Cursor::new(file.as_slice()));
        // Palettes, greys, bits by the one and by the sixteen: all as eight bits of each colour and of opacity.
        decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
        decoder.set_ignore_text_chunk(true);
        decoder.set_ignore_iccp_chunk(true);
        let (width, height) = decoder.read_header_info().map_err(broken)?.size();
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(Unfit::TooFine(width, height));
        }
        let mut reader = decoder.read_info().map_err(broken)?;
        let size = reader.output_buffer_size().ok_or(Unfit::TooFine(width, height))?;
        let mut pixels = vec![0; size];
        let frame = reader.next_frame(&mut pixels).map_err(broken)?;
        reader.finish().map_err(broken)?;
        pixels.truncate(frame.buffer_size());
        if frame.color_type == png::ColorType::GrayscaleAlpha {
            pixels = pixels.chunks_exact(2).flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]]).collect();
        }
        if pixels.len() as u64 != 4 * u64::from(width) * u64::from(height) {
            return Err(Unfit::Broken("its first frame isn't as large as the picture".to_owned()));
        }
        Ok(Self { file, width, height, content: PictureContent::Png(pixels) })
    }

    /// Reads a PNG or a JPEG, the latter as far as its frame, which says how large it is.
    ///
    /// # Errors
    /// Why documents can't carry it.
    pub fn from_file(file: Vec<u8>) -> Result<Self, Unfit> {
        if !file.starts_with(jpeg::START) {
            return Self::from_png(file);
        }
        let jpeg::Frame { width, height, is_grey } = jpeg::frame(&file).map_err(|why| Unfit::Broken(why.to_owned()))?;
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(Unfit::TooFine(width, height));
        }
        Ok(Self { file, width, height, content: PictureContent::Jpeg { is_grey } })
    }

    /// How wide and how high it is shown in a text, in millimetres: as fine as print wants it, and no larger than the room.
    pub fn shown(&self, (width, height): (f32, f32)) -> (f32, f32) {
        /// A millimetre is so many pixels where nothing keeps the picture smaller: 150 to the inch.
        const PIXELS: f32 = 150.0 / 25.4;
        let own = (self.width as f32 / PIXELS, self.height as f32 / PIXELS);
        let scale = (width / own.0).min(height / own.1).min(1.0);
        (own.0 * scale, own.1 * scale)
    }
}

fn broken(error: DecodingError) -> Unfit {
    Unfit::Broken(match error {
        DecodingError::IoError(_) => "it ends too soon".to_owned(),
        other => other.to_string().trim_end_matches('.').to_owned(),
    })
}

/// Pixels are for machines.
impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({} × {}, {} bytes)", self.width, self.height, self.file.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use png::{BitDepth, ColorType, Encoder};

    fn written(colour: ColorType, depth: BitDepth, (width, height): (u32, u32), data: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, width, height);
        encoder.set_color(colour);
        encoder.set_depth(depth);
        if colour == ColorType::Indexed {
            encoder.set_palette(vec![9, 8, 7, 6, 5, 4]);
            encoder.set_trns(vec![255, 0]);
        }
        encoder.write_header().unwrap().write_image_data(data).unwrap();
        file
    }

    #[test]
    fn every_sort_of_png_gives_four_bytes_a_pixel() {
        use BitDepth::{Eight, One, Sixteen};
        let cases: [(ColorType, BitDepth, &[u8], [u8; 8]); 6] = [
            (ColorType::Grayscale, One, &[0b1000_0000], [255, 255, 255, 255, 0, 0, 0, 255]),
            (ColorType::GrayscaleAlpha, Eight, &[1, 2, 3, 4], [1, 1, 1, 2, 3, 3, 3, 4]),
            (ColorType::Rgb, Eight, &[1, 2, 3, 4, 5, 6], [1, 2, 3, 255, 4, 5, 6, 255]),
            (ColorType::Rgba, Eight, &[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8]),
            (ColorType::Rgb, Sixteen, &[1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0], [1, 2, 3, 255, 4, 5, 6, 255]),
            (ColorType::Indexed, One, &[0b0100_0000], [9, 8, 7, 255, 6, 5, 4, 0]),
        ];
        for (colour, depth, data, pixels) in cases {
            let picture = Picture::from_png(written(colour, depth, (2, 1), data)).unwrap();
            assert_eq!((picture.width, picture.height), (2, 1));
            assert!(picture.content == PictureContent::Png(pixels.to_vec()), "{colour:?} {depth:?}");
        }
    }

    #[test]
    fn a_file_that_is_cut_short_or_bent_is_refused_wherever_that_is() {
        let whole = written(ColorType::Rgb, BitDepth::Eight, (8, 8), &[77; 192]);
        for end in 0..whole.len() {
            assert!(Picture::from_png(whole[..end].to_vec()).is_err(), "cut at {end}");
        }
        for at in 0..whole.len() {
            let mut bent = whole.clone();
            bent[at] ^= 0x55;
            // A chunk that the picture can do without may be bent; what is read is whole all the same.
            if let Ok(picture) = Picture::from_png(bent) {
                let PictureContent::Png(pixels) = picture.content else { panic!("bent at {at}") };
                assert_eq!(pixels.len(), 4 * 64, "bent at {at}");
            }
        }
    }

    #[test]
    fn what_is_not_a_png_or_claims_too_much_is_refused_unread() {
        assert_eq!(Picture::from_png(b"\xff\xd8\xff\xe0".to_vec()), Err(Unfit::OtherKind(Some("a JPEG"))));
        assert_eq!(Picture::from_png(Vec::new()), Err(Unfit::OtherKind(None)));
        let mut huge = Vec::new();
        drop(Encoder::new(&mut huge, 100_000, 100_000).write_header().unwrap());
        assert_eq!(Picture::from_png(huge), Err(Unfit::TooFine(100_000, 100_000)));
    }
}
