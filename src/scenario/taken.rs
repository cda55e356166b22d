//! Files as they are taken in: whole, but never without end.
//!
//! In: a path from the command line or from a file. Out: its bytes or its text, or why it is not read. A device or a pipe may
//! have no end, and a file of many megabytes is no scenario: what is read becomes many times as large in memory.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

/// Most megabytes of a file.
const MOST_MEGABYTES: u64 = 64;

/// Fails for what is no file of a size that is read.
///
/// # Errors
///
/// No such file, a folder, a device or a pipe, or a file that is too large; in words.
pub(crate) fn sound(path: &Path) -> Result<()> {
    // What a link leads to counts.
    let about = std::fs::metadata(path)?;
    if about.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if !about.is_file() {
        let words = "it is no regular file but a device, a pipe or the like, which may have no end: save what it gives as a file";
        return Err(Error::new(ErrorKind::InvalidInput, words));
    }
    if about.len() > MOST_MEGABYTES << 20 { Err(too_large()) } else { Ok(()) }
}

/// The bytes of a file.
///
/// # Errors
///
/// As [`sound`], and where it cannot be read.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>> {
    sound(path)?;
    let mut bytes = Vec::new();
    // Some files of the system state no size, and others may grow while they are read.
    File::open(path)?.take((MOST_MEGABYTES << 20) + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_MEGABYTES << 20 { Err(too_large()) } else { Ok(bytes) }
}

/// The text of a file, in UTF-8.
///
/// # Errors
///
/// As [`bytes`], and where it is no such text.
pub(crate) fn text(path: &Path) -> Result<String> {
    String::from_utf8(bytes(path)?).map_err(|_| ErrorKind::InvalidData.into())
}

/// What is said of a file that is too large.
fn too_large() -> Error {
    let words = format!(
        "it is larger than {MOST_MEGABYTES} megabytes, which no scenario or table is: take out what is not needed"
    );
    Error::new(ErrorKind::InvalidInput, words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::reason;

    #[test]
    fn what_is_no_file_of_a_size_to_read_is_refused() {
        let folder = tempfile::tempdir().expect("a passing folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a.toml"), "weeks = 1").expect("a file");
        assert_eq!(text(&at("a.toml")).ok().as_deref(), Some("weeks = 1"));
        std::fs::write(at("b.toml"), [0xE9, b'b']).expect("a file");
        let large = File::create(at("large.toml")).expect("a file");
        large.set_len((MOST_MEGABYTES << 20) + 1).expect("a size");
        let said = |path: &Path| text(path).err().map(|error| reason(&error)).unwrap_or_default();
        assert_eq!(said(&at("b.toml")), "it is not text in UTF-8");
        assert_eq!(said(folder.path()), "it is a folder, not a file");
        assert!(said(&at("large.toml")).starts_with("it is larger than 64 megabytes"));
        if cfg!(unix) {
            assert!(said(Path::new("/dev/zero")).starts_with("it is no regular file"));
        }
    }
}
