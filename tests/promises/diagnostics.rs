//! Promise: a good file loads; a wrong file says what is wrong, where, and what would be right.

use skillmix::scenario::{load, load_text};
use std::path::{Path, PathBuf};

/// The smallest file that can be run: the plain queue of the tutorial.
const BARE: &str = "
[horizon]
start = 2019-04-01
weeks = 52
[practice.north]
registered_list = 9000
[need.routine]
rate_per_patient_year = 2.1
[post.doctors]
slots_per_day = 80
";

fn broken() -> Vec<PathBuf> {
    toml_files("tests/broken")
}

/// The TOML files of a folder, in the order of their names.
pub(super) fn toml_files(folder: &str) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(folder).expect("the folder is part of the repository");
    let mut files: Vec<PathBuf> = folder
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    files
}

/// `--set` texts that a broken file asks for in its first line.
fn sets(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().filter_map(|line| line.strip_prefix("# set: ")).map(str::to_owned).collect()
}

#[test]
fn every_broken_scenario_says_what_is_wrong() {
    let files = broken();
    assert!(files.len() >= 40, "only {} broken scenarios", files.len());
    let mut several = Vec::new();
    for path in files {
        let report = match load(&path, &sets(&path)) {
            Ok(scenario) => scenario.warnings,
            Err(report) => report,
        };
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        insta::with_settings!({ snapshot_path => "../broken", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name.clone(), report.render(false));
        });
        if report.faults().count() != 1 {
            several.push(format!("{name}:\n{}", report.render(false)));
        }
    }
    assert!(several.is_empty(), "each is to hold one fault:\n{}", several.join("\n"));
}

#[test]
fn a_bare_file_is_a_plain_queue() {
    match load_text("bare.toml", BARE, &[]) {
        Ok(scenario) => {
            assert_eq!(scenario.options.len(), 1);
            assert_eq!(scenario.options[0].name, "as_now");
            assert!(scenario.warnings.is_empty(), "{}", scenario.warnings.render(false));
        }
        Err(report) => panic!("{}", report.render(false)),
    }
}

#[test]
fn all_faults_come_at_once() {
    let text = BARE
        .replace("9000", "\"many\"")
        .replace("weeks = 52", "weeks = 0")
        .replace("slots_per_day", "slot_per_day");
    let Err(report) = load_text("three.toml", &text, &[]) else { panic!("three faults went unseen") };
    let codes: Vec<&str> = report.faults().map(|fault| fault.code).collect();
    assert!(
        codes.contains(&"not-a-number") && codes.contains(&"outside-range") && codes.contains(&"unknown-key"),
        "{codes:?}"
    );
}

/// A file with an option, an overlay, uncertainty, and what a writer may stumble over.
const RICH: &str = r#"
title = "A \"quoted\" title\nover two lines"
[calendar]
bank_holidays = "england"
part_days = { "2019-06-12" = 0.5 }
[demand]
per = "weighted_list"
season = { amplitude = { low = 0.05, likely = 0.1, high = 0.2 }, peak_day = -90 }
[option.more]
overlay = { post.doctors.slots_per_day = 90, remove = ["demand"], need.routine.dna = { share = 0.05 } }
[option.as_now]
name = "As we are"
"#;

#[test]
fn what_is_resolved_loads_again_to_the_same() {
    let text = format!("{RICH}{BARE}");
    let scenario =
        load_text("first.toml", &text, &[]).unwrap_or_else(|report| panic!("{}", report.render(false)));
    let again = load_text("again.toml", &scenario.resolved, &[])
        .unwrap_or_else(|report| panic!("{}\n{}", scenario.resolved, report.render(false)));
    assert_eq!(again.resolved, scenario.resolved);
    assert_eq!(again.hash, scenario.hash);
    for (one, other) in again.options.iter().zip(&scenario.options) {
        assert_eq!(format!("{:?}", one.model), format!("{:?}", other.model));
    }
    assert_eq!(scenario.options[0].title, "As we are");
    assert!(
        scenario.options[0].model.needs[0].dna.is_none() && scenario.options[1].model.needs[0].dna.is_some()
    );
}

