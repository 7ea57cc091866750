//! Whether the words around a mention plainly say that the thing is not needed.

use super::bare::Bare;
use super::names;
use crate::statute::plan::Step;

/// What denies a need.
const DENIALS: &[&str] = &[
    "不再",
    "不得",
    "不应",
    "不需",
    "不需要",
    "不必",
    "不用",
    "不要",
    "不要求",
    "不收取",
    "不索要",
    "不索取",
    "无需",
    "无须",
    "毋需",
    "毋须",
    "可不",
    "可以不",
    "可免",
    "免于",
    "免予",
    "免交",
    "免缴",
    "免收",
    "免提供",
    "免提交",
    "免报",
    "免报送",
    "免收取",
    "免缴纳",
    "取消",
    "禁止",
];
/// What may stand between a denial and a name, or follow a denial: words of handing in and asking.
const ASKING: &[&str] = &[
    "提供",
    "提交",
    "要求",
    "需要",
    "收取",
    "收",
    "交",
    "缴",
    "交纳",
    "缴纳",
    "索要",
    "索取",
    "报送",
    "报",
    "编制",
    "办理",
    "出具",
    "附",
    "作为",
    "要件",
    "手续",
    "再",
    "另",
    "另行",
    "单独",
    "额外",
    "向",
    "您",
    "你",
    "贵公司",
    "贵单位",
    "申请人",
    "企业",
    "公司",
    "供电公司",
    "建设单位",
    "项目单位",
    "本项目",
    "该项目",
    "项目",
    "建设项目",
    "任何",
    "的",
];
/// What joins names, or stands between them and a denial that follows.
const JOINING: &[&str] = &[
    "和",
    "与",
    "及",
    "以及",
    "或",
    "或者",
    "等",
    "材料",
    "要件",
    "文件",
    "资料",
    "费用",
    "均",
    "都",
    "一律",
    "也",
    "已",
    "已经",
    "现",
    "现已",
    "全部",
    "本次",
    "上述",
    "以上",
    "的",
    "了",
    "即可",
    "不涉及周边遮挡",
];
/// A denial after one of these within so many characters may be denied itself.
const DENIED: &[char] = &[
    '不', '非', '未', '没', '无', '莫', '岂', '勿', '毋', '休', '别', '难',
];
/// Before a name, what makes a denial behind it something else: 除X外不需要, 请补交X 不需要….
const ASKED: &[char] = &[
    '除', '仅', '只', '缺', '少', '补', '交', '提', '供', '报', '附', '需', '须', '要', '请', '应',
];
/// How far back those are looked for.
const NEAR: usize = 4;

/// The names that a list of what is not needed may hold: what the step bans and what it lists.
pub(super) struct Listed(Vec<Vec<char>>);

impl Listed {
    pub(super) fn of(step: &Step) -> Listed {
        let banned = step.bans.iter().flat_map(names);
        let listed = step.materials.iter().map(|one| Bare::of(&one.name));
        let long = |name: &Bare| name.chars().len() >= 2;
        Listed(
            banned
                .chain(listed)
                .filter(long)
                .map(|name| name.chars().to_vec())
                .collect(),
        )
    }
}

/// Whether the mention `from..to` is said not to be needed.
pub(super) fn denied(text: &Bare, from: usize, to: usize, listed: &Listed) -> bool {
    let (before, after) = (text.before(from), text.after(to));
    denied_before(before, after, listed) || denied_after(before, after, listed)
}

/// 无需提供X: back from the name to a denial, and nothing but more names behind.
fn denied_before(before: &[char], after: &[char], listed: &Listed) -> bool {
    let mut rest = before;
    loop {
        if let Some(head) = without_last(rest, words(DENIALS)) {
            return !near_end(head, DENIED) && is_spent(after, listed, JOINING);
        }
        let between = words(ASKING).chain(words(JOINING)).chain(listed.iter());
        match without_last(rest, between) {
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
}

/// X、Y均不需要提供: on from the name to a denial, and nothing but words of asking behind.
fn denied_after(before: &[char], after: &[char], listed: &Listed) -> bool {
    let mut head = before;
    while let Some(shorter) = without_last(head, words(JOINING).chain(listed.iter())) {
        head = shorter;
    }
    if near_end(head, ASKED) || near_end(head, DENIED) {
        return false;
    }
    let mut rest = after;
    loop {
        if let Some(tail) = without_first(rest, words(DENIALS)) {
            let mut spent = ASKING.to_vec();
            spent.extend(["了", "材料"]);
            return is_spent(tail, &Listed(Vec::new()), &spent);
        }
        match without_first(rest, words(JOINING).chain(listed.iter())) {
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
}

impl Listed {
    fn iter(&self) -> impl Iterator<Item = Vec<char>> {
        self.0.iter().cloned()
    }
}

fn words(list: &'static [&'static str]) -> impl Iterator<Item = Vec<char>> {
    list.iter().map(|word| word.chars().collect())
}

/// The text without the longest of `words` that it ends with.
fn without_last(text: &[char], words: impl Iterator<Item = Vec<char>>) -> Option<&[char]> {
    words
        .filter_map(|word| text.strip_suffix(word.as_slice()))
        .min_by_key(|rest| rest.len())
}

/// The text without the longest of `words` that it begins with.
fn without_first(text: &[char], words: impl Iterator<Item = Vec<char>>) -> Option<&[char]> {
    words
        .filter_map(|word| text.strip_prefix(word.as_slice()))
        .min_by_key(|rest| rest.len())
}

/// Whether nothing is left of the text but names and these words.
fn is_spent(text: &[char], listed: &Listed, these: &[&str]) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let these = these.iter().map(|word| word.chars().collect());
        match without_first(rest, listed.iter().chain(these)) {
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
    true
}

fn near_end(text: &[char], of: &[char]) -> bool {
    text.iter().rev().take(NEAR).any(|c| of.contains(c))
}
