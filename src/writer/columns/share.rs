//! Sharing out the room of a line of cells: where a wider column saves the most lines.

use std::rc::Rc;

/// So many different ways to make a row lower are weighed at each step, the cheapest first; beyond them no better one
/// is likely to be found.
const WEIGHED: usize = 24;

/// So many rows are looked at, evenly over the table: enough to know a long table by.
const ROWS: usize = 240;

/// A text as the words that a line can end between, in thousandths of an em.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// Each word's width, and that of the blanks after it.
    pub words: Vec<(i32, i32)>,
    /// The least width at which it has no more than so many lines, from one line to as many as its longest word makes.
    steps: Vec<(usize, i32)>,
}

impl Words {
    pub fn new(words: Vec<(i32, i32)>) -> Self {
        let mut all = Self { words, steps: Vec::new() };
        let (least, most) = (all.least(), all.on_one_line());
        let tallest = all.lines(least);
        all.steps = told(tallest).map(|lines| (lines, all.narrowest(lines, least, most))).collect();
        all
    }

    /// The longest word.
    pub fn least(&self) -> i32 {
        self.words.iter().map(|word| word.0).max().unwrap_or(0)
    }

    pub fn on_one_line(&self) -> i32 {
        let last_blank = self.words.last().map_or(0, |word| word.1);
        self.words.iter().map(|word| word.0 + word.1).sum::<i32>() - last_blank
    }

    fn lines(&self, width: i32) -> usize {
        let (mut lines, mut used) = (1, 0);
        for &(word, blank) in &self.words {
            if used > 0 && used + word > width {
                (lines, used) = (lines + 1, 0);
            }
            used += word + blank;
        }
        lines
    }

    /// The least width from `low` to `high` at which it has so many lines or fewer.
    fn narrowest(&self, lines: usize, mut low: i32, mut high: i32) -> i32 {
        while low < high {
            let middle = low + (high - low) / 2;
            if self.lines(middle) <= lines { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// As [`Words::lines`], by the steps that are known.
    fn height(&self, width: i32) -> usize {
        let at = self.steps.partition_point(|&(_, least)| least > width);
        self.steps.get(at).or(self.steps.last()).map_or(1, |&(lines, _)| lines)
    }

    /// The least width at which it has no more lines than that, as nearly as is known.
    fn width(&self, lines: usize) -> i32 {
        let at = self.steps.partition_point(|&(told, _)| told <= lines);
        self.steps[at - 1].1
    }
}

/// The numbers of lines that are told apart, up to the most: each of the first, and of a text that fills pages every few,
/// or its time would grow with the square of its length.
fn told(most: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(1), |lines| Some(lines + (lines / 32).max(1)))
        .take_while(move |&lines| lines < most)
        .chain([most])
}

/// The cells of a row that could have more than one line, each with its column.
pub(super) type RowWords = Vec<(usize, Rc<Words>)>;

/// Widens columns, which are as wide as their longest words, by no more than `left` in all.
pub(super) fn share(widths: &mut [i32], rows: &[RowWords], mut left: i32) {
    let step = rows.len().div_ceil(ROWS).max(1);
    let rows: Vec<&RowWords> = rows.iter().step_by(step).filter(|row| !row.is_empty()).collect();
    let height = |row: &RowWords, widths: &[i32]| {
        row.iter().map(|(column, words)| words.height(widths[*column])).max().unwrap_or(1)
    };
    loop {
        let heights: Vec<usize> = rows.iter().map(|row| height(row, widths)).collect();
        let mut ways: Vec<(i32, Vec<(usize, i32)>)> = rows
            .iter()
            .zip(&heights)
            .filter(|(_, height)| **height > 1)
            .map(|(row, height)| way(row, height - 1, widths))
            .filter(|(cost, _)| (1..=left).contains(cost))
            .collect();
        ways.sort_unstable();
        ways.dedup();
        let worth = |(cost, way): (i32, Vec<(usize, i32)>)| {
            let mut wider = widths.to_vec();
            way.iter().for_each(|&(column, width)| wider[column] = wider[column].max(width));
            let lines = |(row, before): (&&RowWords, &usize)| before - height(row, &wider).min(*before);
            let saved: usize = rows.iter().zip(&heights).map(lines).sum();
            (saved as f64 / f64::from(cost), cost, wider)
        };
        // Of ways that are worth the same, the cheapest.
        let best = ways.into_iter().take(WEIGHED).map(worth).rev().max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, cost, wider)) = best else { return };
        widths.copy_from_slice(&wider);
        left -= cost;
    }
}

/// What the columns of a row must be widened to so that it has no more than `lines`, and what that costs.
fn way(row: &RowWords, lines: usize, widths: &[i32]) -> (i32, Vec<(usize, i32)>) {
    let mut wanted: Vec<(usize, i32)> = row
        .iter()
        .filter(|(column, words)| words.height(widths[*column]) > lines)
        .map(|(column, words)| (*column, words.width(lines)))
        .collect();
    wanted.sort_unstable();
    let cost = wanted.iter().map(|&(column, width)| width - widths[column]).sum();
    (cost, wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(widths: &[i32]) -> Rc<Words> {
        Rc::new(Words::new(widths.iter().map(|&width| (width, 1)).collect()))
    }

    #[test]
    fn a_text_knows_how_wide_it_must_be_for_so_many_lines() {
        let text = words(&[5, 4, 3]);
        assert_eq!(text.steps, [(1, 14), (2, 8), (3, 5)]);
        assert_eq!([text.height(20), text.height(14), text.height(13), text.height(5)], [1, 1, 2, 3]);
    }

    #[test]
    fn a_tall_text_is_known_at_steps_in_which_none_is_too_narrow() {
        let text = words(&[7; 5000]);
        assert_eq!(text.steps.last(), Some(&(5000, 7)));
        assert!(text.steps.len() < 300, "{}", text.steps.len());
        for width in [7, 8, 39, 40, 1000, 40_000] {
            let (lines, known) = (text.lines(width), text.height(width));
            assert!(lines <= known && known <= lines + lines / 32 + 1, "{width}: {lines}, known as {known}");
            assert!(text.lines(text.width(known)) <= known);
        }
    }

    #[test]
    fn room_goes_where_it_saves_most_lines() {
        let tall = words(&[10, 10]);
        let rows = [vec![(0, tall.clone())], vec![(0, tall.clone())], vec![(1, tall)]];
        let mut widths = [10, 10];
        share(&mut widths, &rows, 11);
        assert_eq!(widths, [21, 10]);
    }

    #[test]
    fn columns_that_only_together_make_a_row_lower_are_widened_together() {
        let rows = [vec![(0, words(&[10, 10])), (1, words(&[10, 10]))]];
        let mut widths = [10, 10];
        share(&mut widths, &rows, 22);
        assert_eq!(widths, [21, 21]);
        let mut too_little = [10, 10];
        share(&mut too_little, &rows, 21);
        assert_eq!(too_little, [10, 10]);
    }
}
