//! `phoenix-executor`: evaluates strategies beside the terminal, and drives its Expert Advisor.

// Windows opens a console for every other kind of program.
#![cfg_attr(windows, windows_subsystem = "windows")]

use anyhow::{Context, Result};
use backtest::venue::Venue;
use clap::Parser;
use executor::{
    alone::Alone,
    attach::{Office, attach},
    demo,
    drive::{Drive, Inside, Sources, Wish},
    journal::Journal,
    link::{self, Link},
    logbook::Logbook,
    note::Note,
    page::{StatusPage, Token},
    refusal::{self, NothingToTrade},
    secret_file,
    service::{Active, Service},
    settings::{self, Settings},
    share, terminal_key,
    tray::{Desk, autostart},
    uplink::{Pace, credential},
};
use protocol::{id::StrategyId, link::Secret};
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::sync::mpsc;
use trading::language::Language;

/// Evaluates strategies beside MetaTrader, and has its Expert Advisor carry out what they decide.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Options {
    /// Trade on paper: history passes as if it were now. Nothing is sent to a broker.
    #[arg(long)]
    demo: bool,
    /// With --demo: milliseconds for each hour of history.
    #[arg(long, default_value_t = 1_000)]
    pace: u64,
    /// Trade this strategy and no other, and ask no server. May be given more than once.
    #[arg(long, value_name = "FILE")]
    strategy: Vec<PathBuf>,
    /// The server's address, in the place of that in executor.toml.
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "PHOENIX_SERVER",
        conflicts_with = "strategy"
    )]
    server: Option<String>,
    /// Where settings, journal and secrets are kept.
    #[arg(long, value_name = "FOLDER", env = "PHOENIX_EXECUTOR_STATE")]
    state: Option<PathBuf>,
    /// The port on this computer at which Expert Advisors come in, in the place of that in
    /// executor.toml; 0 for any.
    #[arg(long)]
    port: Option<u16>,
    /// No icon beside the clock. Elsewhere than on Windows there is none anyhow.
    #[arg(long)]
    headless: bool,
}

#[cfg(not(windows))]
fn main() -> Result<()> {
    serve(&Options::parse(), drop)
}

#[cfg(windows)]
fn main() -> Result<()> {
    executor::console::attach();
    let options = Options::parse();
    if options.headless {
        return serve(&options, drop);
    }
    executor::tray::taskbar::run(move |show| {
        serve(&options, show).map_err(|fault| format!("{fault:#}"))
    })
}

/// Works until it is told to stop. Whoever shows the program is given its desk. What it fails with is
/// told in the trader's language.
fn serve(options: &Options, show: impl FnOnce(Desk)) -> Result<()> {
    let state = state_folder(options.state.as_deref())?;
    let ended = serve_in(&state, options, show);
    ended.map_err(|fault| anyhow::Error::msg(told(&fault, &state)))
}

fn told(fault: &anyhow::Error, state: &Path) -> String {
    refusal::say(fault, Settings::language(&state.join(settings::FILE)))
}

fn serve_in(state: &Path, options: &Options, show: impl FnOnce(Desk)) -> Result<()> {
    std::fs::create_dir_all(state).with_context(|| format!("{}", state.display()))?;
    let _alone = Alone::hold(state).with_context(|| format!("{}", state.display()))?;
    let log = Logbook::open(state).with_context(|| format!("{}", state.display()))?;
    keep_panics(&log);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let ended = runtime.block_on(work(options, state, &log, show));
    if let Err(fault) = &ended {
        log.say(&told(fault, state));
    }
    ended
}

async fn work(
    options: &Options,
    state: &Path,
    log: &Logbook,
    show: impl FnOnce(Desk),
) -> Result<()> {
    let file = state.join(settings::FILE);
    let mut settings = Settings::read(&file).with_context(|| format!("{}", file.display()))?;
    settings.server = options.server.clone().or(settings.server);
    settings.port = options.port.unwrap_or(settings.port);
    let journal = if options.demo {
        // What was traded on paper is of no use to the next one, whose history begins anew.
        Journal::in_memory()?
    } else {
        Journal::open(&state.join("journal.db"))?
    };
    let rules = settings.rules()?;
    let shared = share::Settings {
        share_history: settings.share_history,
        server_zone: rules.server_zone.clone(),
    };
    let service = Service::new(journal, rules);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, settings.port));
    let secret = secret(&state.join("link.key"))?;
    offer(&secret, log);
    let key = secret.to_hex();
    let link_settings = link::Settings {
        language: settings.language,
        answer: Duration::from_millis(u64::from(settings.expert.answer)),
        ..link::Settings::new(settings.guard())
    };
    let (link, events) = Link::bind(address, secret, link_settings).await?;
    log.say(&format!("Expert Advisors come in at {}", link.address()));
    let (wish, wishes) = mpsc::channel(16);
    let (to_server, server) = mpsc::channel(16);
    let active = local(&options.strategy)?;
    if !active.is_empty() {
        wish.send(Wish::Strategies(active)).await?;
    } else if let Some(address) = &settings.server {
        let office = office(&settings, address, state, options.demo)?;
        tokio::spawn(attach(office, credential::of_system(state)?, to_server));
    } else {
        return Err(NothingToTrade(file).into());
    }
    let (tell, inside) = mpsc::unbounded_channel();
    if options.demo {
        play(Duration::from_millis(options.pace), tell, wish.clone())?;
    }
    let (wishes_of_page, wishes_of_people) = (wish.clone(), wish.clone());
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            // Whoever would hear it has ended already.
            let _ = wish.send(Wish::Stop).await;
        }
    });
    let from = Sources {
        link: (link, events),
        inside,
        server,
        wishes,
        patience: Duration::from_millis(u64::from(settings.news.answer)),
    };
    let language = settings.language;
    let notes = log.clone();
    let note = move |note: &Note| notes.line(&line(note, language));
    let (drive, status) = Drive::new(service, from, language, Box::new(note));
    let page =
        StatusPage::bind(Token::new()?, key, language, status.clone(), wishes_of_page).await?;
    let link = page.link.clone();
    let file = state.join("status.link");
    secret_file::replace(&file, link.as_str().as_bytes())?;
    log.say(&format!(
        "The link to the status page is in {}",
        file.display()
    ));
    // Where it ends before the program, trading goes on without it.
    tokio::spawn(page.serve());
    show(Desk {
        status,
        wishes: wishes_of_people,
        language,
        server: settings.server.clone(),
        page: link,
        log: log.clone(),
        command: again(options, state)?,
    });
    drive.sharing(shared).run().await;
    Ok(())
}

