//! The elements that are open while a part is copied, and the order of what stands in them.

use super::order;

/// An element that is open. Its name is a piece of what is read.
pub struct Frame<'x> {
    pub name: &'x [u8],
    /// Where it begins in what is written, and where its content does.
    pub start: usize,
    pub content: usize,
    pub order: Option<&'static [&'static [u8]]>,
    /// How many children were noted before it was opened.
    pub children: usize,
}

/// What is open, and where the children of ordered elements stand.
#[derive(Default)]
pub struct Stack<'x> {
    pub frames: Vec<Frame<'x>>,
    /// The rank and start of each.
    pub children: Vec<(usize, usize)>,
}

impl<'x> Stack<'x> {
    /// Notes where a child of an ordered element begins.
    pub fn note(&mut self, name: &[u8], start: usize) {
        if let Some(order) = self.frames.last().and_then(|parent| parent.order) {
            self.children.push((order::rank(order, name), start));
        }
    }

    pub fn is_in(&self, name: &[u8]) -> bool {
        self.frames.iter().any(|frame| frame.name == name)
    }

    pub fn open(&mut self, name: &'x [u8], start: usize, content: usize) {
        let (order, children) = (order::of(name), self.children.len());
        self.frames.push(Frame { name, start, content, order, children });
    }
}

/// Puts the children at the end of what is written in the order of their ranks; equals stay as they were.
pub fn arrange(children: Vec<(usize, usize)>, out: &mut Vec<u8>) {
    let ends = children.iter().skip(1).map(|(_, start)| *start).chain([out.len()]);
    let mut spans: Vec<_> = children.iter().zip(ends).map(|((rank, start), end)| (*rank, *start..end)).collect();
    spans.sort_by_key(|(rank, _)| *rank);
    let arranged: Vec<u8> =
        spans.into_iter().flat_map(|(_, span)| out.get(span).unwrap_or_default().to_vec()).collect();
    if let Some((_, first)) = children.first() {
        out.truncate(*first);
        out.extend_from_slice(&arranged);
    }
}
