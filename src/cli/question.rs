//! What every question put to a scenario shares: its flags, loading, cores, progress, and the ways it can fail.
//!
//! In: the flags that stand in every question. Out: what the subcommands share: a scenario with the changes of the
//! command line in it, a folder to write to, a bar, cores, the text of the same question again, and how it ends. The
//! texts of the fields are the help page.

use super::exit::Exit;
use super::progress::Progress;
use crate::fault::reason;
use crate::findings::say;
use crate::quantity::number_text;
use crate::report::PAGE;
use crate::report::folder::{Folder, Refusal};
use crate::report::plots::PlotFault;
use crate::scenario::{AS_NOW, Report, Scenario};
use clap::Args;
use std::io;
use std::path::{Path, PathBuf};

/// Largest seed: whole numbers up to here are held exactly by a scenario.
const MOST_SEED: u64 = 9_000_000_000_000_000;

/// Threads that any machine can be asked for; one with more cores than a quarter of it four times its cores.
const THREADS: usize = 64;

/// The flags of every question.
#[derive(Debug, Args)]
pub struct Question {
    /// Simulated years of each option, or the most of them (else `run.replications` of the scenario; 10,000 for `size`)
    #[arg(long, short = 'n', value_name = "N", value_parser = super::whole::between::<u32>(1, 10_000_000))]
    pub replications: Option<u32>,
    /// Seed (else `run.seed` of the scenario): the same seed gives the same figures
    #[arg(long, value_name = "S", value_parser = super::whole::between::<u64>(0, MOST_SEED))]
    pub seed: Option<u64>,
    /// Cores to use; never changes a figure
    #[arg(long, value_name = "T", value_parser = super::whole::between::<u16>(1, u64::from(u16::MAX)))]
    pub threads: Option<u16>,
    /// Only this option (beside `as_now`); may be given several times
    #[arg(long = "option", value_name = "NAME")]
    pub options: Vec<String>,
    /// Change a value of the scenario: --set post.gps.wte=3.5; may be given several times
    #[arg(long = "set", value_name = "ADDRESS=VALUE")]
    pub sets: Vec<String>,
    /// Folder of the results (else below `output/`, by the name of the scenario)
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// No progress, no report: only the files, and what is wrong or may be (faults and warnings)
    #[arg(long, short)]
    pub quiet: bool,
    /// Draws no pictures.
    #[arg(long)]
    pub no_plots: bool,
    /// What a search begins from, where the scenario holds what an earlier one found (`--stated` of `size` and `mix`):
    /// no change of the plan.
    #[arg(skip)]
    pub stated: Vec<String>,
}

/// A share above 0 and below 1.
///
/// Used by clap for the flags that ask for one: the message is shown with the flag's name.
pub fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "a number such as 0.01".to_owned())?;
    if share > 0.0 && share < 1.0 {
        Ok(share)
    } else {
        Err("a share above 0 and below 1, such as 0.01".into())
    }
}

impl Question {
    /// Loads a scenario with what the command line changes in it; the resolved scenario then holds it too, and its
    /// title says it, so that no picture or page of it passes for one of the file as it stands.
    ///
    /// [`Exit::Scenario`] where it cannot be read; what is wrong is said.
    pub fn load(&self, path: &Path, more: &[String]) -> Result<Scenario, Exit> {
        super::loaded(self.read(path, &self.sets(more)))
    }

    /// As [`Question::load`] of all that is set, for commands that load again and again; what is wrong is handed back.
    pub fn read(&self, path: &Path, sets: &[String]) -> Result<Scenario, Report> {
        let mut scenario = crate::experiment::foreseen::load(path, sets)?;
        if let Some(changes) = changes(&self.sets) {
            scenario.entitle(&format!("{}, with {changes}", scenario.title));
        }
        Ok(scenario)
    }

    /// What the command line changes in a scenario, and what is changed further.
    ///
    /// `-n` and `--seed` come last.
    pub fn sets(&self, more: &[String]) -> Vec<String> {
        let mut sets = [&self.stated[..], &self.sets, more].concat();
        sets.extend(self.replications.map(|n| format!("run.replications={n}")));
        sets.extend(self.seed.map(|seed| format!("run.seed={seed}")));
        sets
    }

