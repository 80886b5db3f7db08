//! Files read back, by another library's eyes where there is one.

use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

pub struct Read {
    pub file: Document,
}

impl Read {
    pub fn new(bytes: &[u8]) -> Self {
        Self { file: Document::load_mem(bytes).expect("the file reads") }
    }

    pub fn pages(&self) -> Vec<ObjectId> {
        self.file.get_pages().into_values().collect()
    }

    /// Width and height of each page.
    pub fn sizes(&self) -> Vec<(f32, f32)> {
        let size = |page| {
            let media = self.file.get_dictionary(page).and_then(|page| page.get(b"MediaBox")).expect("a media box");
            let corner: Vec<f32> =
                media.as_array().expect("four numbers").iter().filter_map(|number| number.as_float().ok()).collect();
            (corner[2], corner[3])
        };
        self.pages().into_iter().map(size).collect()
    }

    /// What each code of each font copies as.
    fn texts_of_codes(&self) -> BTreeMap<Vec<u8>, BTreeMap<u16, String>> {
        let page = self.pages()[0];
        let fonts = self.file.get_page_fonts(page).expect("fonts");
        fonts
            .into_iter()
            .map(|(name, font)| {
                let map = font.get(b"ToUnicode").and_then(Object::as_reference).expect("a ToUnicode map");
                let stream = self.file.get_object(map).and_then(Object::as_stream).expect("a stream");
                let text = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
                (name, codes(&String::from_utf8_lossy(&text)))
            })
            .collect()
    }

    /// The text of a page as a viewer would copy it: the body, and what is there only because it is a page.
    pub fn text(&self, page: ObjectId) -> (String, String) {
        let fonts = self.texts_of_codes();
        let content = self.file.get_and_decode_page_content(page).expect("page content");
        let (mut body, mut artifacts) = (String::new(), String::new());
        let (mut font, mut in_artifact) = (None, false);
        for operation in &content.operations {
            match operation.operator.as_str() {
                "BDC" => in_artifact = operation.operands.first().and_then(|o| o.as_name().ok()) == Some(b"Artifact"),
                "Tf" => font = operation.operands.first().and_then(|o| o.as_name().ok()).and_then(|n| fonts.get(n)),
                "Tj" | "TJ" => {
                    let shown = operation.operands.first().expect("text");
                    let items = shown.as_array().map_or(std::slice::from_ref(shown), Vec::as_slice);
                    let target = if in_artifact { &mut artifacts } else { &mut body };
                    for bytes in items.iter().filter_map(|item| item.as_str().ok()) {
                        for code in bytes.chunks_exact(2) {
                            let code = u16::from_be_bytes([code[0], code[1]]);
                            target.push_str(font.and_then(|font| font.get(&code)).expect("a text for each code"));
                        }
                    }
                }
                _ => {}
            }
        }
        (body, artifacts)
    }

    /// How many pieces of text each line of a page has, from the foot up; lines by tenths of a point.
    pub fn pieces(&self, page: ObjectId) -> BTreeMap<i64, usize> {
        let content = self.file.get_and_decode_page_content(page).expect("page content");
        let mut pieces = BTreeMap::new();
        for operation in content.operations.iter().filter(|operation| matches!(&*operation.operator, "Tm" | "Td")) {
            let height = operation.operands.last().and_then(|height| height.as_float().ok()).expect("a place");
            *pieces.entry((height * 10.0).round() as i64).or_default() += 1;
        }
        pieces
    }

    /// How many areas of a page are filled with a colour.
    pub fn fills(&self, page: ObjectId, colour: [u8; 3]) -> usize {
        let content = self.file.get_and_decode_page_content(page).expect("page content");
        let (mut fills, mut matches) = (0, false);
        for operation in &content.operations {
            match operation.operator.as_str() {
                "rg" => {
                    let parts = operation.operands.iter().filter_map(|part| part.as_float().ok());
                    matches = parts.map(|part| (part * 255.0).round() as u8).eq(colour);
                }
                "f" | "f*" | "F" if matches => fills += 1,
                _ => {}
            }
        }
        fills
    }

    pub fn all_text(&self) -> String {
        self.pages().into_iter().map(|page| self.text(page).0).collect()
    }

    pub fn catalog(&self) -> &Dictionary {
        self.file.catalog().expect("a catalog")
    }

    /// All structure elements, in order, with their depth.
    pub fn elements(&self) -> Vec<(usize, &Dictionary)> {
        let root = self.catalog().get(b"StructTreeRoot").and_then(Object::as_reference).expect("a structure tree");
        let mut elements = Vec::new();
        self.walk(root, 0, &mut elements);
        elements
    }

    fn walk<'r>(&'r self, id: ObjectId, depth: usize, elements: &mut Vec<(usize, &'r Dictionary)>) {
        let element = self.file.get_dictionary(id).expect("an element");
        if element.has(b"S") {
            elements.push((depth, element));
        }
        let kids = match element.get(b"K") {
            Ok(Object::Array(kids)) => kids.as_slice(),
            Ok(kid) => std::slice::from_ref(kid),
            Err(_) => &[],
        };
        for kid in kids.iter().filter_map(|kid| kid.as_reference().ok()) {
            self.walk(kid, depth + 1, elements);
        }
    }

    /// The types of all elements, in order.
    pub fn tags(&self) -> Vec<String> {
        let tag = |element: &Dictionary| {
            String::from_utf8_lossy(element.get(b"S").and_then(Object::as_name).expect("a type")).into_owned()
        };
        self.elements().into_iter().map(|(_, element)| tag(element)).collect()
    }
}

/// The lines `<0001> <0041>` of a ToUnicode map.
fn codes(map: &str) -> BTreeMap<u16, String> {
    let hex = |text: &str| text.trim_matches(['<', '>']).to_owned();
    map.lines()
        .filter_map(|line| line.split_once("> <").filter(|_| line.len() > 13 || !line.contains("FFFF")))
        .filter_map(|(code, text)| {
            let code = u16::from_str_radix(&hex(code), 16).ok()?;
            let text = hex(text);
            let units: Option<Vec<u16>> =
                (0..text.len() / 4).map(|at| u16::from_str_radix(text.get(at * 4..at * 4 + 4)?, 16).ok()).collect();
            Some((code, String::from_utf16_lossy(&units?)))
        })
        .collect()
}
