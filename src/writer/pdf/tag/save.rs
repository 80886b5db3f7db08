//! The file as bytes: objects packed into compressed streams, and the table of where each is (ISO 32000-1, 7.5).
//!
//! lopdf writes such files too, but it copies every object and writes each three times; of a long document with all
//! its structure that is most of the time and the memory.

use super::deflate;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use rayon::prelude::*;

/// So many objects share a stream: a reader unpacks all of them to read one.
const OBJECTS_IN_STREAM: usize = 200;

/// An object as it is written, and its number. It takes a tenth of the memory of the object.
#[derive(Debug)]
pub(super) struct Written {
    id: u32,
    bytes: Vec<u8>,
}

impl Written {
    pub fn new((id, _): ObjectId, object: &Object) -> Self {
        let mut bytes = Vec::new();
        write(&mut bytes, object);
        Self { id, bytes }
    }
}

/// Where an object is.
#[derive(Clone, Copy)]
enum XrefEntry {
    Nowhere,
    /// At a byte of the file.
    At(usize),
    /// In the stream of that number, at an index.
    In(u32, usize),
}

/// The bytes of a file, which has more objects that are written already.
pub(super) fn save(file: Document, more: Vec<Written>) -> Vec<u8> {
    let Document { version, objects, trailer, max_id, .. } = file;
    let (streams, plain): (Vec<_>, Vec<_>) =
        objects.into_iter().partition(|(_, object)| matches!(object, Object::Stream(_)));
    let mut plain: Vec<Written> = plain.into_par_iter().map(|(id, object)| Written::new(id, &object)).collect();
    plain.extend(more);
    let packed: Vec<Stream> = plain.par_chunks(OBJECTS_IN_STREAM).map(pack).collect();
    let first_packed = max_id + 1;
    let table = first_packed + number(packed.len());
    let mut places = vec![XrefEntry::Nowhere; table as usize + 1];
    let mut place = |id: u32, at: XrefEntry| {
        if let Some(place) = places.get_mut(id as usize) {
            *place = at;
        }
    };
    for (index, object) in plain.iter().enumerate() {
        place(object.id, XrefEntry::In(first_packed + number(index / OBJECTS_IN_STREAM), index % OBJECTS_IN_STREAM));
    }
    // Four bytes beyond ASCII tell programs that the file isn't text.
    let mut bytes = format!("%PDF-{version}\n").into_bytes();
    bytes.extend(b"%\xBB\xAD\xC0\xDE\n");
    for ((id, _), object) in &streams {
        place(*id, XrefEntry::At(bytes.len()));
        write_indirect(&mut bytes, *id, object);
    }
    for (id, stream) in (first_packed..).zip(packed) {
        place(id, XrefEntry::At(bytes.len()));
        write_indirect(&mut bytes, id, &Object::Stream(stream));
    }
    let start = bytes.len();
    place(table, XrefEntry::At(start));
    write_indirect(&mut bytes, table, &Object::Stream(cross_references(&places, trailer)));
    bytes.extend(format!("startxref\n{start}\n%%EOF\n").into_bytes());
    bytes
}

/// A count of objects as the number of one; a file of more would be larger than the format allows.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Objects in a stream: first the number of each and where it begins, then all of them.
fn pack(objects: &[Written]) -> Stream {
    let (mut index, mut content) = (String::new(), Vec::new());
    for Written { id, bytes } in objects {
        index.push_str(&format!("{id} {} ", content.len()));
        content.extend(bytes);
        content.push(b' ');
    }
    let dictionary = dictionary! { "Type" => "ObjStm", "N" => objects.len() as i64, "First" => index.len() as i64 };
    compressed(dictionary, [index.into_bytes(), content].concat())
}

/// The table of where each object is, which is the trailer too.
fn cross_references(places: &[XrefEntry], trailer: Dictionary) -> Stream {
    let mut content = Vec::with_capacity(7 * places.len());
    for place in places {
        let (kind, first, second) = match *place {
            XrefEntry::Nowhere => (0, 0, u16::MAX),
            XrefEntry::At(byte) => (1, number(byte), 0),
            XrefEntry::In(stream, index) => (2, stream, u16::try_from(index).unwrap_or(u16::MAX)),
        };
        content.push(kind);
        content.extend(first.to_be_bytes());
        content.extend(second.to_be_bytes());
    }
    let mut dictionary = trailer;
    let widths = [1, 4, 2].map(Object::Integer).to_vec();
    let entries = dictionary! { "Type" => "XRef", "Size" => places.len() as i64, "W" => widths };
    dictionary.extend(&entries);
    compressed(dictionary, content)
}

fn compressed(dictionary: Dictionary, content: Vec<u8>) -> Stream {
    let mut stream = Stream::new(dictionary, content);
    deflate::compress(&mut stream);
    stream
}

fn write_indirect(bytes: &mut Vec<u8>, id: u32, object: &Object) {
    bytes.extend(format!("{id} 0 obj\n").into_bytes());
    write(bytes, object);
    bytes.extend(b"\nendobj\n");
}

fn write(bytes: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => bytes.extend(b"null"),
        Object::Boolean(value) => bytes.extend(value.to_string().into_bytes()),
        Object::Integer(value) => bytes.extend(value.to_string().into_bytes()),
        Object::Real(value) => bytes.extend(value.to_string().into_bytes()),
        Object::Name(name) => write_name(bytes, name),
        Object::String(text, StringFormat::Literal) => write_literal(bytes, text),
        Object::String(text, StringFormat::Hexadecimal) => {
            bytes.push(b'<');
            bytes.extend(text.iter().flat_map(|&byte| hexadecimal(byte)));
            bytes.push(b'>');
        }
        Object::Array(items) => {
            bytes.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    bytes.push(b' ');
                }
                write(bytes, item);
            }
            bytes.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(bytes, dictionary),
        Object::Stream(stream) => {
            write_dictionary(bytes, &stream.dict);
            bytes.extend(b"\nstream\n");
            bytes.extend(&stream.content);
            bytes.extend(b"\nendstream");
        }
        Object::Reference((id, generation)) => bytes.extend(format!("{id} {generation} R").into_bytes()),
    }
}

fn write_dictionary(bytes: &mut Vec<u8>, dictionary: &Dictionary) {
    bytes.extend(b"<<");
    for (key, value) in dictionary {
        write_name(bytes, key);
        bytes.push(b' ');
        write(bytes, value);
    }
    bytes.extend(b">>");
}

/// A name, with what isn't a letter, a digit or the like as a number sign and its code.
fn write_name(bytes: &mut Vec<u8>, name: &[u8]) {
    bytes.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            bytes.push(byte);
        } else {
            bytes.push(b'#');
            bytes.extend(hexadecimal(byte));
        }
    }
}

fn write_literal(bytes: &mut Vec<u8>, text: &[u8]) {
    bytes.push(b'(');
    for &byte in text {
        match byte {
            b'(' | b')' | b'\\' => bytes.extend([b'\\', byte]),
            // A reader takes a line break of any kind for a newline, unless it is written out.
            b'\r' => bytes.extend(b"\\r"),
            _ => bytes.push(byte),
        }
    }
    bytes.push(b')');
}

fn hexadecimal(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}
