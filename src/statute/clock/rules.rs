//! The rules for each kind of event, in the contract's order, and what an allowed one fixes.

use chrono::{Days, NaiveDate};

use super::Status;
use super::fold::{Announcement, Extended, Fold, Pause, Phase};
use super::refusal::Rule;
use crate::statute::plan::{Ground, Starter};

/// The least that a land announcement runs (土地管理法 第47条), in calendar days.
const ANNOUNCEMENT_DAYS: i64 = 30;

/// The rule that refuses an event, and what was wrong and would be right, in Chinese.
type Verdict = Result<(), (Rule, String)>;

impl Fold<'_> {
    pub(super) fn submit(&mut self, on: NaiveDate) -> Verdict {
        match self.phase {
            Phase::Draft => {
                self.phase = Phase::Submitted { on };
                Ok(())
            }
            _ => wrong_state("本事项已经申请过,不能再次申请"),
        }
    }

    pub(super) fn request(&mut self) -> Verdict {
        match self.phase {
            Phase::Submitted { .. } if self.notice_given => Err((
                Rule::OneTimeNotice,
                "需要补正的全部内容只能一次告知(行政许可法第32条第四项);请依现有材料受理或不予受理"
                    .to_owned(),
            )),
            Phase::Submitted { .. } => {
                self.notice_given = true;
                self.phase = Phase::Correcting;
                Ok(())
            }
            _ => wrong_state(
                "没有待答复的申请,不能要求补正;五个工作日内未告知的,自收到材料之日起即为受理(行政许可法第32条)",
            ),
        }
    }

    pub(super) fn resubmit(&mut self, on: NaiveDate) -> Verdict {
        match self.phase {
            Phase::Correcting => {
                self.phase = Phase::Submitted { on };
                Ok(())
            }
            _ => wrong_state("没有收到补正告知,不能提交补正材料"),
        }
    }

    pub(super) fn accept(&mut self, on: NaiveDate) -> Verdict {
        match self.phase {
            Phase::Submitted { .. } => {
                self.accepted_on = Some(on);
                self.phase = Phase::Open;
                Ok(())
            }
            _ => wrong_state("没有待受理的申请"),
        }
    }

    pub(super) fn reject(&mut self, on: NaiveDate) -> Verdict {
        match self.phase {
            Phase::Submitted { .. } => {
                self.end(Status::Rejected, on, None);
                Ok(())
            }
            _ => wrong_state("没有待受理的申请,不能作出不予受理"),
        }
    }

    pub(super) fn receive_opinion(&mut self, on: NaiveDate) -> Verdict {
        if !self.step.starts.contains(&Starter::CountyOpinionReceived) {
            return elsewhere("县(区)初审意见只送达市级用地预审(方案第1条)");
        }
        if self.opinion_on.is_some() {
            return wrong_state("县(区)初审意见已经收到");
        }
        self.opinion_on = Some(on);
        Ok(())
    }

    pub(super) fn announce(&mut self, on: NaiveDate, days: i64) -> Verdict {
        if !self.step.starts.contains(&Starter::AnnouncementExpired) {
            return elsewhere("拟征收土地公告只用于征地组卷前期(方案第4条)");
        }
        if self.announcement.is_some() {
            return wrong_state("拟征收土地公告已经登记");
        }
        if days < ANNOUNCEMENT_DAYS {
            return Err((
                Rule::AnnouncementTooShort,
                format!("公告 {days} 日不足三十日(土地管理法第47条);请填 30 或以上"),
            ));
        }
        let span = u64::try_from(days).unwrap_or(u64::MAX);
        let ends = on
            .checked_add_days(Days::new(span))
            .unwrap_or(NaiveDate::MAX);
        self.announcement = Some(Announcement {
            days: u32::try_from(days).unwrap_or(u32::MAX),
            ends,
            expires: self.calendar.roll_forward(ends),
        });
        Ok(())
    }

    pub(super) fn suspend(&mut self, on: NaiveDate, ground: &str) -> Verdict {
        self.must_be_running(on)?;
        let listed = Ground::from_code(ground).is_some_and(|g| self.step.grounds.contains(&g));
        if !listed {
            let detail = if self.step.grounds.is_empty() {
                format!("本事项不得中止计时({})", self.step.grounds_source.cite)
            } else {
                "中止的理由不在法定范围内(行政许可法第45条:听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审)"
                    .to_owned()
            };
            return Err((Rule::GroundNotAllowed, detail));
        }
        self.phase = Phase::Suspended { since: on };
        Ok(())
    }

    pub(super) fn resume(&mut self, on: NaiveDate) -> Verdict {
        let Phase::Suspended { since } = self.phase else {
            return wrong_state("本事项没有中止,不能恢复");
        };
        self.pauses.push(Pause {
            from: since,
            to: on,
        });
        self.phase = Phase::Open;
        Ok(())
    }

    pub(super) fn extend(&mut self, on: NaiveDate, days: i64) -> Verdict {
        self.must_be_running(on)?;
        let refused = |detail: String| Err((Rule::ExtensionNotAllowed, detail));
        let Some(allowed) = self.step.extension.as_ref() else {
            return refused("本事项不得延期".to_owned());
        };
        let Some(due) = self.due() else {
            return refused("本事项没有时限,无从延期".to_owned());
        };
        if self.extended.is_some() {
            return refused(format!("只能延期一次({})", allowed.source.cite));
        }
        let Some(days) = u32::try_from(days)
            .ok()
            .filter(|d| (1..=allowed.max_days).contains(d))
        else {
            return refused(format!(
                "延期应为 1 至 {} 个工作日({})",
                allowed.max_days, allowed.source.cite
            ));
        };
        if on > due {
            return Err((
                Rule::ExtensionTooLate,
                format!("期限已于 {due} 届满,其后不能延期({})", allowed.source.cite),
            ));
        }
        self.extended = Some(Extended {
            days,
            after_pauses: self.pauses.len(),
        });
        Ok(())
    }

    pub(super) fn decide(&mut self, on: NaiveDate, as_: Status) -> Verdict {
        match self.phase {
            Phase::Open if self.has_started(on) => {
                self.end(as_, on, None);
                Ok(())
            }
            Phase::Open => Err((Rule::ClockNotStarted, self.what_is_missing(on))),
            Phase::Suspended { .. } => wrong_state("本事项正在中止,请先恢复计时再作决定"),
            _ => wrong_state("本事项尚未受理,不能作出决定"),
        }
    }

    pub(super) fn withdraw(&mut self, on: NaiveDate) -> Verdict {
        let paused_since = match self.phase {
            Phase::Draft => return wrong_state("本事项尚未申请,无从撤回"),
            Phase::Suspended { since } => Some(since),
            _ => None,
        };
        self.end(Status::Withdrawn, on, paused_since);
        Ok(())
    }

    fn end(&mut self, as_: Status, on: NaiveDate, paused_since: Option<NaiveDate>) {
        self.phase = Phase::Decided {
            as_,
            on,
            paused_since,
        };
    }

    fn must_be_running(&self, on: NaiveDate) -> Verdict {
        match self.phase {
            Phase::Open if self.has_started(on) => Ok(()),
            Phase::Open => Err((Rule::WrongState, self.what_is_missing(on))),
            Phase::Suspended { .. } => wrong_state("本事项正在中止"),
            _ => wrong_state("本事项尚未受理"),
        }
    }

    /// Why the clock has not started on `on`.
    fn what_is_missing(&self, on: NaiveDate) -> String {
        let waits_for_opinion =
            self.step.starts.contains(&Starter::CountyOpinionReceived) && self.opinion_on.is_none();
        if waits_for_opinion {
            return "尚未收到县(区)用地初审意见,时限没有起算(方案第1条)".to_owned();
        }
        match self.announcement {
            Some(announcement) if announcement.expires > on => format!(
                "拟征收土地公告 {} 期满,时限没有起算(方案第4条)",
                announcement.expires
            ),
            None if self.step.starts.contains(&Starter::AnnouncementExpired) => {
                "尚未发布拟征收土地公告,时限没有起算(方案第4条)".to_owned()
            }
            _ => "时限没有起算".to_owned(),
        }
    }
}

fn wrong_state(detail: &str) -> Verdict {
    Err((Rule::WrongState, detail.to_owned()))
}

fn elsewhere(detail: &str) -> Verdict {
    Err((Rule::NotForThisStep, detail.to_owned()))
}
