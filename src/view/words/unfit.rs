//! Why a file is not taken, in words: what is wrong, and what is open instead.

use crate::office::{Found, Kind, Unfit};

/// The kinds that are taken, as people know them.
pub const TAKEN: &str = "PDF、OFD、JPG、PNG、TIF、Word（.docx .doc .wps）、Excel（.xlsx .xls .et）";

/// How names of those kinds end, as a file picker takes them: `.pdf,.ofd`.
pub fn endings() -> String {
    Kind::ALL
        .into_iter()
        .flat_map(Kind::endings)
        .map(|ending| format!(".{ending}"))
        .collect::<Vec<_>>()
        .join(",")
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Pdf => "PDF 文件",
        Kind::Ofd => "OFD 文件",
        Kind::Jpeg => "JPG 图片",
        Kind::Png => "PNG 图片",
        Kind::Tiff => "TIF 图片",
        Kind::Docx => "Word 文档（.docx）",
        Kind::Xlsx => "Excel 表格（.xlsx）",
        Kind::Doc => "Word 或 WPS 文档（.doc）",
        Kind::Xls => "Excel 或 WPS 表格（.xls）",
    }
}

fn found(found: Option<Found>) -> &'static str {
    match found {
        Some(Found::Program) => "可执行程序",
        Some(Found::Archive) => "压缩包",
        Some(Found::Page) => "网页或脚本",
        Some(Found::OfficeDocument) => "其他类型的办公文档",
        Some(Found::Media) => "音频或视频",
        Some(Found::Picture) => "其他格式的图片",
        None => "无法识别的内容",
    }
}

/// A file's size: `312 KB`, `4.5 MB`.
pub fn size(bytes: u64) -> String {
    const KB: u64 = 1024;
    const MB: u64 = KB * KB;
    if bytes < KB {
        return format!("{bytes} 字节");
    }
    if bytes < MB {
        return format!("{} KB", bytes.div_ceil(KB));
    }
    let tenths = (bytes * 10).div_ceil(MB);
    match tenths % 10 {
        0 => format!("{} MB", tenths / 10),
        rest => format!("{}.{rest} MB", tenths / 10),
    }
}

/// Why a file is not taken.
pub fn unfit(why: &Unfit) -> String {
    match why {
        Unfit::Empty => "文件是空的（0 字节）。请检查文件能否打开，重新选择后上传。".to_owned(),
        Unfit::TooLarge { most } => format!(
            "文件超过 {}。请压缩图片或降低扫描分辨率；确需更大的，请分成几个文件。",
            size(*most)
        ),
        Unfit::NoName => "没有选择文件，或文件没有名称。请先选择文件再上传。".to_owned(),
        Unfit::PathInName => {
            "文件名里不能有目录（/、\\、盘符）。请改成普通的文件名，例如“选址申请.pdf”。".to_owned()
        }
        Unfit::HiddenInName => {
            "文件名里有看不见的字符，可能掩盖真实的类型。请重新命名后上传。".to_owned()
        }
        Unfit::LongName { most } => format!("文件名最多{most}字。请缩短后上传。"),
        Unfit::UnknownEnding { ending } if ending.is_empty() => {
            format!("文件名没有类型后缀。可以上传：{TAKEN}。")
        }
        Unfit::UnknownEnding { ending } => format!(
            "不收“.{}”文件。可以上传：{TAKEN}。图纸请导出为 PDF，压缩包请解开后逐个上传。",
            ending.chars().take(12).collect::<String>()
        ),
        Unfit::UnknownContent { found: what } => format!(
            "文件的内容是{}，与名称不符或不在可收的类型之内（按内容判断，不看名称）。可以上传：{TAKEN}。",
            found(*what)
        ),
        Unfit::NotWhatItSays {
            named,
            found: actual,
        } => format!(
            "名称说是{}，内容却是{}。请改正后缀，或选择正确的文件。",
            kind(*named),
            kind(*actual)
        ),
        Unfit::Damaged(_) => {
            "文件已损坏或不完整，无法读出它的目录。请用原来的软件另存一份后上传。".to_owned()
        }
        Unfit::Bomb { .. } => {
            "文件展开后的大小或条目数远超正常文档（疑似压缩炸弹），不予接收。请另存为 PDF 后上传。"
                .to_owned()
        }
        Unfit::Encrypted => "文件设有密码，承办部门打不开。请去掉密码后上传。".to_owned(),
        Unfit::Macros => {
            "文件含有宏。请另存为不含宏的文档（.docx、.xlsx）或 PDF 后上传。".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_rounded_up_so_that_a_limit_reads_as_it_is_set() {
        assert_eq!(size(0), "0 字节");
        assert_eq!(size(1025), "2 KB");
        assert_eq!(size(50 * 1024 * 1024), "50 MB");
        assert_eq!(size(50 * 1024 * 1024 + 1), "50.1 MB");
    }

    #[test]
    fn each_refusal_says_what_is_open_instead() {
        for why in [
            Unfit::Empty,
            Unfit::TooLarge { most: 1 },
            Unfit::NoName,
            Unfit::PathInName,
            Unfit::HiddenInName,
            Unfit::LongName { most: 1 },
            Unfit::UnknownEnding {
                ending: "exe".to_owned(),
            },
            Unfit::Damaged("x"),
            Unfit::Encrypted,
            Unfit::Macros,
        ] {
            let words = unfit(&why);
            assert!(
                words.contains('请') || words.contains("可以上传"),
                "{words}"
            );
        }
    }
}
