//! Promise: a sweep is a tidy table of ordinary runs, and its shards put together are one run, byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/compare.toml")
}

fn skillmix(folder: &Path, args: &[&str], exit: i32) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_skillmix"))
        .current_dir(folder)
        .args(args)
        .output()
        .expect("the command starts");
    assert_eq!(output.status.code(), Some(exit), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Sweeps the fixture, 24 years a point.
fn sweep(folder: &Path, more: &[&str], exit: i32) -> Output {
    let fixture = fixture();
    let mut args = vec!["sweep", fixture.to_str().expect("a path of letters"), "-n", "24"];
    args.extend(more);
    skillmix(folder, &args, exit)
}

/// Every file of a folder and of those below it, by name.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder of results") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            found
                .extend(contents(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            found.insert(name, fs::read(path).expect("a file"));
        }
    }
    found
}

const VARY: [&str; 6] = [
    "--vary",
    "post.gps.slots_per_day=19:22:1",
    "--vary",
    "need.routine.rate_per_patient_year=0.9:1.1:0.1",
    "--option",
    "desk",
];

#[test]
fn shards_put_together_are_one_run_byte_for_byte() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    sweep(here, &[&VARY[..], &["--out", "whole", "--quiet"]].concat(), 0);
    for shard in ["1", "2", "3"] {
        let (flag, out) = (format!("{shard}/3"), format!("part-{shard}"));
        let threads = ["--threads", "1", "--quiet"];
        sweep(here, &[&VARY[..], &["--shard", &flag, "--out", &out], &threads].concat(), 0);
    }
    skillmix(here, &["merge", "part-3", "part-1", "part-2", "--out", "merged", "--quiet"], 0);
    let (whole, merged) = (contents(&here.join("whole")), contents(&here.join("merged")));
    assert_eq!(whole.keys().collect::<Vec<_>>(), merged.keys().collect::<Vec<_>>());
    for (name, bytes) in &whole {
        assert_eq!(Some(bytes), merged.get(name), "{name}");
    }
    assert!(whole.contains_key("plots/sweep.png") && whole.contains_key("assumptions.csv"));
    // What the README names gives the same table again.
    let again = ["sweep", "scenario.toml", "--vary", VARY[1], "--vary", VARY[3], "--option", "desk"];
    skillmix(&here.join("whole"), &[&again[..], &["--out", "../again", "--quiet", "--no-plots"]].concat(), 0);
    let table = |out: &str| fs::read_to_string(here.join(out).join("sweep.csv")).expect("a table");
    assert_eq!(table("whole"), table("again"));
}

#[test]
fn a_point_is_an_ordinary_run_with_the_values_set() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let output =
        sweep(here, &["--vary", "post.gps.slots_per_day=19:21:2", "--option", "desk", "--out", "a"], 0);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        text.starts_with("Mean wait is best at 21 slots a day (GP, Mill Lane), with \"The desk alone\":"),
        "{text}"
    );
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let fixture = fixture();
    let set = ["run", fixture.to_str().expect("a path"), "-n", "24", "--set", "post.gps.slots_per_day=21"];
    skillmix(here, &[&set[..], &["--option", "desk", "--out", "b", "--quiet", "--no-plots"]].concat(), 0);
    let rows = |file: &str, wanted: &[(&str, &str)]| {
        let mut table = csv::Reader::from_path(here.join(file)).expect("a table");
        let head = table.headers().expect("headings").clone();
        let found: Vec<BTreeMap<String, String>> = table
            .records()
            .map(|row| {
                let row = row.expect("a row");
                head.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect::<BTreeMap<_, _>>()
            })
            .filter(|row| wanted.iter().all(|(key, value)| row[*key] == *value))
            .collect();
        assert_eq!(found.len(), 1, "{file} {wanted:?}");
        found[0].clone()
    };
    let of = [("option", "desk"), ("scope", "all"), ("need", ""), ("role", ""), ("measure", "wait_mean")];
    let point = rows("a/sweep.csv", &[&of[..], &[("post.gps.slots_per_day", "21")]].concat());
    let run = rows("b/summary.csv", &of);
    for key in ["n", "mean", "mean_low", "mean_high", "p5", "p50", "p95"] {
        assert_eq!(point[key], run[key], "{key}");
    }
    assert_eq!(point["point"], "2");
}

