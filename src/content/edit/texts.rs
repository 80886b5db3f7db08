//! The text of one value written anew in a drafter's file, in the way in which it stands there.

use super::{Done, Editor, Spot};
use crate::content::node::{Node, Value};
use crate::content::yaml::{self, Yaml};
use std::ops::Range;

impl Editor<'_> {
    /// Writes a text anew in the style that it stands in, if it stands in one that can hold it.
    pub(super) fn replace_text(&mut self, spot: Spot, behind: usize, node: &Node<'_>, new: &Yaml) -> Done {
        self.replace_scalar(spot, behind, node, new).or_else(|| self.replace_literal(behind, node, new))
    }

    /// Writes a text anew in the quotation marks that it stands in, or in none.
    fn replace_scalar(&mut self, spot: Spot, behind: usize, node: &Node<'_>, new: &Yaml) -> Done {
        let (Value::Text(_), Yaml::Text(words, style)) = (&node.value, new) else { return None };
        let place = node.referenced;
        let old = self.text.get(place.start..place.end)?;
        // On its own line, right behind the name: neither a reference nor line for line.
        let is_plain = self.text.get(behind..place.start)?.trim().is_empty()
            && !self.text.get(behind..place.end)?.contains('\n')
            && !old.starts_with('*');
        if !is_plain || words.contains('\n') {
            return None;
        }
        let written = match old.chars().next() {
            Some('"') => yaml::quoted(words),
            Some('\'') if yaml::is_literal(words) => format!("'{}'", words.replace('\'', "''")),
            Some('\'') => yaml::quoted(words),
            _ if *style == yaml::Style::Typed => words.clone(),
            _ => Yaml::Text(words.clone(), yaml::Style::Bare).flow(spot.in_brackets),
        };
        self.cut(place.start..place.end, &written);
        Some(())
    }

    /// Writes a text anew that stands line for line, as far in as it does.
    fn replace_literal(&mut self, behind: usize, node: &Node<'_>, new: &Yaml) -> Done {
        let (Value::Text(old), Yaml::Text(words, _)) = (&node.value, new) else { return None };
        let head = self.text.get(behind..self.line_end(behind))?;
        let is_literal = matches!(head.split_once('#').map_or(head, |(head, _)| head).trim(), "|" | "|-" | "|+");
        let first = self.line_end(behind);
        let indent = self.text.get(first..node.defined.start)?;
        let fits = yaml::is_literal(words) && yaml::literal_head(words) == "|" && !words.starts_with('\n');
        if !is_literal || !fits || indent.is_empty() || !indent.bytes().all(|byte| byte == b' ') {
            return None;
        }
        if let Some(cuts) = self.changed_lines(first, indent, old, words) {
            self.cuts.extend(cuts);
            return Some(());
        }
        let lines: Vec<String> = words.split('\n').map(str::to_owned).collect();
        let written = yaml::indented(&lines, indent.len());
        let end = self.trimmed(behind, node.end);
        self.cut(first..end, written.trim_end_matches('\n'));
        Some(())
    }

    /// Of a text that stands line for line, what differs in each of its lines; none, if it has more lines or fewer.
    fn changed_lines(&self, first: usize, indent: &str, old: &str, new: &str) -> Option<Vec<(Range<usize>, String)>> {
        let (old, new) = (old.trim_end_matches('\n'), new.trim_end_matches('\n'));
        if old.split('\n').count() != new.split('\n').count() {
            return None;
        }
        let (mut cuts, mut start) = (Vec::new(), first);
        for (old, new) in old.split('\n').zip(new.split('\n')) {
            let next = self.line_end(start);
            if old != new {
                let written = self.text.get(start..next)?.trim_end_matches('\n').strip_prefix(indent)?;
                // An empty line that comes or goes is as far in as its neighbours, or not at all.
                if written != old || new.trim().is_empty() {
                    return None;
                }
                let same = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
                    pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
                };
                let head = same(&mut old.chars().zip(new.chars()));
                let tail = same(&mut old[head..].chars().rev().zip(new[head..].chars().rev()));
                let from = start + indent.len();
                cuts.push((from + head..from + old.len() - tail, new[head..new.len() - tail].to_owned()));
            }
            start = next;
        }
        Some(cuts)
    }
}