    /// Years, seed and options as they were typed.
    ///
    /// For the command that a report prints; empty flags are left out.
    pub fn flags(&self) -> Vec<String> {
        let years = self.replications.map(|n| ["-n".to_owned(), n.to_string()]);
        let seed = self.seed.map(|seed| ["--seed".to_owned(), seed.to_string()]);
        let options = self.options.iter().map(|name| ["--option".to_owned(), name.clone()]);
        years.into_iter().chain(seed).chain(options).flatten().collect()
    }

    /// The scenario with the options asked for alone.
    ///
    /// `as_now` stays, whatever is named: everything is compared with it. Warnings that were of other options are
    /// renewed.
    ///
    /// [`Exit::Usage`] where an option is not there; its options are listed.
    pub fn only(&self, mut scenario: Scenario) -> Result<Scenario, Exit> {
        for name in &self.options {
            if !scenario.options.iter().any(|o| o.name == *name) {
                let names: Vec<&str> = scenario.options.iter().map(|o| o.name.as_str()).collect();
                super::fault(
                    &format!("the scenario has no option `{name}`"),
                    &format!("its options are {}", names.join(", ")),
                );
                return Err(Exit::Usage);
            }
        }
        if !self.options.is_empty() {
            scenario.options.retain(|o| o.name == AS_NOW || self.options.contains(&o.name));
            crate::experiment::receiving::renew(&mut scenario);
        }
        Ok(scenario)
    }

    /// The folder of the results, known to be writable. What a stopped run moved aside is put back there first.
    ///
    /// `ending` keeps two questions of one scenario apart. [`Exit::CannotWrite`] where it cannot be made.
    pub fn folder(&self, scenario: &Path, ending: &str) -> Result<PathBuf, Exit> {
        let out = self.out.clone().unwrap_or_else(|| default_out(scenario, ending));
        recover(&out);
        Folder::check(&out).map_err(|refusal| refused(&refusal))?;
        Ok(out)
    }

    /// A bar over so many replications.
    pub fn progress(&self, scenario: &Scenario, replications: usize) -> Progress {
        Progress::new(scenario, replications, self.quiet)
    }

