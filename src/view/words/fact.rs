//! A project's facts in words: one table for the form, the chips and the catalogue's conditions.

use super::{voltage, works};
use crate::statute::plan::Condition;
use crate::statute::plan::ProjectFacts;
use crate::statute::plan::condition::{Compare, Fact, Term};

/// A yes-or-no fact as pages name it.
pub struct FactWords {
    /// The field's name in forms and in the catalogue.
    pub field: &'static str,
    /// What it says where it holds.
    pub yes: &'static str,
    /// What it says where it does not.
    pub no: &'static str,
    /// What hangs on it, for the form.
    pub hint: &'static str,
    /// Whether it holds.
    pub holds: fn(&ProjectFacts) -> bool,
}

/// Every yes-or-no fact, in the form's order.
pub const FACTS: &[FactWords] = &[
    FactWords {
        field: "new_land",
        yes: "需新增建设用地",
        no: "不新增建设用地",
        hint: "须办用地初审、用地预审、选址意见书、征地组卷（方案第1、3、4条）",
        holds: |facts| facts.new_land,
    },
    FactWords {
        field: "forest_land",
        yes: "使用林地",
        no: "不使用林地",
        hint: "须办林业组卷（方案第6条）",
        holds: |facts| facts.forest_land,
    },
    FactWords {
        field: "green_hills",
        yes: "涉及青山保护",
        no: "不涉及青山保护",
        hint: "涉及的部分方案未规定时限（方案第6条）",
        holds: |facts| facts.green_hills,
    },
    FactWords {
        field: "fells_trees",
        yes: "需采伐林木",
        no: "不采伐林木",
        hint: "须办林木采伐许可（方案第6条）",
        holds: |facts| facts.fells_trees,
    },
    FactWords {
        field: "trees_without_certificate",
        yes: "有无林权证的林木",
        no: "林木均有林权证",
        hint: "公示7日无异议后可以林权证明代替（方案第6条）",
        holds: |facts| facts.trees_without_certificate,
    },
    FactWords {
        field: "crosses_highway",
        yes: "跨越或穿越公路",
        no: "不跨越、穿越公路",
        hint: "须办涉路施工许可（方案第13条）",
        holds: |facts| facts.crosses_highway,
    },
    FactWords {
        field: "opens_city_road",
        yes: "挖掘城市道路",
        no: "不挖掘城市道路",
        hint: "须办挖掘城市道路许可（方案第13、15条）",
        holds: |facts| facts.opens_city_road,
    },
    FactWords {
        field: "occupies_green",
        yes: "占用城市绿化用地",
        no: "不占用城市绿化用地",
        hint: "须办占用城市绿化用地许可（方案第15条）",
        holds: |facts| facts.occupies_green,
    },
    FactWords {
        field: "shades_neighbours",
        yes: "遮挡周边",
        no: "不涉及周边遮挡",
        hint: "涉及时可以要求日照分析报告（方案第7条）",
        holds: |facts| facts.shades_neighbours,
    },
    FactWords {
        field: "changes_blueprint",
        yes: "变更已批准的规划蓝图",
        no: "不变更规划蓝图",
        hint: "不涉及规模变化的仅办理蓝图变更（方案第9条）",
        holds: |facts| facts.changes_blueprint,
    },
    FactWords {
        field: "changes_land_scale",
        yes: "变更涉及用地规模",
        no: "变更不涉及用地规模",
        hint: "只在变更规划蓝图时勾选（方案第9条）",
        holds: |facts| facts.changes_land_scale,
    },
    FactWords {
        field: "changes_building_scale",
        yes: "变更涉及建筑规模",
        no: "变更不涉及建筑规模",
        hint: "只在变更规划蓝图时勾选（方案第9条）",
        holds: |facts| facts.changes_building_scale,
    },
    FactWords {
        field: "public_network",
        yes: "公共电网",
        no: "非公共电网",
        hint: "方案第15条只适用于公共电网",
        holds: |facts| facts.public_network,
    },
    FactWords {
        field: "user_demand",
        yes: "为满足用户用电需求",
        no: "非为满足用户用电需求",
        hint: "10千伏以下可免办建设工程规划许可（方案第15条）",
        holds: |facts| facts.user_demand,
    },
];

/// What holds for a project: voltage, works, then every fact that holds.
pub fn facts(facts: &ProjectFacts) -> Vec<String> {
    let mut words = vec![voltage(facts.voltage), works(facts.works).to_owned()];
    words.extend(
        FACTS
            .iter()
            .filter(|fact| (fact.holds)(facts))
            .map(|fact| fact.yes.to_owned()),
    );
    words
}

/// When an entry of the catalogue holds: `使用林地、不涉及青山保护`; `None`: always.
pub fn condition(condition: &Condition) -> Option<String> {
    if condition.all.is_empty() {
        return None;
    }
    let terms: Vec<String> = condition.all.iter().map(term).collect();
    Some(terms.join("、"))
}

fn term(term: &Term) -> String {
    match term {
        Term::Fact { fact, is } => {
            let name = field(*fact);
            FACTS
                .iter()
                .find(|words| words.field == name)
                .map_or(name, |words| if *is { words.yes } else { words.no })
                .to_owned()
        }
        Term::Voltage { compare, with } => {
            let bound = match compare {
                Compare::AtMost => "以下",
                Compare::Below => "以下（不含）",
                Compare::AtLeast => "以上",
                Compare::Above => "以上（不含）",
            };
            format!("{}{bound}", voltage(*with))
        }
        Term::Works(kind) => works(*kind).to_owned(),
    }
}

fn field(fact: Fact) -> &'static str {
    match fact {
        Fact::PublicNetwork => "public_network",
        Fact::UserDemand => "user_demand",
        Fact::NewLand => "new_land",
        Fact::ForestLand => "forest_land",
        Fact::GreenHills => "green_hills",
        Fact::FellsTrees => "fells_trees",
        Fact::TreesWithoutCertificate => "trees_without_certificate",
        Fact::CrossesHighway => "crosses_highway",
        Fact::OpensCityRoad => "opens_city_road",
        Fact::OccupiesGreen => "occupies_green",
        Fact::ShadesNeighbours => "shades_neighbours",
        Fact::ChangesBlueprint => "changes_blueprint",
        Fact::ChangesLandScale => "changes_land_scale",
        Fact::ChangesBuildingScale => "changes_building_scale",
    }
}
