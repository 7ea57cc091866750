//! The composition root: the only room that sees all others.
//!
//! Exit status: 0 all well; 1 the run found something wrong, and said what; 2 wrong usage.

use std::io::{self, BufReader, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

pub mod clock;
mod demo;
mod install;
mod opening;
mod plan;
mod seed;
mod serve;
mod simulate;
pub mod today;
mod verify;
pub mod workday;

use crate::statute::calendar::Calendar;
use crate::statute::plan::Plan;

/// Tracks the administrative approvals of power-grid projects (本溪电网工程审批跟踪).
#[derive(Parser, Debug)]
#[command(name = "grid-approvals", version, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// Where the settings come from.
#[derive(Args, Debug, Clone, Default)]
struct Settings {
    /// The settings file; `grid-approvals.toml` is read where it exists.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The database: `sqlite://FILE?mode=rwc` or `postgres://…`; wins over file and environment.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Runs the server (启动服务).
    Serve {
        #[command(flatten)]
        settings: Settings,
        /// The port to listen on.
        #[arg(long)]
        port: Option<u16>,
        /// Lives by the clock in this file instead of the machine's: for `simulate` only.
        #[arg(long, value_name = "FILE", hide = true)]
        clock_file: Option<PathBuf>,
    },
    /// Runs a demonstration on a database of its own (演示).
    Demo {
        /// The port to listen on; without it 8000, or a free one where that is taken.
        #[arg(long)]
        port: Option<u16>,
        /// Keeps the demonstration's database when it ends.
        #[arg(long)]
        keep: bool,
    },
    /// Answers clock scenarios, a JSON line each (时钟).
    Clock {
        /// A catalogue file instead of the built-in one.
        #[arg(long, value_name = "FILE")]
        catalogue: Option<PathBuf>,
    },
    /// Working-day arithmetic on lines (工作日).
    Workday {
        #[command(subcommand)]
        question: WorkdayQuestion,
    },
    /// The plan catalogue (方案目录).
    Plan {
        #[command(subcommand)]
        action: PlanAction,
    },
    /// Refolds every ledger and says which step differs from its row (核对台账).
    Verify {
        #[command(flatten)]
        settings: Settings,
    },
    /// Fills a database with a large, reproducible data set (批量样本).
    Seed {
        #[command(flatten)]
        settings: Settings,
        /// How many projects.
        #[arg(long, default_value_t = 10_000)]
        projects: u32,
        /// The same seed gives the same data on the same day.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Lives through a year on a virtual clock, on a database of its own (模拟一年).
    Simulate {
        #[command(flatten)]
        settings: Settings,
        #[command(flatten)]
        wanted: simulate::Wanted,
    },
    /// Prepares a fresh installation: bureaus, and the first administrator (初始化).
    Install {
        #[command(flatten)]
        settings: Settings,
        /// The administrator's login name; the password is read from standard input.
        #[arg(long)]
        login: String,
        /// The administrator's name.
        #[arg(long)]
        name: String,
    },
}

#[derive(Subcommand, Debug)]
enum WorkdayQuestion {
    /// `date,n` to `date,n,due`.
    Add,
    /// `from,to` to `from,to,working_days`.
    Between,
    /// `date` to `date,working|rest,kind`.
    Status,
}

#[derive(Subcommand, Debug)]
enum PlanAction {
    /// Checks a catalogue file and names every fault with its line (检查目录文件).
    Check {
        /// The file.
        file: PathBuf,
    },
}

/// Runs the command and says how it went.
pub fn run(arguments: Arguments) -> ExitCode {
    match dispatch(arguments.command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(trouble) => {
            let _ = writeln!(io::stderr(), "{trouble}");
            ExitCode::FAILURE
        }
    }
}

/// What kept a command from its work, in words for the terminal.
type Trouble = Box<dyn std::error::Error + Send + Sync>;

fn dispatch(command: Command) -> Result<bool, Trouble> {
    match command {
        Command::Serve {
            settings,
            port,
            clock_file,
        } => serve::run(&settings, port, clock_file),
        Command::Simulate { settings, wanted } => simulate::run(&settings, &wanted, io::stdout()),
        Command::Demo { port, keep } => demo::run(port, keep),
        Command::Clock { catalogue } => answer_scenarios(catalogue),
        Command::Workday { question } => answer_workdays(&question),
        Command::Plan {
            action: PlanAction::Check { file },
        } => plan::check(&file, io::stdout()),
        Command::Verify { settings } => verify::run(&settings, io::stdout()),
        Command::Seed {
            settings,
            projects,
            seed,
        } => seed::run(&settings, projects, seed, io::stdout()),
        Command::Install {
            settings,
            login,
            name,
        } => install::run(&settings, &login, &name, io::stdin().lock(), io::stdout()),
    }
}

fn answer_scenarios(catalogue: Option<PathBuf>) -> Result<bool, Trouble> {
    let own;
    let plan = match catalogue {
        Some(file) => {
            own = plan::read(&file)?;
            &own
        }
        None => Plan::built_in(),
    };
    let input = BufReader::with_capacity(1 << 16, io::stdin().lock());
    Ok(clock::run(
        input,
        io::stdout().lock(),
        plan,
        Calendar::official(),
    )?)
}

fn answer_workdays(question: &WorkdayQuestion) -> Result<bool, Trouble> {
    let question = match question {
        WorkdayQuestion::Add => workday::Question::Add,
        WorkdayQuestion::Between => workday::Question::Between,
        WorkdayQuestion::Status => workday::Question::Status,
    };
    let input = BufReader::with_capacity(1 << 16, io::stdin().lock());
    let (output, complaints) = (io::stdout().lock(), io::stderr().lock());
    Ok(workday::run(
        question,
        input,
        output,
        complaints,
        Calendar::official(),
    )?)
}

/// The runtime of the commands that speak to a database.
///
/// `workers`: how many threads; `None`: one a core.
fn runtime(workers: Option<usize>) -> io::Result<tokio::runtime::Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    if let Some(workers) = workers {
        builder.worker_threads(workers);
    }
    builder.enable_all().build()
}
