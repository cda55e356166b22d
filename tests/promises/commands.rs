//! Promise: the command does what its help says: exit codes, whole folders, the same bytes twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs the command in a folder.
fn skillmix(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_skillmix"))
        .current_dir(folder)
        .args(args)
        .output()
        .expect("the command starts")
}

/// Exit code.
fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

/// Runs and expects success.
fn fine(folder: &Path, args: &[&str]) -> Output {
    let output = skillmix(folder, args);
    assert_eq!(code(&output), 0, "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// A folder with the starter in `town`.
fn starter() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a passing folder");
    fine(folder.path(), &["new", "town"]);
    folder
}

/// Every file of a folder and of those below it, by name.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder of a run") {
        let path: PathBuf = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            let below = contents(&path).into_iter();
            found.extend(below.map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            found.insert(name, fs::read(path).expect("a file"));
        }
    }
    found
}

const SHORT: [&str; 3] = ["--quiet", "--replications", "24"];

fn run(folder: &Path, more: &[&str]) -> Output {
    let mut args = vec!["run"];
    args.extend(more);
    args.extend(SHORT);
    skillmix(folder, &args)
}

#[test]
fn the_starter_runs_as_it_stands_and_is_never_written_over() {
    let folder = starter();
    fine(folder.path(), &["check", "town/network.toml"]);
    let output = run(folder.path(), &["town/network.toml", "--days"]);
    assert_eq!(code(&output), 0);
    // Quiet, but for what may be wrong.
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.stdout.is_empty() && said.starts_with("warning: "), "{said}");
    assert!(!said.contains("Written to"), "{said}");
    let files = contents(&folder.path().join("output/network"));
    for name in ["summary.csv", "weeks.csv", "post_weeks.csv", "waits.csv", "gpad.csv", "days.csv"] {
        let text = String::from_utf8(files[name].clone()).expect("text");
        assert!(text.lines().count() > 20, "{name} has rows");
        assert!(!text.contains("NaN") && !text.contains("inf"), "{name}: no value is empty");
    }
    assert_eq!(code(&skillmix(folder.path(), &["new", "town"])), 5);
}

#[test]
fn the_same_run_gives_the_same_bytes_on_any_number_of_threads() {
    let folder = starter();
    let town = folder.path().join("town");
    for (out, threads) in [("a", "1"), ("b", "3")] {
        let args = ["network.toml", "--days", "--detail", "full", "--out", out, "--threads", threads];
        assert_eq!(code(&run(&town, &args)), 0);
    }
    assert_eq!(contents(&town.join("a")), contents(&town.join("b")));
    // from another folder, under another name of the same file
    let args = ["town/network.toml", "--days", "--detail", "full", "--out", "c"];
    assert_eq!(code(&run(folder.path(), &args)), 0);
    assert_eq!(contents(&town.join("a")), contents(&folder.path().join("c")));
}

#[test]
fn the_resolved_scenario_runs_to_the_same_bytes() {
    let folder = starter();
    let set = "need.routine.rate_per_patient_year=2.0";
    let first = ["town/network.toml", "--out", "first", "--seed", "7", "--set", set, "--days"];
    assert_eq!(code(&run(folder.path(), &first)), 0);
    let again =
        skillmix(folder.path(), &["run", "first/scenario.toml", "--out", "again", "--days", "--quiet"]);
    assert_eq!(code(&again), 0, "{}", String::from_utf8_lossy(&again.stderr));
    let (mut first, mut again) =
        (contents(&folder.path().join("first")), contents(&folder.path().join("again")));
    // these say in which file and line a number stands, which is what differs
    for name in ["assumptions.csv", "results.xlsx", "manifest.json"] {
        assert!(first.remove(name).is_some() && again.remove(name).is_some());
    }
    assert_eq!(first.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>());
    for (name, bytes) in &first {
        assert!(again[name] == *bytes, "{name} differs");
    }
}

#[test]
fn usage_is_2_and_says_what_there_is() {
    let folder = starter();
    assert_eq!(code(&skillmix(folder.path(), &["run"])), 2);
    assert_eq!(code(&skillmix(folder.path(), &["walk"])), 2);
    assert_eq!(code(&run(folder.path(), &["town/network.toml", "--precision", "2"])), 2);
    let output = run(folder.path(), &["town/network.toml", "--option", "nothing"]);
    assert_eq!(code(&output), 2);
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("ask_the_pharmacist"),
        "names the options there are"
    );
    let output = skillmix(folder.path(), &["explain", "town/network.toml", "wait_men"]);
    assert_eq!(code(&output), 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("`wait_mean`"), "names the nearest");
}

