//! Promise: a practice with nobody is where help is looked for first: it is named, with a step that covers it.

use std::path::Path;
use std::process::Command;

/// Two practices with GPs of their own; those of the south have so many wte.
fn scenario(folder: &Path, south: &str) {
    let text = format!(
        "horizon = {{ start = 2019-04-01, weeks = 12 }}\n[practice.north]\nregistered_list = 9000\n[practice.south]\nregistered_list = 5000\n\
         [need.routine]\nrate_per_patient_year = 2.1\nwhen_full = \"waits\"\nroles = [\"gp\"]\n[role.gp]\nstaff_group = \"GP\"\n\
         [post.doctors]\npractice = \"north\"\nslots_per_day = 80\n[post.docs]\npractice = \"south\"\n{south}\n\
         [target.t]\nneed = \"routine\"\nwithin_days = 5\nshare = 0.8\n"
    );
    std::fs::write(folder.join("a.toml"), text).expect("a passing folder");
}

/// What a run says, on one line.
fn said(south: &str) -> String {
    let folder = tempfile::tempdir().expect("a passing folder");
    scenario(folder.path(), south);
    let output = Command::new(env!("CARGO_BIN_EXE_skillmix"))
        .current_dir(folder.path())
        .args(["run", "a.toml", "-n", "48", "--no-plots", "--out", "out"])
        .output()
        .expect("the command starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let report = std::fs::read_to_string(folder.path().join("out/report.txt")).expect("a report");
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    words(&String::from_utf8_lossy(&output.stdout)) + " REPORT " + &words(&report)
}

#[test]
fn a_post_without_wte_gets_a_step_and_no_single_point() {
    let said = said("wte = 0");
    assert!(said.contains("Fewest are seen in time at south (0 % on average)"), "{said}");
    assert!(said.contains("Next: skillmix run a.toml") && said.contains("--set post.docs.wte="), "{said}");
    assert!(said.contains("GP, south 0.0 0 ") && !said.contains("GP, south 0.0 1 south"), "{said}");
    // The one more goes where nobody is, so the headline (seen in time) gains at once.
    assert!(!said.contains("There is no single bottleneck"), "{said}");
}

/// Two practices, neither of which has anybody: the role is short of all that is wanted, and said to be.
#[test]
fn a_role_without_anybody_is_short() {
    let folder = tempfile::tempdir().expect("a passing folder");
    scenario(folder.path(), "wte = 0");
    let output = Command::new(env!("CARGO_BIN_EXE_skillmix"))
        .current_dir(folder.path())
        .args([
            "run",
            "a.toml",
            "-n",
            "48",
            "--no-plots",
            "--out",
            "out",
            "--set",
            "post.doctors.slots_per_day=0",
        ])
        .output()
        .expect("the command starts");
    let said = String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("GPs are the bottleneck all through the period: short by about 23 sessions a week"),
        "{said}"
    );
}

#[test]
fn a_post_without_slots_gets_slots() {
    let said = said("slots_per_day = 0");
    assert!(said.contains("Fewest are seen in time at south (0 % on average)"), "{said}");
    assert!(said.contains("--set post.docs.slots_per_day="), "{said}");
    assert!(!said.contains("There is no single bottleneck"), "{said}");
}

#[test]
fn the_worst_place_is_named_where_no_setting_can_cover_it() {
    // Slots stated day by day cannot be put in one setting.
    let said = said("slots_by_day = [1, 0, 1, 0, 1]");
    assert!(said.contains("Fewest are seen in time at south ("), "{said}");
    assert!(!said.contains("Next: skillmix"), "{said}");
}
