//! What each figure counts (口径), in the words of the page; `docs/figures.md` says the same at
//! length.

use serde::Serialize;

/// One definition.
#[derive(Debug, Serialize)]
pub(super) struct Term {
    name: &'static str,
    words: &'static str,
    cite: &'static str,
    /// No text says it outright.
    inferred: bool,
}

pub(super) const TERMS: &[Term] = &[
    Term {
        name: "收件",
        words: "提交申请的事项，计入首次提交之日；补正后再次提交不另计。同一手续重新申请的，另计一件。",
        cite: "行政许可法 第29条",
        inferred: true,
    },
    Term {
        name: "受理",
        words: "受理的事项，计入受理之日。五个工作日内没有答复的，自收到之日起视为受理：期满以后才计入，但仍计入收到之日所在的月份。",
        cite: "行政许可法 第32条",
        inferred: false,
    },
    Term {
        name: "办结",
        words: "准予和不予许可的决定，计入决定之日。不予受理和撤回另列，不是办结。",
        cite: "行政许可法 第38条",
        inferred: true,
    },
    Term {
        name: "按期率",
        words: "有时限的办结中，决定不晚于到期日的所占百分比；到期日按方案时限，方案没有的按法定时限。没有时限的、撤回的不计入。现在超期而没有办结的还不在其内，另行注明。没有可计的，写“—”。四舍五入到千分之一；有一件超期，就不写100%。",
        cite: "方案第1、4条；行政许可法 第42条",
        inferred: true,
    },
    Term {
        name: "用时",
        words: "时限起算的次日到决定之日的工作日，不含中止的日子。中位数和九成数都取实际有的值：由小到大排列，取第“件数×50%”“件数×90%”位，不是整数的进一位。",
        cite: "行政许可法 第45、82条",
        inferred: true,
    },
    Term {
        name: "中止工作日",
        words: "办结事项从中止的次日到恢复之日的工作日，计入办结的月份。",
        cite: "行政许可法 第45条",
        inferred: false,
    },
    Term {
        name: "等候工作日",
        words: "市级用地预审受理的次日到收到县（区）初审意见之日的工作日，计入办结的月份。还没有收到的，不知道要等多久，不计。等其他手续办完才能申请的日子、公告的日子、内部征求规划意见的日子不是等候。",
        cite: "方案第1条",
        inferred: true,
    },
    Term {
        name: "到期当日办结",
        words: "决定日就是到期日的有时限办结；属于按期。",
        cite: "行政许可法 第42条",
        inferred: true,
    },
    Term {
        name: "到期当日设定中止",
        words: "设定中止之日就是当时的到期日，计入设定之日；此时剩余0个工作日。到期日过后才设定的另列。",
        cite: "行政许可法 第45条",
        inferred: true,
    },
    Term {
        name: "补录",
        words: "事情发生一天以后才由人登记的记录，计入登记之日；与“补录”清单一致。系统按规则自动登记的不计。",
        cite: "本系统规则",
        inferred: true,
    },
    Term {
        name: "并联节省",
        words: "项目现行的所有手续都已准予的，各手续从首次提交的次日到决定之日的工作日相加，减去至少有一项在办的工作日。没有事项在办的日子，逐项办理也一样会空着，所以既不算节省也不算损失。按部门或者按事项时不拆分，只有合计。",
        cite: "方案第1条",
        inferred: true,
    },
    Term {
        name: "更正",
        words: "更正过的登记按更正以后的内容计；历史月份的数字会随之变动。",
        cite: "本系统规则",
        inferred: true,
    },
];

/// The definitions for other formats: what is counted, how, by which text, and whether that is a
/// reading of ours (推定).
pub fn definitions() -> impl Iterator<Item = (&'static str, &'static str, &'static str, bool)> {
    TERMS
        .iter()
        .map(|term| (term.name, term.words, term.cite, term.inferred))
}
