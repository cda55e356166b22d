//! `kept.bin`: all that a longer run needs to go on from a run that is done.
//!
//! In: a run or a comparison, and what it is of. Out: one file of its folder: a line with the format's number, a line of JSON
//! that says of what, then the rows and sums of every option, and of a comparison the ledger's. It is gone on from only where its fingerprint is the one in the manifest
//! and all that decides a figure is the same; else the reason is said, and the way out.

use super::folder::{Folder, KEPT, PROGRAM, fingerprint, hash_of, manifest_of};
use super::manifest::MODEL_VERSION;
use crate::experiment::run::Settings;
use crate::fault::reason;
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, Write};
use std::path::Path;

/// First line; the number is raised whenever the bytes that follow mean something else.
const FORMAT: &str = "skillmix kept 4\n";

/// Longest line of JSON that is read [bytes].
///
/// A damaged file has no line feed for long: reading stops here.
const LONGEST: u64 = 1 << 20;

/// What a run is a run of: all that decides its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// Question that was asked: `run` or `compare`.
    pub command: String,
    /// Version of the program.
    pub version: String,
    /// Version of the model's meaning.
    pub model_version: u32,
    /// Fingerprint of the scenario, whatever its seed and its number of years.
    pub scenario: String,
    /// Seed.
    pub seed: u64,
    /// Options, in order.
    pub options: Vec<String>,
    /// Keeps counts by day.
    pub days: bool,
    /// Keeps every measure for every practice.
    pub full: bool,
    /// Takes options apart.
    pub ledger: bool,
    /// The measure that is asked about, where it is not the scenario's own.
    #[serde(default)]
    pub measure: Option<String>,
    /// Years of each option; of a run that is asked for, the most.
    pub replications: usize,
}

/// Why a folder cannot be gone on from, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: String,
}

/// A kept run, known to be whole and of the run that is asked for.
///
/// From [`open`]; `experiment::extend` reads on from `input`.
#[derive(Debug)]
pub struct Kept {
    /// What it is of.
    pub identity: Identity,
    /// Rows and sums, to be read from here.
    pub input: BufReader<File>,
}

impl Identity {
    /// Of a scenario whose fingerprint leaves seed and years out; of several files theirs together.
    ///
    /// No ledger: a comparison says itself whether it has one. `replications` is what the scenario asks for, the most where a precision is asked for.
    pub fn new(command: &str, scenario: &Scenario, fingerprint: &str, settings: Settings) -> Self {
        Self {
            command: command.to_owned(),
            version: env!("CARGO_PKG_VERSION").into(),
            model_version: MODEL_VERSION,
            scenario: fingerprint.to_owned(),
            seed: settings.seed,
            options: scenario.options.iter().map(|option| option.name.clone()).collect(),
            days: settings.days,
            full: settings.full,
            ledger: false,
            measure: None,
            replications: scenario.run.replications,
        }
    }

    /// In what a kept run differs, and the way out; none where it can be gone on from, were it not too long.
    ///
    /// Only the first difference is said, with its own way out; `replications` is not compared here.
    fn differs(&self, kept: &Self) -> Option<(String, &'static str)> {
        let said = |what: &str, own: &dyn std::fmt::Display, kept: &dyn std::fmt::Display| {
            format!("is of {what}: {kept} and not {own}")
        };
        let names = |of: &Self| of.options.join(", ");
        let anew = "run anew without --extend (with --keep, to go on from it later)";
        match kept {
            k if k.command != self.command => {
                Some((said("another question", &self.command, &k.command), "ask the same question, or leave --extend out"))
            }
            k if k.version != self.version => {
                Some((said("another version of the program", &self.version, &k.version), anew))
            }
            k if k.model_version != self.model_version => {
                Some((said("another version of the model", &self.model_version, &k.model_version), anew))
            }
            k if k.seed != self.seed => Some((
                said("another seed", &self.seed, &k.seed),
                "give that seed with --seed, or run anew without --extend",
            )),
            // Seed and years are left out of this fingerprint, so only the rest can differ here.
            k if k.scenario != self.scenario => Some((
                "is of another scenario (fingerprint): the file, one that it names, or what is set with --set says something else now, or the same in another order".into(),
                match self.command.as_str() {
                    // The scenario of a search is the one that it found.
                    "size" | "mix" => "its README.txt has the command that was run, with what was stated; to ask of the changed scenario, leave --extend out",
                    _ => "its scenario.toml is the one that was run; to run the changed one, leave --extend out",
                },
            )),
            k if k.measure != self.measure => {
                let said_of = |of: &Self| of.measure.clone().unwrap_or_else(|| "the scenario's headline".into());
                Some((
                    said("another measure", &said_of(self), &said_of(k)),
                    "ask about that one with --measure, or run anew without --extend",
                ))
            }
            k if k.options != self.options => Some((
                said("other options", &names(self), &names(k)),
                "name the same with --option, or run anew without --extend",
            )),
            k if k.days && !self.days => {
                Some(("has figures by day".into(), "add --days, or run anew without --extend"))
            }
            k if k.days != self.days => {
                Some(("has no figures by day".into(), "leave --days out, or run anew without --extend"))
            }
            k if k.full && !self.full => {
                Some(("has every figure".into(), "add --detail full, or run anew without --extend"))
            }
            k if k.full != self.full => Some((
                "has not every figure".into(),
                "leave --detail full out, or run anew without --extend",
            )),
            k if k.ledger && !self.ledger => {
                Some(("takes options apart".into(), "leave --no-ledger out, or run anew without --extend"))
            }
            k if k.ledger != self.ledger => {
                Some(("does not take options apart".into(), "add --no-ledger, or run anew without --extend"))
            }
            _ => None,
        }
    }
}

