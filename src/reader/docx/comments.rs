//! What reviewers remarked: the comments, and which of them answer others.

use super::state::Reading;
use super::{drawing, properties};
use crate::diagnostic::Failure;
use crate::reader::marked::Comment;
use crate::reader::xml::{Tag, Token, Xml};

impl Reading<'_> {
    /// Reads the part that holds the comments.
    pub fn comments(&mut self, text: &str, part: &str) -> Result<(), Failure> {
        let mut xml = Xml::new(text, part);
        let mut at = 0;
        loop {
            match xml.next()? {
                Token::Start(tag) if tag.is("comment") => {
                    at = self.out.comments.len();
                    let author = tag.attribute("author").unwrap_or_default();
                    let date = properties::date(&tag);
                    self.comments.by_id.extend(tag.attribute("id").map(|id| (id, at)));
                    self.out.comments.push(Comment { author, date, ..Comment::default() });
                }
                Token::Start(tag) if tag.is("p") && !self.out.comments.is_empty() => {
                    self.comments.by_paragraph.extend(tag.attribute("paraId").map(|id| (id, at)));
                    let line = drawing::scan(&mut xml)?.words;
                    let text = &mut self.out.comments[at].text;
                    if !text.is_empty() && !line.is_empty() {
                        text.push('\n');
                    }
                    text.push_str(&line);
                }
                Token::Over => return Ok(()),
                _ => {}
            }
        }
    }

    /// Reads the part that says which comments answer others, and which are done with.
    pub fn threads(&mut self, text: &str, part: &str) -> Result<(), Failure> {
        let mut xml = Xml::new(text, part);
        loop {
            match xml.next()? {
                Token::Start(tag) if tag.name() == "commentEx" => {
                    let of = |name: &str| self.comments.by_paragraph.get(&tag.attribute(name)?).copied();
                    let Some(at) = of("paraId") else { continue };
                    let comment = &mut self.out.comments[at];
                    comment.answers = of("paraIdParent").filter(|above| *above != at);
                    comment.resolved = matches!(tag.attribute("done").as_deref(), Some("1" | "true"));
                }
                Token::Over => return Ok(()),
                _ => {}
            }
        }
    }

    /// A comment begins, or is referred to, where we are.
    pub fn commented(&mut self, tag: &Tag<'_>) {
        let Some(at) = tag.attribute("id").and_then(|id| self.comments.by_id.get(&id).copied()) else { return };
        let here = match &mut self.paragraph {
            Some(paragraph) => &mut paragraph.comments,
            None => &mut self.comments.waiting,
        };
        if !here.contains(&at) {
            here.push(at);
        }
    }
}
