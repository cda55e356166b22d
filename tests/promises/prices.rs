//! Promise: where a role has no price, what is known of the cost is said, and what is missing; never a bare dash.

use std::fs;
use std::path::Path;
use std::process::Command;

fn skillmix(folder: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_skillmix"))
        .current_dir(folder)
        .args(args)
        .output()
        .expect("the command starts");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fixture() -> String {
    format!("{}/tests/scenarios/no-price.toml", env!("CARGO_MANIFEST_DIR"))
}

/// 28 days of a lever that costs £36,525 a year.
const LEVER: f64 = 28.0 * 100.0;

#[test]
fn a_run_says_what_is_known_of_a_cost_and_what_is_missing() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let said = skillmix(here, &["run", &fixture(), "-n", "32", "--no-plots", "--out", "a"]);
    assert!(said.contains("\u{2265} 5,600"), "{said}");
    assert!(said.contains("\u{2265}: the least, as something in it has no price."), "{said}");
    let mut table = csv::Reader::from_path(here.join("a/summary.csv")).expect("a table");
    let head = table.headers().expect("headings").clone();
    let at = |name: &str| head.iter().position(|cell| cell == name).expect("a column");
    let (option, scope, measure, mean) = (at("option"), at("scope"), at("measure"), at("mean"));
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    let of = |name: &str, wanted: &str| {
        let row = rows.iter().find(|r| &r[option] == name && &r[scope] == "all" && &r[measure] == wanted);
        row.and_then(|row| row[mean].parse::<f64>().ok())
    };
    assert_eq!(of("helper", "cost_total"), None);
    assert_eq!(of("as_now", "cost_total"), of("as_now", "cost_known"), "all have a price");
    let gap = of("helper", "cost_known").zip(of("as_now", "cost_known")).map(|(with, now)| with - now);
    assert!(gap.is_some_and(|gap| (gap - 2.0 * LEVER).abs() < 2.0), "{gap:?}");
    // An option that adds nobody without a price has its whole cost.
    let lever = of("nothing_new", "cost_total").zip(of("as_now", "cost_total")).map(|(with, now)| with - now);
    assert!(lever.is_some_and(|cost| (cost - LEVER).abs() < 2.0), "{lever:?}");
    let report = fs::read_to_string(here.join("a/report.txt")).expect("a report");
    let report = report.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(report.contains("No price for: helper. All costs together are not known;"), "{report}");
    assert!(report.contains("The change is the least: no price for: helper."), "{report}");
    let sentence = "It costs at least £5,600 more; no price for: helper.";
    assert!(report.contains(sentence), "{report}");
}

#[test]
fn where_the_unpriced_are_the_same_in_both_the_change_is_the_whole() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let text = "extends = [\"BASE\"]\nremove = [\"role.nurse.cost_per_wte_year\"]\n";
    fs::write(here.join("same.toml"), text.replace("BASE", &fixture())).expect("a file");
    let said = skillmix(
        here,
        &["run", "same.toml", "--option", "nothing_new", "-n", "32", "--no-plots", "--out", "a"],
    );
    assert!(said.contains("2,800"), "{said}");
    assert!(!said.contains('\u{2265}'), "{said}");
}

#[test]
fn a_pilot_says_so_too_and_nothing_for_each_pound() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let pilots = format!(
        "title = \"Pilots\"\n[run]\nreplications = 32\nseed = 1\n[pilot.helper]\nname = \"A helper\"\nscenario = \"{}\"\noption = \"helper\"\nmeasure = \"unmet\"\ndesign = {{ practices = 4, months_before = 6, months_after = 6 }}\n",
        fixture()
    );
    fs::write(here.join("pilots.toml"), pilots).expect("a file");
    let said = skillmix(here, &["pilots", "pilots.toml", "--no-plots", "--out", "a"]);
    let report = fs::read_to_string(here.join("a/report.txt")).expect("a report");
    let report = report.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(report.contains("at least £5,600; no price for: helper."), "{said} {report}");
    assert!(!report.contains("for £1,000 "), "{report}");
    let table = fs::read_to_string(here.join("a/pilots.csv")).expect("a table");
    assert!(table.contains("at least this; no price for: helper"), "{table}");
}