/// At 0 WTE of an option's post the levers that send it requests, and its settling in, are left out: as things are. All
/// shards say so, and so do they together.
#[test]
fn a_point_with_nobody_in_an_options_post_is_as_without_it() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/mix-option.toml");
    let path = path.to_str().expect("a path of letters");
    let asked = ["sweep", path, "-n", "24", "--vary", "option.helper.overlay.post.helper.wte=0:1:1"];
    let said = skillmix(here, &[&asked[..], &["--no-plots", "--out", "whole"]].concat(), 0);
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let words = "Where nobody is helper (0 WTE), the levers `to_helper` and `first_weeks` are left out: 0 WTE means without that part of the option.";
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(line(&said).contains(words), "{said}");
    let report = fs::read_to_string(here.join("whole/report.txt")).expect("what stood on the screen");
    assert!(report.lines().count() > 5, "{report}");
    let mut table = csv::Reader::from_path(here.join("whole/sweep.csv")).expect("a table");
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    let of = |point: &str, option: &str| -> Vec<Vec<String>> {
        let own = rows.iter().filter(|row| &row[0] == point && &row[2] == option);
        own.map(|row| row.iter().skip(3).map(str::to_owned).collect()).collect()
    };
    let unmet = |point: &str, option: &str| {
        let rows = of(point, option);
        rows.into_iter().find(|row| row[5] == "unmet" && row[0] == "all" && row[2].is_empty())
    };
    assert!(unmet("1", "as_now").is_some());
    assert_eq!(unmet("1", "helper"), unmet("1", "as_now"), "0 WTE is as things are");
    assert_ne!(unmet("2", "helper"), unmet("2", "as_now"), "1 WTE is not");
    for shard in ["1/2", "2/2"] {
        let out = format!("part-{}", &shard[..1]);
        skillmix(here, &[&asked[..], &["--shard", shard, "--out", &out, "--quiet"]].concat(), 0);
    }
    let merged = skillmix(here, &["merge", "part-1", "part-2", "--out", "merged", "--no-plots"], 0);
    assert!(line(&String::from_utf8_lossy(&merged.stdout)).contains(words));
    let readme = |out: &str| fs::read_to_string(here.join(out).join("README.txt")).expect("a readme");
    assert!(["part-1", "part-2", "merged"].iter().all(|out| line(&readme(out)).contains(words)));
}

#[test]
fn a_wrong_or_foreign_shard_is_refused_with_the_reason_and_a_finished_one_skipped() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let vary = ["--vary", "post.gps.slots_per_day=19:22:1", "--option", "desk"];
    let shard = |more: &[&str], exit: i32| sweep(here, &[&vary[..], more].concat(), exit);
    shard(&["--shard", "1/2", "--out", "a", "--quiet"], 0);
    shard(&["--shard", "2/2", "--out", "b", "--quiet"], 0);
    shard(&["--shard", "2/2", "--seed", "8", "--out", "seed", "--quiet"], 0);
    shard(&["--shard", "2/2", "--set", "need.routine.slot_minutes=11", "--out", "scenario", "--quiet"], 0);
    shard(&["--shard", "2/3", "--out", "thirds", "--quiet"], 0);
    let merge = |second: &[&str], reason: &str| {
        let output = skillmix(here, &[&["merge", "a"], second, &["--out", "m"]].concat(), 3);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(reason), "{reason}: {said}");
        assert!(!here.join("m").exists(), "nothing was written");
    };
    merge(&["seed"], "another seed: 8 and not 7");
    merge(&["scenario"], "another scenario (fingerprint)");
    merge(&["thirds"], "one of 3 shards");
    merge(&["a"], "which is there already");
    merge(&[], "shards are missing: 2/2");
    merge(&["nowhere"], "cannot be read");
    // A shard is not written over: it would have to be simulated again.
    let before = contents(&here.join("a"));
    let output = skillmix(here, &["merge", "a", "b", "--out", "a"], 2);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("is one of the shards"), "{said}");
    assert_eq!(before, contents(&here.join("a")));
    // Finished: skipped, to the same bytes; another in its place: refused.
    let before = contents(&here.join("a"));
    let output = shard(&["--shard", "1/2", "--out", "a"], 0);
    assert!(String::from_utf8_lossy(&output.stdout).contains("is finished already"));
    assert_eq!(before, contents(&here.join("a")));
    let output = shard(&["--shard", "2/2", "--out", "a"], 5);
    assert!(String::from_utf8_lossy(&output.stderr).contains("holds shard 1/2, not 2/2"));
    shard(&["--shard", "1/2", "--seed", "9", "--out", "a"], 5);
    // A table that was touched is no shard any more.
    let table = here.join("b/sweep.csv");
    let text = fs::read_to_string(&table).expect("a table");
    fs::write(&table, text + "\n").expect("a table");
    merge(&["b"], "sweep.csv was changed after it was written");
}

