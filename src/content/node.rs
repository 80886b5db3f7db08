//! YAML as a tree of values that know their places.
//!
//! Every value is kept as it was written: `6.10` is those four characters, and `N` is a letter. What type a value
//! should have is for whoever asks for it; so a file is read to its end whatever is wrong in it, and everything
//! wrong is told at once. Only a file that isn't YAML at all stops at its first error.
//!
//! The tree is built from the parser's own events: to read it through serde took three times as long.

use super::extent::Extent;
use super::syntax::{self, Fault};
use crate::diagnostic::Diagnostic;
use granit_parser::{Event, Parser, ScalarStyle, Span, StrInput, Tag};
use std::borrow::Cow;

/// So many values a file can hold; a table of a thousand rows has some seventeen thousand.
const MAX_VALUES: usize = 1_000_000;

/// So many values can come from aliases, which make a small file large.
const MAX_ALIASED_VALUES: usize = 100_000;

/// So many bytes of text can come from aliases.
const MAX_ALIASED_BYTES: usize = 64 << 20;

/// Lists and fields can stand so deep within one another; content needs seven.
const MAX_DEPTH: usize = 16;

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct Node<'t> {
    pub value: Value<'t>,
    /// Where the value is used; for what comes from an alias, where the alias stands.
    pub referenced: Extent,
    /// Where the value is written.
    pub defined: Extent,
    /// The byte behind the last of it; for what comes from an alias, behind the alias.
    pub end: usize,
}

#[derive(Clone, Debug)]
pub(super) enum Value<'t> {
    Empty,
    /// A number or a truth value too, as it was written.
    Text(Cow<'t, str>),
    List(Vec<Node<'t>>),
    /// In the order of the file, with every key that stands twice.
    Map(Vec<(Key<'t>, Node<'t>)>),
}

/// The name of a field.
#[derive(Clone, Debug)]
pub(super) struct Key<'t> {
    pub name: Cow<'t, str>,
    /// Where it is used.
    pub at: Extent,
}

/// Reads the one document in a text.
pub(super) fn parse<'t>(file: &str, text: &'t str) -> Result<Node<'t>, Diagnostic> {
    match Builder::new(text).document() {
        Ok(Some(Node { value: Value::Empty, .. }) | None) => Err(syntax::nothing(file)),
        Ok(Some(node)) => Ok(node),
        Err((fault, at)) => Err(syntax::explain(file, text, &fault, at)),
    }
}

type Wrong = (Fault, Extent);

type Entries<'t> = Vec<(Key<'t>, Node<'t>)>;

