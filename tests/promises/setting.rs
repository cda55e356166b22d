//! Promise: `--set` replaces the value at its address, and nothing beside it.

use skillmix::scenario::load_text;
use std::process::Command;

/// Tables keyed by days, bands and practices, where neighbours could be lost.
const TOWN: &str = r#"
[horizon]
start = 2019-04-01
weeks = 4
[practice.a]
registered_list = 9000
rooms = { mon = 4, tue = 4, wed = 4, thu = 3, fri = 4 }
[practice.b]
registered_list = 6000
rooms = 4
[need.routine]
rate_per_patient_year = 2.1
roles = ["gp"]
start_backlog = { a = 20, b = 300 }
mode = { face_to_face = 0.6, telephone = 0.4 }
dna = { by_day = { 0 = 0.02, 2 = 0.05, 8 = 0.09 } }
chosen_lead = { 0 = 0.5, 1 = 0.5 }
[role.gp]
hours_per_wte_week = 37.5
[post.gps]
role = "gp"
wte = 4
sharing = "rota"
rota = { mon = "a", tue = "a", wed_am = "b", wed_pm = "a", thu = "a", fri = "a" }
"#;

/// What stands at an address once texts are set.
fn after(sets: &[&str], address: &str) -> String {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    let scenario = load_text("town.toml", TOWN, &sets).unwrap_or_else(|r| panic!("{}", r.render(false)));
    let mut value = toml::Value::Table(toml::from_str(&scenario.resolved).expect("what is resolved is TOML"));
    for key in address.split('.') {
        value = value.get(key).unwrap_or_else(|| panic!("no {key} in {value}")).clone();
    }
    value.to_string()
}

#[test]
fn neighbours_of_an_address_stay() {
    let rooms = ["practice.a.rooms.mon=5", "practice.a.rooms.tue=6", "practice.a.rooms.thu=4"];
    assert_eq!(after(&rooms, "practice.a.rooms"), "{ mon = 5, tue = 6, wed = 4, thu = 4, fri = 4 }");
    assert_eq!(
        after(&["need.routine.start_backlog.a=40"], "need.routine.start_backlog"),
        "{ a = 40, b = 300 }"
    );
    assert_eq!(
        after(&["need.routine.dna.by_day.2=0.1"], "need.routine.dna.by_day"),
        "{ 0 = 0.02, 2 = 0.1, 8 = 0.09 }"
    );
    let rota = after(&["post.gps.rota.mon=[\"a\", \"b\"]"], "post.gps.rota");
    assert!(rota.starts_with(r#"{ mon = ["a", "b"], tue = "a", wed_am = "b""#), "{rota}");
}

#[test]
fn a_table_that_is_set_is_stated_anew() {
    for (set, address, value) in [
        ("need.routine.dna.by_day={ 0 = 0.1 }", "need.routine.dna.by_day", "{ 0 = 0.1 }"),
        ("need.routine.dna={ by_day = { 0 = 0.1 } }", "need.routine.dna.by_day", "{ 0 = 0.1 }"),
        ("need.routine={ dna.by_day.0 = 0.1 }", "need.routine.dna.by_day", "{ 0 = 0.1 }"),
        ("need.routine.mode={ face_to_face = 1 }", "need.routine.mode", "{ face_to_face = 1 }"),
        ("need.routine.chosen_lead={ 2-7 = 1 }", "need.routine.chosen_lead", "{ 2-7 = 1 }"),
        (
            "post.gps.rota={ mon = \"b\", tue = \"b\", wed = \"b\", thu = \"b\", fri = \"b\" }",
            "post.gps.rota",
            r#"{ mon = "b", tue = "b", wed = "b", thu = "b", fri = "b" }"#,
        ),
        ("practice.a.rooms={ mon = 5 }", "practice.a.rooms", "{ mon = 5 }"),
        ("practice.a.rooms=5", "practice.a.rooms", "5"),
        ("practice.b.rooms={ mon = 5 }", "practice.b.rooms", "{ mon = 5 }"),
    ] {
        assert_eq!(after(&[set], address), value, "{set}");
    }
    // Keys of their own beside it stay, as they would in a file that extends.
    assert_eq!(after(&["need.routine={ dna.by_day.0 = 0.1 }"], "need.routine.rate_per_patient_year"), "2.1");
}

/// What the command says of the town, and its exit code.
fn said(args: &[&str]) -> (String, Option<i32>) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("town.toml"), TOWN).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_skillmix"))
        .current_dir(folder.path())
        .args(args)
        .output()
        .expect("the command starts");
    (String::from_utf8_lossy(&output.stderr).into_owned(), output.status.code())
}

