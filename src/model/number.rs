//! The numbers of sections and tables, such as `8.1.10`: text with an order, never numbers.

use std::cmp::Ordering;

/// Compares as a reader would: `6.2.7` stands before `6.2.10`, and `5.4` before `5.4A` before `5.5`.
pub fn natural(a: &str, b: &str) -> Ordering {
    let mut left = a.split('.');
    let mut right = b.split('.');
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(x), Some(y)) => compare_parts(x, y),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// Whether a number stands below another: 5.4.1 below 5.4.
pub fn is_below(number: &str, other: &str) -> bool {
    !other.is_empty() && number.strip_prefix(other).is_some_and(|rest| rest.starts_with('.'))
}

/// Digits by their value, then what follows; a part that begins with a letter stands after all that begin with a digit.
fn compare_parts(a: &str, b: &str) -> Ordering {
    let ((x, rest_x), (y, rest_y)) = (split_digits(a), split_digits(b));
    let (x_value, y_value) = (x.trim_start_matches('0'), y.trim_start_matches('0'));
    x.is_empty()
        .cmp(&y.is_empty())
        .then(x_value.len().cmp(&y_value.len()))
        .then_with(|| x_value.cmp(y_value))
        .then_with(|| rest_x.cmp(rest_y))
}

fn split_digits(part: &str) -> (&str, &str) {
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    part.split_at_checked(digits).unwrap_or((part, ""))
}

/// The number of a section, taken apart so that it can be counted up and down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    parts: Vec<String>,
}

impl Number {
    /// A number is parts of letters and digits with a point between them.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (text.len() <= 64 && text.split('.').all(fits))
            .then(|| Self { parts: text.split('.').map(str::to_owned).collect() })
    }

    /// How deep it stands: 1 for `5`, 2 for `5.4`.
    pub fn level(&self) -> usize {
        self.parts.len()
    }

    /// Whether it is `other` or stands below it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.parts.starts_with(&other.parts)
    }

    /// The number with its beginning `from` changed to `to`; unchanged where it doesn't begin so.
    pub fn rebased(&self, from: &Self, to: &Self) -> Self {
        match self.parts.strip_prefix(from.parts.as_slice()) {
            Some(rest) => Self { parts: to.parts.iter().chain(rest).cloned().collect() },
            None => self.clone(),
        }
    }

    /// The number of the section that it stands in.
    pub fn parent(&self) -> Option<Self> {
        let (_, parent) = self.parts.split_last()?;
        (!parent.is_empty()).then(|| Self { parts: parent.to_vec() })
    }

    /// What it adds to the number of the section that it stands in.
    pub fn last(&self) -> Self {
        Self { parts: self.parts.last().cloned().into_iter().collect() }
    }

    /// The number with that last part in a section of that number; the part alone where it stands in none.
    pub fn within(parent: Option<&Self>, last: &Self) -> Self {
        Self { parts: parent.into_iter().flat_map(|parent| &parent.parts).chain(&last.parts).cloned().collect() }
    }

    /// Counted on by so many, or back.
    #[must_use]
    pub fn moved(&self, step: i64) -> Self {
        self.shifted(self, step)
    }

    /// How far its last part has been counted on from another's.
    pub fn step_from(&self, other: &Self) -> i64 {
        let count = |number: &Self| number.parts.last().and_then(|part| split_digits(part).0.parse::<i64>().ok());
        count(self).zip(count(other)).map_or(0, |(own, other)| own.saturating_sub(other))
    }

    /// Moved by `step` if it is `sibling`, a later sibling of it, or below one; else unchanged.
    pub fn shifted(&self, sibling: &Self, step: i64) -> Self {
        let at = sibling.level() - 1;
        let (Some(mine), Some(theirs)) = (self.parts.get(at), sibling.parts.get(at)) else { return self.clone() };
        if self.parts.get(..at) != sibling.parts.get(..at) || compare_parts(mine, theirs) == Ordering::Less {
            return self.clone();
        }
        let (digits, rest) = split_digits(mine);
        let Some(moved) = digits.parse::<i64>().ok().and_then(|value| value.checked_add(step)).filter(|&to| to >= 0)
        else {
            return self.clone();
        };
        let mut parts = self.parts.clone();
        parts[at] = format!("{moved}{rest}");
        Self { parts }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.parts.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn numbers_sort_as_a_reader_would() {
        let mut numbers = ["8.1.10", "10", "8.1.8", "5.4A", "8.1", "A.1", "5.5", "5.4", "8.1.4.1", "8.1.4"];
        numbers.sort_by(|a, b| natural(a, b));
        assert_eq!(numbers, ["5.4", "5.4A", "5.5", "8.1", "8.1.4", "8.1.4.1", "8.1.8", "8.1.10", "10", "A.1"]);
    }

    #[test]
    fn a_shift_takes_later_siblings_and_what_is_below_them_and_nothing_else() {
        let shifted = |text: &str| number(text).shifted(&number("5.5"), 1).to_string();
        for (before, after) in
            [("5.5", "5.6"), ("5.9.2", "5.10.2"), ("5.4", "5.4"), ("6.5", "6.5"), ("5", "5"), ("5.5A", "5.6A")]
        {
            assert_eq!(shifted(before), after);
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", ".", "5.", "5..4", "../5", "5 4", "5-4", "é"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn rebasing_keeps_what_stands_below() {
        assert_eq!(number("5.4.1").rebased(&number("5.4"), &number("7")).to_string(), "7.1");
        assert_eq!(number("5.41").rebased(&number("5.4"), &number("7")).to_string(), "5.41");
    }
}