/// The tree under construction.
struct Builder<'t> {
    parser: Parser<'t, StrInput<'t>>,
    /// The values that aliases can stand for, by number; `None` while one is being read.
    anchors: Vec<Option<Node<'t>>>,
    values: usize,
    aliased_values: usize,
    aliased_bytes: usize,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str) -> Self {
        let mut options = granit_parser::options! { flow_nesting_limit: MAX_DEPTH };
        options.set_emit_comments(false);
        Self {
            parser: Parser::new_from_str_with_options(text, options),
            anchors: Vec::new(),
            values: 0,
            aliased_values: 0,
            aliased_bytes: 0,
        }
    }

    /// The first document, which must be the only one.
    fn document(&mut self) -> Result<Option<Node<'t>>, Wrong> {
        let mut root = None;
        while let Some((event, span)) = self.next()? {
            match event {
                Event::StreamStart | Event::StreamEnd | Event::DocumentStart(..) | Event::DocumentEnd => {}
                _ if root.is_some() => return Err((Fault::SecondDocument, Extent::from(&span))),
                event => root = Some(self.node(event, &span, 0)?),
            }
        }
        Ok(root)
    }

    fn next(&mut self) -> Result<Option<(Event<'t>, Span)>, Wrong> {
        self.parser.next_event().transpose().map_err(|error| {
            let at = Extent::from(&Span::empty(*error.marker()));
            (Fault::Parser(error), at)
        })
    }

    /// The value that begins with an event, so deep within others.
    fn node(&mut self, event: Event<'t>, span: &Span, depth: usize) -> Result<Node<'t>, Wrong> {
        let at = Extent::from(span);
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err((Fault::TooMany, at));
        }
        let mut end = at.end;
        let (anchor, value) = match event {
            Event::Scalar(text, style, anchor, tag) => (anchor, scalar(text, style, tag.as_deref(), at)?),
            Event::SequenceStart(_, anchor, tag) => {
                check_tag(tag.as_deref(), "seq", at)?;
                self.announce(anchor);
                let (items, within) = self.list(at, depth + 1)?;
                end = within.unwrap_or_else(|| items.last().map_or(at.start, |item| item.end));
                (anchor, Value::List(items))
            }
            Event::MappingStart(_, anchor, tag) => {
                check_tag(tag.as_deref(), "map", at)?;
                self.announce(anchor);
                let (entries, within) = self.map(at, depth + 1)?;
                end = within.unwrap_or_else(|| entries.last().map_or(at.start, |(_, node)| node.end));
                (anchor, Value::Map(entries))
            }
            Event::Alias(anchor) => return self.alias(anchor, at, depth),
            _ => return Err((Fault::UnknownAlias, at)),
        };
        let node = Node { value, referenced: at, defined: at, end };
        if anchor != 0 {
            self.announce(anchor);
            if let Some(place) = self.anchors.get_mut(anchor) {
                *place = Some(node.clone());
            }
        }
        Ok(node)
    }

    /// Makes room for the value of an anchor; until it is read, the anchor has none.
    fn announce(&mut self, anchor: usize) {
        if self.anchors.len() <= anchor {
            self.anchors.resize_with(anchor + 1, || None);
        }
    }

    /// The items of a list, and the byte behind its bracket, if it has one.
    fn list(&mut self, at: Extent, depth: usize) -> Result<(Vec<Node<'t>>, Option<usize>), Wrong> {
        check_depth(depth, at)?;
        let (mut items, mut end) = (Vec::new(), None);
        while let Some((event, span)) = self.next()? {
            match event {
                Event::SequenceEnd => {
                    end = bracket(at, &span);
                    break;
                }
                event => items.push(self.node(event, &span, depth)?),
            }
        }
        Ok((items, end))
    }

    /// The entries of fields, and the byte behind their bracket, if they have one.
    fn map(&mut self, at: Extent, depth: usize) -> Result<(Entries<'t>, Option<usize>), Wrong> {
        check_depth(depth, at)?;
        let (mut entries, mut end) = (Vec::new(), None);
        while let Some((event, span)) = self.next()? {
            if event == Event::MappingEnd {
                end = bracket(at, &span);
                break;
            }
            let key = self.node(event, &span, depth)?;
            let Value::Text(name) = key.value else { return Err((Fault::NoName, key.referenced)) };
            let Some((event, span)) = self.next()? else { break };
            let value = self.node(event, &span, depth)?;
            entries.push((Key { name, at: key.referenced }, value));
        }
        Ok((entries, end))
    }

    /// A copy of what an alias stands for, as far as there may be so much.
    fn alias(&mut self, anchor: usize, at: Extent, depth: usize) -> Result<Node<'t>, Wrong> {
        // An anchor without a value is one that the alias itself is a part of.
        let Some(target) = self.anchors.get(anchor).and_then(Option::as_ref) else {
            return Err((Fault::Repetition, at));
        };
        let size = Size::of(target);
        self.values += size.values;
        self.aliased_values += size.values;
        self.aliased_bytes += size.bytes;
        if self.aliased_values > MAX_ALIASED_VALUES {
            return Err((Fault::Repetition, at));
        }
        if self.aliased_bytes > MAX_ALIASED_BYTES {
            return Err((Fault::TooMany, at));
        }
        check_depth(depth + size.depth, at)?;
        let mut copy = target.clone();
        copy.refer(at);
        Ok(copy)
    }
}

/// The byte behind the bracket that closes what begins with one.
fn bracket(begins: Extent, closes: &Span) -> Option<usize> {
    let is_bracket = begins.end > begins.start;
    is_bracket.then(|| Extent::from(closes).end)
}

