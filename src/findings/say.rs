//! How figures are said: rounding, thousands, shares, chances, dates. No figure is computed here.
//!
//! In: figures. Out: words as a planner reads them, the same in every report, picture and table. Other files of
//! findings choose the sentence; here it is decided how its numbers look.

pub use crate::fault::list_or;
use crate::units::Day;

/// Names of the weekdays, as `Day::weekday` counts them.
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A whole number with commas between thousands.
///
/// Halves are rounded away from nought; what rounds to nought has no sign.
///
/// # Examples
///
/// ```
/// assert_eq!(skillmix::findings::say::whole(1_234_567.4), "1,234,567");
/// ```
pub fn whole(x: f64) -> String {
    let rounded = x.round();
    // The sign is put before the commas are.
    let digits = format!("{:.0}", rounded.abs());
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if rounded < 0.0 { format!("-{out}") } else { out }
}

/// A number to two significant digits from 100 on (`3,100`), whole from 10 on, one decimal below.
///
/// For figures whose further digits no run knows.
///
/// # Examples
///
/// ```
/// use skillmix::findings::say::about;
///
/// assert_eq!((about(3_137.0), about(21.4), about(4.26)), ("3,100".into(), "21".into(), "4.3".into()));
/// ```
pub fn about(x: f64) -> String {
    let size = x.abs();
    if size >= 99.5 {
        // The place of the second digit.
        let step = 10f64.powi(size.log10().floor() as i32 - 1);
        return whole((x / step).round() * step);
    }
    // What rounds to nought is nought, without a sign.
    if size >= 9.95 || x == x.round() || size < 0.05 { whole(x) } else { format!("{x:.1}") }
}

/// A number for each of something: whole from 10 on, one decimal from 1 on, two below.
///
/// # Examples
///
/// ```
/// use skillmix::findings::say::each;
///
/// assert_eq!((each(1_234.4), each(4.26), each(-0.344)), ("1,234".into(), "4.3".into(), "-0.34".into()));
/// ```
pub fn each(x: f64) -> String {
    match x.abs() {
        size if size >= 9.95 => whole(x),
        size if size >= 0.995 => decimals(x, 1),
        _ => decimals(x, 2),
    }
}

/// Pounds without their sign, to three significant digits from 100 on, to ten pence below ten pounds: `£105,744` is 106,000.
pub fn pounds(x: f64) -> String {
    rounded_pounds(x, f64::round)
}

/// The ends of an interval of pounds, rounded outwards, so that they hold the mean as it is said.
pub fn pounds_between(low: f64, high: f64) -> (String, String) {
    (rounded_pounds(low, f64::floor), rounded_pounds(high, f64::ceil))
}

/// Rounds by the size of the amount; `to` decides which way.
fn rounded_pounds(x: f64, to: fn(f64) -> f64) -> String {
    let size = x.abs();
    if size >= 100.0 {
        // The place of the third digit.
        let step = 10f64.powi(size.log10().floor() as i32 - 2);
        return whole(to(x / step) * step);
    }
    if size >= 10.0 || to(x) == x { whole(to(x)) } else { decimals(to(x * 10.0) / 10.0, 2) }
}

/// A number with so many decimals; a dash where there is no value.
///
/// Thousands have commas only without decimals.
pub fn decimals(x: f64, places: usize) -> String {
    if !x.is_finite() {
        return "-".into();
    }
    if places == 0 {
        return whole(x);
    }
    let text = format!("{x:.places$}");
    // "-0.0" is nought.
    if text.trim_start_matches(['-', '0', '.']).is_empty() {
        text.trim_start_matches('-').into()
    } else {
        text
    }
}

/// A number with its sign: `+139`, `-0.4`; nought has none.
///
/// What rounds to nought counts as nought.
pub fn signed(x: f64, places: usize) -> String {
    let text = decimals(x, places);
    if x > 0.0 && text.contains(|c: char| c.is_ascii_digit() && c != '0') { format!("+{text}") } else { text }
}

