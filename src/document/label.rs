//! What a drafter writes before an item of a list.

use serde::{Deserialize, Serialize};

/// The longest number: CommonMark's have at most nine digits.
const DIGITS: usize = 9;

/// The label of a list item, as it is written: `(a)`, `(iv)`, `b)`, `2.`, `4A.`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Label(String);

/// What a label stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Enclosure {
    /// `(a)`
    Brackets,
    /// `a)`
    Bracket,
    /// `1.`
    Stop,
}

/// What a label counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Series {
    /// 1, 2, 3
    Decimal,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
    /// a, b, c; after z come aa, bb
    LowerLetter,
    /// A, B, C
    UpperLetter,
}

impl Label {
    /// The label that this is; `None` if it is text.
    pub fn new(text: &str) -> Option<Self> {
        Self::at_start(text).filter(|label| label.0 == text)
    }

    /// A number with a full stop after it.
    pub fn number(number: u32) -> Option<Self> {
        Self::new(&format!("{number}."))
    }

    /// The label that a text begins with, where white space or nothing stands after it.
    pub fn at_start(text: &str) -> Option<Self> {
        let label = text.split(char::is_whitespace).next().filter(|word| word.len() <= DIGITS + 1)?;
        let (enclosure, core) = parts(label)?;
        let digits = core.bytes().take_while(u8::is_ascii_digit).count();
        let letters = core.get(digits..)?;
        let one_case =
            letters.bytes().all(|c| c.is_ascii_lowercase()) || letters.bytes().all(|c| c.is_ascii_uppercase());
        let is_label = one_case
            && match (digits, letters.len()) {
                (0, 1 | 2) => enclosure != Enclosure::Stop,
                (0, _) => enclosure != Enclosure::Stop && (roman(letters).is_some() || letter(letters).is_some()),
                // A year in brackets is text.
                (_, 0) => enclosure != Enclosure::Brackets || digits < 4,
                // An item that was put between two others: 4A, 4AA.
                (1..=3, 1 | 2) => true,
                _ => false,
            };
        is_label.then(|| Self(label.to_owned()))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it stands in.
    pub fn enclosure(&self) -> Enclosure {
        parts(&self.0).map_or(Enclosure::Stop, |(enclosure, _)| enclosure)
    }

    /// It, without what it stands in.
    pub fn core(&self) -> &str {
        parts(&self.0).map_or("", |(_, core)| core)
    }

    /// The numbers that it can be, the likeliest first: (i) is a Roman 1 before it is the ninth letter. One that was put
    /// between two others, such as 4A, is none.
    pub fn numbers(&self) -> Vec<(Series, u32)> {
        let core = self.core();
        if core.starts_with(|c: char| c.is_ascii_digit()) {
            let number = core.parse().ok().filter(|number: &u32| number.to_string() == core);
            return number.map(|number| (Series::Decimal, number)).into_iter().collect();
        }
        let (romans, letters) = match core.starts_with(|c: char| c.is_ascii_lowercase()) {
            true => (Series::LowerRoman, Series::LowerLetter),
            false => (Series::UpperRoman, Series::UpperLetter),
        };
        let roman = roman(core).map(|number| (romans, number));
        let letter = letter(core).map(|number| (letters, number));
        match core.len() > 1 || core.eq_ignore_ascii_case("i") {
            true => roman.into_iter().chain(letter).collect(),
            false => letter.into_iter().chain(roman).collect(),
        }
    }

    /// Whether it is what comes next after another.
    pub fn follows(&self, last: &Self) -> bool {
        let before = last.numbers();
        self.enclosure() == last.enclosure()
            && self.numbers().iter().any(|(series, number)| before.contains(&(*series, number.wrapping_sub(1))))
    }

    /// Whether a list can begin with it.
    pub fn is_first(&self) -> bool {
        self.numbers().iter().any(|(_, number)| *number <= 1)
    }

    /// The label with which a list of labels like this begins.
    pub fn first_like(&self) -> Option<Self> {
        let core = match self.core().chars().next()? {
            c if c.is_ascii_digit() => "1",
            c if c.is_ascii_lowercase() => "a",
            _ => "A",
        };
        let text = match self.enclosure() {
            Enclosure::Brackets => format!("({core})"),
            Enclosure::Bracket => format!("{core})"),
            Enclosure::Stop => format!("{core}."),
        };
        Self::new(&text)
    }

    /// Whether it is of the same make as another, so that both can be of one list: (a) and (b), but not (a) and (1).
    pub fn is_like(&self, other: &Self) -> bool {
        self.first_like() == other.first_like()
    }
}

/// What a label stands in, and what stands in that.
fn parts(label: &str) -> Option<(Enclosure, &str)> {
    let (enclosure, core) = match (label.strip_suffix(')'), label.strip_suffix('.')) {
        (Some(rest), _) => match rest.strip_prefix('(') {
            Some(core) => (Enclosure::Brackets, core),
            None => (Enclosure::Bracket, rest),
        },
        (None, Some(core)) => (Enclosure::Stop, core),
        (None, None) => return None,
    };
    (!core.is_empty() && core.bytes().all(|c| c.is_ascii_alphanumeric())).then_some((enclosure, core))
}

/// The place of a letter in the alphabet; after z come aa, bb and so on.
fn letter(core: &str) -> Option<u32> {
    let first = core.bytes().next()?.to_ascii_lowercase();
    let turn = u32::try_from(core.len() - 1).ok()?;
    let alike = core.bytes().all(|c| c.to_ascii_lowercase() == first) && first.is_ascii_lowercase();
    (alike && turn < 3).then(|| u32::from(first - b'a') + 1 + 26 * turn)
}

/// The number that Roman figures below a hundred say.
fn roman(core: &str) -> Option<u32> {
    const TENS: [&str; 9] = ["", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx"];
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let core = core.to_ascii_lowercase();
    // The ones begin with the first i or v: the x of ix stands after its i.
    let (tens, ones) = core.split_at(core.find(['i', 'v']).unwrap_or(core.len()));
    let place = |signs: &[&str], part: &str| signs.iter().position(|sign| *sign == part);
    let number = u32::try_from(place(&TENS, tens)? * 10 + place(&ONES, ones)?).ok()?;
    (number > 0).then_some(number)
}

impl TryFrom<String> for Label {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::new(&text).ok_or_else(|| format!("“{text}” is no label of a list item"))
    }
}

impl From<Label> for String {
    fn from(label: Label) -> Self {
        label.0
    }
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
