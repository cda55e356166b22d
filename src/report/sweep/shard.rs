//! Shards of a sweep: written, found again, read, and put together.
//!
//! In: the points that a machine played, or folders of such. Out: the folder of a shard, or one record of the
//! whole sweep, the same as if it had been played at once. A shard takes every so many-th point, so that all have
//! about the same work.

use super::{Record, TABLE, common, document, manifest, years};
use crate::fault::reason;
use crate::findings::sweep::Request;
use crate::report::folder::{Folder, MANIFEST, PROGRAM, fingerprint, manifest_of};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// Which share of the points: every `of`-th, beginning with the `number`-th.
///
/// `1 <= number <= of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub number: usize,
    /// Shards in all.
    pub of: usize,
}

impl Shard {
    /// Reads `2/8`.
    ///
    /// # Errors
    ///
    /// A sentence that says how a shard is written, where the text is not two whole numbers or the first is not
    /// one of the second.
    ///
    /// # Examples
    ///
    /// ```
    /// use skillmix::report::sweep::shard::Shard;
    ///
    /// let shard = Shard::read("2/8").expect("a shard");
    /// assert!(shard.holds(1) && shard.holds(9) && !shard.holds(0));
    /// assert!(Shard::read("9/8").is_err());
    /// ```
    pub fn read(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        match parts {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { number, of }),
            _ => Err("a shard is written 2/8: the second of eight".into()),
        }
    }

    /// True where a point, counted from 0, is of this shard.
    pub fn holds(self, point: usize) -> bool {
        point % self.of == self.number - 1
    }
}

/// Why shards cannot be put together, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: String,
}

impl Apart {
    /// From a message and the way out.
    fn new(message: String, help: &str) -> Self {
        Self { message, help: help.into() }
    }
}

/// Writes a shard and puts its folder in its place.
///
/// Without pictures and report: they are of the whole.
///
/// # Errors
///
/// Where a file cannot be written or the folder cannot be moved.
pub fn write(record: &Record, shard: Shard, mut folder: Folder) -> io::Result<()> {
    common(record, &mut folder)?;
    folder.file("assumptions.csv", |out| out.write_all(&record.assumptions))?;
    let readme = document::readme(record, folder.files(), Some(shard));
    folder.file("README.txt", |out| out.write_all(readme.as_bytes()))?;
    let manifest = manifest(record, folder.files(), Some(shard));
    folder.finish(&manifest)
}

/// Looks at what stands where a shard is to be written: true where it is this very shard, finished; a reason where it is
/// another; false where there is nothing of ours.
///
/// A caller that is told true need not play it again.
///
/// # Errors
///
/// Where another shard or sweep stands there, or something that cannot be read or was changed.
pub fn finished(folder: &Path, request: &Request, shard: Shard) -> Result<bool, Apart> {
    if !folder.join(MANIFEST).exists() {
        return Ok(false);
    }
    let help = "choose another folder with --out, or move this one away";
    let (known, own, _) = read(folder)?;
    let name = folder.display();
    match own.differs_from(shard, request, &known.request) {
        None => Ok(true),
        Some(reason) => Err(Apart::new(format!("`{name}` holds {reason}"), help)),
    }
}

impl Shard {
    /// In what a shard that was found (`self`, of `known`) differs from the one that is wanted; none where it is
    /// the same.
    fn differs_from(self, wanted: Self, request: &Request, known: &Request) -> Option<String> {
        if let Some(reason) = request.differs(known) {
            return Some(format!("a shard of another sweep: {reason}"));
        }
        let Self { number, of } = self;
        (self != wanted).then(|| format!("shard {number}/{of}, not {}/{}", wanted.number, wanted.of))
    }
}