#[test]
fn designs_have_their_points_and_faults_speak_plainly() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let design =
        ["--vary", "post.gps.slots_per_day=19:22:1", "--vary", "need.routine.rate_per_patient_year=0.9:1.1"];
    for (name, points) in [("latin-hypercube", "5"), ("sobol", "4")] {
        let more = ["--design", name, "--points", points, "--option", "desk", "--out", name, "--quiet"];
        sweep(here, &[&design[..], &more].concat(), 0);
        let text = fs::read_to_string(here.join(name).join("sweep.csv")).expect("a table");
        let last = text.lines().last().expect("a row").split(',').next();
        assert_eq!(last, Some(points));
    }
    let told = |more: &[&str], exit: i32, words: &str| {
        let output = sweep(here, more, exit);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(words), "{words}: {said}");
    };
    told(&design, 2, "a grid needs a step");
    told(&["--vary", "post.gps.slots_per_day=22:19:1"], 2, "write the lower value first");
    told(&["--vary", "post.gp.slots_per_day=19:22:1"], 2, "did you mean `gps`?");
    told(&["--vary", "need.routine.rate_per_patient_year=-1:1:1"], 2, "but -1 is not");
    told(&[&design[..2], &["--points", "3"]].concat(), 2, "--points is not for a grid");
    told(&[&design[..2], &design[..2]].concat(), 2, "is varied twice");
    let most = [
        "--vary",
        "post.gps.slots_per_day=19:20:1",
        "--option",
        "desk",
        "--precision",
        "0.0001",
        "--out",
        "p",
    ];
    told(&most, 4, "not within 0.01 %");
}

/// An option that states the varied value itself is marked, shows its own, and is told how to be varied.
#[test]
fn an_option_that_states_the_value_itself_is_marked() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let text = fs::read_to_string(fixture()).expect("the fixture");
    let own = "\n[option.more]\nname = \"More doctors\"\noverlay = { post.gps.slots_per_day = 54 }\n";
    fs::write(folder.path().join("own.toml"), text + own).expect("a scenario");
    let args = ["sweep", "own.toml", "-n", "8", "--vary", "post.gps.slots_per_day=19:23:2", "--no-plots"];
    let options = ["--option", "more", "--option", "desk", "--out", "out"];
    let output = skillmix(folder.path(), &[&args[..], &options[..]].concat(), 0);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("More doctors states post.gps.slots_per_day (54) itself"), "{said}");
    assert!(words.contains("Use --vary option.more.overlay.post.gps.slots_per_day=… for that."), "{said}");
    let rows = |option: &str| said.lines().filter(|line| line.contains(option)).collect::<Vec<_>>();
    assert!(rows(" more ").iter().all(|row| row.trim_start().starts_with("54 *")), "{said}");
    assert!(rows(" desk ").iter().all(|row| !row.contains('*')), "{said}");
    assert!(said.contains("Unmet"), "{said}");
}

