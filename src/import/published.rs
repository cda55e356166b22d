//! Published tables: lists, memberships, workforce, appointments. Headings as in the publications' extracts.
//!
//! In: text of a comma-separated file. Out: rows of the columns that the arithmetic needs, everything else left behind.
//! A cell that is no number is no number: nothing is guessed. Fit: [`super::extract`] reads the files of a folder by
//! these.

use std::collections::BTreeMap;

/// One practice's list in a financial year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRow {
    /// Practice code.
    pub practice: String,
    /// Name as published.
    pub name: String,
    /// Area code.
    pub area: String,
    /// Registered patients, mean of the year.
    pub registered: f64,
    /// Registered patients weighted for age and need, as payments weight them.
    pub weighted: f64,
}

/// One practice's membership of a network.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Member {
    /// Practice code.
    pub practice: String,
    /// Network code.
    pub network: String,
    /// Network name.
    pub network_name: String,
    /// Start as published.
    pub start: String,
    /// End as published; empty where it lasts.
    pub end: String,
    /// Area code.
    pub area: String,
}

/// A practice's staff in a year; `None` where nothing was returned.
///
/// Wte of each group, and heads of GPs alone: other groups are not counted in people.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Staff {
    /// People who are GPs, without trainees and locums.
    pub gp_heads: Option<f64>,
    /// Full-time equivalents: GPs without trainees and locums.
    pub gp: Option<f64>,
    /// Trainees and locums.
    pub gp_trainee_locum: Option<f64>,
    /// Nurses.
    pub nurse: Option<f64>,
    /// Direct patient care.
    pub direct_patient_care: Option<f64>,
}

impl Staff {
    /// True where the practice returned nobody at all; then the next year with somebody stands in.
    pub fn is_empty(&self) -> bool {
        self.groups().iter().all(|(_, wte)| *wte == 0.0)
    }

    /// The staff groups that hold appointments with their equivalents, by role, in this order everywhere; nought where
    /// nothing was returned.
    pub fn groups(&self) -> [(&'static str, f64); 4] {
        [
            ("gp", self.gp.unwrap_or(0.0)),
            ("gp_trainee_locum", self.gp_trainee_locum.unwrap_or(0.0)),
            ("nurse", self.nurse.unwrap_or(0.0)),
            ("direct_patient_care", self.direct_patient_care.unwrap_or(0.0)),
        ]
    }
}

/// Appointments of a month by status, staff and lead time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Appointments {
    /// Month, `YYYY-MM`.
    pub month: String,
    /// `Attended`, `DNA`, `Unknown`.
    pub status: String,
    /// `GP`, `Other Practice staff`, `Unknown`.
    pub staff: String,
    /// National lead-time label.
    pub lead: String,
    /// Count.
    pub count: f64,
}

/// All tables.
///
/// As the arithmetic takes them: what was filtered and divided is said in [`super::extract`].
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// Lists of the year.
    pub lists: Vec<ListRow>,
    /// Weighted patients the appointments are set against.
    pub level_weighted: f64,
    /// Memberships.
    pub members: Vec<Member>,
    /// Staff by practice and year.
    pub staff: BTreeMap<(String, u16), Staff>,
    /// Newer public names by practice.
    pub names: BTreeMap<String, String>,
    /// Appointments of the level's area.
    pub appointments: Vec<Appointments>,
}

/// A CSV as rows of heading and text.
///
/// Headings and cells without the spaces around them; a row shorter than the headings has no cell for the rest.
///
/// # Errors
///
/// Where it is no CSV or a heading that is needed is missing; the text names it.
fn rows(text: &str, needed: &[&str]) -> Result<Vec<BTreeMap<String, String>>, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads: Vec<String> =
        reader.headers().map_err(|e| e.to_string())?.iter().map(|head| head.trim().to_owned()).collect();
    if let Some(missing) = needed.iter().find(|need| !heads.iter().any(|head| head == *need)) {
        return Err(format!("the table has no column `{missing}`; it has {}", heads.join(", ")));
    }
    reader
        .records()
        .map(|record| {
            let record = record.map_err(|e| e.to_string())?;
            Ok(heads.iter().cloned().zip(record.iter().map(|cell| cell.trim().to_owned())).collect())
        })
        .collect()
}

