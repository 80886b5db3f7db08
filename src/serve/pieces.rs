//! The pieces of a page, so that a browser need only put those in place that are others than before.

use serde::Serialize;

/// What of a page can be another after a save, each as markup.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Pieces<'p> {
    title: &'p str,
    /// The outline beside the document.
    side: Option<&'p str>,
    /// Why figures differ.
    figures: Option<&'p str>,
    /// The elements of the document that stand in no other.
    document: Vec<&'p str>,
}

/// Elements that have no end.
const VOID: [&str; 8] = ["br", "img", "hr", "wbr", "col", "input", "meta", "link"];

impl<'p> Pieces<'p> {
    /// Those of a page whose elements all end; what its template doesn't have is left out.
    pub fn of(page: &'p str) -> Self {
        let within = |start: &str, end: &str| {
            let from = page.find(start)? + start.len();
            let from = from + page[from..].find('>')? + 1;
            Some(&page[from..from + page[from..].find(end)?])
        };
        let document = page.find("<article id=\"document\"").and_then(|at| Some(at + page[at..].find('>')? + 1));
        Self {
            title: within("<title", "</title>").unwrap_or_default(),
            side: within("<nav class=\"side\"", "</nav>"),
            figures: within("<script type=\"application/json\" id=\"figures\"", "</script>"),
            document: document.map(|from| elements(&page[from..])).unwrap_or_default(),
        }
    }
}

/// The elements at the beginning of some markup that stand in no other.
fn elements(markup: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut start, mut at) = (0_usize, 0, 0);
    while let Some(open) = markup[at..].find('<').map(|found| at + found) {
        let Some(end) = markup[open..].find('>').map(|found| open + found + 1) else { break };
        let tag = &markup[open + 1..end - 1];
        at = end;
        if tag.starts_with('/') {
            // The end of what all of them stand in.
            let Some(less) = depth.checked_sub(1) else { break };
            depth = less;
        } else {
            if depth == 0 {
                start = open;
            }
            let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            depth += usize::from(!VOID.contains(&name));
            if ["script", "style"].contains(&name) {
                // What stands in these is no markup.
                at += markup[at..].find("</").unwrap_or_default();
            }
        }
        if depth == 0 {
            found.push(&markup[start..end]);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Pieces, elements};

    #[test]
    fn pieces_are_the_outermost_elements() {
        let page = "<title>A &amp; B</title><nav class=\"side\" id=\"x\"><p>Side</p></nav><article id=\"document\" class=\"a\">\n\
                    <h1 id=\"a&gt;\">A<br>b</h1>\n<ul><li><p>1</p></li></ul><img alt=\"\">\n<div><div></div></div></article><p>Not</p>\
                    <script type=\"application/json\" id=\"figures\">[1]</script>";
        let document = vec![
            "<h1 id=\"a&gt;\">A<br>b</h1>",
            "<ul><li><p>1</p></li></ul>",
            "<img alt=\"\">",
            "<div><div></div></div>",
        ];
        let pieces = Pieces { title: "A &amp; B", side: Some("<p>Side</p>"), figures: Some("[1]"), document };
        assert_eq!(Pieces::of(page), pieces);
        assert_eq!(Pieces::of("nothing"), Pieces::default());
    }

    #[test]
    fn what_is_cut_short_is_no_piece() {
        assert_eq!(elements("<p>One</p><p>Two"), ["<p>One</p>"]);
        assert_eq!(elements("<p>One</p><p"), ["<p>One</p>"]);
        assert_eq!(
            elements("<style>a > b { x: \"<\" }</style><p></p>"),
            ["<style>a > b { x: \"<\" }</style>", "<p></p>"]
        );
    }
}