#[test]
fn what_a_command_line_cannot_ask_is_a_wrong_use() {
    let run = |more: &[&str]| said(&[&["run", "town.toml", "-n", "4", "--quiet"], more].concat());
    for (set, words) in [
        ("foo", "this is not ADDRESS=VALUE"),
        ("post.nobody.wte=1", "the scenario has no post `nobody`"),
        ("remove=[\"post.gps\"]", "`remove` cannot be set"),
        ("practice.b.rooms.mon=5", "`practice.b.rooms` is one value, 4"),
        ("post.gps.wte=3\n[run]\nseed=9", "a --set is one value on one line"),
    ] {
        let (text, code) = run(&["--set", set]);
        assert!(text.contains(words) && code == Some(2), "{set}: {code:?} {text}");
    }
    for (args, words) in [
        (["--threads", "65535"], "65535 threads are more than this machine can use"),
        (["--seed", "9007199254740993"], "write a whole number from 0 to 9,000,000,000,000,000"),
    ] {
        let (text, code) = run(&args);
        assert!(text.contains(words) && code == Some(2), "{args:?}: {code:?} {text}");
    }
    for (vary, words) in [
        ("run.seed=1:3:1", "`run.seed` says how a run is made"),
        ("run.replications=4:8:4", "`run.replications` says how a run is made"),
        ("post.gps.wte=1:1e12:1", "has more than 1000000 values"),
    ] {
        let (text, code) = said(&["sweep", "town.toml", "--vary", vary]);
        assert!(text.contains(words) && code == Some(2), "{vary}: {code:?} {text}");
    }
    let (text, code) = said(&["size", "town.toml", "--target", "t", "--post", "nope"]);
    assert!(!text.contains("gps, gps") && code == Some(2), "{text}");
}

/// The town with a target, and two options that state a number of the scenario anew, each its own way.
const OPTIONS: &str = r#"
[target.t]
need = "routine"
within_days = 5
share = 0.5
[option.more.overlay.post.gps]
wte = 5
[option.unsure.overlay.post.gps]
wte = { range80 = [5, 6] }
"#;

/// A number stands once for each option that states it, and it is said which; so it does in the table of assumptions.
#[test]
fn a_number_says_in_which_options_it_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("town.toml"), format!("{TOWN}{OPTIONS}")).expect("written");
    let run = |args: &[&str], code: i32| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_skillmix")).current_dir(folder.path()).args(args).output();
        let output = output.expect("the command starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout) + &text(&output.stderr)
    };
    let said = run(&["explain", "town.toml", "post.gps.wte"], 0);
    for words in [
        "holds in every option but more, unsure\n",
        "holds in option more (option.more.overlay.post.gps.wte)\n",
        "holds in option unsure (option.unsure.overlay.post.gps.wte)\n",
    ] {
        assert_eq!(said.matches(words).count(), 1, "{words}: {said}");
    }
    // A weekday that a table leaves out is said to have none.
    let rooms = ["--set", "practice.a.rooms={ mon = 5 }"];
    let said = run(&[&["explain", "town.toml", "practice.a.rooms.wed"][..], &rooms].concat(), 2);
    assert!(said.contains("names no `wed`: a weekday that is not named has no room"), "{said}");
    // Under the address that is said it is changed, and nowhere else.
    let set = ["--set", "option.more.overlay.post.gps.wte=7"];
    let said = run(&[&["explain", "town.toml", "post.gps.wte"][..], &set].concat(), 0);
    assert!(said.contains("post.gps.wte = 7\n") && said.contains("post.gps.wte = 4\n"), "{said}");
    run(&["run", "town.toml", "-n", "16", "--quiet", "--no-plots", "--out", "a"], 0);
    let table = std::fs::read_to_string(folder.path().join("a/assumptions.csv")).expect("a table");
    assert!(table.starts_with("address,option,stated,"), "{table}");
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').take(3).collect()).collect();
    let of: Vec<_> = rows.iter().filter(|row| row[0] == "post.gps.wte").map(|row| (row[1], row[2])).collect();
    assert_eq!(of, [("", "4"), ("more", "5"), ("unsure", "\"{ range80 = [5")]);
    let keys: std::collections::BTreeSet<_> = rows.iter().map(|row| (row[0], row[1])).collect();
    assert_eq!(keys.len(), rows.len(), "one row for an address in an option");
    // A size begins from what its own option states.
    let size = ["size", "town.toml", "--post", "gps", "--option", "more", "--mean", "-n", "32", "--no-plots"];
    run(&[&size[..], &["--quiet", "--out", "s"]].concat(), 0);
    let readme = std::fs::read_to_string(folder.path().join("s/README.txt")).expect("what each file is");
    assert!(!readme.contains("range80") && !readme.contains("--set"), "{readme}");
    // What a headline may name is explained, and what it may not is refused with the reason.
    let said = run(&["explain", "town.toml", "wait_mean@practice.b/need.routine"], 0);
    assert!(said.starts_with("wait_mean\n") && said.contains("  here: wait mean, "), "{said}");
    let said = run(&["explain", "town.toml", "wait_mean@practice.nowhere"], 2);
    assert!(said.contains("nowhere"), "{said}");
    // Sizes that no scenario can have are a matter of the range.
    let said = run(&[&size[..], &["--step", "1e18", "--out", "t"]].concat(), 2);
    assert!(said.contains("one of the sizes cannot be stated") && !said.contains("--set:"), "{said}");
    let widths =
        [("1", "one point is 0.01"), ("2", "2 points are 0.02"), ("dna_rate=5", "5 points are 0.05")];
    for (width, help) in widths {
        let said = run(&["compare", "town.toml", "-n", "16", "--matters", width, "--out", "c"], 2);
        assert!(said.contains("would never matter") && said.contains(help), "{said}");
    }
    // In the scenario it is a fault of the scenario, whatever is asked.
    let of_points = format!("{TOWN}{OPTIONS}[run]\nmatters = {{ dna_rate = 2 }}\n");
    std::fs::write(folder.path().join("points.toml"), of_points).expect("written");
    for command in ["check", "run", "compare"] {
        let said = run(&[command, "points.toml"], 3);
        assert!(said.contains("2 points are 0.02") && said.contains("--> points.toml:"), "{said}");
    }
}

