//! Lists: which element an item belongs to.

use crate::document::{Kind, Label, Marker, TextRole};
use crate::writer::pdf::tree::{NodeId, Tag, Tree};

/// The lists that are open, from the outermost in.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    level: u8,
    /// Whether its items are terms.
    defines: bool,
    /// The label of its last item; bullets have none.
    label: Option<Label>,
    list: NodeId,
    body: NodeId,
}

/// Where a paragraph stands in the lists.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub label: Option<NodeId>,
    pub body: Option<NodeId>,
}

impl Lists {
    /// Opens and closes lists as a paragraph of this kind demands.
    pub fn enter(&mut self, kind: &Kind, tree: &mut Tree) -> Listed {
        let Kind::Item { level, marker } = kind else { return self.define(kind, tree) };
        while self.open.last().is_some_and(|open| open.level > *level) {
            self.open.pop();
        }
        let label = match marker {
            Marker::Continued => {
                let here = self.open.last().filter(|open| open.level == *level);
                return Listed { body: here.map(|open| open.body), ..Listed::default() };
            }
            Marker::Bullet => None,
            Marker::Label(label) => Some(label),
        };
        let beside = self.open.last().filter(|open| open.level == *level);
        if beside.is_some_and(|open| open.defines || !goes_on(open.label.as_ref(), label)) {
            self.open.pop();
        }
        self.add_item(*level, label, tree)
    }

    /// A term begins an item of the first level, and what it means is its body; what is neither ends all lists.
    fn define(&mut self, kind: &Kind, tree: &mut Tree) -> Listed {
        match kind {
            Kind::Role(TextRole::Term) => {
                self.open.truncate(usize::from(self.open.first().is_some_and(|open| open.defines)));
                if self.open.is_empty() {
                    let list = tree.add(Tree::ROOT, Tag::Definitions);
                    self.open.push(Open { level: 1, defines: true, label: None, list, body: list });
                }
                self.add_item(1, None, tree)
            }
            Kind::Role(TextRole::Meaning) if self.is_defining() => {
                self.open.truncate(1);
                Listed { body: self.open.first().map(|open| open.body), ..Listed::default() }
            }
            _ => {
                self.open.clear();
                Listed::default()
            }
        }
    }

    /// Whether what a term means is open.
    pub fn is_defining(&self) -> bool {
        self.open.first().is_some_and(|open| open.defines)
    }

    fn add_item(&mut self, level: u8, label: Option<&Label>, tree: &mut Tree) -> Listed {
        if self.open.last().is_none_or(|open| open.level < level) {
            let parent = self.open.last().map_or(Tree::ROOT, |open| open.body);
            let series = label.and_then(|label| label.numbers().first().map(|(series, _)| *series));
            let list = tree.add(parent, Tag::List(series));
            self.open.push(Open { level, defines: false, label: None, list, body: list });
        }
        let Some(open) = self.open.last_mut() else { return Listed::default() };
        let item = tree.add(open.list, Tag::Item);
        let node = tree.add(item, Tag::Label);
        open.body = tree.add(item, Tag::ItemBody);
        open.label = label.cloned();
        Listed { label: Some(node), body: Some(open.body) }
    }

    /// What isn't a paragraph ends all lists.
    pub fn close(&mut self) {
        self.open.clear();
    }
}

/// Whether an item is of the list of the item before it.
fn goes_on(last: Option<&Label>, label: Option<&Label>) -> bool {
    match (last, label) {
        (Some(last), Some(label)) => label.is_like(last) && (label.follows(last) || !label.is_first()),
        (last, label) => last.is_none() && label.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(level: u8, label: &str) -> Kind {
        Kind::Item { level, marker: Marker::Label(Label::new(label).expect("a label")) }
    }

    #[test]
    fn a_list_goes_on_until_another_begins() {
        let (mut lists, mut tree) = (Lists::default(), Tree::default());
        let mut list = |kind: &Kind| {
            let label = lists.enter(kind, &mut tree).label.expect("an item");
            tree.nodes[tree.nodes[label].parent].parent
        };
        let first = list(&item(1, "4."));
        assert_ne!(list(&item(2, "(a)")), first);
        assert_eq!(list(&item(1, "4A.")), first);
        assert_eq!(list(&item(1, "5.")), first);
        let second = list(&item(1, "1."));
        assert_ne!(second, first);
        assert_ne!(list(&item(1, "(2)")), second);
    }

    #[test]
    fn lists_nest_in_the_body_of_an_item() {
        let (mut lists, mut tree) = (Lists::default(), Tree::default());
        let bullet = |level| Kind::Item { level, marker: Marker::Bullet };
        let outer = lists.enter(&bullet(1), &mut tree).body.expect("an item");
        let inner = lists.enter(&bullet(3), &mut tree).label.expect("an item");
        let list = tree.nodes[tree.nodes[inner].parent].parent;
        assert_eq!(tree.nodes[list].parent, outer);
        let next = lists.enter(&bullet(1), &mut tree).label.expect("an item");
        assert_eq!(tree.nodes[tree.nodes[next].parent].parent, tree.nodes[tree.nodes[outer].parent].parent);
    }
}
