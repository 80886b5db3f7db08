//! Links from what a text refers to: to the section or table of the document that it names, in each of its texts.

use super::reference::{PartWords, named_parts};
use super::{Block, Document, Kind, Mark, Part, PartKind, Revised, Run, Style, TextRole, anchor, parts};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Makes each reference to a part of the document a link to it: in a redline, to what it names in each of the texts.
/// Headings, captions, instructions and what is linked already stay as they are.
pub fn link_references(document: &mut Document, words: &PartWords) {
    let [was, now] = [Mark::Inserted, Mark::Deleted].map(|other| targets(document, other));
    if was.is_empty() && now.is_empty() {
        return;
    }
    // To hold one against the other once is enough.
    let both = Both { differ: was != now, was, now };
    let may_refer =
        |block: &&mut Block| !matches!(block, Block::Paragraph(paragraph) if names_itself(&paragraph.kind.now));
    for runs in document.blocks.iter_mut().filter(may_refer).flat_map(Block::texts_mut) {
        link_runs(runs, &both, words);
    }
}

fn names_itself(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Heading { .. }
            | Kind::Role(TextRole::Title | TextRole::Subtitle | TextRole::Instruction | TextRole::Caption)
    )
}

/// The anchor of each part that can be referred to, by kind and number.
type Targets = BTreeMap<(PartKind, String), String>;

/// Those of the text as it was, and as it is now.
struct Both {
    was: Targets,
    now: Targets,
    differ: bool,
}

/// Those of one text, which is without what bears the mark of the other.
fn targets(document: &Document, other: Mark) -> Targets {
    let target = |part: Part| {
        let number = match document.blocks.get(part.blocks.start) {
            Some(Block::Paragraph(p)) if p.mark == other => return None,
            Some(Block::Paragraph(p)) => {
                let text: String = p.runs.iter().filter(|run| run.mark != other).map(|run| run.text.as_str()).collect();
                number_in(&text).map(str::to_owned)
            }
            _ => None,
        };
        let number = number.unwrap_or_else(|| part.id.clone());
        Some(((part.kind, number), format!("#{}", anchor(part.kind, &part.id))))
    };
    parts(document).into_iter().filter_map(target).collect()
}

/// The first section number in some text.
fn number_in(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

fn link_runs(runs: &mut Vec<Run>, both: &Both, words: &PartWords) {
    let notes = runs.iter_mut().filter_map(|run| run.style.now.note.as_mut());
    notes.for_each(|note| link_runs(&mut note.runs, both, words));
    // A number has a figure; most cells of a table have none.
    if !runs.iter().any(|run| run.text.bytes().any(|byte| byte.is_ascii_digit())) {
        return;
    }
    let now = links(runs, Mark::Deleted, &both.now, words);
    // Where nothing is revised, there is one text.
    let was = match both.differ || runs.iter().any(Run::is_revised) {
        true => links(runs, Mark::Inserted, &both.was, words),
        false => now.clone(),
    };
    if was.iter().chain(&now).all(Vec::is_empty) {
        return;
    }
    let mut linked = Vec::with_capacity(runs.len() + 2);
    for (run, (was, now)) in runs.drain(..).zip(was.into_iter().zip(now)) {
        let edges = was.iter().chain(&now).flat_map(|link| [link.at.start, link.at.end]);
        let edges: BTreeSet<usize> = edges.chain([0, run.text.len()]).collect();
        let edges: Vec<usize> = edges.into_iter().collect();
        for edge in edges.windows(2) {
            let [was, now] = targets_at(&run, [&was, &now], edge[0]);
            linked.extend(slice(&run, edge[0]..edge[1], was, now));
        }
    }
    *runs = linked;
}

/// A stretch of a run that names a part that is here, or a piece of what does.
#[derive(Clone, Debug)]
struct Link<'a> {
    at: Range<usize>,
    target: &'a str,
    /// Whether what names the part goes on in another run.
    is_piece: bool,
}

/// Where one place of a run leads in each text. What a kept run has a piece of leads somewhere only if it is the same.
fn targets_at<'a>(run: &Run, [was, now]: [&[Link<'a>]; 2], at: usize) -> [Option<&'a str>; 2] {
    let [was, now] = [was, now].map(|links| links.iter().find(|link| link.at.contains(&at)));
    let differ = was.map(|link| link.target) != now.map(|link| link.target);
    let unless_piece = |link: Option<&Link<'a>>| {
        link.filter(|link| !(link.is_piece && differ && run.mark == Mark::Kept)).map(|link| link.target)
    };
    [unless_piece(was), unless_piece(now)]
}

/// Of each run, the stretches that name a part that is here, in the text without what bears the mark of the other.
///
/// What stands before and after a run says what it refers to, so the text is read as a whole.
fn links<'a>(runs: &[Run], other: Mark, targets: &'a Targets, words: &PartWords) -> Vec<Vec<Link<'a>>> {
    let mut links = vec![Vec::new(); runs.len()];
    let read: Vec<usize> = (0..runs.len()).filter(|&index| runs[index].mark != other).collect();
    let text: String = read.iter().map(|&index| runs[index].text.as_str()).collect();
    let style = |run: &Run| if other == Mark::Inserted { run.style.before().look() } else { run.style.now.look() };
    let mut starts = Vec::with_capacity(read.len());
    let mut length = 0;
    for &index in &read {
        starts.push(length);
        length += runs[index].text.len();
    }
    for part in named_parts(&text, words) {
        let Some(target) = targets.get(&(part.kind, part.number.to_owned())) else { continue };
        let first = starts.partition_point(|&start| start <= part.at.start).saturating_sub(1);
        let end = starts.partition_point(|&start| start < part.at.end);
        let own = &read[first..end];
        // What goes on in another style is no one link.
        let alike = own.windows(2).all(|pair| style(&runs[pair[0]]) == style(&runs[pair[1]]));
        if !alike || own.iter().any(|&index| style(&runs[index]).link.is_some()) {
            continue;
        }
        for (&index, &start) in own.iter().zip(&starts[first..end]) {
            let at = part.at.start.max(start) - start..part.at.end.min(start + runs[index].text.len()) - start;
            links[index].push(Link { at, target, is_piece: own.len() > 1 });
        }
    }
    links
}

