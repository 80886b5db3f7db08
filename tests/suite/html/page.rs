//! A page as a browser has it: its elements, and what can be seen of it in each of its texts.

use std::collections::BTreeMap;

/// An element, or text.
#[derive(Clone, Debug)]
pub enum Node {
    Element(Element),
    Text(String),
}

#[derive(Clone, Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Node>,
}

const VOID: [&str; 3] = ["br", "img", "meta"];

/// Reads a page; panics where an element doesn't end in the one that it began in.
pub fn read(page: &str) -> Element {
    let mut open = vec![Element::default()];
    let mut rest = page.trim_start().strip_prefix("<!doctype html>").expect("a doctype");
    while !rest.is_empty() {
        // What is in these is no markup.
        let raw = open.last().filter(|it| ["style", "script"].contains(&it.name.as_str())).map(|it| it.name.clone());
        let end = match &raw {
            Some(name) => rest.find(&format!("</{name}")).expect("an end"),
            None => rest.find('<').unwrap_or(rest.len()),
        };
        let (text, after) = rest.split_at(end);
        if !text.is_empty() {
            let text = if raw.is_some() { text.to_owned() } else { unescaped(text) };
            open.last_mut().unwrap().children.push(Node::Text(text));
        }
        let Some(after) = after.strip_prefix('<') else { break };
        let (tag, after) = after.split_once('>').expect("the end of a tag");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let done = open.pop().unwrap();
            assert_eq!(done.name, name, "an element ends in another");
            open.last_mut().unwrap().children.push(Node::Element(done));
            continue;
        }
        let element = begun(tag);
        match VOID.contains(&element.name.as_str()) {
            true => open.last_mut().unwrap().children.push(Node::Element(element)),
            false => open.push(element),
        }
    }
    assert_eq!(open.len(), 1, "an element has no end: {:?}", open.last().map(|it| &it.name));
    open.remove(0)
}

fn begun(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = BTreeMap::new();
    while !rest.trim().is_empty() {
        let (key, after) = match rest.split_once("=\"") {
            Some((key, after)) if !key.trim().contains(' ') => (key, after),
            // One that has no value.
            _ => {
                let (key, after) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
                attributes.insert(key.to_owned(), String::new());
                rest = after;
                continue;
            }
        };
        let (value, after) = after.split_once('"').expect("the end of a value");
        let before = attributes.insert(key.trim().to_owned(), unescaped(value));
        assert_eq!(before, None, "an attribute stands twice in <{tag}>");
        rest = after;
    }
    Element { name: name.to_owned(), attributes, children: Vec::new() }
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        assert!(!before.contains('>'), "a bracket that isn't escaped: {text}");
        let (name, after) = after.split_once(';').expect("the end of a reference");
        out += before;
        out += match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "#39" | "#x27" => "'",
            "#13" => "\r",
            "#x2F" => "/",
            _ => panic!("a reference to {name}"),
        };
        rest = after;
    }
    out + rest
}

impl Element {
    /// All elements below, each before those in it.
    pub fn all(&self) -> Vec<&Self> {
        let below = self.elements().flat_map(Self::all);
        std::iter::once(self).chain(below).collect()
    }

    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub fn is(&self, class: &str) -> bool {
        self.get("class").unwrap_or_default().split(' ').any(|own| own == class)
    }

    pub fn named(&self, id: &str) -> Option<&Self> {
        self.all().into_iter().find(|element| element.get("id") == Some(id))
    }
}

/// One of the texts of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    Original,
    Proposed,
}

impl View {
    fn name(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Proposed => "proposed",
        }
    }

    fn hides(self, element: &Element) -> bool {
        let (name, class) = match self {
            Self::Original => ("ins", "inserted"),
            Self::Proposed => ("del", "deleted"),
        };
        element.name == name || element.is(class) || element.is("remark") || element.is("contents")
    }
}

/// What can be seen of the document on a page: paragraphs, rows with the width of each cell, and notes.
pub fn seen(page: &Element, view: View) -> Vec<String> {
    let mut seen = Seen { view, lines: Vec::new(), carried: String::new() };
    seen.block(page.named("document").expect("the document"));
    in_one_line(seen.lines)
}

/// What says something, without its line ends: a caption begins a line of its own, whether it does so in the text or not.
pub fn in_one_line(lines: Vec<String>) -> Vec<String> {
    let lines = lines.into_iter().map(|line| line.replace('\n', ""));
    lines.filter(|line| !line.is_empty()).collect()
}

struct Seen {
    view: View,
    lines: Vec<String>,
    /// The words of a paragraph that begin the next.
    carried: String,
}

impl Seen {
    fn block(&mut self, element: &Element) {
        if self.view.hides(element) {
            return;
        }
        match element.name.as_str() {
            "p" | "dt" | "figure" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let label: String =
                    element.elements().filter(|it| it.is("label")).map(|label| self.text(label)).collect();
                let words: String = element.children.iter().map(|child| self.words(child)).collect();
                let text = std::mem::take(&mut self.carried) + &words;
                if element.get("data-runs-on") == Some(self.view.name()) {
                    self.carried = text;
                } else {
                    self.lines.push(label + &text);
                }
            }
            "tr" => {
                let span = format!("data-span-{}", self.view.name());
                let cells = element.elements().filter(|cell| !self.view.hides(cell) && !cell.is("above"));
                let cells = cells.map(|cell| {
                    let span = cell.get(&span).or(cell.get("colspan")).unwrap_or("1");
                    format!("{span}:{}", self.text(cell))
                });
                let row = cells.collect::<Vec<_>>().join(" | ");
                self.lines.push(format!("| {row} |"));
            }
            "li" if element.get("id").is_some_and(|id| id.starts_with("note-")) => {
                let note = element.elements().filter(|it| it.is("number") || it.is("words"));
                let note: Vec<String> = note.map(|it| self.text(it)).collect();
                self.lines.push(note.join(" "));
            }
            _ => element.elements().for_each(|below| self.block(below)),
        }
    }

    fn text(&self, element: &Element) -> String {
        element
            .children
            .iter()
            .map(|child| match child {
                Node::Text(text) => text.clone(),
                Node::Element(element) => self.inner(element),
            })
            .collect()
    }

    /// The same, without the label.
    fn words(&self, child: &Node) -> String {
        match child {
            Node::Text(text) => text.clone(),
            Node::Element(element) if element.is("label") => String::new(),
            Node::Element(element) => self.inner(element),
        }
    }

    fn inner(&self, element: &Element) -> String {
        match element.name.as_str() {
            _ if self.view.hides(element) => String::new(),
            "br" => "\n".to_owned(),
            "img" => element.get("alt").unwrap_or_default().to_owned(),
            _ => self.text(element),
        }
    }
}
