//! The logo in the file: once, however many pages show it.

use super::round::neat;
use crate::stylesheet::Picture;
use crate::writer::pdf::placed::Spot;
use printpdf::{Op, Pt, RawImage, RawImageData, RawImageFormat, XObject, XObjectId, XObjectTransform};

/// What the picture is called in the resources of the pages.
fn id() -> XObjectId {
    XObjectId("Logo".to_owned())
}

/// The picture as printpdf embeds it: pixels in sRGB, and a soft mask where something shines through.
pub(super) fn resource(picture: &Picture) -> (XObjectId, XObject) {
    let (pixels, data_format) = if picture.is_opaque() {
        let colours = picture.pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]);
        (colours.collect(), RawImageFormat::RGB8)
    } else {
        (picture.pixels.clone(), RawImageFormat::RGBA8)
    };
    let image = RawImage {
        pixels: RawImageData::U8(pixels),
        width: picture.width as usize,
        height: picture.height as usize,
        data_format,
        tag: Vec::new(),
    };
    (id(), XObject::Image(image))
}

/// Shows the picture in its place.
pub(super) fn shown(spot: Spot, page_height: f32) -> Op {
    let transform = XObjectTransform {
        translate_x: Some(Pt(neat(spot.x))),
        translate_y: Some(Pt(neat(page_height - spot.y - spot.height))),
        scale_x: Some(neat(spot.width)),
        scale_y: Some(neat(spot.height)),
        // The picture is a square of one point until it is scaled.
        no_auto_scale: true,
        ..XObjectTransform::default()
    };
    Op::UseXobject { id: id(), transform }
}