#[test]
fn a_file_that_is_not_there_is_one_fault() {
    let said = |path: &str| match load(Path::new(path), &[]) {
        Ok(_) => panic!("{path} was read"),
        Err(report) => report.render(false),
    };
    let near = said("scenarios/reference/r2.toml");
    assert_eq!(
        near,
        "fault: cannot read scenarios/reference/r2.toml: there is no such file\n |\n = help: did you mean `r1.toml`?\n"
    );
    let folder = said("scenarios/reference");
    assert!(
        folder.starts_with("fault: scenarios/reference is a folder, and none of its files is network.toml\n")
    );
    assert!(folder.contains("r1.toml"), "{folder}");
}

#[test]
fn a_file_that_is_not_there_is_one_fault_whatever_is_set() {
    let sets = ["run.replications=8".to_owned(), "post.nobody.wte=3".to_owned()];
    let Err(report) = load(Path::new("scenarios/reference/r2.toml"), &sets) else { panic!("it was read") };
    let Err(plain) = load(Path::new("scenarios/reference/r2.toml"), &[]) else { panic!("it was read") };
    assert_eq!(report.render(false), plain.render(false));
}

#[test]
fn faults_come_before_warnings() {
    let text = format!(
        "[lever.late]\nstarts = 2030-01-01\nchange.d.demand = {{ needs = [\"routine\"], factor = 0.9 }}\n[option.late]\nlevers = [\"late\"]\n{BARE}from = 2019-05-01\nuntil = 2019-04-01\n"
    );
    let Err(report) = load_text("both.toml", &text, &[]) else { panic!("a fault went unseen") };
    let codes: Vec<&str> = report.faults().map(|fault| fault.code).collect();
    assert_eq!(codes, ["dates-order", "outside-period"]);
}

/// What the command says, and its exit code.
fn said(folder: &Path, args: &[&str]) -> (String, Option<i32>) {
    let command = std::process::Command::new(env!("CARGO_BIN_EXE_skillmix"));
    let output = { command }.current_dir(folder).args(args).output().expect("the command starts");
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8_lossy(&text).into_owned(), output.status.code())
}

#[test]
fn every_address_is_explained_and_one_that_leads_nowhere_says_how_far() {
    let folder = tempfile::tempdir().expect("a folder");
    let (made, code) = said(folder.path(), &["new", "my town"]);
    assert!(made.contains("skillmix check \"my town/network.toml\"") && code == Some(0), "{made}");
    let rows = [
        ("option.one_more_pharmacist", 0, "option.one_more_pharmacist.levers = [\"ask_the_pharmacist\"]"),
        (
            "option.one_more_pharmacist.overlay.post.pharmacists.slots_per_day",
            0,
            "holds in option one_more_pharmacist",
        ),
        ("horizon.start", 0, "stands in: my town/network.toml:"),
        (
            "post.gp.wte",
            2,
            "no `gp` in `post`\n  help: there is: high_street_gps, riverside_gps, pharmacists",
        ),
        ("post.pharmacists.wte", 2, "`post.pharmacists` does not state `wte` (Establishment [WTE])"),
        ("horizon.start.day", 2, "`horizon.start` is a value: nothing stands below it"),
        ("wait_men", 2, "did you mean `wait_mean`?"),
    ];
    for (address, code, words) in rows {
        let (text, exit) = said(folder.path(), &["explain", "my town/network.toml", address]);
        assert!(text.contains(words) && exit == Some(code), "{address}: {text}");
    }
}

