//! The words of a mail. Pure: the same parcel always gives the same words, so that a repetition
//! reads like what it repeats.

use super::super::model::delivery::{Letter, Note};
use super::site_link;
use chrono::Datelike;

/// The most messages that a mail tells in full.
const IN_FULL: usize = 100;

/// The mail that tells `notes` to `name`.
pub(super) fn of(name: &str, digest: bool, notes: &[Note], site: &str) -> Letter {
    let subject = match notes {
        [one] if !digest => one.subject.clone(),
        [one] => format!("消息汇总：{}", one.subject),
        [first, ..] => format!("消息汇总（{}条）：{} 等", notes.len(), first.subject),
        [] => "消息汇总".to_owned(),
    };
    let mut text = format!("{name}：\n\n");
    for (n, note) in (1..).zip(notes.iter().take(IN_FULL)) {
        if notes.len() > 1 {
            text.push_str(&format!("{n}. {}\n", note.subject));
        }
        let on = note.belongs_on;
        text.push_str(&format!(
            "{}\n所属日期：{}年{}月{}日\n查看：{}\n\n",
            note.body,
            on.year(),
            on.month(),
            on.day(),
            note.link
        ));
    }
    if notes.len() > IN_FULL {
        let more = notes.len() - IN_FULL;
        let inbox = site_link(site, "/inbox");
        text.push_str(&format!("另有{more}条，请在“消息”页查看：{inbox}\n\n"));
    }
    let chosen = match digest {
        true => "每个工作日上午八点汇总一次",
        false => "逐条发送",
    };
    text.push_str(&format!(
        "--\n您收到这封邮件，是因为您在“本溪电网审批”的通知设置中选择了用邮件接收消息（{chosen}）。\n\
         更改或者关闭：{}\n本邮件由系统自动发出，请勿回复。\n",
        site_link(site, "/account/notices")
    ));
    Letter { subject, text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::calendar::date;

    fn note(n: i64) -> Note {
        Note {
            id: n,
            kind: "overdue".to_owned(),
            subject: format!("超期提示：第{n}件"),
            body: "选址意见书已超过办理期限。".to_owned(),
            link: format!("https://sp.example.cn/filings/{n}"),
            belongs_on: date(2026, 10, 8),
            at: date(2026, 10, 8).and_hms_opt(1, 0, 0).unwrap().and_utc(),
        }
    }

    #[test]
    fn a_mail_says_what_where_and_why() {
        let letter = of("李敏", false, &[note(7)], "https://sp.example.cn");
        assert_eq!(letter.subject, "超期提示：第7件");
        for words in [
            "李敏：",
            "选址意见书已超过办理期限。",
            "所属日期：2026年10月8日",
            "https://sp.example.cn/filings/7",
            "您收到这封邮件，是因为",
            "逐条发送",
            "https://sp.example.cn/account/notices",
        ] {
            assert!(letter.text.contains(words), "{words}: {}", letter.text);
        }
    }

    #[test]
    fn a_digest_counts_its_messages_and_cuts_a_very_long_list_with_words() {
        let notes: Vec<Note> = (1..=103).map(note).collect();
        let letter = of("李敏", true, &notes, "https://sp.example.cn");
        assert_eq!(letter.subject, "消息汇总（103条）：超期提示：第1件 等");
        assert!(letter.text.contains("100. 超期提示：第100件"));
        assert!(!letter.text.contains("101. "));
        assert!(letter.text.contains("另有3条"));
        assert!(letter.text.contains("每个工作日上午八点"));
    }
}
