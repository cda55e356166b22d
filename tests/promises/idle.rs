//! Promise: a key that nothing reads is warned of, and one that an option reads is not.

use skillmix::scenario::load_text;

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
