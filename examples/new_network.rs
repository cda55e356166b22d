//! `cargo run --example new_network -- DATA_FOLDER OUT_FOLDER [GP_FACTOR OTHER_FACTOR]`: the folder of
//! Hammersmith & Fulham from published files. To become `skillmix new --network`.

use skillmix::import::{Published, Request, folder, published};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, out, ..] = &arguments[..] else {
        return Err("usage: new_network DATA_FOLDER OUT_FOLDER [GP_FACTOR OTHER_FACTOR]".into());
    };
    let read =
        |name: &str| std::fs::read_to_string(Path::new(data).join(name)).map_err(|e| format!("{name}: {e}"));
    let lists = read("nwl_practice_list_size_weighted_annual.csv")?;
    // The level's denominator: all practices of the area but the one whose appointments were not published (E85124).
    let level_weighted = published::lists(&lists, "2019-20")?
        .iter()
        .filter(|row| row.practice != "E85124")
        .map(|row| row.weighted)
        .sum();
    let published = Published {
        lists: published::lists(&lists, "2018-19")?,
        level_weighted,
        members: published::members(&read("nwl_practice_pcn_membership_2022.csv")?)?,
        staff: published::staff(&read("nwl_practice_workforce_annual_2016_2024.csv")?)?,
        names: published::names(&read("hf_practices.csv")?)?,
        appointments: published::appointments(&read("gpad_nwl_monthly_2019-03_2020-12.csv")?)?,
    };
    let month = |(month, days): (&str, u32)| (month.to_owned(), days);
    // Weekdays without bank holidays.
    let months = [
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
    let factors = match &arguments[2..] {
        [gp, other] => Some([gp.parse()?, other.parse()?]),
        _ => None,
    };
    let request = Request {
        place: "Hammersmith & Fulham".to_owned(),
        area: "08C".to_owned(),
        list_year: "2018-19".to_owned(),
        staff_year: 2018,
        start: "2019-04-01".to_owned(),
        apart: vec![("U19803".to_owned(), "gp-at-hand".to_owned())],
        level_area: "North West London".to_owned(),
        months: months[..10].iter().copied().map(month).collect(),
        check_months: months.iter().copied().map(month).collect(),
        days_a_year: 253.0,
        library: include_str!("../src/scenario/library/england.toml").to_owned(),
        factors,
    };
    for (name, text) in folder(&request, &published)? {
        let path = Path::new(out).join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}
