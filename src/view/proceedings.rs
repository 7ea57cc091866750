//! What stands beside a step's clock: the ownership notice, the counties' opinions, the parts of
//! the dossier, construction that has begun.

use chrono::NaiveDate;

use super::date::Day;
use super::section::{Builder, Forms, Row, Section, Tag, Tone, homeless};
use super::step::Cite;
use crate::office::model::StepPage;
use crate::office::model::proceedings::{
    ConstructionHere, NoticeHere, OpinionsHere, PartHere, PartsHere,
};
use crate::statute::proceeding::consultation::Asked;
use crate::statute::proceeding::notice::Posted;

pub(super) fn sections(page: &StepPage, forms: &Forms<'_>) -> Vec<Section> {
    let beside = &page.beside;
    let make = Make { page, forms };
    [
        beside.notice.as_ref().map(|here| make.notice(here)),
        beside.opinions.as_ref().map(|here| make.opinions(here)),
        beside.parts.as_ref().map(|here| make.parts(here)),
        beside
            .construction
            .as_ref()
            .map(|here| make.construction(here)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

struct Make<'a> {
    page: &'a StepPage,
    forms: &'a Forms<'a>,
}

impl<'a> Make<'a> {
    fn form(&self, kind: &str, id: String, word: &'static str) -> Builder<'a> {
        let action = format!("/filings/{}/proceedings/{kind}", self.page.card.id);
        self.forms.form(id, action, word)
    }

    fn closed(&self, section: Section, prefix: &str) -> Section {
        Section {
            trouble: homeless(self.forms.typed, prefix, &section.forms, &section.rows),
            ..section
        }
    }

    fn notice(&self, here: &NoticeHere) -> Section {
        let today = self.forms.today;
        let mut section = Section::new("notices", "林木权属公示");
        section.lead = Some(match &here.letter {
            Ok(()) => "公示期满无异议，村和乡镇（街道）出具的林权证明可以代替林权证。".to_owned(),
            Err(why) => format!("{why}。"),
        });
        section.sources = vec![Cite::of(&here.rule.source)];
        section.rows = here
            .posted
            .iter()
            .rev()
            .map(|one| posted(one, today))
            .collect();
        section.empty = Some("还没有公示。");
        let last = here.posted.last();
        let objected = last.is_some_and(|one| !one.objections.is_empty());
        if here.may_record && (last.is_none() || objected) {
            let mut form = self
                .form(
                    "notice-posted",
                    "notice-new".to_owned(),
                    if objected {
                        "重新公示"
                    } else {
                        "登记公示"
                    },
                )
                .hint(format!(
                    "公示不少于{}日（日历日，最后一日是休息日的顺延）。",
                    here.rule.days
                ))
                .day("on", "公示日期")
                .line("by", "公示单位", 80, None)
                .line("place", "公示地点", 80, None);
            if objected {
                form = form.words("settled", "原异议的处理结果", 500, false);
            }
            section.forms.push(form.done());
        }
        if here.may_record && last.is_some_and(|one| !one.ended(today)) {
            let form = self
                .form("objection", "notice-objection".to_owned(), "登记异议")
                .hint("公示期内有异议的，林权证明不能代替林权证。")
                .day("on", "提出日期")
                .line("from", "异议人", 80, None)
                .words("words", "异议内容", 500, false);
            section.forms.push(form.done());
        }
        self.closed(section, "notice-")
    }

    fn opinions(&self, here: &OpinionsHere) -> Section {
        let mut section = Section::new("opinions", "县（区）规划意见");
        section.lead =
            Some("由市级规划审批部门内部征求，申请人不需跑办；征求期间本事项照常计时。".to_owned());
        section.sources = vec![Cite::of(&here.source)];
        section.rows = here.asked.iter().map(|one| self.asked(one, here)).collect();
        section.empty = Some("还没有征求。");
        if !here.may_ask.is_empty() {
            let counties = here
                .may_ask
                .iter()
                .map(|county| (county.code().to_owned(), county.name().to_owned()));
            let form = self
                .form(
                    "consultation-asked",
                    "opinion-ask".to_owned(),
                    "内部征求意见",
                )
                .choice("county", "县（区）", counties, false)
                .day("on", "征求日期");
            section.forms.push(form.done());
        }
        self.closed(section, "opinion-")
    }

    fn asked(&self, one: &Asked, here: &OpinionsHere) -> Row {
        let waited = (self.forms.today - one.on).num_days();
        let mut row = Row {
            head: format!("{}自然资源局", one.county.name()),
            ..Row::default()
        };
        match &one.opinion {
            Some((on, words)) => {
                row.tags.push(Tag::new(Tone::There, "✓ 已回复"));
                row.words.push(words.clone());
                row.meta = format!("{}征求 · {on}回复", one.on);
            }
            None => {
                let word = format!("○ 等待回复，已{waited}天");
                row.tags.push(Tag::new(Tone::Near, word));
                row.meta = format!("{}征求", one.on);
            }
        }
        if here.may_give.contains(&one.county) {
            let county = one.county.code();
            let form = self
                .form(
                    &format!("opinion-given/{county}"),
                    format!("opinion-{county}"),
                    "回复规划意见",
                )
                .day("on", "回复日期")
                .words("words", "规划意见", 500, false);
            row.forms.push(form.done());
        }
        row
    }

    fn parts(&self, here: &PartsHere) -> Section {
        let mut section = Section::new("parts", "组卷前期工作");
        section.lead = Some("各项同时进行，各有承办人；全部完成后本事项才能办结。".to_owned());
        section.sources = here
            .parts
            .first()
            .map(|here| Cite::of(&here.part.source))
            .into_iter()
            .collect();
        for PartHere {
            part,
            officer,
            done,
        } in &here.parts
        {
            let tag = match (officer, done) {
                (_, Some(on)) => Tag::new(Tone::There, format!("✓ 已完成 {on}")),
                (Some(_), None) => Tag::new(Tone::Near, "◐ 办理中"),
                (None, None) => Tag::new(Tone::Plain, "○ 未交办"),
            };
            let mut row = Row {
                head: part.name.clone(),
                tags: vec![tag],
                meta: officer
                    .as_ref()
                    .map(|(name, on)| format!("承办人：{name} · {on}交办"))
                    .unwrap_or_default(),
                ..Row::default()
            };
            if here.may_record && done.is_none() {
                row.forms = self.part(&part.id, officer.is_some());
            }
            section.rows.push(row);
        }
        self.closed(section, "part-")
    }

    fn part(&self, id: &str, begun: bool) -> Vec<super::section::SmallForm> {
        let word = if begun {
            "改由他人承办"
        } else {
            "交办"
        };
        let assign = self
            .form(
                &format!("part-begun/{id}"),
                format!("part-begun-{id}"),
                word,
            )
            .day("on", "交办日期")
            .line("officer", "承办人", 80, Some("姓名和单位"))
            .done();
        if !begun {
            return vec![assign];
        }
        let done = self
            .form(
                &format!("part-done/{id}"),
                format!("part-done-{id}"),
                "登记完成",
            )
            .day("on", "完成日期")
            .done();
        vec![done, assign]
    }

    fn construction(&self, here: &ConstructionHere) -> Section {
        let mut section = Section::new("constructions", "先行施工");
        section.sources = vec![Cite::of(&here.source)];
        section.lead = Some(match (&here.started, &here.closed) {
            (Some(_), _) => "已按方案第15条登记开工。".to_owned(),
            (None, Some(why)) => format!("{why}。"),
            (None, None) => "两项申请都已递交，可以同时开始施工。".to_owned(),
        });
        if let Some((on, running, who)) = &here.started {
            section.rows.push(Row {
                head: format!("{}开工", Day::of(*on).long),
                words: vec![match running.is_empty() {
                    true => "开工时各项许可均已办结。".to_owned(),
                    false => format!("开工时仍在办理：{}。", running.join("、")),
                }],
                meta: format!("{who}登记"),
                ..Row::default()
            });
        }
        if here.may_start {
            let form = self
                .form(
                    "construction-started",
                    "construction-new".to_owned(),
                    "登记开工",
                )
                .hint("记录开工日期和当日仍在办理的许可；请先阅读上方的风险提示。")
                .day("on", "开工日期");
            section.forms.push(form.done());
        }
        self.closed(section, "construction-")
    }
}

fn posted(one: &Posted, today: NaiveDate) -> Row {
    let tag = match (one.objections.len(), one.ended(today)) {
        (0, true) => Tag::new(Tone::There, "✓ 期满无异议"),
        (0, false) => Tag::new(Tone::Near, format!("◐ 公示中，到{}届满", one.last_day)),
        (n, _) => Tag::new(Tone::Passed, format!("✗ 有{n}项异议")),
    };
    let mut words: Vec<String> = one
        .objections
        .iter()
        .map(|said| format!("{} {}：{}", said.on, said.from, said.words))
        .collect();
    if let Some(settled) = &one.settled {
        words.insert(0, format!("原异议处理结果：{settled}"));
    }
    Row {
        head: format!("{}在{}公示", one.by, one.place),
        tags: vec![tag],
        words,
        meta: format!("{}起，到{}届满", one.on, one.last_day),
        ..Row::default()
    }
}
