//! The folder of a run: checked before the run, written beside its place, moved there whole at the end.
//!
//! An existing folder is replaced only if everything in it is ours, as its manifest lists it.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Name of the file that marks a folder as ours.
pub const MANIFEST: &str = "manifest.json";

/// What marks a manifest as ours.
pub const PROGRAM: &str = "skillmix";

/// Why a folder cannot be written, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is in the way.
    pub message: String,
    /// The way out.
    pub help: String,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Path in the folder, with forward slashes.
    pub name: String,
    /// Size [bytes].
    pub bytes: u64,
    /// BLAKE3, hexadecimal.
    pub hash: String,
}

/// A folder being written.
#[derive(Debug)]
pub struct Folder {
    target: PathBuf,
    partial: Partial,
    files: Vec<Written>,
}

/// The folder under its passing name; gone again if it is dropped before it is moved.
#[derive(Debug)]
struct Partial(PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        // Nothing can be done here about a folder that cannot be removed; after the move there is none.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Folder {
    /// Checks, before a run, that the folder can be written: its parent exists or can be made, a file can
    /// be written there, and what stands in its place is ours. Leaves nothing behind.
    pub fn check(target: &Path) -> Result<(), Refusal> {
        let folder = Self::open(target)?;
        let probe = folder.partial.0.join("probe");
        fs::write(&probe, b"skillmix").map_err(|error| cannot(target, &error))
    }

    /// Starts writing a folder.
    pub fn open(target: &Path) -> Result<Self, Refusal> {
        replaceable(target)?;
        let target = std::path::absolute(target).map_err(|error| cannot(target, &error))?;
        let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
            return Err(Refusal {
                message: format!("`{}` is not a folder that can be replaced", target.display()),
                help: "name a folder of its own: --out output/my-run".into(),
            });
        };
        fs::create_dir_all(parent).map_err(|error| cannot(&target, &error))?;
        let passing = format!(".{}.writing-{}", name.to_string_lossy(), std::process::id());
        let partial = Partial(parent.join(passing));
        fs::create_dir(&partial.0).map_err(|error| cannot(&target, &error))?;
        Ok(Self { target, partial, files: Vec::new() })
    }

    /// Writes a file of the folder; a name may hold folders (`plots/weeks.svg`).
    pub fn file(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
    ) -> io::Result<()> {
        let path = self.partial.0.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut out =
            Counted { out: BufWriter::new(fs::File::create(&path)?), bytes: 0, hash: blake3::Hasher::new() };
        write(&mut out)?;
        out.flush()?;
        let hash = out.hash.finalize().to_hex().to_string();
        self.files.push(Written { name: name.to_owned(), bytes: out.bytes, hash });
        Ok(())
    }

    /// The files written so far.
    pub fn files(&self) -> &[Written] {
        &self.files
    }

    /// Writes the manifest and moves the folder to its place.
    pub fn finish(self, manifest: &str) -> io::Result<()> {
        fs::write(self.partial.0.join(MANIFEST), manifest)?;
        if !self.target.exists() {
            return fs::rename(&self.partial.0, &self.target);
        }
        let old = self.partial.0.with_extension("old");
        fs::rename(&self.target, &old)?;
        if let Err(error) = fs::rename(&self.partial.0, &self.target) {
            fs::rename(&old, &self.target)?;
            return Err(error);
        }
        fs::remove_dir_all(&old)
    }
}

/// A file with its size and fingerprint.
struct Counted {
    out: BufWriter<fs::File>,
    bytes: u64,
    hash: blake3::Hasher,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.hash.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Refuses to replace what is not ours.
fn replaceable(target: &Path) -> Result<(), Refusal> {
    if !target.exists() {
        return Ok(());
    }
    let name = target.display();
    let help = "choose another folder with --out, or move this one away";
    if !target.is_dir() {
        return Err(Refusal { message: format!("`{name}` is a file, not a folder"), help: help.into() });
    }
    let found = inside(target, "").map_err(|error| cannot(target, &error))?;
    if found.is_empty() {
        return Ok(());
    }
    let Some(ours) = listed(&target.join(MANIFEST)) else {
        return Err(Refusal {
            message: format!("`{name}` holds files that are not from a run (no {MANIFEST} of ours)"),
            help: help.into(),
        });
    };
    match found.iter().find(|file| !ours.contains(*file)) {
        None => Ok(()),
        Some(file) => Err(Refusal {
            message: format!(
                "`{name}` also holds `{file}`, which no run wrote; replacing the folder would lose it"
            ),
            help: format!("move `{file}` away, or choose another folder with --out"),
        }),
    }
}

/// Every file below a folder, with forward slashes.
fn inside(folder: &Path, before: &str) -> io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            found.extend(inside(&entry.path(), &format!("{name}/"))?);
        } else {
            found.insert(name);
        }
    }
    Ok(found)
}

/// Files that a manifest of ours lists, itself included; none where it is not ours.
fn listed(manifest: &Path) -> Option<BTreeSet<String>> {
    let text = fs::read_to_string(manifest).ok()?;
    let value: serde_json::Value = serde_json::from_str(&text).ok()?;
    if value.get("program")?.as_str()? != PROGRAM {
        return None;
    }
    let mut names = BTreeSet::from([MANIFEST.to_owned()]);
    for file in value.get("files")?.as_array()? {
        names.insert(file.get("name")?.as_str()?.to_owned());
    }
    Some(names)
}

/// The fingerprint of a file, as a manifest lists it.
pub fn fingerprint<'a>(manifest: &'a serde_json::Value, file: &str) -> Option<&'a str> {
    let files = manifest.get("files")?.as_array()?;
    files.iter().find(|listed| listed["name"] == file)?["blake3"].as_str()
}

/// A refusal by the machine.
fn cannot(target: &Path, error: &io::Error) -> Refusal {
    Refusal {
        message: format!("`{}` cannot be written: {error}", target.display()),
        help: "choose a folder you may write to with --out".into(),
    }
}
