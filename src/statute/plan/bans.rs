//! Whether a text asks for what may no longer be asked for (不得索要).
//!
//! # The rule
//! A banned name, or one of its usual other names, is found wherever its characters follow one
//! another in a text: blanks, brackets, punctuation and anything else that is neither a Chinese
//! character nor an ASCII letter or digit may stand between them; full-width letters count as
//! half-width ones, and traditional characters as simplified ones.
//!
//! In an officer's words a mention is let through only where the same part of the sentence plainly
//! says that the thing is not needed: 无需提供X, 不再收取X, X均不需要提供. Between the denial and
//! the name only words of handing in and asking may stand, other names of the step's list, and
//! what joins them; after them the part must end. A denial that is itself denied (不得不提供X,
//! 并非无需X) does not count, nor does one across a comma. Whatever is doubtful is taken for a
//! request: it is refused with its clause, and the officer writes it plainly.
//!
//! # What it cannot do
//! It reads names, not intent. A name broken by a character that could itself be meant (鸟的瞰图),
//! misspelt, or only described (从空中看的图) is not found; irony and reported speech count as
//! said. An item of a list of what is asked for is a request whatever it says.

use super::{Ban, ProjectFacts, Step};
use bare::Bare;

mod bare;
mod denial;
#[cfg(test)]
mod tests;

/// The bans that an item on a list of things asked for falls under, on these facts.
pub fn bans_in_item<'s>(step: &'s Step, facts: &ProjectFacts, item: &str) -> Vec<&'s Ban> {
    let text = Bare::of(item);
    in_force(step, facts)
        .filter(|ban| !mentions(ban, &text).is_empty())
        .collect()
}

/// The bans that free words fall under, on these facts: each that they name without plainly
/// saying that it is not needed.
pub fn bans_in_words<'s>(step: &'s Step, facts: &ProjectFacts, words: &str) -> Vec<&'s Ban> {
    let text = Bare::of(words);
    let listed = denial::Listed::of(step);
    in_force(step, facts)
        .filter(|ban| {
            mentions(ban, &text)
                .into_iter()
                .any(|(from, to)| !denial::denied(&text, from, to, &listed))
        })
        .collect()
}

/// The name of at least two characters that a ban needs to be searched for by.
pub(super) fn can_be_searched(name: &str) -> bool {
    Bare::of(name).chars().len() >= 2
}

fn in_force<'s>(step: &'s Step, facts: &ProjectFacts) -> impl Iterator<Item = &'s Ban> {
    step.bans.iter().filter(move |ban| ban.when.holds(facts))
}

/// The ban's name and its usual other names.
fn names(ban: &Ban) -> impl Iterator<Item = Bare> {
    std::iter::once(&ban.name)
        .chain(&ban.aliases)
        .map(|name| Bare::of(name))
}

/// Where the text names what is banned, as (first, one past the last) of the bare characters.
/// Of mentions that overlap the longest stands for all: the name that was meant.
fn mentions(ban: &Ban, text: &Bare) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = names(ban).flat_map(|name| text.places(&name)).collect();
    found.sort_by_key(|(from, to)| (*from, std::cmp::Reverse(*to)));
    let mut apart: Vec<(usize, usize)> = Vec::new();
    for (from, to) in found {
        match apart.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(to),
            _ => apart.push((from, to)),
        }
    }
    apart
}
