//! `grid-approvals serve`: the server.

use std::io::{self, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{Settings, Trouble, opening, runtime, today};
use crate::config::Config;
use crate::courier::live::{self, Live};
use crate::courier::{self, Senders};
use crate::office::Office;
use crate::view::View;
use crate::web::{self, WebState};

/// What the server lives by.
pub(super) struct Time {
    pub(super) clock: courier::Clock,
    /// How long the courier sleeps at most.
    pub(super) every: Duration,
}

impl Time {
    /// The machine's own.
    pub(super) fn real() -> Time {
        Time {
            clock: Arc::new(today::moment),
            every: courier::EVERY,
        }
    }
}

/// How long the courier sleeps where days pass in moments.
const HURRIED: Duration = Duration::from_millis(100);

/// Runs the server until it is told to stop.
///
/// # Errors
/// Settings, database or port cannot be used.
pub(super) fn run(
    settings: &Settings,
    port: Option<u16>,
    clock_file: Option<PathBuf>,
) -> Result<bool, Trouble> {
    log_to_stderr();
    let time = match clock_file {
        None => Time::real(),
        Some(file) => Time {
            clock: today::of_file(file)?,
            every: HURRIED,
        },
    };
    let mut config = opening::config(settings)?;
    if let Some(port) = port {
        config.http.port = port;
    }
    runtime(config.http.workers)?.block_on(async {
        free(&config)?;
        let office = opening::office(&config)
            .await?
            .with_files(opening::files(&config)?);
        if office.is_empty().await? {
            let mut err = io::stderr();
            writeln!(err, "数据库中还没有人员。请先运行:")?;
            writeln!(
                err,
                "  grid-approvals install --login <登录名> --name <姓名>"
            )?;
        }
        let address = format!("http://{}:{}/", config.http.address, config.http.port);
        writeln!(io::stdout(), "服务地址 {address}")?;
        serve(office, config, time).await?;
        Ok(true)
    })
}

/// Says that the port is taken before anything is prepared for it.
///
/// # Errors
/// It is.
pub(super) fn free(config: &Config) -> Result<(), Trouble> {
    let (address, port) = (config.http.address, config.http.port);
    match TcpListener::bind((address, port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!(
            "无法在 {address}:{port} 上启动服务：{error}。端口已被占用时，请用 --port 换一个端口，或先停止占用它的程序。"
        )
        .into()),
    }
}

/// Serves `office` until SIGINT or SIGTERM.
///
/// # Errors
/// The templates do not load, the mail server's settings cannot be used, or the port is taken.
pub(super) async fn serve(office: Office, config: Config, time: Time) -> Result<(), Trouble> {
    let senders = Senders::new(&config)?;
    let office = office.with_outlets(opening::outlets(&config));
    let calendar = office.clone();
    let view = View::load()?.with_calendar(Arc::new(move || calendar.calendar()));
    let (turning, sending, looking) = (office.clone(), office.clone(), office.clone());
    let exporting = office.clone();
    let live = Live::default();
    let state = WebState {
        office,
        view,
        now: Arc::clone(&time.clock),
        config,
        live: live.clone(),
    };
    let ignited = web::rocket(state)
        .ignite()
        .await
        .map_err(|error| format!("无法启动服务:{error}"))?;
    let (stop, _) = watch::channel(false);
    let until_stopped = || {
        let mut stopped = stop.subscribe();
        async move {
            // Dropped or sent, either way the server has ended.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        }
    };
    let clock = || Arc::clone(&time.clock);
    let mut errands = JoinSet::new();
    errands.spawn(courier::run(turning, clock(), time.every, until_stopped()));
    errands.spawn(courier::send(
        sending,
        senders,
        clock(),
        courier::SEND_EVERY,
        until_stopped(),
    ));
    errands.spawn(live::keep(
        looking,
        clock(),
        live,
        live::LOOK,
        until_stopped(),
    ));
    errands.spawn(courier::exports::run(
        exporting,
        clock(),
        courier::exports::EVERY,
        until_stopped(),
    ));
    // An error at shutdown means that some request outlived its grace; there is nothing to undo.
    let served = match ignited.launch().await {
        Ok(_) => Ok(()),
        Err(error) if matches!(error.kind(), rocket::error::ErrorKind::Shutdown(..)) => Ok(()),
        Err(error) => Err(format!("无法启动服务:{error}").into()),
    };
    drop(stop);
    // A turn that is under way is let finish; it writes in transactions, so an end is no harm. What
    // is being sent is let finish too, so that it is marked; an export that is under way is given
    // back, for another server or the next start.
    while let Some(ended) = errands.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "the courier ended early");
        }
    }
    served
}

/// Sends what is logged to standard error; `RUST_LOG` chooses how much.
pub(super) fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .try_init();
}