#[test]
fn a_starter_is_made_whole_in_an_empty_folder_and_not_over_anything() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(said(folder.path(), &["new", "."]).1, Some(0));
    let mut names: Vec<_> =
        std::fs::read_dir(folder.path()).expect("read").flatten().map(|e| e.file_name()).collect();
    names.sort();
    assert_eq!(names, ["README.md", "network.toml", "options"]);
    assert_eq!(said(folder.path(), &["new", "."]).1, Some(5));
}

/// `hammersmith-fulham/central` is how a planner says it; a folder is the place that it describes.
#[test]
fn a_scenario_is_found_by_its_name_and_by_its_folder() {
    let title = |path: &str| load(Path::new(path), &[]).map(|s| s.title).unwrap_or_else(|r| r.render(false));
    assert_eq!(title("scenarios/reference/r1"), title("scenarios/reference/r1.toml"));
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("network.toml"), BARE).expect("written");
    let here = folder.path().display().to_string();
    assert_eq!(title(&here), title(&format!("{here}/network.toml")));
}

#[test]
fn set_replaces_one_number_whole() {
    let text = BARE.replace("2.1", "{ low = 1, likely = 2, high = 4 }");
    let sets = ["need.routine.rate_per_patient_year = 3".to_owned()];
    let scenario =
        load_text("set.toml", &text, &sets).unwrap_or_else(|report| panic!("{}", report.render(false)));
    let rate =
        scenario.assumptions.iter().find(|figure| figure.address == "need.routine.rate_per_patient_year");
    let rate = rate.expect("the rate is stated");
    assert_eq!((rate.mean, rate.range, rate.place.as_str(), rate.text.as_str()), (3.0, None, "--set:1", "3"));
}

#[test]
fn the_schema_in_the_repository_is_the_schema_of_the_types() {
    for (path, current) in [
        ("schema/scenario.schema.json", skillmix::scenario::schema_text()),
        ("schema/pilots.schema.json", skillmix::scenario::pilots_schema_text()),
    ] {
        if std::env::var_os("SKILLMIX_BLESS").is_some() {
            std::fs::write(path, &current).expect("the schema can be written");
        }
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        assert!(kept == current, "{path} is out of date: run SKILLMIX_BLESS=1 cargo test --test main schema");
    }
}

/// Every key of the format, from the schema.
fn keys() -> std::collections::BTreeSet<String> {
    fn walk(value: &serde_json::Value, found: &mut std::collections::BTreeSet<String>) {
        match value {
            serde_json::Value::Object(object) => {
                if let Some(serde_json::Value::Object(keys)) = object.get("properties") {
                    found.extend(keys.keys().cloned());
                }
                object.values().for_each(|child| walk(child, found));
            }
            serde_json::Value::Array(items) => items.iter().for_each(|child| walk(child, found)),
            _ => {}
        }
    }
    let schema = serde_json::from_str(&skillmix::scenario::schema_text()).expect("the schema is JSON");
    let mut found = std::collections::BTreeSet::new();
    walk(&schema, &mut found);
    found
}

#[test]
fn every_key_is_documented() {
    let doc = std::fs::read_to_string("docs/scenario.md")
        .expect("the page of the format is part of the repository");
    let written = |key: &str| {
        doc.match_indices(key).any(|(at, _)| {
            let inside = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
            let before = doc[..at].chars().next_back();
            let after = doc[at + key.len()..].chars().next();
            !before.is_some_and(inside) && !after.is_some_and(inside)
        })
    };
    let missing: Vec<String> = keys().into_iter().filter(|key| !written(key)).collect();
    assert!(missing.is_empty(), "docs/scenario.md does not speak of {missing:?}");
}

