//! Names: a network's file, a practice's title that names no clinician.
//!
//! In: names as published, in capitals. Out: keys and titles for people. Clinicians are not to be named: a practice
//! whose public name may hold one is called by its code, and a test holds that no written file does.

/// `NORTH HAMMERSMITH & FULHAM PCN` in Hammersmith & Fulham is `north`.
///
/// Words of a name without the place and the ending, by hyphens; empty where nothing is left of it.
pub fn network_key(published: &str, place: &str) -> String {
    let name = published.to_uppercase().replace(&place.to_uppercase(), " ").replace(" PCN", " ");
    name.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join("-")
}

/// A name in capitals as a title; none where it may hold a clinician's name.
///
/// Better a code than a name that turns out to be a person: whatever looks like a title of one is left out. Capitals
/// stay where they are the word, such as GP, and small words are small but for the first.
pub fn public_title(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    // Only letters count, so "DR." and "DR" are the same word.
    let person = words.iter().any(|word| {
        let plain: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        ["DR", "DRS", "DOCTOR", "PARTNERS", "PARTNER", "PARTN", "MR", "MRS", "MS"]
            .contains(&plain.to_uppercase().as_str())
    });
    if words.is_empty() || person {
        return None;
    }
    let small = ["FOR", "OF", "AND", "THE"];
    let title: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(place, word)| {
            if word.len() == 2 && word.chars().all(char::is_alphabetic) && ["GP"].contains(word) {
                return (*word).to_owned();
            }
            let lower = word.to_lowercase();
            if place > 0 && small.contains(word) {
                return lower;
            }
            let mut letters = lower.chars();
            letters
                .next()
                .map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
        })
        .collect();
    Some(title.join(" "))
}
