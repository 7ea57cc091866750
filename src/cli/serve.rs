//! `grid-approvals serve`: the server.

use std::io::{self, Write};
use std::net::TcpListener;
use std::sync::Arc;

use tokio::sync::oneshot;

use super::{Settings, Trouble, opening, runtime, today};
use crate::config::Config;
use crate::courier;
use crate::office::Office;
use crate::view::View;
use crate::web::{self, WebState};

/// Runs the server until it is told to stop.
///
/// # Errors
/// Settings, database or port cannot be used.
pub(super) fn run(settings: &Settings, port: Option<u16>) -> Result<bool, Trouble> {
    log_to_stderr();
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
        serve(office, config).await?;
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
/// The templates do not load or the port is taken.
pub(super) async fn serve(office: Office, config: Config) -> Result<(), Trouble> {
    let view = View::load()?.with_calendar(office.calendar().clone());
    let turning = office.clone();
    let exporting = office.clone();
    let state = WebState {
        office,
        view,
        now: Arc::new(today::moment),
        config,
    };
    let ignited = web::rocket(state)
        .ignite()
        .await
        .map_err(|error| format!("无法启动服务:{error}"))?;
    let (stop, stopped) = oneshot::channel::<()>();
    let days = tokio::spawn(courier::run(
        turning,
        Arc::new(today::moment),
        courier::EVERY,
        async move {
            // Dropped or sent, either way the server has ended.
            let _ = stopped.await;
        },
    ));
    let (stop_exports, exports_stopped) = oneshot::channel::<()>();
    let exports = tokio::spawn(courier::exports::run(
        exporting,
        Arc::new(today::moment),
        courier::exports::EVERY,
        async move {
            let _ = exports_stopped.await;
        },
    ));
    // An error at shutdown means that some request outlived its grace; there is nothing to undo.
    let served = match ignited.launch().await {
        Ok(_) => Ok(()),
        Err(error) if matches!(error.kind(), rocket::error::ErrorKind::Shutdown(..)) => Ok(()),
        Err(error) => Err(format!("无法启动服务:{error}").into()),
    };
    drop(stop);
    drop(stop_exports);
    // A turn that is under way is let finish; it writes in transactions, so an end is no harm.
    if let Err(error) = days.await {
        tracing::error!(%error, "the courier ended early");
    }
    // An export that is under way is given back, for another server or the next start.
    if let Err(error) = exports.await {
        tracing::error!(%error, "the courier of exports ended early");
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