/// A share as a percentage: `78 %`. What is neither nought nor all is never rounded to either.
///
/// Below half a per cent and above 99.5 it says under and over.
///
/// # Examples
///
/// ```
/// use skillmix::findings::say::percent;
///
/// assert_eq!((percent(0.0), percent(0.004)), ("0 %".into(), "under 1 %".into()));
/// ```
pub fn percent(share: f64) -> String {
    if !share.is_finite() {
        return "-".into();
    }
    let points = share * 100.0;
    if points > 0.0 && points < 0.5 {
        "under 1 %".into()
    } else if (99.5..100.0).contains(&points) {
        "over 99 %".into()
    } else {
        format!("{} %", whole(points))
    }
}

/// What was run: `144 simulated years of each option`; where a precision was asked for and reached, from where on it was.
///
/// `of` is put behind the years, with its blank.
pub fn years_run(replications: usize, of: &str, needed: Option<usize>) -> String {
    let years = counted(replications as f64, "simulated year") + of;
    needed.map_or(years.clone(), |n| format!("{years} (as precise as asked from {} on)", whole(n as f64)))
}

/// What a count of replications may be said to be of.
///
/// Where inputs are uncertain a replication is one future: numbers and luck both differ.
pub fn futures(fixed: bool) -> &'static str {
    if fixed { "simulated years" } else { "futures consistent with what we know" }
}

/// From so many years on a rare or a near-certain chance is said in per cent; of fewer it is counted.
const COUNTED: u64 = 20;

/// A chance as a plain phrase: `in 2 of 10 of the futures consistent with what we know`.
///
/// "Simulated years" may be said only where every input is fixed: then only luck differs between them. Nought and
/// all are said in counts. Below 15 % and above 85 % tenths would double or halve what is rare: per cent are said,
/// of fewer than 20 years the count.
///
/// # Examples
///
/// ```
/// use skillmix::findings::say::chance;
///
/// assert_eq!(chance(203, 1000, true), "in 2 of 10 simulated years");
/// assert_eq!(chance(50, 1000, true), "in 5 % of simulated years");
/// ```
pub fn chance(met: u64, of: u64, fixed: bool) -> String {
    let what = futures(fixed);
    if of == 0 {
        return "in no year that could be counted".into();
    }
    if met == 0 {
        return format!("in none of {} {what}", whole(of as f64));
    }
    if met == of {
        return format!("in all of {} {what}", whole(of as f64));
    }
    let share = met as f64 / of as f64;
    // People say chances in tenths; what is rare or near-certain needs finer words.
    let of_the = if fixed { "" } else { "of the " };
    match (0.15..=0.85).contains(&share) {
        true => format!("in {:.0} of 10 {of_the}{what}", (10.0 * share).round()),
        false if of < COUNTED => format!("in {} of {} {what}", whole(met as f64), whole(of as f64)),
        false if fixed => format!("in {} of {what}", percent(share)),
        false => format!("in {} of the {what}", percent(share)),
    }
}

/// `about 3.5 sessions`; less than half a one is not "about 0".
pub fn sessions(lacking: f64) -> String {
    match about(lacking).as_str() {
        _ if lacking < 0.5 => "under half a session".to_owned(),
        "1" | "1.0" => "about 1 session".to_owned(),
        about => format!("about {about} sessions"),
    }
}

/// That some years do not count, where nobody fell due in them: `, 82 of 1,000 years apart in which nobody fell due`.
///
/// Empty where there is no such year.
pub fn nobody_due(without: u64, years: u64) -> String {
    match without {
        0 => String::new(),
        without => format!(
            ", {} of {} years apart in which nobody fell due",
            whole(without as f64),
            whole(years as f64)
        ),
    }
}

/// `one` to `nine` in words, other numbers in figures.
pub fn small(n: usize) -> String {
    const WORDS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    n.checked_sub(1).and_then(|i| WORDS.get(i)).map_or_else(|| whole(n as f64), |w| (*w).to_owned())
}

