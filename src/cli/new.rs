//! `new`: a starter folder that runs at once, to be changed line by line.

use super::exit::Exit;
use clap::Args;
use std::fs;
use std::io;
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
}

impl New {
    /// Writes the starter; never over anything.
    pub fn act(&self) -> Exit {
        let folder = &self.folder;
        if taken(folder) {
            super::fault(
                &format!("`{}` is there already and is not empty", folder.display()),
                "name a new folder",
            );
            return Exit::CannotWrite;
        }
        if let Err(error) = write(folder) {
            super::fault(
                &format!("`{}` cannot be written: {error}", folder.display()),
                "choose another folder",
            );
            return Exit::CannotWrite;
        }
        let shown = folder.display();
        super::say(&format!(
            "Made {shown}. Next:\n  skillmix check {shown}/network.toml\n  skillmix run {shown}/network.toml --out {shown}/output\n"
        ))
    }
}

/// True where something stands in the folder's place.
fn taken(folder: &Path) -> bool {
    folder.exists() && fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_some())
}

fn write(folder: &Path) -> io::Result<()> {
    for (name, text) in STARTER {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}
