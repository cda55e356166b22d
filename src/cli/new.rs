//! `new`: a starter folder that runs at once, to be changed line by line.
//!
//! In: nothing, or published files. Out: a folder that runs as it is. The starter is text of this repository; a place
//! from published files is made by [`import`]. Written together or not at all, and never over what is there.

use super::exit::Exit;
use crate::fault::reason;
use crate::findings::typed::quoted;
use crate::import;
use crate::report::folder::Folder;
use crate::scenario::taken;
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

/// Files of the starter.
const STARTER: [(&str, &str); 3] = [
    ("network.toml", include_str!("starter/network.toml")),
    ("options/one-more-pharmacist.toml", include_str!("starter/options/one-more-pharmacist.toml")),
    ("README.md", include_str!("starter/README.md")),
];

/// Make a folder with a small network that runs at once, to be changed line by line
#[derive(Debug, Args)]
#[command(after_help = super::exit::TABLE)]
pub struct New {
    /// Folder to make
    folder: PathBuf,
    /// Make it from published files: code of a network (U55717), or of an area for all its networks (08C)
    #[arg(long, value_name = "PCN", requires = "data")]
    network: Option<String>,
    /// Folder of the published files
    #[arg(long, value_name = "DIR", requires = "network")]
    data: Option<PathBuf>,
    /// Factors and rates of a fit by simulation (else the one kept for the area, else plain arithmetic)
    #[arg(long, value_name = "FILE", requires = "network")]
    fit: Option<PathBuf>,
}

impl New {
    /// Writes the starter; never over anything.
    pub fn act(&self) -> Exit {
        let folder = &self.folder;
        if taken(folder) {
            let what =
                if folder.is_dir() { "is there already and is not empty" } else { "is a file, not a folder" };
            super::fault(&format!("`{}` {what}", folder.display()), "name a new folder");
            return Exit::CannotWrite;
        }
        let files = match self.files() {
            Ok(files) => files,
            Err(message) => {
                super::fault(&message, &import::extract::wanted());
                return Exit::Scenario;
            }
        };
        if let Err(message) = write(folder, &files) {
            super::fault(&message, "choose another folder");
            return Exit::CannotWrite;
        }
        let shown = folder.display();
        if self.network.is_some() {
            return super::end_with(&format!(
                "Made {shown}. Its README.md says where each figure is from.\n"
            ));
        }
        super::end_with(&format!(
            "Made {shown}. Next:\n  skillmix check {file}\n  skillmix run {file} --out {out}\n",
            file = quoted(&folder.join("network.toml").to_string_lossy()),
            out = quoted(&folder.join("output").to_string_lossy()),
        ))
    }

    /// Paths and texts of the files.
    ///
    /// Below the folder. The starter without `--network`; what the published files of `--data` make with it.
    ///
    /// # Errors
    ///
    /// What the import says of a file or of the code, in words for the fault.
    fn files(&self) -> Result<Vec<(String, String)>, String> {
        let (Some(code), Some(data)) = (&self.network, &self.data) else {
            return Ok(STARTER.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec());
        };
        let published = import::extract::read(data)?;
        let text = |path: &PathBuf| {
            taken::text(path).map_err(|error| format!("{}: {}", path.display(), reason(&error)))
        };
        let fit = self.fit.as_ref().map(|path| import::fit::read(&text(path)?)).transpose()?;
        let (request, network) = import::extract::request(code, &published, fit)?;
        match network {
            Some(network) => import::one_network(&request, &published, &network),
            None => import::folder(&request, &published),
        }
    }
}

/// True where something stands in the folder's place.
///
/// Also where it is a file, or cannot be looked into: then writing would not be safe.
fn taken(folder: &Path) -> bool {
    folder.exists() && fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_some())
}

/// Writes all files or none: they are moved to their place together.
///
/// # Errors
///
/// What cannot be written, in words for the fault.
fn write(target: &Path, files: &[(String, String)]) -> Result<(), String> {
    let mut folder = Folder::open(target).map_err(|refusal| refusal.message)?;
    let written =
        files.iter().try_for_each(|(name, text)| folder.file(name, |out| out.write_all(text.as_bytes())));
    let cannot = |error| format!("`{}` cannot be written: {error}", target.display());
    written.and_then(|()| folder.place()).map_err(cannot)
}