fn check_depth(depth: usize, at: Extent) -> Result<(), Wrong> {
    if depth > MAX_DEPTH { Err((Fault::Depth, at)) } else { Ok(()) }
}

/// What a value amounts to, with all that is in it.
#[derive(Clone, Copy, Debug, Default)]
struct Size {
    values: usize,
    bytes: usize,
    /// How many lists and fields stand within one another.
    depth: usize,
}

impl Size {
    fn of(node: &Node<'_>) -> Self {
        let within = |sizes: &mut dyn Iterator<Item = Self>| {
            sizes.fold(Self { values: 1, bytes: 0, depth: 1 }, |sum, size| Self {
                values: sum.values + size.values,
                bytes: sum.bytes + size.bytes,
                depth: sum.depth.max(size.depth + 1),
            })
        };
        match &node.value {
            Value::Empty => Self { values: 1, ..Self::default() },
            Value::Text(text) => Self { values: 1, bytes: text.len(), depth: 0 },
            Value::List(items) => within(&mut items.iter().map(Self::of)),
            Value::Map(entries) => within(&mut entries.iter().map(|(key, node)| {
                let size = Self::of(node);
                Self { values: size.values + 1, bytes: size.bytes + key.name.len(), ..size }
            })),
        }
    }
}

impl Node<'_> {
    /// Lets an alias at a place stand for the value and all that is in it.
    fn refer(&mut self, at: Extent) {
        (self.referenced, self.end) = (at, at.end);
        match &mut self.value {
            Value::Empty | Value::Text(_) => {}
            Value::List(items) => items.iter_mut().for_each(|item| item.refer(at)),
            Value::Map(entries) => entries.iter_mut().for_each(|(key, node)| {
                key.at = at;
                node.refer(at);
            }),
        }
    }
}

/// A scalar by its tag, or as text: only what stands for nothing has no text.
fn scalar<'t>(text: Cow<'t, str>, style: ScalarStyle, tag: Option<&Tag>, at: Extent) -> Result<Value<'t>, Wrong> {
    let kind = tag.map(|tag| tag.core_suffix().map_or_else(|| Cow::Owned(tag.original()), Cow::Borrowed));
    let fits = match kind.as_deref() {
        None if style == ScalarStyle::Plain && is_null(&text) => return Ok(Value::Empty),
        Some("null") => return Ok(Value::Empty),
        // A lone exclamation mark says that it is text.
        None | Some("str" | "!") => true,
        Some("int") => text.trim().parse::<i64>().is_ok(),
        Some("float") => text.trim().parse::<f64>().is_ok(),
        Some("bool") => {
            matches!(text.trim().to_lowercase().as_str(), "true" | "false" | "yes" | "no" | "y" | "n" | "on" | "off")
        }
        Some(kind) => return Err((Fault::Tag(kind.to_owned()), at)),
    };
    if fits { Ok(Value::Text(text)) } else { Err((Fault::TagMismatch, at)) }
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// A list can be called a list and fields can be called fields, and nothing else.
fn check_tag(tag: Option<&Tag>, kind: &str, at: Extent) -> Result<(), Wrong> {
    match tag {
        Some(tag) if tag.core_suffix() != Some(kind) && tag.original() != "!" => Err((Fault::Tag(tag.original()), at)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On the small stack that a worker thread has.
    fn error(text: String) -> String {
        let parse = move || parse("a.yaml", &text).map(|_| ()).unwrap_err().message;
        std::thread::Builder::new().stack_size(2 << 20).spawn(parse).unwrap().join().unwrap()
    }

    #[test]
    fn depth_is_limited_in_brackets_in_indents_and_through_aliases() {
        let brackets = "[".repeat(10_000) + &"]".repeat(10_000);
        let indents: String = (0..5_000).map(|depth| " ".repeat(depth) + "a:\n").collect();
        let alias = |n: usize| format!("a{n}: &a{n} [*a{}]\n", n - 1);
        let aliases: String = std::iter::once("a0: &a0 [x]\n".to_owned()).chain((1..1000).map(alias)).collect();
        for text in [brackets, indents, aliases] {
            assert_eq!(error(text), "lists and fields stand too deep within one another");
        }
    }
}
