//! What is known of a project, as far as the plan asks.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::statute::division::County;

/// A nominal voltage in volts: 10 kV is 10 000, 0.4 kV is 400.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Volts(pub u32);

/// A text that is no nominal voltage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no voltage; expected kilovolts such as 0.4, 10 or 220")]
pub struct NoVoltage(pub String);

impl Volts {
    /// Reads kilovolts, to the volt: `0.4`, `10`, `220`.
    ///
    /// # Errors
    /// No number, below 1 V or above 1 500 kV.
    ///
    /// ```
    /// # use grid_approvals::statute::plan::facts::Volts;
    /// assert_eq!(Volts::parse_kv("0.4"), Ok(Volts(400)));
    /// assert_eq!(Volts(10_000).to_string(), "10");
    /// ```
    pub fn parse_kv(text: &str) -> Result<Volts, NoVoltage> {
        let wrong = || NoVoltage(text.to_owned());
        let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 4 || part.len() > 3 || !digits(whole) || !digits(part)
        {
            return Err(wrong());
        }
        let kilo: u32 = whole.parse().map_err(|_| wrong())?;
        let rest: u32 = format!("{part:0<3}").parse().map_err(|_| wrong())?;
        let volts = kilo * 1_000 + rest;
        if (1..=1_500_000).contains(&volts) {
            Ok(Volts(volts))
        } else {
            Err(wrong())
        }
    }
}

impl fmt::Display for Volts {
    /// In kilovolts without trailing zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kilo, rest) = (self.0 / 1_000, self.0 % 1_000);
        if rest == 0 {
            return write!(f, "{kilo}");
        }
        let part = format!("{rest:03}");
        write!(f, "{kilo}.{}", part.trim_end_matches('0'))
    }
}

/// What is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Works {
    /// 新建变电站.
    Substation,
    /// 新建线路.
    #[default]
    Line,
    /// 新建变电站及线路 (输变电工程).
    SubstationAndLine,
    /// 改造.
    Rebuild,
}

impl Works {
    /// All kinds.
    pub const ALL: [Works; 4] = [
        Works::Substation,
        Works::Line,
        Works::SubstationAndLine,
        Works::Rebuild,
    ];

    /// The word used in data and forms.
    pub fn code(self) -> &'static str {
        match self {
            Works::Substation => "substation",
            Works::Line => "line",
            Works::SubstationAndLine => "substation-and-line",
            Works::Rebuild => "rebuild",
        }
    }

    /// The kind that the word names, if any.
    pub fn from_code(code: &str) -> Option<Works> {
        Works::ALL.into_iter().find(|works| works.code() == code)
    }
}

/// A project's facts. Every field has a default so that a clock scenario may leave all out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectFacts {
    /// Nominal voltage.
    pub voltage: Volts,
    /// 公共电网.
    pub public_network: bool,
    /// 为满足用户用电需求.
    pub user_demand: bool,
    /// What is built.
    pub works: Works,
    /// The counties that it touches, each once, by code.
    pub counties: Vec<County>,
    /// 需新增建设用地.
    pub new_land: bool,
    /// 使用林地.
    pub forest_land: bool,
    /// 涉及青山保护.
    pub green_hills: bool,
    /// 需采伐林木.
    pub fells_trees: bool,
    /// 有无林权证的林木.
    pub trees_without_certificate: bool,
    /// 跨越或穿越公路.
    pub crosses_highway: bool,
    /// 挖掘城市道路.
    pub opens_city_road: bool,
    /// 占用城市绿化用地.
    pub occupies_green: bool,
    /// 遮挡周边.
    pub shades_neighbours: bool,
    /// 变更已批准的规划蓝图.
    pub changes_blueprint: bool,
    /// 变更涉及用地规模.
    pub changes_land_scale: bool,
    /// 变更涉及建筑规模.
    pub changes_building_scale: bool,
}

impl Default for ProjectFacts {
    fn default() -> Self {
        ProjectFacts {
            voltage: Volts(66_000),
            public_network: true,
            user_demand: false,
            works: Works::Line,
            counties: Vec::new(),
            new_land: false,
            forest_land: false,
            green_hills: false,
            fells_trees: false,
            trees_without_certificate: false,
            crosses_highway: false,
            opens_city_road: false,
            occupies_green: false,
            shades_neighbours: false,
            changes_blueprint: false,
            changes_land_scale: false,
            changes_building_scale: false,
        }
    }
}
