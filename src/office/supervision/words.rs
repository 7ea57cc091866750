//! The words of messages: composed once and stored, so that what somebody was told stays as it was
//! told. Pure.

use chrono::NaiveDate;

use super::super::desk::chinese;
use crate::statute::supervision::{Rung, When};

/// What a message is about.
pub(in crate::office) struct About<'a> {
    pub(in crate::office) project: &'a str,
    pub(in crate::office) step: String,
    pub(in crate::office) bureau: &'a str,
}

impl About<'_> {
    fn title(&self) -> String {
        format!("{} · {}", self.step, self.project)
    }
}

/// The subject and the words of a rung's message.
pub(in crate::office) fn of_rung(
    rung: &Rung,
    about: &About<'_>,
    refers_to: NaiveDate,
    on: NaiveDate,
) -> (String, String) {
    let subject = format!("{}：{}", rung.name, about.title());
    let (step, project, bureau) = (&about.step, about.project, about.bureau);
    let case = if rung.opens_case {
        "，已自动立案督办"
    } else {
        ""
    };
    let what = match rung.when {
        When::Silence => format!(
            "“{project}”的{step}在五个工作日内未受理、也未告知补正，自收到材料之日起视为受理，从{}起按已受理计时。承办部门：{bureau}。",
            chinese(on)
        ),
        When::Yellow => format!(
            "“{project}”的{step}自{}起临期，到期日为{}。承办部门：{bureau}。请按期办结。",
            chinese(on),
            chinese(refers_to)
        ),
        When::Red => format!(
            "“{project}”的{step}应于{}办结，现已超期。承办部门：{bureau}。",
            chinese(refers_to)
        ),
        When::Overdue(days) => format!(
            "“{project}”的{step}应于{}办结，到{}已超期{days}个工作日{case}。承办部门：{bureau}。",
            chinese(refers_to),
            chinese(on)
        ),
    };
    let inferred = if rung.source.inferred {
        "（推定）"
    } else {
        ""
    };
    let body = format!("{what}依据：{}{inferred}。", rung.source.cite);
    (subject, body)
}

/// Why a case was opened by rule.
pub(in crate::office) fn opened_by_rule(due: NaiveDate) -> String {
    format!(
        "到期日{}后的第一个工作日仍未办结，自动立案督办。",
        chinese(due)
    )
}

/// The subject and the words of what was done in a case.
pub(in crate::office) fn of_act(
    what: &str,
    about: &About<'_>,
    who: &str,
    said: &str,
) -> (String, String) {
    let subject = format!("{what}：{}", about.title());
    let body = format!(
        "{who}就“{}”的{}{what}。承办部门：{}。{said}",
        about.project, about.step, about.bureau
    );
    (subject, body)
}
