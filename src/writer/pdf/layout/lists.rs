//! Lists: which element an item belongs to, and which number it bears.

use crate::document::{Kind, Mark, Marker};
use crate::writer::pdf::tree::{NodeId, Tag, Tree};

/// The lists that are open, from the outermost in.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    level: u8,
    numbered: bool,
    list: NodeId,
    body: NodeId,
    numbers: Numbers,
}

/// The last number given in either text: a deleted item was counted in the earlier, an inserted one in the later.
#[derive(Clone, Copy, Debug, Default)]
struct Numbers {
    before: u32,
    now: u32,
}

/// Where a paragraph stands in the lists.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub label: Option<NodeId>,
    pub body: Option<NodeId>,
    pub number: u32,
}

impl Lists {
    /// Opens and closes lists as a paragraph of this kind demands.
    pub fn enter(&mut self, kind: &Kind, mark: Mark, tree: &mut Tree) -> Listed {
        let Kind::Item { level, marker } = kind else {
            self.open.clear();
            return Listed::default();
        };
        while self.open.last().is_some_and(|open| open.level > *level) {
            self.open.pop();
        }
        let numbered = match marker {
            Marker::Continued => {
                let here = self.open.last().filter(|open| open.level == *level);
                return Listed { body: here.map(|open| open.body), ..Listed::default() };
            }
            Marker::Bullet => None,
            Marker::Number { restart } => Some(*restart),
        };
        let starts = matches!(marker, Marker::Number { restart: Some(_) });
        if self.open.last().is_some_and(|open| open.level == *level && (open.numbered != numbered.is_some() || starts))
        {
            self.open.pop();
        }
        self.add_item(*level, numbered, mark, tree)
    }

    fn add_item(&mut self, level: u8, numbered: Option<Option<u32>>, mark: Mark, tree: &mut Tree) -> Listed {
        if self.open.last().is_none_or(|open| open.level < level) {
            let parent = self.open.last().map_or(Tree::ROOT, |open| open.body);
            let list = tree.add(parent, Tag::List { numbered: numbered.is_some() });
            self.open.push(Open { level, numbered: numbered.is_some(), list, body: list, numbers: Numbers::default() });
        }
        let Some(open) = self.open.last_mut() else { return Listed::default() };
        let item = tree.add(open.list, Tag::Item);
        let label = tree.add(item, Tag::Label);
        open.body = tree.add(item, Tag::ItemBody);
        let number = open.numbers.next(numbered.flatten(), mark);
        Listed { label: Some(label), body: Some(open.body), number }
    }

    /// What isn't a paragraph ends all lists.
    pub fn close(&mut self) {
        self.open.clear();
    }
}

impl Numbers {
    fn next(&mut self, restart: Option<u32>, mark: Mark) -> u32 {
        let follow = |last: u32| restart.unwrap_or(last.saturating_add(1));
        if mark != Mark::Inserted {
            self.before = follow(self.before);
        }
        if mark != Mark::Deleted {
            self.now = follow(self.now);
        }
        if mark == Mark::Deleted { self.before } else { self.now }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(level: u8, restart: Option<u32>) -> Kind {
        Kind::Item { level, marker: Marker::Number { restart } }
    }

    #[test]
    fn numbers_run_on_and_deleted_items_keep_theirs() {
        let (mut lists, mut tree) = (Lists::default(), Tree::default());
        let mut number = |kind, mark| lists.enter(&kind, mark, &mut tree).number;
        assert_eq!(number(item(1, Some(4)), Mark::Kept), 4);
        assert_eq!(number(item(1, None), Mark::Deleted), 5);
        assert_eq!(number(item(1, None), Mark::Inserted), 5);
        assert_eq!(number(item(2, None), Mark::Kept), 1);
        assert_eq!(number(item(1, None), Mark::Kept), 6);
    }

    #[test]
    fn lists_nest_in_the_body_of_an_item() {
        let (mut lists, mut tree) = (Lists::default(), Tree::default());
        let bullet = |level| Kind::Item { level, marker: Marker::Bullet };
        let outer = lists.enter(&bullet(1), Mark::Kept, &mut tree).body.expect("an item");
        let inner = lists.enter(&bullet(3), Mark::Kept, &mut tree).label.expect("an item");
        let list = tree.nodes[tree.nodes[inner].parent].parent;
        assert_eq!(tree.nodes[list].parent, outer);
        let next = lists.enter(&bullet(1), Mark::Kept, &mut tree).label.expect("an item");
        assert_eq!(tree.nodes[tree.nodes[next].parent].parent, tree.nodes[tree.nodes[outer].parent].parent);
    }
}
