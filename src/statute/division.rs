//! The administrative divisions of Benxi that take part in the plan.
//!
//! Source: GB/T 2260 codes as listed in modood/Administrative-divisions-of-China
//! (cut-off 2023-06-30). Development zones have no code there and are not invented here.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A county-level unit (县、区) of Benxi.
///
/// ```
/// use grid_approvals::statute::division::County;
/// let county: County = "210522".parse().unwrap();
/// assert_eq!(county, County::Huanren);
/// assert_eq!(county.name(), "桓仁满族自治县");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum County {
    /// 平山区, 210502.
    Pingshan,
    /// 溪湖区, 210503.
    Xihu,
    /// 明山区, 210504.
    Mingshan,
    /// 南芬区, 210505.
    Nanfen,
    /// 本溪满族自治县, 210521.
    BenxiCounty,
    /// 桓仁满族自治县, 210522.
    Huanren,
}

impl County {
    /// All six, by code.
    pub const ALL: [County; 6] = [
        County::Pingshan,
        County::Xihu,
        County::Mingshan,
        County::Nanfen,
        County::BenxiCounty,
        County::Huanren,
    ];

    /// The six-digit code of GB/T 2260.
    pub fn code(self) -> &'static str {
        match self {
            County::Pingshan => "210502",
            County::Xihu => "210503",
            County::Mingshan => "210504",
            County::Nanfen => "210505",
            County::BenxiCounty => "210521",
            County::Huanren => "210522",
        }
    }

    /// The official Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            County::Pingshan => "平山区",
            County::Xihu => "溪湖区",
            County::Mingshan => "明山区",
            County::Nanfen => "南芬区",
            County::BenxiCounty => "本溪满族自治县",
            County::Huanren => "桓仁满族自治县",
        }
    }
}

impl fmt::Display for County {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text is no county code of Benxi.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no county of Benxi; expected one of 210502, 210503, 210504, 210505, 210521, 210522"
)]
pub struct UnknownCounty(pub String);

impl FromStr for County {
    type Err = UnknownCounty;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        County::ALL
            .into_iter()
            .find(|c| c.code() == text)
            .ok_or_else(|| UnknownCounty(text.to_owned()))
    }
}

impl TryFrom<String> for County {
    type Error = UnknownCounty;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<County> for String {
    fn from(county: County) -> Self {
        county.code().to_owned()
    }
}
