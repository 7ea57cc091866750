//! Why an entry is refused, and what is open instead.

use chrono::{Datelike, NaiveDate};

/// Why an offence may not be reported, or an entry not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The catalogue says of no bureau that it takes this kind.
    NobodyTakesIt,
    /// The day, or the hour of finding, has not come.
    NotYet {
        /// The day typed.
        on: NaiveDate,
    },
    /// The day lies before that of the entry ahead.
    BeforeTheLast {
        /// The day typed.
        on: NaiveDate,
        /// The last entry's day.
        last: NaiveDate,
    },
    /// Taken up already.
    ReceivedAlready,
    /// Not yet taken up by the bureau that has it.
    NotReceived,
    /// Ended.
    Closed,
    /// A transfer to a bureau that handles no offences.
    NotAHandler,
    /// A transfer to the bureau that has it.
    ToItself,
    /// A ledger that does not begin with the report, or reports twice.
    NotTheReport,
}

impl Refused {
    /// The rule's word.
    pub fn rule(self) -> &'static str {
        match self {
            Refused::NobodyTakesIt => "offence-kind",
            Refused::NotYet { .. } => "future-day",
            Refused::BeforeTheLast { .. } => "out-of-order",
            Refused::ReceivedAlready | Refused::NotReceived => "offence-received",
            Refused::Closed => "offence-closed",
            Refused::NotAHandler | Refused::ToItself => "offence-transfer",
            Refused::NotTheReport => "offence-report",
        }
    }

    /// In Chinese, with the clause and the way that is open.
    pub fn detail(self) -> String {
        match self {
            Refused::NobodyTakesIt => "目录没有规定由哪个部门受理这一类;方案第14条列出树线矛盾、\
                 线路下方违建、电力设施被盗三类,请从中选择"
                .to_owned(),
            Refused::NotYet { on } => {
                format!(
                    "所填的日期或时间({})还没有到,不能登记;请填写已经发生的日期和时间",
                    chinese(on)
                )
            }
            Refused::BeforeTheLast { on, last } => format!(
                "{}早于上一条记录({});记录按先后顺序,请填写{}或以后的日期",
                chinese(on),
                chinese(last),
                chinese(last)
            ),
            Refused::ReceivedAlready => {
                "已经受理,不重复受理;请登记处置进展、移送或者办结(方案第14条)".to_owned()
            }
            Refused::NotReceived => {
                "尚未受理;请先登记受理,不属于本部门职责的可以移送(方案第14条)".to_owned()
            }
            Refused::Closed => {
                "已经办结,记录不再增减;又有新的情况,请由供电公司另行报告(方案第14条)".to_owned()
            }
            Refused::NotAHandler => {
                "只能移送公安、林草、住房城乡建设部门之一;它们是方案第14条的责任单位".to_owned()
            }
            Refused::ToItself => {
                "已经在这个部门,不需要移送;可以登记受理或者处置进展(方案第14条)".to_owned()
            }
            Refused::NotTheReport => {
                "报告只有一次,是第一条记录;补充的情况请上传图片或者另行报告(方案第14条)".to_owned()
            }
        }
    }
}

fn chinese(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}
