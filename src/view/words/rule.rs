//! The rules of the clock and of the office, each with its legal source.

/// A rule's name in words with its source, for a refusal. Unlisted names give nothing.
pub fn rule(code: &str) -> Option<&'static str> {
    Some(match code {
        "out-of-order" => "日期顺序：一项记录的日期不得早于前一项",
        "already-decided" => "办结之后不再记录",
        "wrong-state" => "当前状态不允许这一操作",
        "one-time-notice" => "一次性告知（行政许可法 第32条）",
        "not-for-this-step" => "该操作不适用于本事项",
        "announcement-too-short" => "公告期不少于三十日（土地管理法 第47条）",
        "ground-not-allowed" => "中止计时须有法定事由（行政许可法 第45条）",
        "extension-not-allowed" => "延期限一次且不得超过法定天数（行政许可法 第42条）",
        "extension-too-late" => "延期须在到期前作出（行政许可法 第42条）",
        "clock-not-started" => "计时尚未开始，不能作出决定",
        "unknown-event" => "不认识的操作",
        "future-day" => "不得登记今天之后的日期",
        "waits-for" => "前置事项尚未办结",
        "joint-filing" => "初审与预审同时申请（方案第1条）",
        "before-calendar" => "日期早于工作日历",
        "no-bureau" => "承办部门尚未设置",
        "materials-missing" => "要件不齐（行政许可法 第32条）",
        "materials-not-listed" => "只提交目录所列的材料（行政许可法 第30条）",
        "materials-closed" => "办结后材料不再增减",
        "nothing-requested" => "一次告知全部内容（行政许可法 第32条）",
        "banned-material" => "不得索要已取消的材料",
        "banned-fee" => "不得收取已取消的费用",
        "corrected-before" => "只更正现在有效的登记",
        "nothing-corrected" => "更正须改变原登记",
        "run-superseded" => "只更正现行的事项",
        "correction-against-ledger" => "更正以后，其他登记须仍然成立",
        "correction-open" => "一条登记同时只有一项更正",
        "correction-settled" => "更正只处理一次",
        "entry-corrected" => "已更正的文书不再送达",
        "exempt" => "本项目免办该事项",
        "supervision-order" => "督办按立案、通知、答复、审核、销号的顺序办理",
        "supervision-open" => "同一事项只有一件未销号的督办",
        "supervision-decided" => "办结后不再督办",
        "supervision-undecided" => "办结后才能销号",
        "supervision-deadline" => "答复期限不得早于今天",
        "supervision-promise" => "承诺办结日期不得早于今天",
        "supervision-unfiled" => "提交申请后才能督办",
        "offence-kind" => "涉电违法分三类（方案第14条）",
        "offence-received" => "先受理，后处置（方案第14条）",
        "offence-transfer" => "移送另一责任单位（方案第14条）",
        "offence-closed" => "办结之后不再记录",
        "offence-picture" => "现场图片",
        "calendar-moved" => "确认的须是预览过的",
        "notice-same" => "只录入有变化的通知",
        "notice-corrects" => "更正正式通知须确认并写明理由",
        "notice-year" => "年份须在日历范围内",
        _ => return None,
    })
}

/// What a rule did to the due date, in words.
pub fn because(rule: &str, days: Option<u32>) -> String {
    let figure = |unit: &str| days.map(|n| format!("{n}{unit}")).unwrap_or_default();
    match rule {
        "start" => "起算条件在这一天齐备（以最晚的一项为准）".to_owned(),
        "first-day" => "起算当日不计入，从次日起算".to_owned(),
        "limit" => format!("时限{}，到这一天为止", figure("个工作日")),
        "suspension" if days.is_none() => "正在中止，恢复之前没有到期日".to_owned(),
        "suspension" => format!("中止的{}不计入，顺延到这一天", figure("个工作日")),
        "extension" => format!("经批准延长{}，延到这一天", figure("个工作日")),
        "announcement" => format!("拟征收土地公告{}，这一天期满", figure("日")),
        "last-day" => "最后一日为休息日，顺延到下一个工作日".to_owned(),
        "five-day-rule" => format!(
            "{}内未受理也未告知补正，自收到材料之日起视为受理",
            figure("个工作日")
        ),
        "untimed" => "按项目情况，这一事项没有时限".to_owned(),
        "provisional" => "这一年的放假安排尚未公布，到期日暂定".to_owned(),
        other => other.to_owned(),
    }
}