/// Reads the shard in a folder, with its rows' numbers of points.
///
/// Every file that is used is held against its fingerprint in the manifest.
///
/// # Errors
///
/// No shard, another version of the program, or a file that was changed.
fn read(folder: &Path) -> Result<(Record, Shard, Vec<usize>), Apart> {
    let name = folder.display();
    let again = "run the shard again: `skillmix sweep … --shard i/n`";
    let file = |file: &str| {
        std::fs::read(folder.join(file)).map_err(|error| {
            Apart::new(format!("`{name}` cannot be read: {file}: {}", reason(&error)), again)
        })
    };
    let text = manifest_of(folder).map_err(|error| {
        Apart::new(format!("`{name}` cannot be read: {MANIFEST}: {}", reason(&error)), again)
    })?;
    let foreign =
        || Apart::new(format!("`{name}` is not a shard of a sweep"), "name folders written with --shard");
    let manifest: Value = serde_json::from_slice(&text).map_err(|_| foreign())?;
    let of = |key: &str| manifest.get(key).cloned().unwrap_or_default();
    if of("program") != PROGRAM || of("command") != "sweep" || manifest.get("shard").is_none() {
        return Err(foreign());
    }
    let request: Request = serde_json::from_value(of("request")).map_err(|error| {
        Apart::new(format!("`{name}` was written by another version of the program: {error}"), again)
    })?;
    let number = |key: &str| manifest["shard"][key].as_u64().map(|n| n as usize).ok_or_else(foreign);
    let shard = Shard { number: number("number")?, of: number("of")? };
    let whole = |wanted: &str| {
        let bytes = file(wanted)?;
        match fingerprint(&manifest, wanted) == Some(blake3::hash(&bytes).to_hex().as_str()) {
            true => Ok(bytes),
            false => Err(Apart::new(format!("`{name}`: {wanted} was changed after it was written"), again)),
        }
    };
    let rows = cells(&whole(TABLE)?).ok_or_else(foreign)?;
    let points = rows.iter().filter_map(|row| row.first()?.parse().ok()).collect();
    let scenario = String::from_utf8(whole("scenario.toml")?).map_err(|_| foreign())?;
    // Null, where no precision was asked for, counts as reached.
    let precise = of("precision_reached") != Value::Bool(false);
    let years = cells(&whole(years::TABLE)?).and_then(|rows| years::read(&rows)).ok_or_else(foreign)?;
    let assumptions = whole("assumptions.csv")?;
    Ok((Record { request, rows, years, precise, assumptions, scenario }, shard, points))
}

/// The rows of a table, headings left out.
///
/// None where the bytes are not a table with rows of one width.
fn cells(bytes: &[u8]) -> Option<Vec<Vec<String>>> {
    let mut table = csv::Reader::from_reader(bytes);
    table.records().map(|row| Some(row.ok()?.iter().map(ToOwned::to_owned).collect())).collect()
}

/// Puts all shards of a sweep together.
///
/// The assumptions and the scenario are those of the first folder: they are alike in all.
///
/// # Errors
///
/// Where a folder is no shard, holds a point that is not its own, is of another sweep or division, is named
/// twice, or one is missing.
pub fn merge(folders: &[PathBuf]) -> Result<Record, Apart> {
    let mut whole: Option<(Record, usize, PathBuf)> = None;
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    for folder in folders {
        let (record, shard, points) = read(folder)?;
        let name = folder.display();
        // A shard may hold fewer points than its share, but none of another's.
        if let Some(point) = points.iter().find(|point| **point == 0 || !shard.holds(**point - 1)) {
            let message =
                format!("`{name}` holds point {point}, which is not of shard {}/{}", shard.number, shard.of);
            return Err(Apart::new(message, "run the shard again"));
        }
        let Some((known, of, first)) = &mut whole else {
            seen.insert(shard.number);
            whole = Some((record, shard.of, folder.clone()));
            continue;
        };
        let other = "put together only shards of one sweep, all with the same flags";
        if let Some(reason) = known.request.differs(&record.request) {
            let message = format!("`{name}` is of another sweep than `{}`: {reason}", first.display());
            return Err(Apart::new(message, other));
        }
        if shard.of != *of {
            let message =
                format!("`{name}` is one of {} shards, `{}` one of {of}", shard.of, first.display());
            return Err(Apart::new(message, other));
        }
        if !seen.insert(shard.number) {
            let message = format!("`{name}` is shard {}/{}, which is there already", shard.number, shard.of);
            return Err(Apart::new(message, "name every shard once"));
        }
        known.rows.extend(record.rows);
        known.years.extend(record.years);
        known.precise &= record.precise;
    }
    let Some((mut record, of, _)) = whole else {
        return Err(Apart::new("no shard is named".into(), "name the folders of all shards"));
    };
    let missing: Vec<String> = (1..=of).filter(|n| !seen.contains(n)).map(|n| format!("{n}/{of}")).collect();
    if !missing.is_empty() {
        let message = format!("shards are missing: {}", missing.join(", "));
        return Err(Apart::new(message, "run them with the same flags and --shard, then put all together"));
    }
    // Numbers, not texts: point 10 comes after point 9.
    // A stable sort: the rows of a point stay in their order.
    record.rows.sort_by_key(|row| row.first().and_then(|cell| cell.parse::<usize>().ok()));
    record.years.sort_by_key(|row| row.point);
    Ok(record)
}
