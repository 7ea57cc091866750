//! Offences against power facilities of the story, one in each state (第14条).

use chrono::Days;

use super::{Cast, Made, instant};
use crate::cli::Trouble;
use crate::office::{Actor, HandleOffence, Moment, OffenceId, Office, ReportOffence};
use crate::statute::division::County;
use crate::statute::offence::{Entry, OffenceKind, Outcome};
use crate::statute::plan::BureauKind;

/// Where all of them happen: its officers are among the demonstration's people.
pub(super) const COUNTY: County = County::Mingshan;
/// A project of the story that one of them touches.
const TOUCHED: &str = "桥北220千伏输变电工程";
/// A grey point: the demonstration has no real pictures.
const POINT: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b,
    0x55, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x68, 0x00, 0x00, 0x00,
    0x82, 0x00, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae,
    0x42, 0x60, 0x82,
];

/// Reports them and lets their bureaus handle them up to today.
///
/// # Errors
/// The office refuses an act.
pub(super) async fn happen(
    office: &Office,
    cast: &Cast,
    made: &[Made],
    at: Moment,
) -> Result<(), Trouble> {
    let officer = |bureau: &str| {
        let name = format!("{}{bureau}", COUNTY.name());
        let found = cast.officer_of(&name);
        found.ok_or_else(|| format!("no officer of {name}"))
    };
    let (police, forestry, housing) = (
        officer("公安局")?,
        officer("林草局")?,
        officer("住房城乡建设局")?,
    );
    let desk = Desk { office, cast, at };
    let touched = made.iter().find(|made| made.name == TOUCHED);

    let building = desk
        .report(
            15,
            OffenceKind::BuildingUnderLine,
            "牛心台街道滨河新苑小区西侧",
            "新建小区施工,在66千伏明牛线12号至13号杆线路下方搭建彩钢板房两处,距导线垂直距离不足。",
            |wish| wish.large_works = true,
        )
        .await?;
    let settled = Entry::Closed {
        outcome: Outcome::Settled,
        words: "两处彩钢板房已由施工单位自行拆除,现场复核无遗留。".to_owned(),
    };
    let words = "已会同供电公司现场核查,责令施工单位停止搭建并限期拆除。".to_owned();
    desk.handle(housing, building, 14, Entry::Received).await?;
    desk.handle(housing, building, 12, Entry::Progress { words })
        .await?;
    desk.handle(housing, building, 3, settled).await?;

    let felled = desk
        .report(
            8,
            OffenceKind::TreeLine,
            "高台子镇柳峪村后山",
            "10千伏柳峪线通道内树木被人擅自砍倒,压在导线上,线路跳闸。",
            |_| (),
        )
        .await?;
    desk.handle(forestry, felled, 7, Entry::Received).await?;
    let reason = "现场有盗窃导线的痕迹,涉嫌违法犯罪,不属于林木管理事项。".to_owned();
    let to = BureauKind::Police;
    desk.handle(forestry, felled, 1, Entry::Transferred { to, reason })
        .await?;

    let theft = desk
        .report(
            6,
            OffenceKind::FacilityTheft,
            "卧龙街道东环路箱变处",
            "箱式变压器接地铜排被盗,箱门锁具被撬。",
            |_| (),
        )
        .await?;
    desk.picture(theft, "箱变箱门.png").await?;
    desk.handle(police, theft, 5, Entry::Received).await?;
    let words = "已勘验现场,调取周边监控。".to_owned();
    desk.handle(police, theft, 2, Entry::Progress { words })
        .await?;

    let project = touched.map(|made| made.project);
    let trees = desk
        .report(
            1,
            OffenceKind::TreeLine,
            "桥北变电站进线通道",
            "进线通道内杨树树梢距导线不足安全距离,户主不同意修剪。",
            |wish| wish.project = project,
        )
        .await?;
    desk.picture(trees, "树线距离.png").await
}

struct Desk<'a> {
    office: &'a Office,
    cast: &'a Cast,
    at: Moment,
}

impl Desk<'_> {
    /// The morning so many days ago.
    fn ago(&self, days: u64) -> Moment {
        let today = self.at.today;
        instant(today.checked_sub_days(Days::new(days)).unwrap_or(today), 30)
    }

    async fn report(
        &self,
        ago: u64,
        kind: OffenceKind,
        place: &str,
        words: &str,
        more: impl FnOnce(&mut ReportOffence),
    ) -> Result<OffenceId, Trouble> {
        let at = self.ago(ago);
        let mut wish = ReportOffence {
            kind,
            county: COUNTY,
            place: place.to_owned(),
            found_at: self.ago(ago + 1).now,
            words: words.to_owned(),
            project: None,
            large_works: false,
            request_key: format!("demo-{ago}"),
        };
        more(&mut wish);
        let reported = self.office.report_offence(&self.cast.company, wish, at);
        Ok(reported.await?)
    }

    async fn handle(
        &self,
        officer: &Actor,
        offence: OffenceId,
        ago: u64,
        what: Entry,
    ) -> Result<(), Trouble> {
        let at = self.ago(ago);
        let on = at.today;
        let wish = HandleOffence { offence, on, what };
        Ok(self.office.handle_offence(officer, wish, at).await?)
    }

    async fn picture(&self, offence: OffenceId, name: &str) -> Result<(), Trouble> {
        let company = &self.cast.company;
        let mut upload = self.office.begin_picture(company, offence, name).await?;
        upload.write(POINT).await?;
        self.office.keep_picture(company, upload, self.at).await?;
        Ok(())
    }
}
