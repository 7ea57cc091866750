//! A text without what may stand between the characters of a name.

/// The characters of a text that a name is made of, and where its sentences part.
pub(super) struct Bare {
    chars: Vec<char>,
    /// Whether a part of the sentence ends before the character of that place.
    parted: Vec<bool>,
}

/// What ends a part of a sentence: a denial does not reach across it.
const PARTS: &[char] = &[
    ',', '.', ';', '!', '?', '\n', '\r', '，', '。', '．', '｡', '；', '！', '？', '…',
];

/// Traditional characters of the plan's names and of the words that deny, as simplified ones.
const TRADITIONAL: &[(char, char)] = &[
    ('鳥', '鸟'),
    ('圖', '图'),
    ('單', '单'),
    ('體', '体'),
    ('詳', '详'),
    ('細', '细'),
    ('規', '规'),
    ('劃', '划'),
    ('報', '报'),
    ('評', '评'),
    ('價', '价'),
    ('質', '质'),
    ('費', '费'),
    ('開', '开'),
    ('築', '筑'),
    ('視', '视'),
    ('補', '补'),
    ('償', '偿'),
    ('無', '无'),
    ('須', '须'),
    ('應', '应'),
    ('繳', '缴'),
    ('辦', '办'),
    ('於', '于'),
    ('與', '与'),
];

impl Bare {
    pub(super) fn of(text: &str) -> Bare {
        let (mut chars, mut parted, mut part) = (Vec::new(), Vec::new(), false);
        for c in text.chars() {
            if PARTS.contains(&c) {
                part = true;
            } else if let Some(c) = plain(c) {
                chars.push(c);
                parted.push(std::mem::take(&mut part));
            }
        }
        Bare { chars, parted }
    }

    pub(super) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Where `name` stands, as (first, one past the last).
    pub(super) fn places(&self, name: &Bare) -> Vec<(usize, usize)> {
        let long = name.chars.len().max(1);
        self.chars
            .windows(long)
            .enumerate()
            .filter(|(_, window)| *window == name.chars.as_slice())
            .map(|(at, _)| (at, at + long))
            .collect()
    }

    /// What stands before `from` in its part of the sentence.
    pub(super) fn before(&self, from: usize) -> &[char] {
        let starts = self
            .parted
            .iter()
            .take(from + 1)
            .rposition(|parted| *parted);
        self.chars
            .get(starts.unwrap_or(0)..from)
            .unwrap_or_default()
    }

    /// What stands from `to` on in its part of the sentence.
    pub(super) fn after(&self, to: usize) -> &[char] {
        let rest = self.chars.get(to..).unwrap_or_default();
        let ends = self.parted.iter().skip(to).position(|parted| *parted);
        rest.get(..ends.unwrap_or(rest.len())).unwrap_or_default()
    }
}

/// The character as names are compared by; `None`: it is none of a name's.
fn plain(c: char) -> Option<char> {
    let half = match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c)
            .checked_sub(0xfee0)
            .and_then(char::from_u32)
            .unwrap_or(c),
        other => other,
    };
    if half.is_ascii_alphanumeric() {
        return Some(half.to_ascii_lowercase());
    }
    let simplified = TRADITIONAL.iter().find(|(old, _)| *old == half);
    let half = simplified.map_or(half, |(_, new)| *new);
    is_chinese(half).then_some(half)
}

/// The blocks of Chinese characters; kana, Hangul and their invisible fillers are none.
fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}
