//! A small generator whose sequence will not change with any library's version (splitmix64,
//! Steele, Lea and Flood 2014).

/// The generator.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// One sequence for each seed.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The next number of the sequence.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `least` to `most`, both included.
    pub fn within(&mut self, least: u32, most: u32) -> u32 {
        let span = u64::from(most.saturating_sub(least)) + 1;
        least + u32::try_from(self.draw() % span).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, n: u32) -> bool {
        self.within(1, 100) <= n
    }

    /// One of `items`.
    pub fn one_of<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        let last = u32::try_from(items.len().checked_sub(1)?).ok()?;
        items.get(usize::try_from(self.within(0, last)).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first outputs of the published algorithm for seed 0.
    #[test]
    fn the_sequence_is_the_published_one() {
        let mut random = Random::new(0);
        assert_eq!(random.draw(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(random.draw(), 0x6E78_9E6A_A1B9_65F4);
    }

    #[test]
    fn numbers_stay_within_their_bounds() {
        let mut random = Random::new(7);
        for _ in 0..1_000 {
            assert!((3..=5).contains(&random.within(3, 5)));
        }
        assert!(random.one_of::<u8>(&[]).is_none());
    }
}