/// The best point by the headline halves the pharmacists, whose own patients then wait: whom it harms stands right after the
/// answer, and shards put together say it too, to the letter.
#[test]
fn whom_the_best_point_harms_is_said_after_the_answer_and_of_shards_too() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let starter = super::size::starter();
    let asked = ["sweep", &starter, "-n", "24", "--option", "ask_the_pharmacist", "--no-plots"];
    let vary = ["--vary", "post.pharmacists.slots_per_day=18:54:18"];
    let said = |more: &[&str]| {
        let output = skillmix(here, &[&asked[..], &vary, more].concat(), 0);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let whole = said(&["--out", "whole"]);
    let parts: Vec<String> = whole.split("\n\n").map(|part| part.replace('\n', " ")).collect();
    assert!(parts[0].contains("is best at 18 slots a day"), "{whole}");
    assert!(
        parts[1].starts_with(
            "Pulled from its first day, \"Ask the pharmacist\" is on average at 88 % of its strength"
        ),
        "{whole}"
    );
    assert!(
        parts[2].starts_with("Beside things as they are, on the same 64 years, it harms medicines question"),
        "{whole}"
    );
    assert!(parts[3].starts_with("There, at full strength") && parts[3].contains("(236 %"), "{whole}");
    for shard in ["1/2", "2/2"] {
        said(&["--shard", shard, "--quiet", "--out", &format!("part-{}", &shard[..1])]);
    }
    let merged = skillmix(here, &["merge", "part-1", "part-2", "--out", "merged", "--no-plots"], 0);
    assert_eq!(String::from_utf8_lossy(&merged.stdout), whole);
}

/// Those who are never seen wait in no mean: a point is not called worst where more go unmet at another.
#[test]
fn no_point_is_called_worst_where_more_go_unmet_at_another() {
    let text = "horizon = { start = 2019-04-01, weeks = 12 }\nrun.headline = \"wait_mean\"\n[practice.north]\nregistered_list = 9000\n\
                [practice.south]\nregistered_list = 5000\n[need.routine]\nrate_per_patient_year = 2.1\nwhen_full = \"waits\"\nroles = [\"gp\"]\n[role.gp]\n\
                [post.doctors]\npractice = \"north\"\nslots_per_day = 80\n[post.docs]\npractice = \"south\"\nwte = 3\n";
    let folder = tempfile::tempdir().expect("a passing folder");
    let target = "[target.t]\nneed = \"routine\"\nwithin_days = 5\nshare = 0.8\n";
    fs::write(folder.path().join("a.toml"), format!("{text}{target}")).expect("a passing folder");
    fs::write(folder.path().join("without.toml"), text).expect("a passing folder");
    let asked = ["sweep", "a.toml", "--vary", "post.docs.wte=0:2:1", "-n", "24", "--no-plots"];
    let output = skillmix(folder.path(), &asked, 0);
    let said = String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!said.contains("worst of"), "{said}");
    assert!(said.contains("None of 3 points is called worst: it is "), "{said}");
    assert!(said.contains("requests go unmet at 0 WTE (GP, south) and"), "{said}");
    // Without a target nothing is unmet, but those who are left or waiting tell the same.
    let asked = ["sweep", "without.toml", "--vary", "post.docs.wte=0:2:1", "-n", "24", "--no-plots"];
    let output = skillmix(folder.path(), &asked, 0);
    let said = String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("have left or are waiting at the end at 0 WTE (GP, south) and"), "{said}");
    // Where a further person comes between the points is said too.
    let fine = ["sweep", "a.toml", "--vary", "post.docs.wte=1.2:1.8:0.2", "-n", "24", "--no-plots"];
    let output = skillmix(folder.path(), &fine, 0);
    let said = String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("GP, south is 1 person at 1.2 WTE, 2 from 1.6 WTE: "), "{said}");
}
