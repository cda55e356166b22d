//! What is wrong with an input, in the planner's words, with the address where it is.
//!
//! A fault carries an *address* (`post.central_pharmacists.wte`); only [`crate::scenario`] knows
//! files and lines and turns the address into a place. Faults are collected, never thrown one by one.

use std::io::{self, ErrorKind};

/// How serious a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot be run.
    Fault,
    /// It runs, but the planner should know.
    Warning,
}

/// One thing that is wrong, or worth a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Fault or warning.
    pub severity: Severity,
    /// A short stable name of the kind of fault, such as `unknown-role`.
    pub code: &'static str,
    /// Where: the address of the value, or of the nearest table above it; empty for the whole scenario.
    pub address: String,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What stands under the caret (short), if it says more than the message.
    pub label: Option<String>,
    /// The way out: what would be right.
    pub help: Option<String>,
}

impl Fault {
    /// A fault at an address.
    pub fn new(code: &'static str, address: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Fault,
            code,
            address: address.into(),
            message: message.into(),
            label: None,
            help: None,
        }
    }

    /// A warning at an address.
    pub fn warning(code: &'static str, address: impl Into<String>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::new(code, address, message) }
    }

    /// Adds what stands under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// `a`, `a or b`, `a, b or c`.
pub fn list_or(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// Why a file cannot be read or written: in words where they are known, else what the system says, without its number.
///
/// To stand after `cannot read FILE: `.
pub fn reason(error: &io::Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "there is no such file",
        ErrorKind::IsADirectory => "it is a folder, not a file",
        ErrorKind::NotADirectory => "what should be a folder on the way to it is a file",
        ErrorKind::PermissionDenied => "you have no permission",
        ErrorKind::ReadOnlyFilesystem => "nothing can be written to that disk",
        ErrorKind::StorageFull => "the disk is full",
        // Only where it is no fault of our own, which has its words.
        ErrorKind::InvalidData if error.get_ref().is_none() => "it is not text in UTF-8",
        _ => {
            let text = error.to_string();
            return text.split(" (os error").next().unwrap_or_default().to_owned();
        }
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{list_or, reason};
    use std::io::{Error, ErrorKind};

    #[test]
    fn what_the_system_says_in_words() {
        assert_eq!(reason(&Error::from_raw_os_error(2)), "there is no such file");
        assert_eq!(reason(&Error::new(ErrorKind::InvalidData, "save it as text")), "save it as text");
        assert!(!reason(&Error::from_raw_os_error(5)).contains("os error"));
    }

    #[test]
    fn things_one_of_which_will_do() {
        let said = |items: &[&str]| list_or(&items.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(
            (said(&[]), said(&["a"]), said(&["a", "b", "c"])),
            ("".into(), "a".into(), "a, b or c".into())
        );
    }
}
