//! How values lie: exact, by nearest rank, the same on every database.

use std::collections::BTreeMap;

/// So many of each value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values(BTreeMap<u32, u64>);

/// How the values of a group lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// How many values there are; never 0.
    pub n: u64,
    /// The median: the 50th percentile by nearest rank.
    pub median: u32,
    /// The 90th percentile by nearest rank.
    pub p90: u32,
}

impl Values {
    /// Adds a value that is there `n` times.
    pub fn add(&mut self, value: u32, n: u64) {
        if n > 0 {
            *self.0.entry(value).or_default() += n;
        }
    }

    /// Adds all of another's.
    pub fn extend(&mut self, other: &Values) {
        for (value, n) in &other.0 {
            self.add(*value, *n);
        }
    }

    /// How many there are.
    pub fn n(&self) -> u64 {
        self.0.values().sum()
    }

    /// The smallest value such that at least `percent` of 100 of all are no greater (nearest
    /// rank); nothing where there is no value.
    pub fn percentile(&self, percent: u64) -> Option<u32> {
        let rank = (self.n() * percent.min(100)).div_ceil(100).max(1);
        let mut seen = 0;
        self.0.iter().find_map(|(value, n)| {
            seen += n;
            (seen >= rank).then_some(*value)
        })
    }

    /// Median and 90th percentile; nothing where there is no value.
    pub fn spread(&self) -> Option<Spread> {
        Some(Spread {
            n: self.n(),
            median: self.percentile(50)?,
            p90: self.percentile(90)?,
        })
    }
}

/// `part` of `whole` in tenths of a percent, rounded; nothing of nothing. All but none is never
/// said to be none, and all but one never all: 1 to 999 then.
pub fn per_mille(part: u64, whole: u64) -> Option<u32> {
    if whole == 0 {
        return None;
    }
    let rounded = (part.saturating_mul(2000).saturating_add(whole)) / (whole.saturating_mul(2));
    let rounded = u32::try_from(rounded).unwrap_or(1000);
    Some(match part {
        0 => 0,
        part if part >= whole => 1000,
        _ => rounded.clamp(1, 999),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[u32]) -> Values {
        let mut all = Values::default();
        for value in values {
            all.add(*value, 1);
        }
        all
    }

    #[test]
    fn percentiles_are_values_that_are_there_by_nearest_rank() {
        assert_eq!(of(&[]).spread(), None);
        let spread = |values: &[u32]| {
            let spread = of(values).spread().unwrap();
            (spread.n, spread.median, spread.p90)
        };
        assert_eq!(spread(&[7]), (1, 7, 7));
        // Of two the lower is the median: half of them are no greater.
        assert_eq!(spread(&[9, 3]), (2, 3, 9));
        assert_eq!(spread(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), (10, 5, 9));
        let eleven: Vec<u32> = (1..=11).collect();
        assert_eq!(spread(&eleven), (11, 6, 10));
        assert_eq!(of(&[4, 4, 8]).percentile(100), Some(8));
        assert_eq!(of(&[4, 4, 8]).percentile(0), Some(4));
    }

    #[test]
    fn percentiles_of_counts_are_those_of_the_sorted_values() {
        let mut state: u32 = 7;
        for n in 1..60_usize {
            let mut sorted: Vec<u32> = (0..n)
                .map(|_| {
                    state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
                    (state >> 16) % 31
                })
                .collect();
            let counted = of(&sorted);
            sorted.sort_unstable();
            for percent in [50, 90] {
                let rank = (n * percent).div_ceil(100);
                let wanted = sorted.get(rank - 1).copied();
                assert_eq!(counted.percentile(percent as u64), wanted, "{n} {percent}");
            }
        }
    }

    #[test]
    fn a_percentage_of_nothing_is_nothing_and_one_late_is_not_all_in_time() {
        assert_eq!(per_mille(0, 0), None);
        assert_eq!(per_mille(0, 3), Some(0));
        assert_eq!(per_mille(3, 3), Some(1000));
        assert_eq!(per_mille(2, 3), Some(667));
        assert_eq!(per_mille(1, 16), Some(63));
        assert_eq!(per_mille(9_999, 10_000), Some(999));
        assert_eq!(per_mille(1, 10_000), Some(1));
    }
}