/// What is set stands in every title, in that of the folder's scenario too, and a run of that scenario is the same;
/// how a run is made is no change of the network.
#[test]
fn what_is_set_stands_over_what_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("town.toml"), TOWN).expect("written");
    let run = |args: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_skillmix")).current_dir(folder.path()).args(args).output();
        let output = output.expect("the command starts");
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
    let usual = ["-n", "4", "--quiet", "--no-plots"];
    let sets =
        ["--set", "post.gps.wte=3", "--set", "run.headline=unmet", "--set", "practice.b.rooms={ mon = 5 }"];
    run(&[&["run", "town.toml", "--out", "changed"][..], &usual, &sets].concat());
    let title = "untitled scenario, with post.gps.wte = 3 and practice.b.rooms = { mon = 5 }";
    for file in ["changed/report.txt", "changed/README.txt", "changed/scenario.toml"] {
        let words = read(file).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.to_lowercase().contains(title), "{file}: {words}");
    }
    run(&[&["run", "changed/scenario.toml", "--out", "again"][..], &usual].concat());
    assert_eq!(read("changed/summary.csv"), read("again/summary.csv"));
    assert_eq!(read("changed/scenario.toml"), read("again/scenario.toml"));
    run(&[&["run", "town.toml", "--out", "plain", "--set", "run.headline=unmet"][..], &usual].concat());
    assert!(read("plain/report.txt").starts_with("Untitled scenario\n"), "how a run is made is no change");
}

/// Commands that load again and again say it too, and of one address the last value.
#[test]
fn what_is_set_stands_over_a_size() {
    let folder = tempfile::tempdir().expect("a folder");
    let town = format!("{TOWN}[target.t]\nneed = \"routine\"\nwithin_days = 5\nshare = 0.5\n");
    std::fs::write(folder.path().join("town.toml"), town).expect("written");
    let args = [
        "size",
        "town.toml",
        "--post",
        "gps",
        "--target",
        "t",
        "--mean",
        "--from",
        "3",
        "--to",
        "4",
        "-n",
        "64",
    ];
    let sets = [
        "--set",
        "practice.b.registered_list=5000",
        "--set",
        "practice.b.registered_list=5500",
        "--no-plots",
    ];
    let output = Command::new(env!("CARGO_BIN_EXE_skillmix"))
        .current_dir(folder.path())
        .args([&args[..], &sets].concat())
        .output()
        .expect("the command starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("Untitled scenario, with practice.b.registered_list = 5500\n"), "{said}");
}