fn office(settings: &Settings, address: &str, state: &Path, is_demo: bool) -> Result<Office> {
    Ok(Office {
        server: address.to_owned(),
        name: settings.name.clone(),
        version: env!("CARGO_PKG_VERSION").parse()?,
        cache: (!is_demo).then(|| state.join("strategies.json")),
        pace: Pace::default(),
    })
}

/// Lets the paper terminal trade in a thread of its own; with its history the program ends.
fn play(
    pace: Duration,
    tell: mpsc::UnboundedSender<Inside>,
    ended: mpsc::Sender<Wish>,
) -> Result<()> {
    let bars = demo::history()?;
    let symbol = "XAUUSD".parse()?;
    let venue = Venue::typical(&symbol).context("the terms of gold")?;
    let thread = std::thread::Builder::new().name("paper terminal".to_owned());
    thread.spawn(move || {
        demo::play(&bars, &venue, pace, &tell);
        // Nobody may be there to hear it.
        let _ = ended.blocking_send(Wish::Stop);
    })?;
    Ok(())
}

/// A line for people.
fn line(note: &Note, language: Language) -> String {
    format!("{} {}", note.at, note.matter.say(language))
}

/// What goes wrong without a word of its own is in the log as well: standard error may go nowhere.
fn keep_panics(log: &Logbook) {
    let (log, usual) = (log.clone(), std::panic::take_hook());
    std::panic::set_hook(Box::new(move |panic| {
        log.say(&panic.to_string());
        usual(panic);
    }));
}

/// What begins the program as it was begun now, whatever the folder is in which that is done.
fn again(options: &Options, state: &Path) -> Result<String> {
    let mut given = Vec::new();
    if options.state.is_some() {
        given.push(("--state", absolute(state)?));
    }
    for file in &options.strategy {
        given.push(("--strategy", absolute(file)?));
    }
    given.extend(options.server.clone().map(|server| ("--server", server)));
    given.extend(options.port.map(|port| ("--port", port.to_string())));
    Ok(autostart::command(&std::env::current_exe()?, &given))
}

fn absolute(path: &Path) -> Result<String> {
    Ok(std::path::absolute(path)?.display().to_string())
}

/// Strategies of files, each with a name that follows from its text: the same text is the same one.
fn local(files: &[PathBuf]) -> Result<Vec<Active>> {
    let read = |path: &PathBuf| {
        let document =
            std::fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
        Ok(Active {
            strategy: StrategyId(uuid::Uuid::new_v5(
                &uuid::Uuid::NAMESPACE_OID,
                document.as_bytes(),
            )),
            version: 1,
            document,
            login: None,
            is_paused: false,
        })
    };
    files.iter().map(read).collect()
}

/// Lays the pairing key where Expert Advisors read it.
fn offer(secret: &Secret, log: &Logbook) {
    let Some(app_data) = std::env::var_os("APPDATA").filter(|_| cfg!(windows)) else {
        return;
    };
    let laid = terminal_key::lay(Path::new(&app_data), &secret.to_hex());
    match laid {
        Ok(true) => {}
        Ok(false) => log.say("No MetaTrader was found yet: start it once, then this program again"),
        Err(fault) => log.say(&format!(
            "The pairing key cannot be given to MetaTrader: {fault}"
        )),
    }
}

/// The pairing secret, made when there is none.
fn secret(path: &Path) -> Result<Secret> {
    if let Ok(text) = std::fs::read_to_string(path) {
        return Secret::from_hex(text.trim()).with_context(|| format!("{}", path.display()));
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|fault| anyhow::anyhow!("no random numbers: {fault}"))?;
    let secret = Secret::new(bytes);
    secret_file::create(path, secret.to_hex().as_bytes())?;
    Ok(secret)
}

/// Where this system keeps what programs remember.
fn state_folder(given: Option<&Path>) -> Result<PathBuf> {
    if let Some(given) = given {
        return Ok(given.to_owned());
    }
    let base = if cfg!(windows) {
        std::env::var_os("LOCALAPPDATA").map(PathBuf::from)
    } else {
        let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".local/state"));
        std::env::var_os("XDG_STATE_HOME")
            .map(PathBuf::from)
            .or_else(home)
    };
    let base = base.context("no folder for what is to be kept: give one with --state")?;
    Ok(base.join("phoenix-executor"))
}
