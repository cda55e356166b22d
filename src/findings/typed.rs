//! A command as it was typed, and the same with one more step: what a report advises to try next.
//!
//! In: file, settings and flags as they stood on the command line, and what is to be set further. Out: the words of the next
//! command, quoted for a shell. Steps taken one after another build on each other: nothing that was set is dropped.

/// A command as it was typed, as far as what it asks goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Scenario file.
    pub file: String,
    /// What was set: `address=value`, in the order given.
    pub sets: Vec<String>,
    /// Other flags with their values.
    pub flags: Vec<String>,
    /// Folder of its results; empty where there is none.
    pub out: String,
}

impl Typed {
    /// The same with some more set, as words of a shell. What was set of the same address before is set anew, and the
    /// results go into a folder of their own: those of before stay, to be laid beside them.
    pub fn with(&self, more: &[Setting]) -> Vec<String> {
        let file = if self.file.is_empty() { "SCENARIO".to_owned() } else { self.file.clone() };
        let address = |set: &str| set.split_once('=').map_or(set, |(address, _)| address).trim().to_owned();
        // A later setting would win anyway; the command stays short.
        let kept = self.sets.iter().filter(|set| !more.iter().any(|(new, _)| *new == address(set))).cloned();
        let sets = kept.chain(more.iter().map(|(address, value)| format!("{address}={value}")));
        let sets = sets.flat_map(|set| ["--set".to_owned(), set]);
        let words = ["skillmix".to_owned(), "run".to_owned(), file].into_iter();
        let out = (!self.out.is_empty()).then(|| ["--out".to_owned(), next_folder(&self.out)]);
        let flags = self.flags.iter().cloned().chain(out.into_iter().flatten());
        words.chain(flags).chain(sets).map(|word| quoted(&word)).collect()
    }
}

/// The folder after a folder: `output/network-2` after `output/network`, `-3` after `-2`.
fn next_folder(out: &str) -> String {
    let out = out.trim_end_matches(['/', '\\']);
    let numbered = out.rsplit_once('-').and_then(|(name, number)| Some((name, number.parse::<u32>().ok()?)));
    match numbered {
        // A larger number is a year, or a name.
        Some((name, number @ 2..=99)) if !name.is_empty() => format!("{name}-{}", number + 1),
        _ => format!("{out}-2"),
    }
}

/// A word as a shell reads it: that of a Mac or of Linux, PowerShell and the Windows command prompt alike.
///
/// Plain words stay as they are; others stand in double quotes, which all of these know. Where a word holds what some of
/// them would read in double quotes, it stands in single quotes, which the command prompt of Windows does not know.
///
/// # Examples
///
/// ```
/// assert_eq!(skillmix::findings::typed::quoted("my network.toml"), "\"my network.toml\"");
/// ```
pub fn quoted(word: &str) -> String {
    // Letters that no shell gives a meaning of its own; PowerShell takes a comma and an `@` for its own.
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-=:+".contains(c) || (cfg!(windows) && c == '\\');
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    let read_in_quotes = |c: char| "\"$`!".contains(c) || (!cfg!(windows) && c == '\\');
    if word.contains(read_in_quotes) {
        return format!("'{}'", word.replace('\'', "'\\''"));
    }
    format!("\"{word}\"")
}

/// An address with the value it is set to.
pub type Setting = (String, String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_has_a_folder_of_its_own() {
        let after = [("output/town", "output/town-2"), ("output/town-2", "output/town-3"), ("a/", "a-2")];
        after.iter().for_each(|(out, next)| assert_eq!(next_folder(out), *next));
        assert_eq!(next_folder("may-2019"), "may-2019-2");
        assert_eq!(next_folder("2019-"), "2019--2");
    }

    #[test]
    fn a_step_builds_on_what_was_typed() {
        let typed = Typed {
            file: "my network.toml".into(),
            sets: vec![
                "post.high_street_gps.slots_per_day=119".into(),
                "post.a.wte={ low = 1, high = 2 }".into(),
            ],
            flags: ["-n", "128", "--option", "ask"].map(ToOwned::to_owned).to_vec(),
            out: "output/town".into(),
        };
        let set = |address: &str, value: &str| (address.to_owned(), value.to_owned());
        assert_eq!(
            typed.with(&[set("post.riverside_gps.slots_per_day", "160")]).join(" "),
            r#"skillmix run "my network.toml" -n 128 --option ask --out output/town-2 --set post.high_street_gps.slots_per_day=119"#.to_owned()
                + r#" --set "post.a.wte={ low = 1, high = 2 }" --set post.riverside_gps.slots_per_day=160"#
        );
        let again = typed.with(&[set("post.high_street_gps.slots_per_day", "124")]).join(" ");
        assert!(!again.contains("119") && again.contains("slots_per_day=124"), "set anew: {again}");
        assert_eq!(quoted("the surgery's.toml"), r#""the surgery's.toml""#);
        assert_eq!(quoted(r#"post.a.role="gp""#), r#"'post.a.role="gp"'"#);
        assert_eq!(quoted("$5 to the surgery's"), r"'$5 to the surgery'\''s'");
    }
}
