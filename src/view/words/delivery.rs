//! Ways out of the house.

use crate::office::model::delivery::Shut;
use crate::office::{Mode, Way};

/// A way.
pub fn way(way: Way) -> &'static str {
    match way {
        Way::Mail => "邮件",
        Way::Webhook => "回调（Webhook）",
    }
}

/// How messages go by a way.
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Off => "不发送",
        Mode::Each => "逐条发送",
        Mode::Digest => "每个工作日八点汇总一次",
    }
}

/// Why a way is shut.
pub fn shut(shut: Shut) -> &'static str {
    match shut {
        Shut::NoMail => "未启用：没有设置邮件服务器（配置文件的 [mail] 一节）",
        Shut::NoSite => "未启用：没有设置本系统的对外网址（配置 http.public_url）",
    }
}