/// Loading may refuse, but never panic; and a report can always be rendered.
fn survives(text: &str) {
    let report = match load_text("any.toml", text, &[]) {
        Ok(scenario) => scenario.warnings,
        Err(report) => report,
    };
    assert_eq!(report.render(false).is_empty(), report.is_empty());
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    survives(&format!("x = {}", "[".repeat(100_000)));
    survives(&format!("x = {}", "{ a = ".repeat(100_000)));
    survives(&format!("[{}]", vec!["a"; 20_000].join(".")));
    survives(&format!("{} = 1", vec!["a"; 20_000].join(".")));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..proptest::prelude::ProptestConfig::with_cases(300) })]

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC*") {
        survives(&text);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(0u8..=255, 0..200)) {
        survives(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_change_to_a_file_makes_the_reader_panic(file in 0usize..60, at in 0usize..400, cut in 0usize..12, put in "[a-z0-9_ =\\[\\]{}\"'.,#\n-]{0,8}|[é€😀]") {
        let files = broken();
        let text = std::fs::read_to_string(&files[file % files.len()]).unwrap_or_default();
        let letters: Vec<char> = text.chars().collect();
        let at = at.min(letters.len());
        let rest = (at + cut).min(letters.len());
        let changed: String = letters[..at].iter().copied().chain(put.chars()).chain(letters[rest..].iter().copied()).collect();
        survives(&changed);
    }

    #[test]
    fn no_set_makes_the_reader_panic(text in "[a-z.]{0,20}=?[a-z0-9\\[\\]{}\",. =-]{0,20}") {
        if let Err(report) = load_text("bare.toml", BARE, &[text]) {
            assert!(!report.render(true).is_empty());
        }
    }
}

/// Every scenario of the repository that is whole: parts meant to be extended or laid over are left out.
fn whole_scenarios() -> Vec<PathBuf> {
    // the last two are files of pilots
    const PARTS: [&str; 4] = ["level.toml", "whole-offer.toml", "published.toml", "planned.toml"];
    let folders = std::fs::read_dir("scenarios").into_iter().flatten().filter_map(|entry| entry.ok());
    let files = folders.flat_map(|folder| std::fs::read_dir(folder.path()).into_iter().flatten());
    let mut found: Vec<PathBuf> = files
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .filter(|path| !PARTS.iter().any(|part| path.ends_with(part)))
        .collect();
    found.sort();
    found
}

#[test]
fn every_scenario_of_the_repository_loads_and_fits_the_schema() {
    let schema = serde_json::from_str(&skillmix::scenario::schema_text()).expect("the schema is JSON");
    let schema = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let files = whole_scenarios();
    assert!(!files.is_empty());
    for path in files {
        let scenario = load(&path, &[]).unwrap_or_else(|report| panic!("{}", report.render(false)));
        let again = load_text("again.toml", &scenario.resolved, &[])
            .unwrap_or_else(|report| panic!("{}: {}", path.display(), report.render(false)));
        assert_eq!(again.hash, scenario.hash, "{}", path.display());
        let table: toml::Table = toml::from_str(&scenario.resolved).expect("what is resolved is TOML");
        let json = serde_json::to_value(table).expect("TOML can be written as JSON");
        let wrong: Vec<String> = schema
            .iter_errors(&json)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{}:\n{}", path.display(), wrong.join("\n"));
    }
}

/// 0.9 on an average day is more than one on a Monday that is half as busy again: the run could not hold what is stated.
#[test]
fn a_chance_above_one_on_the_busiest_day_is_a_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("panel.toml");
    let text = |chance: f64| {
        let demand = "[demand]\nweekday = { mon = 1.5, tue = 1, wed = 1, thu = 1, fri = 0.5 }";
        BARE.replace("rate_per_patient_year = 2.1", &format!("chance_each_day = {chance}")) + demand
    };
    let loaded = |chance: f64| {
        std::fs::write(&path, text(chance)).expect("written");
        skillmix::experiment::foreseen::load(&path, &[])
    };
    let said = loaded(0.9).err().map(|report| report.render(false)).unwrap_or_default();
    assert!(
        said.contains("with a chance of 1.35 on the busiest day, 0.9 of an average day times 1.5"),
        "{said}"
    );
    assert!(loaded(0.6).is_ok());
}
