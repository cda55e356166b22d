//! Promise: a key that nothing reads is warned of, and one that an option reads is not.

use skillmix::scenario::{Scenario, load, load_text};
use std::path::{Path, PathBuf};

/// A post of slots that an option gives people, and a role to which a lever sends requests.
const BASE: &str = "
[horizon]
start = 2019-04-01
weeks = 4
[practice.north]
registered_list = 2000
[need.routine]
rate_per_patient_year = 2.1
roles = [\"gp\"]
REFERS
[role.gp]
[role.nurse]
[post.doctors]
role = \"gp\"
slots_per_day = 40
slot_minutes = 15
[post.nurses]
role = \"nurse\"
slots_per_day = 10
[lever.nurses_first]
change.some = { redirect = { need = \"routine\", to = \"role:nurse\", accepted = 0.1 } }
[option.nurses]
LEVERS
[option.employed.overlay]
remove = [\"post.doctors\"]
[option.employed.overlay.post.gps]
role = \"gp\"
wte = 2
";

/// Addresses of idle keys.
fn idle(refers: &str, levers: &str) -> Vec<String> {
    let text = BASE.replace("REFERS", refers).replace("LEVERS", levers);
    let scenario =
        load_text("idle.toml", &text, &[]).unwrap_or_else(|report| panic!("{}", report.render(false)));
    let idle = scenario.warnings.faults().filter(|fault| fault.code == "idle-key");
    idle.map(|fault| fault.address.clone()).collect()
}

#[test]
fn a_key_that_one_option_reads_is_not_idle() {
    let refers = "refers_on.nurse = { share = 0.2 }";
    assert_eq!(
        idle(refers, "levers = [\"nurses_first\"]"),
        Vec::<String>::new(),
        "the lever sends to nurses"
    );
    assert_eq!(idle(refers, "levers = []"), ["need.routine.refers_on.nurse"], "no lever in force does");
    assert_eq!(idle("", "levers = []"), Vec::<String>::new());
}

#[test]
fn what_a_library_states_is_not_the_planners() {
    let text = "extends = [\"library:england\"]\n[horizon]\nstart = 2019-04-01\nweeks = 4\n[practice.north]\nregistered_list = 2000\n\
                [post.gps]\nrole = \"gp\"\nwte = 2\n";
    if let Ok(scenario) = load_text("library.toml", text, &[]) {
        assert!(scenario.warnings.faults().all(|fault| fault.code != "idle-key"));
    }
}

/// Scenario files below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            found.push(path);
        }
    }
}

/// The whole scenario as one text gives the warnings of the files it was made from, and is written as it stands.
#[test]
fn the_text_that_loads_again_warns_of_the_same() {
    let mut found = Vec::new();
    files(Path::new("scenarios"), &mut found);
    let (mut scenarios, mut listed) = (0, 0);
    for path in found {
        let Ok(scenario) = load(&path, &[]) else { continue };
        let again = load_text("scenario.toml", &scenario.resolved, &[])
            .unwrap_or_else(|report| panic!("{}: {}", path.display(), report.render(false)));
        let said = |scenario: &Scenario| -> Vec<_> {
            let mut said: Vec<_> =
                scenario.warnings.faults().map(|fault| (fault.code, fault.message.clone())).collect();
            said.sort();
            said
        };
        assert_eq!(said(&scenario), said(&again), "{}", path.display());
        assert_eq!(scenario.resolved, again.resolved, "{}", path.display());
        scenarios += 1;
        listed += usize::from(scenario.resolved.contains("from_library"));
    }
    assert!(scenarios > 20 && listed > 0, "{scenarios} scenarios, {listed} with keys of a library");
}