/// A stretch of a run, linked as it was and as it is now; each text that it doesn't stand in goes with the other.
fn slice(run: &Run, range: Range<usize>, was: Option<&str>, now: Option<&str>) -> Option<Run> {
    let text = run.text.get(range).filter(|text| !text.is_empty())?.to_owned();
    let (was, now) = match run.mark {
        Mark::Kept => (was, now),
        Mark::Inserted => (now, now),
        Mark::Deleted => (was, was),
    };
    let linked = |style: &Style, link: Option<&str>| match link {
        Some(link) => Style { link: Some(link.to_owned()), ..style.clone() },
        None => style.clone(),
    };
    let style = match run.style.was.is_some() || was != now {
        true => Revised::from_pair(linked(run.style.before(), was), linked(&run.style.now, now)),
        false => linked(&run.style.now, now).into(),
    };
    Some(Run { text, style, mark: run.mark })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Paragraph, markdown};

    fn words() -> PartWords {
        let all = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        PartWords { section: all(&["Section", "clause"]), code: "SEC".into(), ..PartWords::default() }
    }

    fn document(paragraph: Vec<Run>) -> Document {
        let headings = "## 4.3 Other {#section-4.3}\n\n## 5.4 Heading {#section-5.4}\n\nText.\n";
        let mut document = markdown::read(headings).unwrap();
        let Some(Block::Paragraph(last)) = document.blocks.last_mut() else { panic!("no paragraph") };
        last.runs = paragraph;
        document
    }

    /// Each run after linking; what is linked has its target after a bar.
    fn linked(runs: &[(&str, Mark)]) -> Vec<String> {
        let run = |(text, mark): &(&str, Mark)| Run { text: (*text).to_owned(), mark: *mark, ..Run::default() };
        let mut document = document(runs.iter().map(run).collect());
        link_references(&mut document, &words());
        let Some(Block::Paragraph(Paragraph { runs, .. })) = document.blocks.pop() else { panic!("no paragraph") };
        let shown = |run: Run| run.text + &run.style.now.link.map(|link| format!("|{link}")).unwrap_or_default();
        runs.into_iter().map(shown).collect()
    }

    #[test]
    fn a_reference_to_a_section_that_is_here_leads_there() {
        let both = linked(&[("See Sections 4.3(b) and 5.4.", Mark::Kept)]);
        assert_eq!(both, ["See ", "Sections 4.3|#section-4.3", "(b) and ", "5.4|#section-5.4", "."]);
        assert_eq!(linked(&[("See Section 5.4.", Mark::Kept)]), ["See ", "Section 5.4|#section-5.4", "."]);
    }

    #[test]
    fn a_reference_to_what_is_elsewhere_stays_text() {
        for text in ["See Section 5.44.", "See SEC Section 5.4.", "as in clause 4.3 of the UTSAD", "clause 4.3A"] {
            assert_eq!(linked(&[(text, Mark::Kept)]), [text]);
        }
    }

    #[test]
    fn what_says_that_it_is_elsewhere_can_stand_in_another_run() {
        use Mark::{Deleted, Inserted, Kept};
        assert_eq!(linked(&[("SEC ", Inserted), ("Section 5.4.", Kept)]), ["SEC ", "Section 5.4", "."]);
        // Deleted, it no longer says so.
        let now = linked(&[("clause 4.3", Kept), (" of the UTSAD", Deleted)]);
        assert_eq!(now, ["clause 4.3|#section-4.3", " of the UTSAD"]);
        // What is deleted is read as it stood.
        let was = linked(&[("SEC ", Deleted), ("Section 5.4", Deleted), ("Section 4.3", Inserted)]);
        assert_eq!(was, ["SEC ", "Section 5.4", "Section 4.3|#section-4.3"]);
        // A section that has another number is meant by that only in the later text.
        let heading = "## <del>1.2</del><ins>1.5</ins> Two {#section-1.2}\n\nSee Section 1.2 and Section 1.5.\n";
        let mut document = markdown::read(heading).unwrap();
        link_references(&mut document, &words());
        let Some(Block::Paragraph(paragraph)) = document.blocks.last() else { panic!("no paragraph") };
        let links = |style: &Style| style.link.clone().unwrap_or_default();
        let both =
            paragraph.runs.iter().map(|run| (run.text.as_str(), links(run.style.before()), links(&run.style.now)));
        let (none, there) = (String::new(), "#section-1.2".to_owned());
        assert_eq!(
            both.filter(|(text, ..)| text.starts_with("Section")).collect::<Vec<_>>(),
            [("Section 1.2", there.clone(), none.clone()), ("Section 1.5", none, there)]
        );
        // A number that goes on in the next run isn't cut short.
        let longer = linked(&[("Section 5.", Kept), ("4", Deleted), ("5", Inserted)]);
        assert_eq!(longer, ["Section 5.", "4|#section-5.4", "5"]);
    }
}
