//! Pictures in the file: each once, however many pages show it.

use super::round::neat;
use crate::stylesheet::{Picture, PictureContent};
use crate::writer::pdf::placed::Spot;
use printpdf::{
    DictItem, ExternalStream, ExternalXObject, Op, Pt, RawImage, RawImageData, RawImageFormat, XObject, XObjectId,
    XObjectTransform,
};

/// What the logo is called in the resources of the pages.
pub(super) fn logo() -> XObjectId {
    XObjectId("Logo".to_owned())
}

/// What a picture of the text is called there.
pub(super) fn figure(index: usize) -> XObjectId {
    XObjectId(format!("Figure{}", index + 1))
}

/// The picture as printpdf embeds it.
pub(super) fn resource(picture: &Picture) -> XObject {
    match &picture.content {
        PictureContent::Png(pixels) => pixels_of(picture, pixels),
        PictureContent::Jpeg { is_grey } => as_it_is(picture, *is_grey),
    }
}

/// A JPEG, which a PDF holds as it is.
fn as_it_is(picture: &Picture, is_grey: bool) -> XObject {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let entries = [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(picture.width.into())),
        ("Height", DictItem::Int(picture.height.into())),
        ("BitsPerComponent", DictItem::Int(8)),
        ("ColorSpace", name(if is_grey { "DeviceGray" } else { "DeviceRGB" })),
        ("Filter", name("DCTDecode")),
    ];
    let dict = entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let stream = ExternalStream { dict, content: picture.file.clone(), compress: false };
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}

/// Pixels in sRGB, and a soft mask where something shines through.
fn pixels_of(picture: &Picture, pixels: &[u8]) -> XObject {
    let is_opaque = pixels.chunks_exact(4).all(|pixel| pixel[3] == u8::MAX);
    let (pixels, data_format) = if is_opaque {
        let colours = pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]);
        (colours.collect(), RawImageFormat::RGB8)
    } else {
        (pixels.to_vec(), RawImageFormat::RGBA8)
    };
    let image = RawImage {
        pixels: RawImageData::U8(pixels),
        width: picture.width as usize,
        height: picture.height as usize,
        data_format,
        tag: Vec::new(),
    };
    XObject::Image(image)
}

/// Shows the picture in its place.
pub(super) fn shown(id: XObjectId, spot: Spot, page_height: f32) -> Op {
    let transform = XObjectTransform {
        translate_x: Some(Pt(neat(spot.x))),
        translate_y: Some(Pt(neat(page_height - spot.y - spot.height))),
        scale_x: Some(neat(spot.width)),
        scale_y: Some(neat(spot.height)),
        // The picture is a square of one point until it is scaled.
        no_auto_scale: true,
        ..XObjectTransform::default()
    };
    Op::UseXobject { id, transform }
}
