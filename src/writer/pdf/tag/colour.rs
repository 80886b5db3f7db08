//! What the colours of a page mean: sRGB, stated by an ICC profile built here.

use super::deflate;
use lopdf::{Document, Object, ObjectId, Stream, dictionary};

/// Adds the output intent that PDF/A demands.
pub(super) fn add_output_intent(file: &mut Document) -> ObjectId {
    let mut profile = Stream::new(dictionary! { "N" => 3 }, srgb_profile());
    deflate::compress(&mut profile);
    let profile = file.add_object(profile);
    file.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB IEC61966-2.1"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    })
}

/// The sRGB colour space (IEC 61966-2-1) as a display profile of ICC version 4.2.
fn srgb_profile() -> Vec<u8> {
    let curve = curve();
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", localised("sRGB IEC61966-2.1")),
        (b"cprt", localised("CC0")),
        (b"wtpt", xyz([0.964_2, 1.0, 0.824_9])),
        (
            b"chad",
            matrix([1.047_88, 0.022_92, -0.050_22, 0.029_59, 0.990_48, -0.017_06, -0.009_25, 0.015_07, 0.751_68]),
        ),
        // The primaries, adapted to the white of the profile connection space by Bradford's method.
        (b"rXYZ", xyz([0.436_03, 0.222_49, 0.013_92])),
        (b"gXYZ", xyz([0.385_12, 0.716_90, 0.097_06])),
        (b"bXYZ", xyz([0.143_05, 0.060_61, 0.713_92])),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data: Vec<u8> = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    for (name, bytes) in &tags {
        table.extend_from_slice(*name);
        table.extend(((start + data.len()) as u32).to_be_bytes());
        table.extend((bytes.len() as u32).to_be_bytes());
        data.extend_from_slice(bytes);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let size = (start + data.len()) as u32;
    [header(size), table, data].concat()
}

/// The 128 bytes at the head of a profile.
fn header(size: u32) -> Vec<u8> {
    let mut header = size.to_be_bytes().to_vec();
    header.extend([0; 4]);
    header.extend([4, 0x20, 0, 0]);
    header.extend(b"mntrRGB XYZ ");
    // A date is asked for; that of the standard will do.
    for part in [1999_u16, 10, 18, 0, 0, 0] {
        header.extend(part.to_be_bytes());
    }
    header.extend(b"acsp");
    header.resize(68, 0);
    for part in [0.964_2, 1.0, 0.824_9] {
        header.extend(fixed(part));
    }
    header.resize(128, 0);
    header
}

/// A number with sixteen bits before and after the point.
fn fixed(value: f64) -> [u8; 4] {
    ((value * 65_536.0).round() as i32).to_be_bytes()
}

fn xyz(values: [f64; 3]) -> Vec<u8> {
    [b"XYZ \0\0\0\0".to_vec(), values.into_iter().flat_map(fixed).collect()].concat()
}

fn matrix(values: [f64; 9]) -> Vec<u8> {
    [b"sf32\0\0\0\0".to_vec(), values.into_iter().flat_map(fixed).collect()].concat()
}

/// The transfer function of sRGB: a power with a straight foot.
fn curve() -> Vec<u8> {
    let parameters = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];
    [b"para\0\0\0\0\0\x03\0\0".to_vec(), parameters.into_iter().flat_map(fixed).collect()].concat()
}

/// Text in one language.
fn localised(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut tag = b"mluc\0\0\0\0".to_vec();
    for number in [1, 12] {
        tag.extend(u32::to_be_bytes(number));
    }
    tag.extend(b"enGB");
    tag.extend((units.len() as u32).to_be_bytes());
    tag.extend(28_u32.to_be_bytes());
    tag.extend(units);
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_as_long_as_it_says() {
        let profile = srgb_profile();
        let size = profile.first_chunk::<4>().map(|size| u32::from_be_bytes(*size));
        assert_eq!(size, Some(profile.len() as u32));
        assert_eq!(profile.get(36..40), Some(b"acsp".as_slice()));
        assert_eq!(profile.len() % 4, 0);
    }
}
