//! Whether an address can be one. Pure.
//!
//! # Why
//! An e-mail address is plain ASCII of the usual form; what the mail library would refuse is
//! refused when it is typed, not when the first message is to go. A webhook's address is https, or
//! http on this machine itself, and has no way to look like one host and be another.

/// The most characters of an e-mail address (RFC 5321) and of a webhook's address.
const EMAIL: usize = 254;
const URL: usize = 500;

/// Says what is wrong with an e-mail address, in Chinese.
///
/// # Errors
/// What would be right.
pub(super) fn email(text: &str) -> Result<(), String> {
    let form = "邮箱地址应如 name@example.cn：英文字母、数字和 . _ - + 等，@ 后为域名。";
    let wrong = || Err(form.to_owned());
    let Some((local, domain)) = text.split_once('@') else {
        return wrong();
    };
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let local_fits = (1..=64).contains(&local.len())
        && local
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(atom));
    if text.len() > EMAIL || !local_fits || !host_name(domain) || !domain.contains('.') {
        return wrong();
    }
    Ok(())
}

/// Labels of letters, digits and inner hyphens, the last of which is no number.
fn host_name(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.len() <= 253 && text.split('.').all(label) && !last.chars().all(|c| c.is_ascii_digit())
}

/// Says what is wrong with a webhook's address, in Chinese.
///
/// # Errors
/// What would be right.
pub(super) fn webhook(text: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?[]!$&'()*+,;=%".contains(c);
    if text.len() > URL || !text.chars().all(plain) {
        return Err(format!(
            "回调地址应为至多{URL}个字符的网址，如 https://example.cn/hook，不含空格、中文、@ 和 #。"
        ));
    }
    let (secure, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return Err("回调地址应以 https:// 开头。".to_owned()),
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let (host, port) = match authority.strip_prefix('[') {
        Some(inner) => match inner.split_once(']') {
            Some((host, port)) => (host, port),
            None => (authority, ""),
        },
        None => match authority.find(':') {
            Some(at) => authority.split_at(at),
            None => (authority, ""),
        },
    };
    let port_fits = match port.strip_prefix(':') {
        Some(digits) => digits.parse::<u16>().is_ok_and(|port| port > 0),
        None => port.is_empty(),
    };
    let address: Option<std::net::IpAddr> = host.parse().ok();
    if !port_fits || !(address.is_some() || host_name(host)) {
        return Err(
            "回调地址中的主机或端口无法识别，应如 https://example.cn:8443/hook。".to_owned(),
        );
    }
    let own = host == "localhost" || address.is_some_and(|address| address.is_loopback());
    if !secure && !own {
        return Err(
            "回调地址应以 https:// 开头；只有本机地址（localhost、127.0.0.1）可以用 http://。"
                .to_owned(),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_address_is_told_from_what_is_none() {
        for right in ["li.min@benxi.gov.cn", "a+b_c-d@x-1.example.cn", "0@a.b1"] {
            assert_eq!(email(right), Ok(()), "{right}");
        }
        for wrong in [
            "",
            "li",
            "@a.cn",
            "li@",
            "li@cn",
            "li@a..cn",
            ".li@a.cn",
            "li.@a.cn",
            "l i@a.cn",
            "li@a.cn\r\nBcc: b@c.cn",
            "李@a.cn",
            "li@本溪.cn",
            "a@b@c.cn",
            "li@-a.cn",
            "li@1.2.3.4",
            "<li@a.cn>",
            "\"li\"@a.cn",
        ] {
            assert!(email(wrong).is_err(), "{wrong}");
        }
        assert!(email(&format!("{}@a.cn", "x".repeat(65))).is_err());
    }

    #[test]
    fn a_webhook_is_https_or_this_machine_itself() {
        for right in [
            "https://example.cn/hook",
            "https://example.cn:8443/hook?a=b",
            "https://10.1.2.3/hook",
            "https://[2001:db8::1]:8443/",
            "http://127.0.0.1:9000/hook",
            "http://[::1]:9000/hook",
            "http://localhost/hook",
        ] {
            assert_eq!(webhook(right), Ok(()), "{right}");
        }
        for wrong in [
            "",
            "example.cn/hook",
            "http://example.cn/hook",
            "http://127.0.0.1.example.cn/",
            "http://localhost@example.cn/",
            "http://localhost\\@example.cn/",
            "https://example.cn/#part",
            "https://用户.cn/",
            "https://example.cn:0/",
            "https://example.cn:99999/",
            "https:///hook",
            "https://[::1/hook",
            "file:///etc/passwd",
            "https://example.cn/a b",
        ] {
            assert!(webhook(wrong).is_err(), "{wrong}");
        }
    }
}
