//! Numbers in words.

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number below a hundred in words; a larger one stays in figures.
pub fn in_words(number: u32) -> String {
    let digits = |number: u32| (TENS[(number / 10) as usize], ONES[(number % 10) as usize]);
    match number {
        0..20 => ONES[number as usize].to_owned(),
        20..100 if number.is_multiple_of(10) => digits(number).0.to_owned(),
        20..100 => format!("{}-{}", digits(number).0, digits(number).1),
        _ => number.to_string(),
    }
}

/// The number below a hundred that a word stands for, in whatever case.
pub fn number_of(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    (0..100).find(|number| in_words(*number) == word)
}

/// Whether a letter goes on with the number of a section, such as `5.4A`, after the one before it: figures, full stops, and
/// capitals behind a figure.
pub fn goes_on_number(before: Option<char>, letter: char) -> bool {
    let behind = before.is_some_and(|before| before.is_ascii_digit() || before.is_ascii_uppercase());
    letter.is_ascii_digit() || letter == '.' || (letter.is_ascii_uppercase() && behind)
}

/// How many bytes of a text are the number that it begins with, as far as that can be seen.
pub fn number_end(text: &str) -> usize {
    let mut before = None;
    let ends = |letter: char| !goes_on_number(before.replace(letter), letter);
    text.find(ends).unwrap_or(text.len())
}
