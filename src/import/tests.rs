//! A small example place from tables to files.

use super::files::folder;
use super::names::{network_key, public_title};
use super::network::Request;
use super::published::{self, Published};
use super::work_out::work_out;
use toml::Table;

const LISTS: &str = "financial_year,practice_code,practice_name,ccg_code,registered_patients,weighted_patients,former_ccg_code\n\
    2018-19,E1,DR A PERSON,X,5000,4800,X\n2018-19,E2,NORTH ROAD SURGERY,X,8000,7900,X\n2017-18,E2,NORTH ROAD SURGERY,X,1,1,X\n";
const MEMBERS: &str = "practice_code,pcn_code,pcn_name,relationship_start,relationship_end,former_ccg_code\n\
    E1,U1,NORTH EXAMPLE TOWN PCN,2019-07-01,,X\nE2,U1,NORTH EXAMPLE TOWN PCN,2019-07-01,,X\nE9,U1,NORTH EXAMPLE TOWN PCN,2019-07-01,,X\n";
const STAFF: &str = "practice_code,year,gp_headcount_excl_trainees_locums,gp_fte_excl_trainees_locums,gp_trainee_and_locum_fte,nurse_fte,direct_patient_care_fte\n\
    E1,2018,0,0,0,0,0\nE1,2021,3,2.4,0,1,0.5\nE2,2018,4,3.1,0.4,1.2,2.0\n";
const BOOKS: &str = "ccg_code,month,status,hcp_type,mode,lead_time,appointments\n\
    X,2019-03,Attended,GP,Face-to-Face,Same Day,2300\nX,2019-03,DNA,GP,Face-to-Face,1 Day,100\nX,2019-03,Attended,Other Practice staff,Face-to-Face,2 to 7 Days,1900\n\
    X,2019-03,DNA,Other Practice staff,Face-to-Face,2 to 7 Days,100\n";

fn example() -> (Request, Published) {
    let request = Request {
        place: "Example Town".to_owned(),
        area: "X".to_owned(),
        list_year: "2018-19".to_owned(),
        staff_year: 2018,
        start: "2019-04-01".to_owned(),
        apart: Vec::new(),
        level_area: "Example Area".to_owned(),
        months: vec![("2019-03".to_owned(), 21)],
        check_months: Vec::new(),
        days_a_year: 253.0,
        library: include_str!("../scenario/library/england.toml").to_owned(),
        fit: None,
    };
    let published = Published {
        lists: published::lists(LISTS, "2018-19").unwrap_or_default(),
        level_weighted: 12_700.0,
        members: published::members(MEMBERS).unwrap_or_default(),
        staff: published::staff(STAFF).unwrap_or_default(),
        names: Default::default(),
        appointments: published::appointments(BOOKS).unwrap_or_default(),
    };
    (request, published)
}

#[test]
fn a_place_becomes_files_that_parse_and_name_nobody() {
    let (request, published) = example();
    let files = folder(&request, &published).expect("the example is whole");
    let get = |name: &str| {
        files.iter().find(|(path, _)| path == name).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    for (path, text) in &files {
        if path.ends_with(".toml") {
            text.parse::<Table>().unwrap_or_else(|e| panic!("{path}: {e}\n{text}"));
        }
        assert!(!text.contains("PERSON") && !text.contains("Person"), "{path} names a clinician");
    }
    let north = get("north.toml");
    assert!(north.contains("[practice.e1]\nname = \"Practice E1\""), "{north}");
    assert!(north.contains("name = \"North Road Surgery\""));
    assert!(north.contains("[post.e2_gp]\npractice = \"e2\"\nrole = \"gp\"\nwte = 3.1\nsource = \"WORKFORCE-2018\"\nheadcount = 4"));
    assert!(north.contains("its first return, of 2021, stands in"));
    assert!(!north.contains("e1_gp_trainee_locum"), "nobody published, no post");
    assert!(get("README.md").contains("E9 is a member but has no list"));
}

#[test]
fn the_rates_give_back_the_published_level() {
    let (request, published) = example();
    let worked = work_out(&request, &published).expect("the example is whole");
    for group in 0..2 {
        let total: f64 =
            worked.lines.iter().filter(|line| line.group == group).map(|line| line.bookings).sum();
        assert!((total * (1.0 - worked.unmet[group]) - worked.seen[group].booked).abs() < 1e-9);
    }
    assert!((worked.seen[0].booked - 2400.0 / 12_700.0 * 253.0 / 21.0).abs() < 1e-9);
    assert!((worked.seen[0].dna - 100.0 / 2400.0).abs() < 1e-12);
}

#[test]
fn keys_and_titles() {
    assert_eq!(network_key("SOUTH FULHAM PCN", "Hammersmith & Fulham"), "south-fulham");
    assert_eq!(network_key("NORTH HAMMERSMITH & FULHAM PCN", "Hammersmith & Fulham"), "north");
    assert_eq!(public_title("THE SURGERY, DR X & PARTNERS"), None);
    assert_eq!(public_title("RICHFORD GATE MEDICAL CENTRE").as_deref(), Some("Richford Gate Medical Centre"));
    assert_eq!(
        public_title("HAMMERSMITH & FULHAM CENTRES FOR HEALTH").as_deref(),
        Some("Hammersmith & Fulham Centres for Health")
    );
}