/// What is the same of several, once, with the names of those of whom it is; in the order in which it comes first.
pub fn together<T>(
    all: impl Iterator<Item = (String, T)>,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<(Vec<String>, T)> {
    let mut out: Vec<(Vec<String>, T)> = Vec::new();
    for (name, said) in all {
        match out.iter_mut().find(|(_, known)| same(known, &said)) {
            Some((names, _)) => names.push(name),
            None => out.push((vec![name], said)),
        }
    }
    out
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The plural of a role's title: `GPs`, `GP trainees or locums`, `Nurses in training`; what has none stays.
///
/// Both sides of an "or" are put into the plural; what follows "in", "of" or a bracket stays.
pub fn plural(title: &str) -> String {
    for between in [" or ", " and ", " / ", "/"] {
        if let Some((one, other)) = title.split_once(between) {
            return format!("{}{between}{}", plural(one), plural(other));
        }
    }
    for after in [" in ", " of ", " for ", " with ", " (", ", "] {
        if let Some((noun, rest)) = title.split_once(after) {
            return format!("{}{after}{rest}", plural(noun));
        }
    }
    plural_noun(title)
}

/// The plural of a noun, as far as titles of roles go.
fn plural_noun(noun: &str) -> String {
    let small = noun.to_lowercase();
    // Groups and kinds of work are not counted.
    if ["staff", "care", "team", "administration", "reception", "people"].iter().any(|w| small.ends_with(w)) {
        return noun.into();
    }
    if small.ends_with('s') && !small.ends_with("ss") {
        return noun.into();
    }
    if let Some(stem) = noun.strip_suffix("man") {
        return format!("{stem}men");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if ["ss", "x", "ch", "sh"].iter().any(|end| small.ends_with(end)) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// A title inside a sentence: `Nurse` becomes `nurse`, `GP` stays.
///
/// Abbreviations are told by their second letter.
///
/// Only the first letter changes, and only before a small one.
pub fn inside(title: &str) -> String {
    let mut letters = title.chars();
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some(a), Some(b)) if a.is_uppercase() && b.is_lowercase() => {
            a.to_lowercase().chain(title.chars().skip(1)).collect()
        }
        _ => title.into(),
    }
}

/// The first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |a| a.to_uppercase().chain(letters).collect())
}

/// `Monday 7 January 2019`.
pub fn date(day: Day) -> String {
    let date = day.date();
    format!("{} {} {} {}", DAYS[day.weekday()], date.day(), MONTHS[day.month()], date.year())
}

/// `7 January 2019`.
pub fn short_date(day: Day) -> String {
    let date = day.date();
    format!("{} {} {}", date.day(), MONTHS[day.month()], date.year())
}

/// What counts are said to be of. No count is ever scaled: a period within a week of a year is said to be one.
pub fn period(days: usize) -> &'static str {
    if (358..=373).contains(&days) { "a year" } else { "in the period" }
}

/// The convention of every count, said once in full.
pub fn convention(days: usize) -> String {
    format!(
        "Counts, hours and pounds are of {} of the period, here and in the files; none is scaled to a year.",
        all_days(days)
    )
}

/// The same above a table: `Of all 364 days.`
pub fn of_days(days: usize) -> String {
    format!("Of {}.", all_days(days))
}

/// `all 364 days`, or `the one day`.
pub fn all_days(days: usize) -> String {
    if days == 1 { "the one day".into() } else { format!("all {} days", whole(days as f64)) }
}

/// A count with its noun: `1 request`, `400 requests`.
///
/// An s makes the plural: give nouns that take one.
pub fn counted(n: f64, noun: &str) -> String {
    if n.round() == 1.0 { format!("1 {noun}") } else { format!("{} {noun}s", whole(n)) }
}

/// An address as words: `need.routine.rate_per_patient_year` becomes `rate per patient year (need routine)`.
///
/// What stands below the thing comes first, the thing in brackets; short addresses are only spelt out.
pub fn address(address: &str) -> String {
    let parts: Vec<&str> = address.split('.').collect();
    match parts.as_slice() {
        [kind, name, rest @ ..] if !rest.is_empty() => {
            let rest: Vec<String> = rest.iter().map(|r| r.replace('_', " ")).collect();
            format!("{} ({kind} {})", rest.join(", "), name.replace('_', " "))
        }
        _ => address.replace('_', " ").replace('.', ", "),
    }
}

#[cfg(test)]
#[path = "say_tests.rs"]
mod tests;