/// None where the cell is empty, missing or no number.
fn number(row: &BTreeMap<String, String>, key: &str) -> Option<f64> {
    row.get(key).and_then(|cell| cell.parse().ok())
}

/// Empty where there is no such heading.
fn cell(row: &BTreeMap<String, String>, key: &str) -> String {
    row.get(key).cloned().unwrap_or_default()
}

/// Reads the lists of one financial year (`2018-19`).
///
/// Rows of other years are passed over. A practice may come without a number: it is then left out of a place.
///
/// # Errors
///
/// Those of the table.
pub fn lists(text: &str, year: &str) -> Result<Vec<ListRow>, String> {
    let needed = [
        "financial_year",
        "practice_code",
        "practice_name",
        "registered_patients",
        "weighted_patients",
        "former_ccg_code",
    ];
    Ok(rows(text, &needed)?
        .iter()
        .filter(|row| cell(row, "financial_year") == year)
        .map(|row| ListRow {
            practice: cell(row, "practice_code"),
            name: cell(row, "practice_name"),
            area: cell(row, "former_ccg_code"),
            registered: number(row, "registered_patients").unwrap_or(0.0),
            weighted: number(row, "weighted_patients").unwrap_or(0.0),
        })
        .collect())
}

/// Reads memberships.
///
/// In the order of the file; a practice may have several rows of different times.
///
/// # Errors
///
/// Those of the table.
pub fn members(text: &str) -> Result<Vec<Member>, String> {
    let needed = [
        "practice_code",
        "pcn_code",
        "pcn_name",
        "relationship_start",
        "relationship_end",
        "former_ccg_code",
    ];
    Ok(rows(text, &needed)?
        .iter()
        .map(|row| Member {
            practice: cell(row, "practice_code"),
            network: cell(row, "pcn_code"),
            network_name: cell(row, "pcn_name"),
            start: cell(row, "relationship_start"),
            end: cell(row, "relationship_end"),
            area: cell(row, "former_ccg_code"),
        })
        .collect())
}

/// Reads the workforce of all years.
///
/// By practice and year: what a practice returned in a year stands once.
///
/// # Errors
///
/// Those of the table; and a year that is no number.
pub fn staff(text: &str) -> Result<BTreeMap<(String, u16), Staff>, String> {
    let needed =
        ["practice_code", "year", "gp_fte_excl_trainees_locums", "nurse_fte", "direct_patient_care_fte"];
    rows(text, &needed)?
        .iter()
        .map(|row| {
            let year =
                cell(row, "year").parse().map_err(|_| format!("`{}` is not a year", cell(row, "year")))?;
            let staff = Staff {
                gp_heads: number(row, "gp_headcount_excl_trainees_locums"),
                gp: number(row, "gp_fte_excl_trainees_locums"),
                gp_trainee_locum: number(row, "gp_trainee_and_locum_fte"),
                nurse: number(row, "nurse_fte"),
                direct_patient_care: number(row, "direct_patient_care_fte"),
            };
            Ok(((cell(row, "practice_code"), year), staff))
        })
        .collect()
}

/// Reads newer public names.
///
/// # Errors
///
/// Those of the table.
pub fn names(text: &str) -> Result<BTreeMap<String, String>, String> {
    Ok(rows(text, &["practice_code", "practice_name_latest"])?
        .iter()
        .map(|row| (cell(row, "practice_code"), cell(row, "practice_name_latest")))
        .collect())
}

/// Reads monthly appointments.
///
/// In the order of the file.
///
/// # Errors
///
/// Those of the table.
pub fn appointments(text: &str) -> Result<Vec<Appointments>, String> {
    let needed = ["month", "status", "hcp_type", "lead_time", "appointments"];
    Ok(rows(text, &needed)?
        .iter()
        .map(|row| Appointments {
            month: cell(row, "month"),
            status: cell(row, "status"),
            staff: cell(row, "hcp_type"),
            lead: cell(row, "lead_time"),
            count: number(row, "appointments").unwrap_or(0.0),
        })
        .collect())
}
