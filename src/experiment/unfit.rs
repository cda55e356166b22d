//! What cannot be asked of a scenario: why, and the way out.

/// Why something cannot be asked, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: String,
}

impl Unfit {
    /// A reason with its way out.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// A name that there is not: the nearest there is, else all where they are few.
    ///
    /// `there_are` opens the list, such as "its options are". 0.7 of Jaro and Winkler is the nearness below which a
    /// name is another name.
    pub fn unknown(message: String, name: &str, names: &[&str], there_are: &str) -> Self {
        // Options share their base: a name is listed once.
        let mut once: Vec<&str> = Vec::new();
        names.iter().for_each(|name| {
            if !once.contains(name) {
                once.push(name)
            }
        });
        let names = once;
        let scored = names.iter().map(|known| (strsim::jaro_winkler(name, known), *known));
        let nearest = scored.filter(|(score, _)| *score > 0.7).max_by(|a, b| a.0.total_cmp(&b.0));
        let help = match nearest {
            Some((_, known)) => format!("did you mean `{known}`?"),
            None if names.is_empty() => "there is none".into(),
            None => format!("{there_are} {}", names[..names.len().min(12)].join(", ")),
        };
        Self { message, help }
    }
}
