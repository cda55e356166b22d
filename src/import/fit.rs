//! A fit by simulation: the factors found, and what the runs with them delivered. Written by whoever fitted, kept
//! in `fits/` by area.
//!
//! In: a text in TOML, or the one kept for an area. Out: [`Fit`]. Fit: the level is derived from its unmet shares, and
//! its factors are written to every post instead of those of the arithmetic; the note of a place says which of the two
//! it is.

use super::level::GROUPS;
use toml::Table;

/// What a fit came to; pairs are GP and other staff.
///
/// Written by whoever fitted, over a scenario of the whole area: `[GP, other staff]` throughout.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Factors on appointment minutes.
    pub factors: [f64; GROUPS.len()],
    /// Share of attempts that fail at the fit, from which the rates are derived; published attempts less these give the
    /// appointments of the level.
    pub unmet: [f64; GROUPS.len()],
    /// Booked per 1,000 weighted patients a year, simulated.
    pub booked: [f64; GROUPS.len()],
    /// Share of all attempts that gave up, simulated.
    pub unmet_all: f64,
    /// Replications.
    pub replications: f64,
    /// Share of booked by lead band, simulated; the bands of the publication, in its order.
    pub leads: [[f64; 7]; GROUPS.len()],
    /// What is to be said about the factors.
    pub note: String,
    /// What is to be said about the leads.
    pub leads_note: String,
}

/// Reads a fit.
///
/// Sentences may be missing; numbers may not.
///
/// # Errors
///
/// Where it is no TOML, or a number is missing or not as many as are wanted.
pub fn read(text: &str) -> Result<Fit, String> {
    let table: Table = text.parse().map_err(|error| format!("the fit cannot be read: {error}"))?;
    let words = |key: &str| table.get(key).and_then(|text| text.as_str()).unwrap_or_default().to_owned();
    Ok(Fit {
        factors: list(&table, "factors")?,
        unmet: list(&table, "unmet")?,
        booked: list(&table, "booked")?,
        unmet_all: list::<1>(&table, "unmet_all")?[0],
        replications: list::<1>(&table, "replications")?[0],
        leads: [list(&table, "leads_gp")?, list(&table, "leads_other")?],
        note: words("note"),
        leads_note: words("leads_note"),
    })
}

/// A number, or a list of numbers, of a table; each plain or as the library writes it.
///
/// # Errors
///
/// Where the key is missing or has another number of numbers.
fn list<const N: usize>(table: &Table, key: &str) -> Result<[f64; N], String> {
    let node = table.get(key).ok_or_else(|| format!("the fit does not state `{key}`"))?;
    let one = std::slice::from_ref(node);
    let nodes = node.as_array().map_or(one, Vec::as_slice);
    let numbers: Vec<f64> = nodes.iter().map(super::level::value).collect();
    numbers.try_into().map_err(|_| format!("`{key}` of the fit: {N} numbers are wanted"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fit_of_the_borough_is_whole_and_within_three_per_cent() {
        let text = include_str!("fits/hammersmith-fulham.toml");
        let fit = read(text).expect("a fit");
        for (booked, target) in fit.booked.iter().zip([2917.0, 1863.0]) {
            assert!((booked / target - 1.0).abs() < 0.03, "{booked} of {target}");
        }
        assert!((0.09..=0.16).contains(&fit.unmet_all));
        assert!(fit.leads.iter().all(|shares| (shares.iter().sum::<f64>() - 1.0).abs() < 0.005));
        assert!(read("factors = 1").is_err_and(|message| message.contains("2 numbers")));
    }
}