/// Writes the file of a run or a comparison into its folder; `years` writes what is gone on from.
///
/// The identity that is written holds the years that were played (`replications`), not those asked for: with a
/// precision they are fewer.
///
/// # Errors
///
/// Where the file cannot be written.
pub fn write(
    folder: &mut Folder,
    asked: &Identity,
    replications: usize,
    years: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let identity = Identity { replications, ..asked.clone() };
    folder.file(KEPT, |out| {
        out.write_all(FORMAT.as_bytes())?;
        serde_json::to_writer(&mut *out, &identity)?;
        out.write_all(b"\n")?;
        years(out)
    })
}

/// Opens what a folder keeps of the run that is asked for; everything about it is checked but the figures themselves.
///
/// That it is not longer than what is asked for is checked by `experiment::extend`, which counts the years.
///
/// # Errors
///
/// No manifest of ours, no kept run, a fingerprint that differs, another version, or another run: each with its
/// way out.
pub fn open(folder: &Path, asked: &Identity) -> Result<Kept, Refused> {
    let name = folder.display();
    let refused = |message: String, help: &str| Refused { message, help: help.into() };
    let nothing = |why: &str| {
        refused(
            format!("`{name}` holds nothing that can be gone on from: {why}"),
            "name a folder that was made with --keep, or run without --extend",
        )
    };
    let damaged = |why: &str| {
        refused(
            format!("`{name}` cannot be gone on from: {KEPT} {why}"),
            "run anew without --extend (with --keep, to go on from it later)",
        )
    };
    let manifest = manifest_of(folder).map_err(|_| nothing("there is no manifest.json"))?;
    let manifest: Value =
        serde_json::from_slice(&manifest).map_err(|_| nothing("its manifest.json was changed"))?;
    if manifest.get("program").and_then(Value::as_str) != Some(PROGRAM) {
        return Err(nothing("its manifest.json is not of this program"));
    }
    let known = fingerprint(&manifest, KEPT).ok_or_else(|| nothing("it was made without --keep"))?;
    let file = File::open(folder.join(KEPT))
        .map_err(|error| damaged(&format!("cannot be read: {}", reason(&error))))?;
    let mut input = BufReader::new(file);
    // The whole file is read through for its fingerprint before a figure of it is used.
    let hashed = hash_of(&mut input).and_then(|hash| input.rewind().map(|()| hash));
    let hash = hashed.map_err(|error| damaged(&format!("cannot be read: {}", reason(&error))))?;
    if hash != known {
        return Err(damaged("was changed or cut short after it was written"));
    }
    let other = || damaged("was written by another version of the program");
    let identity = identity(&mut input).ok_or_else(other)?;
    match asked.differs(&identity) {
        None => Ok(Kept { identity, input }),
        Some((reason, help)) => Err(refused(format!("what is kept in `{name}` {reason}"), help)),
    }
}

/// The two lines at the head.
///
/// None where either is missing, too long or of another format.
fn identity(input: &mut BufReader<File>) -> Option<Identity> {
    let mut line = String::new();
    io::Read::take(&mut *input, LONGEST).read_line(&mut line).ok()?;
    if line != FORMAT {
        return None;
    }
    line.clear();
    io::Read::take(&mut *input, LONGEST).read_line(&mut line).ok()?;
    serde_json::from_str(&line).ok()
}
