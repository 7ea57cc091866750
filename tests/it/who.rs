//! The named actors.

/// One of the people of every test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Company,
    CityLand,
    BenxiCounty,
    Huanren,
    Forestry,
    Transport,
    Housing,
    Police,
    BenxiPolice,
    BenxiForestry,
    BenxiHousing,
    HuanrenPolice,
    GovernmentOffice,
    DeputyMayor,
    Administrator,
}

impl Who {
    pub(crate) const ALL: [Who; 15] = [
        Who::Administrator,
        Who::Company,
        Who::CityLand,
        Who::BenxiCounty,
        Who::Huanren,
        Who::Forestry,
        Who::Transport,
        Who::Housing,
        Who::Police,
        Who::BenxiPolice,
        Who::BenxiForestry,
        Who::BenxiHousing,
        Who::HuanrenPolice,
        Who::GovernmentOffice,
        Who::DeputyMayor,
    ];

    pub(crate) fn login(self) -> &'static str {
        match self {
            Who::Company => "company",
            Who::CityLand => "city-land",
            Who::BenxiCounty => "benxi-county-land",
            Who::Huanren => "huanren-land",
            Who::Forestry => "forestry",
            Who::Transport => "transport",
            Who::Housing => "housing",
            Who::Police => "police",
            Who::BenxiPolice => "benxi-county-police",
            Who::BenxiForestry => "benxi-county-forestry",
            Who::BenxiHousing => "benxi-county-housing",
            Who::HuanrenPolice => "huanren-police",
            Who::GovernmentOffice => "government-office",
            Who::DeputyMayor => "deputy-mayor",
            Who::Administrator => "administrator",
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Who::Company => "赵供电",
            Who::CityLand => "钱市资",
            Who::BenxiCounty => "孙本县",
            Who::Huanren => "李桓仁",
            Who::Forestry => "周林草",
            Who::Transport => "吴交通",
            Who::Housing => "郑住建",
            Who::Police => "陈市公",
            Who::BenxiPolice => "褚本公",
            Who::BenxiForestry => "卫本林",
            Who::BenxiHousing => "蒋本建",
            Who::HuanrenPolice => "沈桓公",
            Who::GovernmentOffice => "王督查",
            Who::DeputyMayor => "陈市长",
            Who::Administrator => "冯管理",
        }
    }

    /// Where an officer sits: the kind of bureau, and the county for county bureaus.
    pub(crate) fn seat(self) -> Option<(&'static str, Option<&'static str>)> {
        match self {
            Who::CityLand => Some(("natural-resources", None)),
            Who::BenxiCounty => Some(("natural-resources", Some("210521"))),
            Who::Huanren => Some(("natural-resources", Some("210522"))),
            Who::Forestry => Some(("forestry", None)),
            Who::Transport => Some(("transport", None)),
            Who::Housing => Some(("housing", None)),
            Who::Police => Some(("police", None)),
            Who::BenxiPolice => Some(("police", Some("210521"))),
            Who::BenxiForestry => Some(("forestry", Some("210521"))),
            Who::BenxiHousing => Some(("housing", Some("210521"))),
            Who::HuanrenPolice => Some(("police", Some("210522"))),
            Who::Company | Who::GovernmentOffice | Who::DeputyMayor | Who::Administrator => None,
        }
    }
}
