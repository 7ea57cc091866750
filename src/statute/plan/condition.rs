//! Conditions over a project's facts, as the catalogue writes them.
//!
//! A condition is a list of terms that must all hold: `new_land`, `!green_hills`,
//! `voltage_kv <= 10`, `works = rebuild`. The empty list always holds.

use serde::{Deserialize, Serialize};

use super::facts::{ProjectFacts, Volts, Works};

/// All terms must hold; none: always.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Condition {
    /// The terms.
    pub all: Vec<Term>,
}

/// One term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Term {
    /// A yes-or-no fact is as said.
    Fact {
        /// Which.
        fact: Fact,
        /// What it must be.
        is: bool,
    },
    /// The voltage compares as said; 以下 includes the number itself (民法典 第1259条).
    Voltage {
        /// How.
        compare: Compare,
        /// With what.
        with: Volts,
    },
    /// The works are of this kind.
    Works(Works),
}

/// How a voltage is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compare {
    /// `<=`, 以下.
    AtMost,
    /// `<`, 不满.
    Below,
    /// `>=`, 以上.
    AtLeast,
    /// `>`, 超过.
    Above,
}

macro_rules! facts {
    ($($name:ident => $field:ident),+ $(,)?) => {
        /// A yes-or-no fact of a project, by the name of its field.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Fact {
            $(
                #[doc = concat!("[`ProjectFacts::", stringify!($field), "`].")]
                $name,
            )+
        }

        impl Fact {
            /// Every fact's name in the catalogue.
            pub const NAMES: &[&str] = &[$(stringify!($field)),+];

            fn from_name(name: &str) -> Option<Fact> {
                match name {
                    $(stringify!($field) => Some(Fact::$name),)+
                    _ => None,
                }
            }

            fn of(self, facts: &ProjectFacts) -> bool {
                match self {
                    $(Fact::$name => facts.$field,)+
                }
            }
        }
    };
}

facts! {
    PublicNetwork => public_network,
    UserDemand => user_demand,
    NewLand => new_land,
    ForestLand => forest_land,
    GreenHills => green_hills,
    FellsTrees => fells_trees,
    TreesWithoutCertificate => trees_without_certificate,
    CrossesHighway => crosses_highway,
    OpensCityRoad => opens_city_road,
    OccupiesGreen => occupies_green,
    ShadesNeighbours => shades_neighbours,
    ChangesBlueprint => changes_blueprint,
    ChangesLandScale => changes_land_scale,
    ChangesBuildingScale => changes_building_scale,
}

impl Condition {
    /// Whether every term holds for `facts`.
    pub fn holds(&self, facts: &ProjectFacts) -> bool {
        self.all.iter().all(|term| term.holds(facts))
    }
}

impl Term {
    fn holds(&self, facts: &ProjectFacts) -> bool {
        match *self {
            Term::Fact { fact, is } => fact.of(facts) == is,
            Term::Works(works) => facts.works == works,
            Term::Voltage { compare, with } => match compare {
                Compare::AtMost => facts.voltage <= with,
                Compare::Below => facts.voltage < with,
                Compare::AtLeast => facts.voltage >= with,
                Compare::Above => facts.voltage > with,
            },
        }
    }

    /// Reads one term.
    ///
    /// # Errors
    /// What is wrong and what could be written, in Chinese.
    pub fn parse(text: &str) -> Result<Term, String> {
        let text = text.trim();
        if let Some(rest) = text.strip_prefix("voltage_kv") {
            let rest = rest.trim_start();
            let pairs = [
                ("<=", Compare::AtMost),
                (">=", Compare::AtLeast),
                ("<", Compare::Below),
                (">", Compare::Above),
            ];
            let (figure, compare) = pairs
                .into_iter()
                .find_map(|(sign, compare)| rest.strip_prefix(sign).map(|rest| (rest, compare)))
                .ok_or_else(|| format!("“{text}”缺少比较符;应写如 voltage_kv <= 10"))?;
            let with = Volts::parse_kv(figure)
                .map_err(|_| format!("“{text}”中的电压无法识别;应写如 voltage_kv <= 10"))?;
            return Ok(Term::Voltage { compare, with });
        }
        if let Some(rest) = text.strip_prefix("works") {
            let word = rest
                .trim_start()
                .strip_prefix('=')
                .map(str::trim)
                .unwrap_or_default();
            return Works::from_code(word)
                .map(Term::Works)
                .ok_or_else(|| format!("“{text}”无法识别;应写如 works = substation"));
        }
        let (name, is) = text
            .strip_prefix('!')
            .map_or((text, true), |name| (name.trim(), false));
        Fact::from_name(name)
            .map(|fact| Term::Fact { fact, is })
            .ok_or_else(|| format!("没有名为“{name}”的项目情况;可写 {}", Fact::NAMES.join("、")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str, facts: &ProjectFacts) -> bool {
        Term::parse(text).expect(text).holds(facts)
    }

    #[test]
    fn ten_kv_and_below_includes_ten_kv() {
        let at = |kv| ProjectFacts {
            voltage: Volts::parse_kv(kv).expect(kv),
            ..ProjectFacts::default()
        };
        assert!(holds("voltage_kv <= 10", &at("10")));
        assert!(holds("voltage_kv <= 10", &at("0.4")));
        assert!(!holds("voltage_kv <= 10", &at("10.5")));
        assert!(!holds("voltage_kv < 10", &at("10")));
        assert!(holds("voltage_kv >= 66", &at("66")));
        assert!(holds("voltage_kv > 10", &at("35")));
    }

    #[test]
    fn a_mark_of_exclamation_turns_a_fact_round() {
        let facts = ProjectFacts {
            green_hills: true,
            ..ProjectFacts::default()
        };
        assert!(holds("green_hills", &facts));
        assert!(!holds("!green_hills", &facts));
        assert!(holds("works = line", &facts));
    }

    #[test]
    fn an_unknown_term_says_what_could_be_written() {
        for text in [
            "forest",
            "voltage_kv 10",
            "voltage_kv <= ten",
            "works = tower",
        ] {
            let error = Term::parse(text).expect_err(text);
            assert!(error.contains("可写") || error.contains("应写"), "{error}");
        }
    }
}
