//! The folder of published files from which a place is made, and what has to be known about them: file names,
//! months with their working days, practices whose figures were not published.
//!
//! In: a folder that a planner downloaded, and a code. Out: the tables ([`Published`]) and what to make of them
//! ([`Request`]). Fit: `new --network` reads, asks here what to make, and hands both to [`super::folder`]. This is the
//! only file of the folder that names years, files and places: another area or a later edition is a change here and
//! nowhere else.

use super::fit::{self, Fit};
use super::network::Request;
use super::published::{self, Published};
use std::collections::BTreeMap;
use std::path::Path;

/// Registered and weighted list of every practice and financial year.
const LISTS: &str = "nwl_practice_list_size_weighted_annual.csv";
/// Which practice belongs to which network, with the area it lies in.
const MEMBERS: &str = "nwl_practice_pcn_membership_2022.csv";
/// Staff of every practice and year.
const STAFF: &str = "nwl_practice_workforce_annual_2016_2024.csv";
/// Newer public names of practices; the file may be missing.
const NAMES: &str = "hf_practices.csv";
/// Appointments of the area by month, status, staff group and lead time.
const BOOKS: &str = "gpad_nwl_monthly_2019-03_2020-12.csv";

/// Weekdays without bank holidays of the months of the appointment file.
///
/// In order, from the first month of the file. March to February has 253 of them.
const MONTHS: [(&str, u32); 12] = [
    ("2019-03", 21),
    ("2019-04", 20),
    ("2019-05", 21),
    ("2019-06", 20),
    ("2019-07", 23),
    ("2019-08", 21),
    ("2019-09", 21),
    ("2019-10", 23),
    ("2019-11", 21),
    ("2019-12", 20),
    ("2020-01", 22),
    ("2020-02", 20),
];
/// Months of the level: those of 2019 that the file has.
///
/// January and February 2020 serve the check of a whole year alone.
const LEVEL_MONTHS: usize = 10;
/// The practice whose appointments were not published in those months.
///
/// Its patients are left out of the weighted list that the appointments are divided by.
const NOT_IN_BOOKS: &str = "E85124";
/// The network that is kept apart: most of its patients live elsewhere.
///
/// (code, file name)
const APART: (&str, &str) = ("U19803", "gp-at-hand");
/// Names of areas by code, where they differ from the code.
///
/// Codes of the former clinical commissioning groups. An area without a name here is called by its code.
const AREAS: [(&str, &str); 1] = [("08C", "Hammersmith & Fulham")];
/// Fits by area.
///
/// An area without one gets the factors of the arithmetic.
const FITS: [(&str, &str); 1] = [("08C", include_str!("fits/hammersmith-fulham.toml"))];

/// What the folder has to hold, in words.
pub fn wanted() -> String {
    format!(
        "the folder is to hold {LISTS}, {MEMBERS}, {STAFF} and {BOOKS}, and may hold {NAMES}: each with the headings of its publication"
    )
}

/// Reads the tables of a folder.
///
/// Nothing is decided here: rows are read as they stand, practices without appointments left out of the level alone.
///
/// # Errors
///
/// Where a file is missing, cannot be read, or lacks a column; the text names the file. Names may be missing.
pub fn read(data: &Path) -> Result<Published, String> {
    let text = |name: &str| {
        std::fs::read_to_string(data.join(name))
            .map_err(|error| format!("{}: {error}", data.join(name).display()))
    };
    let lists = text(LISTS)?;
    // The level divides appointments by the patients of those who published them.
    let not_published = |row: &&published::ListRow| row.practice == NOT_IN_BOOKS;
    let level = published::lists(&lists, "2019-20")?;
    Ok(Published {
        level_weighted: level.iter().filter(|row| !not_published(row)).map(|row| row.weighted).sum(),
        lists: published::lists(&lists, "2018-19")?,
        members: published::members(&text(MEMBERS)?)?,
        staff: published::staff(&text(STAFF)?)?,
        names: text(NAMES).map_or(Ok(BTreeMap::new()), |names| published::names(&names))?,
        appointments: published::appointments(&text(BOOKS)?)?,
    })
}

/// What to make for a network or an area by its code, and the network's own code where one was named. The level and
/// the factors are always those of the whole area; without a fit, the one kept for the area, if there is one.
/// Codes may be in capitals or not.
///
/// # Errors
///
/// Where the code is no network and no area of the membership file; the text lists the areas.
pub fn request(
    code: &str,
    published: &Published,
    fit: Option<Fit>,
) -> Result<(Request, Option<String>), String> {
    let is = |known: &str| known.eq_ignore_ascii_case(code);
    let of_area = published.members.iter().find(|member| is(&member.area));
    let of_network = published.members.iter().find(|member| is(&member.network));
    let Some(member) = of_area.or(of_network) else {
        let mut codes: Vec<&str> = published.members.iter().map(|member| member.area.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        return Err(format!(
            "`{code}` is no network and no area of the membership file; its areas are {}",
            codes.join(", ")
        ));
    };
    let area = member.area.clone();
    let own_fit = FITS.iter().find(|(code, _)| *code == area).map(|(_, text)| fit::read(text)).transpose()?;
    let known = AREAS.iter().find(|(code, _)| *code == area);
    let months = |n: usize| MONTHS[..n].iter().map(|(month, days)| ((*month).to_owned(), *days)).collect();
    let request = Request {
        place: known.map_or_else(|| format!("Area {area}"), |(_, name)| (*name).to_owned()),
        area,
        list_year: "2018-19".to_owned(),
        staff_year: 2019,
        start: "2019-04-01".to_owned(),
        apart: vec![(APART.0.to_owned(), APART.1.to_owned())],
        level_area: "North West London".to_owned(),
        months: months(LEVEL_MONTHS),
        check_months: months(MONTHS.len()),
        days_a_year: 253.0,
        library: include_str!("../scenario/library/england.toml").to_owned(),
        fit: fit.or(own_fit),
    };
    // The network's own code only where a network was named: an area makes all of its networks.
    Ok((request, of_area.is_none().then(|| member.network.clone())))
}
