//! The folder of published files from which a place is made, and what has to be known about them: file names,
//! months with their working days, practices whose figures were not published.

use super::fit::{self, Fit};
use super::network::Request;
use super::published::{self, Published};
use std::collections::BTreeMap;
use std::path::Path;

const LISTS: &str = "nwl_practice_list_size_weighted_annual.csv";
const MEMBERS: &str = "nwl_practice_pcn_membership_2022.csv";
const STAFF: &str = "nwl_practice_workforce_annual_2016_2024.csv";
const NAMES: &str = "hf_practices.csv";
const BOOKS: &str = "gpad_nwl_monthly_2019-03_2020-12.csv";

/// Weekdays without bank holidays of the months of the appointment file.
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
const LEVEL_MONTHS: usize = 10;
/// The practice whose appointments were not published in those months.
const NOT_IN_BOOKS: &str = "E85124";
/// The network that is kept apart: most of its patients live elsewhere.
const APART: (&str, &str) = ("U19803", "gp-at-hand");
/// Names of areas by code, where they differ from the code.
const AREAS: [(&str, &str); 1] = [("08C", "Hammersmith & Fulham")];
/// Fits by area.
const FITS: [(&str, &str); 1] = [("08C", include_str!("fits/hammersmith-fulham.toml"))];

/// What the folder has to hold, in words.
pub fn wanted() -> String {
    format!(
        "the folder is to hold {LISTS}, {MEMBERS}, {STAFF} and {BOOKS}, and may hold {NAMES}: each with the headings of its publication"
    )
}

/// Reads the tables of a folder.
pub fn read(data: &Path) -> Result<Published, String> {
    let text = |name: &str| {
        std::fs::read_to_string(data.join(name))
            .map_err(|error| format!("{}: {error}", data.join(name).display()))
    };
    let lists = text(LISTS)?;
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
        staff_year: 2018,
        start: "2019-04-01".to_owned(),
        apart: vec![(APART.0.to_owned(), APART.1.to_owned())],
        level_area: "North West London".to_owned(),
        months: months(LEVEL_MONTHS),
        check_months: months(MONTHS.len()),
        days_a_year: 253.0,
        library: include_str!("../scenario/library/england.toml").to_owned(),
        fit: fit.or(own_fit),
    };
    Ok((request, of_area.is_none().then(|| member.network.clone())))
}