    /// Works on as many cores as asked.
    ///
    /// Without `--threads` as many as the machine has; neither changes a figure. [`Exit::Usage`] where they cannot be
    /// had.
    pub fn in_pool<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T, Exit> {
        let Some(threads) = self.threads else { return Ok(work()) };
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let most = THREADS.max(4 * cores);
        if usize::from(threads) > most {
            let message =
                format!("{threads} threads are more than this machine can use: it has {cores} cores");
            super::fault(&message, &format!("ask for at most {most}; without --threads all cores are used"));
            return Err(Exit::Usage);
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build();
        pool.map(|pool| pool.install(work)).map_err(|error| {
            super::fault(&format!("cannot work on {threads} cores: {error}"), "ask for fewer with --threads");
            Exit::Usage
        })
    }

    /// Options needed to ask the same of `scenario.toml`; seed and replications are in it.
    ///
    /// Beginning with a space, so it can follow a file name.
    pub fn again(&self, precision: Option<f64>) -> String {
        let mut text: String = self.options.iter().map(|name| format!(" --option {name}")).collect();
        text += &precision.map_or(String::new(), |share| format!(" --precision {share}"));
        text
    }

    /// Says the answer, then the warnings, then where the files are; where quiet the warnings alone.
    ///
    /// Warnings before the place of the files: the last line is what to open next. [`Exit::CannotWrite`] where the
    /// answer finds no room; the files are there all the same, and it is said where.
    pub fn report(&self, text: &str, scenario: &Scenario, out: &Path) -> Result<(), Exit> {
        let warnings = scenario.warnings.render(super::coloured(&io::stderr()));
        if self.quiet {
            super::warn(&warnings);
            return Ok(());
        }
        let said = super::say(text);
        if !warnings.is_empty() {
            super::warn(&format!("\n{warnings}"));
        }
        say_where(out);
        said
    }
}

/// Says where the files are, and which of them to open: a shard of a sweep has no page.
pub fn say_where(out: &Path) {
    let open = if out.join(PAGE).exists() { "open report.html there in a browser; " } else { "" };
    super::warn(&format!("\nWritten to {}; {open}README.txt there says what each file is.\n", out.display()));
}

/// Changes that a title names; of more it says how many.
const NAMED: usize = 3;

/// Letters of a change that a title shows.
const SHOWN: usize = 60;

/// What `--set` changes in the network, for a title: `post.gps.wte = 3.5 and 2 more changes`.
///
/// None where nothing is set, or only how a run is made, or a title.
fn changes(sets: &[String]) -> Option<String> {
    let address = |set: &str| set.split_once('=').map_or(set, |(address, _)| address).trim().to_owned();
    let of_the_network = |set: &str| !set.starts_with("run.") && address(set) != "title";
    // Of one address the last holds.
    let last = |at: usize| !sets[at + 1..].iter().any(|other| address(other) == address(&sets[at]));
    let all: Vec<String> = (0..sets.len())
        .filter(|at| of_the_network(sets[*at].trim_start()) && last(*at))
        .map(|at| in_words(&sets[at]))
        .collect();
    let mut named: Vec<String> = all.iter().take(NAMED).cloned().collect();
    match all.len() - named.len() {
        0 => {}
        1 => named.push("1 more change".into()),
        more => named.push(format!("{more} more changes")),
    }
    (!named.is_empty()).then(|| say::list(&named))
}

/// `address = value`, cut short where it is long.
fn in_words(set: &str) -> String {
    let (address, value) = set.split_once('=').unwrap_or((set, ""));
    let text = format!("{} = {}", address.trim(), value.trim());
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// How a question ended whose results are written, by whether the precision asked for was reached; `alike` says why it
/// was not where that is known.
///
/// `what` is of the subcommand, such as "the headline is"; `replications` are those that were played.
pub fn ended(
    precise: Option<bool>,
    (what, alike): (&str, Option<String>),
    wanted: Option<f64>,
    replications: usize,
) -> Exit {
    if precise != Some(false) {
        return Exit::Done;
    }
    let share = number_text(wanted.unwrap_or_default() * 100.0);
    let message = format!("{what} not within {share} % after {replications} replications");
    if let Some(alike) = alike {
        super::fault(
            &format!("{message}: {alike}"),
            "the results so far are written; years that happen not to differ do not say how far a rarer year would move the mean: choose a headline that varies, or allow more with --replications",
        );
        return Exit::Precision;
    }
    super::fault(
        &message,
        "the results so far are written (a precision must hold over the next 5 years too, beyond 100 over 5 in 100); allow more with --replications, or ask for less precision",
    );
    Exit::Precision
}

/// The folder of a scenario, as places of figures begin with it.
pub fn base(scenario: &Path) -> String {
    let file = crate::scenario::file_of(scenario).unwrap_or_else(|_| scenario.to_owned());
    let folder = file.parent().map(|folder| folder.join("").to_string_lossy().into_owned());
    folder.filter(|folder| folder != "/").unwrap_or_default()
}

/// Puts results back that a stopped run left aside, and says so.
pub fn recover(out: &Path) {
    if Folder::recover(out) {
        super::warn(&format!(
            "`{}` was not there: a run was stopped while it replaced it. The results from before are back in place.\n",
            out.display()
        ));
    }
}

/// Starts writing a folder.
///
/// [`Exit::CannotWrite`] where it cannot be opened; what is there is left as it was.
pub fn open(out: &Path) -> Result<Folder, Exit> {
    Folder::open(out).map_err(|refusal| refused(&refusal))
}

/// The results cannot be written.
pub fn unwritten(out: &Path, error: &io::Error) -> Exit {
    let message = format!("`{}` cannot be written: {}", out.display(), reason(error));
    super::fault(&message, "nothing was left half-written");
    Exit::CannotWrite
}

/// A picture that could not be drawn is ours, not the planner's: say so and go no further.
pub fn undrawn(fault: &PlotFault) -> Exit {
    super::fault(&format!("a picture could not be drawn: {fault}"), "run again with --no-plots, and tell us");
    Exit::CannotWrite
}

/// `output/` and the name of the scenario file.
///
/// Below the current folder, not below the scenario's.
fn default_out(scenario: &Path, ending: &str) -> PathBuf {
    let name = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    Path::new("output").join(name(scenario).unwrap_or_else(|| "run".into()) + ending)
}

fn refused(refusal: &Refusal) -> Exit {
    super::fault(&refusal.message, &refusal.help);
    Exit::CannotWrite
}
