//! A demonstration server, a ChromeDriver and a Chromium for one test, each on its own free
//! port, each ended by its own process id when the value is dropped.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use thirtyfour::prelude::*;

pub mod pages;

/// What can keep the browser from its work; the text says what to do.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// A process that ends with this value.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // What has ended may have left its number to somebody else.
        if matches!(self.0.try_wait(), Ok(Some(_))) {
            return;
        }
        // SIGTERM first, so that the server can remove its own files.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let until = Instant::now() + Duration::from_secs(8);
        while Instant::now() < until {
            if matches!(self.0.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> Result<u16, Trouble> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn wait_for(port: u16, what: &str, at_most: Duration) -> Result<(), Trouble> {
    let until = Instant::now() + at_most;
    while Instant::now() < until {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(format!("{what} did not listen on port {port} within {at_most:?}").into())
}

/// The program as the workspace built it, beside this test's own binary.
fn program() -> Result<PathBuf, Trouble> {
    if let Some(path) = std::env::var_os("GRID_APPROVALS_PROGRAM") {
        return Ok(path.into());
    }
    let here = std::env::current_exe()?;
    here.ancestors()
        .map(|folder| folder.join("grid-approvals"))
        .find(|path| path.is_file())
        .ok_or_else(|| "grid-approvals is not built: run `cargo build` first".into())
}

/// One login that the demonstration printed.
#[derive(Debug, Clone)]
pub struct Login {
    /// The login name.
    pub name: String,
    /// The password.
    pub password: String,
    /// The rest of the printed line: role and bureau in words.
    pub words: String,
}

/// Free ports that are tried before giving up.
const PORTS_TRIED: u32 = 5;

/// A running demonstration.
pub struct Demo {
    _process: Ended,
    /// `http://127.0.0.1:<port>`.
    pub address: String,
    /// The logins that it printed.
    pub logins: Vec<Login>,
}

impl Demo {
    /// Starts `grid-approvals demo` on a free port and reads the logins that it prints.
    ///
    /// # Errors
    /// The program is missing, or does not come up within two minutes.
    pub fn start() -> Result<Demo, Trouble> {
        // A port that was free when asked for may be another test's a moment later: the program
        // then ends, and it is the other's demonstration that answers there.
        for _ in 0..PORTS_TRIED {
            if let Some(demo) = Demo::start_once()? {
                return Ok(demo);
            }
        }
        Err("the demonstration ended at once, on every port that was tried".into())
    }

    /// `None`: the program ended, for somebody else took its port.
    fn start_once() -> Result<Option<Demo>, Trouble> {
        let port = free_port()?;
        let mut child = Command::new(program()?)
            .args(["demo", "--port", &port.to_string()])
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let printed = child.stdout.take().ok_or("no standard output")?;
        let (say, hear) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(printed).lines().map_while(Result::ok) {
                if say.send(line).is_err() {
                    return;
                }
            }
        });
        let mut process = Ended(child);
        wait_for(port, "the demonstration", Duration::from_secs(120))?;
        let mut logins = Vec::new();
        let patience = |logins: &Vec<Login>| match logins.is_empty() {
            true => Duration::from_secs(60),
            false => Duration::from_millis(500),
        };
        while let Ok(line) = hear.recv_timeout(patience(&logins)) {
            logins.extend(login_of(&line));
        }
        if process.0.try_wait()?.is_some() {
            return Ok(None);
        }
        if logins.is_empty() {
            return Err("the demonstration printed no login".into());
        }
        Ok(Some(Demo {
            _process: process,
            address: format!("http://127.0.0.1:{port}"),
            logins,
        }))
    }

    /// The first printed login whose line contains `words`.
    ///
    /// # Errors
    /// None does; the message lists what was printed.
    pub fn login(&self, words: &str) -> Result<&Login, Trouble> {
        self.logins
            .iter()
            .find(|login| login.words.contains(words))
            .ok_or_else(|| format!("no login for {words} among {:?}", self.logins).into())
    }
}

/// A table line `login  password  words…`; other lines give nothing.
fn login_of(line: &str) -> Option<Login> {
    let mut parts = line.split_whitespace();
    let name = parts.next()?;
    let password = parts.next()?;
    let words = parts.collect::<Vec<_>>().join(" ");
    let plain = |text: &str| text.is_ascii() && text.chars().any(|c| c.is_ascii_alphabetic());
    (plain(name)
        && plain(password)
        && password.len() >= 10
        && !words.is_empty()
        && !name.contains(':')
        && !name.contains('/'))
    .then(|| Login {
        name: name.to_owned(),
        password: password.to_owned(),
        words,
    })
}

/// A Chromium behind its own ChromeDriver.
pub struct Browser {
    /// The session.
    pub driver: WebDriver,
    _driver_process: Ended,
}

impl Browser {
    /// Starts both, in Chinese, headless, with an empty profile.
    ///
    /// # Errors
    /// Chromium or ChromeDriver is not installed (the README's test command installs them).
    pub async fn start() -> Result<Browser, Trouble> {
        // Built beside the server, the HTTP client is made without a TLS of its own.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let port = free_port()?;
        let child = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .env("LANGUAGE", "zh_CN") // date fields follow it, not --lang
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("chromedriver: {error}; the test command installs it"))?;
        let process = Ended(child);
        wait_for(port, "chromedriver", Duration::from_secs(30))?;
        let mut caps = DesiredCapabilities::chrome();
        for flag in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--lang=zh-CN",
            "--window-size=1280,900",
        ] {
            caps.add_arg(flag)?;
        }
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), caps).await?;
        Ok(Browser {
            driver,
            _driver_process: process,
        })
    }

    /// Makes the page `width` CSS pixels wide, as a phone or a desk screen.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn width(&self, width: u32) -> Result<(), Trouble> {
        self.device(width, if width < 600 { 844 } else { 900 })
            .await
    }

    async fn device(&self, width: u32, height: u32) -> Result<(), Trouble> {
        let mobile = width < 600;
        self.driver
            .cdp()
            .send_raw(
                "Emulation.setDeviceMetricsOverride",
                serde_json::json!({
                    "width": width, "height": height, "mobile": mobile,
                    "deviceScaleFactor": 1,
                }),
            )
            .await?;
        Ok(())
    }

    /// A picture of the whole page at `width`, as PNG bytes.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn picture(&self, width: u32) -> Result<Vec<u8>, Trouble> {
        self.width(width).await?;
        let height = self
            .driver
            .execute(
                "return Math.ceil(document.documentElement.scrollHeight)",
                Vec::new(),
            )
            .await?
            .json()
            .as_u64()
            .unwrap_or(900);
        let tall = u32::try_from(height.clamp(500, 14_000)).unwrap_or(900);
        self.device(width, tall).await?;
        let png = self.driver.screenshot_as_png().await?;
        self.width(width).await?;
        Ok(png)
    }

    /// By how many CSS pixels the page is wider than the window: 0 where nothing is cut off.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn overflow(&self) -> Result<i64, Trouble> {
        Ok(self
            .driver
            .execute(
                "return document.documentElement.scrollWidth - window.innerWidth",
                Vec::new(),
            )
            .await?
            .json()
            .as_i64()
            .unwrap_or(0))
    }

    /// Ends the session.
    ///
    /// # Errors
    /// The browser is gone already.
    pub async fn quit(self) -> Result<(), Trouble> {
        self.driver.quit().await?;
        Ok(())
    }
}