#[test]
fn a_wrong_scenario_is_3_and_nothing_is_written() {
    let folder = starter();
    let output = run(folder.path(), &["town/network.toml", "--set", "need.rutine.priority=1"]);
    assert_eq!(code(&output), 2, "what --set states is a wrong use");
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing was written"));
    assert_eq!(code(&run(folder.path(), &["missing.toml"])), 3);
    assert_eq!(code(&skillmix(folder.path(), &["check", "missing.toml"])), 3);
    assert!(!folder.path().join("output").exists());
}

#[test]
fn precision_not_reached_is_4_and_results_are_written() {
    let folder = starter();
    let output = run(folder.path(), &["town/network.toml", "--precision", "0.000001"]);
    assert_eq!(code(&output), 4);
    assert!(folder.path().join("output/network/summary.csv").exists());
    let easy = ["run", "town/network.toml", "--quiet", "--precision", "0.5", "--replications", "400"];
    fine(folder.path(), &easy);
    let manifest =
        fs::read_to_string(folder.path().join("output/network/manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!(manifest["precision_reached"], true);
    assert!(manifest["replications"].as_u64().is_some_and(|n| n < 400), "stopped early");
}

#[test]
fn what_cannot_be_written_is_5_and_leaves_nothing_behind() {
    let folder = starter();
    let path = folder.path();
    let before: Vec<String> = contents_names(path);
    fs::write(path.join("a_file"), "mine").expect("a file");
    // below a file, in place of a file, in place of a folder that is not ours
    assert_eq!(code(&run(path, &["town/network.toml", "--out", "a_file/run"])), 5);
    assert_eq!(code(&run(path, &["town/network.toml", "--out", "a_file"])), 5);
    let output = run(path, &["town/network.toml", "--out", "town"]);
    assert_eq!(code(&output), 5);
    assert!(String::from_utf8_lossy(&output.stderr).contains("--out"), "says the way out");
    assert_eq!(fs::read_to_string(path.join("a_file")).expect("the file"), "mine");
    fs::remove_file(path.join("a_file")).expect("the file");
    assert_eq!(contents_names(path), before, "nothing is left behind");
}

#[test]
fn a_folder_of_ours_is_replaced_unless_it_holds_something_else() {
    let folder = starter();
    let path = folder.path();
    assert_eq!(code(&run(path, &["town/network.toml", "--out", "run", "--days"])), 0);
    assert!(path.join("run/days.csv").exists());
    assert_eq!(code(&run(path, &["town/network.toml", "--out", "run"])), 0);
    assert!(!path.join("run/days.csv").exists(), "replaced whole");
    fs::write(path.join("run/notes.txt"), "mine").expect("a note");
    let output = run(path, &["town/network.toml", "--out", "run"]);
    assert_eq!(code(&output), 5);
    assert!(String::from_utf8_lossy(&output.stderr).contains("notes.txt"), "names it");
    assert_eq!(fs::read_to_string(path.join("run/notes.txt")).expect("the note"), "mine");
    fs::remove_file(path.join("run/notes.txt")).expect("the note");
    // A figure that somebody edited in the results is as much theirs as a file; a table that was only opened is not.
    let edited = path.join("run/scenario.toml");
    let as_run = fs::read_to_string(&edited).expect("the scenario that was run");
    fs::write(&edited, format!("{as_run}# mine\n")).expect("an edit");
    for scenario in ["town/network.toml", "run/scenario.toml"] {
        let output = run(path, &[scenario, "--out", "run"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(code(&output), 5, "{said}");
        assert!(said.contains("`scenario.toml`, which was changed") && said.contains("--out"), "{said}");
        assert!(fs::read_to_string(&edited).expect("the edit").ends_with("# mine\n"));
    }
    fs::write(&edited, as_run).expect("as it was");
    assert_eq!(code(&run(path, &["run/scenario.toml", "--out", "run"])), 0);
    assert_eq!(contents_names(path), ["run", "town"], "nothing is left behind");
}

/// Neither the parser's words nor the machine's.
#[test]
fn what_is_wrong_is_said_in_the_planners_words() {
    let folder = starter();
    let path = folder.path();
    fs::write(path.join("a_file"), "mine").expect("a file");
    for (args, exit, words) in [
        (
            &["run", "town/network.toml", "-n", "1e3"][..],
            2,
            "write a whole number from 1 to 10,000,000 in digits",
        ),
        (&["merge", "nope"], 3, "manifest.json: there is no such file"),
        (&["new", "a_file"], 5, "`a_file` is a file, not a folder"),
        (&["size", "town/network.toml", "--post", "gps"], 2, "--chance <C>|--mean"),
        (
            &["run", "town/network.toml", "-n", "8", "--precision", "0.000001", "--no-plots"],
            4,
            "not within 0.0001 % after",
        ),
    ] {
        let output = skillmix(path, args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(code(&output), exit, "{said}");
        assert!(said.contains(words) && !said.contains("os error"), "{said}");
    }
}

/// Names in a folder, sorted.
fn contents_names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_manifest_lists_every_file_with_its_fingerprint_and_no_path_of_the_machine() {
    let folder = starter();
    assert_eq!(code(&run(folder.path(), &["town/network.toml", "--out", "run"])), 0);
    let files = contents(&folder.path().join("run"));
    let text = String::from_utf8(files["manifest.json"].clone()).expect("text");
    assert!(!text.contains(&*folder.path().to_string_lossy()), "no path of the machine");
    let manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let listed = manifest["files"].as_array().expect("files");
    assert_eq!(listed.len() + 1, files.len());
    for file in listed {
        let bytes = &files[file["name"].as_str().expect("a name")];
        assert_eq!(file["bytes"].as_u64(), Some(bytes.len() as u64));
        assert_eq!(file["blake3"].as_str().expect("a fingerprint"), blake3::hash(bytes).to_hex().as_str());
    }
    let readme = String::from_utf8(files["README.txt"].clone()).expect("text");
    for name in files.keys().filter(|name| *name != "README.txt") {
        assert!(readme.contains(name.as_str()), "README.txt does not say what {name} is");
    }
}

#[test]
fn replications_can_be_read_back() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;
    let folder = starter();
    assert_eq!(code(&run(folder.path(), &["town/network.toml", "--out", "run", "--detail", "full"])), 0);
    let open = |name: &str| {
        let file = fs::File::open(folder.path().join("run").join(name)).expect("the file");
        SerializedFileReader::new(file).expect("a Parquet file")
    };
    let reader = open("replications.parquet");
    let meta = reader.metadata().file_metadata();
    assert_eq!(meta.created_by(), Some("skillmix"));
    // 24 replications, 3 options, 4 places (all, a network, two practices)
    assert_eq!(meta.num_rows(), 24 * 3 * 4);
    let names: Vec<String> = meta.schema_descr().columns().iter().map(|c| c.name().to_owned()).collect();
    let at = |name: &str| names.iter().position(|n| n == name).expect("a column");
    let mut sum = 0.0;
    for row in reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row")) {
        let option = row.get_string(at("option")).expect("an option");
        let scope = row.get_string(at("scope")).expect("a scope");
        if option == "as_now" && scope == "all" {
            sum += f64::from(row.get_float(at("requests")).expect("a figure"));
        }
    }
    let summary = fs::read_to_string(folder.path().join("run/summary.csv")).expect("the summary");
    let line = summary.lines().find(|l| l.starts_with("as_now,all,,,,requests,")).expect("a row");
    let mean: f64 = line.split(',').nth(8).and_then(|cell| cell.parse().ok()).expect("a mean");
    assert!((sum / 24.0 - mean).abs() < 1.0, "{} is not {mean}", sum / 24.0);
    assert!(names.contains(&"seen_within_target.routine_14_days".to_owned()));
    assert!(open("replications_full.parquet").metadata().file_metadata().num_rows() > 24 * 3 * 100);
}

#[test]
fn one_option_alone_is_the_same_as_among_others() {
    let folder = starter();
    assert_eq!(code(&run(folder.path(), &["town/network.toml", "--out", "all"])), 0);
    let alone = ["town/network.toml", "--out", "one", "--option", "ask_the_pharmacist"];
    assert_eq!(code(&run(folder.path(), &alone)), 0);
    let rows = |run: &str| -> Vec<String> {
        let text = fs::read_to_string(folder.path().join(run).join("summary.csv")).expect("a summary");
        text.lines()
            .filter(|l| l.starts_with("ask_the_pharmacist,") || l.starts_with("as_now,"))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(rows("all"), rows("one"));
}

#[test]
fn help_shows_groups_and_exit_codes() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let help = String::from_utf8(fine(folder.path(), &["--help"]).stdout).expect("text");
    for words in ["Look:", "Ask:", "Data:", "Exit codes:", "explain"] {
        assert!(help.contains(words), "no `{words}` in the help");
    }
    let schema = fine(folder.path(), &["schema"]).stdout;
    assert!(serde_json::from_slice::<serde_json::Value>(&schema).is_ok());
}
