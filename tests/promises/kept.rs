//! Promise: a run or a comparison that goes on from kept years gives the same bytes as one of that length from the
//! start, and what cannot be gone on from is refused with the reason: never a wrong answer, never a panic.

use skillmix::report::manifest::MODEL_VERSION;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A practice near its limit, with numbers that are not known.
const UNCERTAIN: [&str; 4] = [
    "--set",
    "need.routine.rate_per_patient_year={ range80 = [0.9, 1.1] }",
    "--set",
    "avoidable.pharmacy.share_of_need={ range80 = [0.2, 0.4] }",
];

/// A headline that can be known well.
const REQUESTS: &str = "run.headline=\"requests\"";

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/compare.toml")
}

/// Runs the fixture in a folder, its numbers uncertain.
fn run(here: &Path, more: &[&str], exit: i32) -> Output {
    ask("run", here, more, exit)
}

/// Asks a question of the fixture in a folder, its numbers uncertain.
pub fn ask(command: &str, here: &Path, more: &[&str], exit: i32) -> Output {
    let fixture = fixture();
    let mut args = vec![command, fixture.to_str().expect("a path of letters")];
    args.extend(UNCERTAIN);
    args.extend(more);
    let output = Command::new(env!("CARGO_BIN_EXE_skillmix"))
        .current_dir(here)
        .args(&args)
        .output()
        .expect("the command starts");
    assert_eq!(output.status.code(), Some(exit), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Every file of a folder and of those below it, by name.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder of results") {
        let path = entry.expect("an entry").path();
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

fn same(here: &Path, a: &str, b: &str) {
    let (a, b) = (contents(&here.join(a)), contents(&here.join(b)));
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    let other: Vec<&String> = a.keys().filter(|name| a[*name] != b[*name]).collect();
    assert!(other.is_empty(), "these differ: {other:?}");
    assert!(a.contains_key("kept.bin") && a.contains_key("replications.parquet"));
}

fn manifest(here: &Path, run: &str) -> serde_json::Value {
    let bytes = fs::read(here.join(run).join("manifest.json")).expect("a manifest");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// From 21 years to 45, and on the way 30: neither whole blocks of 16 nor a stretch of rows; everything that can be kept,
/// pictures too; on other numbers of threads.
#[test]
fn days_and_every_figure_are_as_if_run_at_once() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let all = ["--days", "--detail", "full", "--quiet"];
    let with = |more: &[&'static str]| [&all[..], more].concat();
    run(here, &with(&["--out", "whole", "-n", "45", "--keep", "--threads", "2"]), 0);
    run(here, &with(&["--out", "parts", "-n", "21", "--keep", "--threads", "1"]), 0);
    run(here, &with(&["--out", "parts", "-n", "30", "--extend", "--threads", "3"]), 0);
    run(here, &with(&["--out", "parts", "-n", "45", "--extend"]), 0);
    same(here, "whole", "parts");
    let files = contents(&here.join("parts"));
    for name in ["days.csv", "replications_full.parquet", "plots/waits.png"] {
        assert!(files.contains_key(name), "{name}");
    }
    // Nothing to add: the same again.
    run(here, &with(&["--out", "parts", "-n", "45", "--extend"]), 0);
    same(here, "whole", "parts");
    // What is kept changes no other file.
    run(here, &with(&["--out", "not-kept", "-n", "45"]), 0);
    let other = contents(&here.join("not-kept"));
    for (name, bytes) in
        other.iter().filter(|(name, _)| !["manifest.json", "README.txt"].contains(&name.as_str()))
    {
        assert!(files[name] == *bytes, "{name}");
    }
    assert_eq!(other.len() + 1, files.len());
}

/// Across stretches of rows (256) and the most draws of the second luck (500), with some of the options.
#[test]
fn a_long_run_is_as_if_run_at_once() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let some = ["--option", "both", "--option", "team", "--no-plots"];
    let with = |more: &[&'static str]| [&some[..], more].concat();
    run(here, &with(&["--out", "whole", "-n", "530", "--keep", "--quiet"]), 0);
    run(here, &with(&["--out", "parts", "-n", "270", "--keep", "--quiet"]), 0);
    let output = run(here, &with(&["--out", "parts", "-n", "530", "--extend"]), 0);
    same(here, "whole", "parts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("270 years of each option were kept there; 260 further years simulated."),
        "{said}"
    );
    assert_eq!(manifest(here, "parts")["second_chances"], 500);
}

/// A precision ends at the same year, whatever was kept before: between two looks, and at one.
#[test]
fn a_precision_ends_where_it_would_have_from_the_start() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let some = ["-n", "4000", "--option", "both", "--quiet", "--no-plots", "--set", REQUESTS];
    let with = |more: &[&'static str]| [&some[..], more].concat();
    let fine = ["--precision", "0.008"];
    run(here, &with(&[&fine[..], &["--out", "whole", "--keep"]].concat()), 0);
    let years = manifest(here, "whole")["replications"].as_u64().expect("years");
    let needed = manifest(here, "whole")["replications_needed"].as_u64().expect("years");
    assert!((200..4000).contains(&years) && (64..=years).contains(&needed), "{needed} of {years}");
    let short = ["--option", "both", "--quiet", "--no-plots", "--set", REQUESTS, "-n", "100"];
    run(here, &[&short[..], &["--keep", "--out", "from-100"]].concat(), 0);
    run(here, &with(&[&fine[..], &["--out", "from-100", "--extend"]].concat()), 0);
    same(here, "whole", "from-100");
    run(here, &with(&["--precision", "0.014", "--out", "from-coarse", "--keep"]), 0);
    assert!(manifest(here, "from-coarse")["replications"].as_u64() < Some(years));
    run(here, &with(&[&fine[..], &["--out", "from-coarse", "--extend"]].concat()), 0);
    same(here, "whole", "from-coarse");
    // The other way round there is nothing to add, and nothing is taken away.
    let before = contents(&here.join("whole"));
    run(here, &with(&["--precision", "0.014", "--out", "whole", "--extend"]), 2);
    assert_eq!(before, contents(&here.join("whole")));
}

/// Options, ledger and pictures: `both` and `team` are taken apart, and share a set of parts with another option.
#[test]
fn a_comparison_goes_on_as_if_made_at_once() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let compare = |more: &[&str]| ask("compare", here, more, 0);
    compare(&["--quiet", "--out", "whole", "-n", "45", "--keep", "--threads", "2"]);
    compare(&["--quiet", "--out", "parts", "-n", "21", "--keep", "--threads", "1"]);
    compare(&["--quiet", "--out", "parts", "-n", "30", "--extend", "--threads", "3"]);
    let output = compare(&["--out", "parts", "-n", "45", "--extend"]);
    same(here, "whole", "parts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("30 years of each option were kept there; 15 further years simulated."), "{said}");
    assert!(contents(&here.join("parts")).contains_key("ledger_years.parquet"));
    // A width that matters decides no figure, so it may be another one.
    compare(&["--quiet", "--out", "parts", "-n", "45", "--extend", "--matters", "0.02"]);
    // A precision ends where it would have from the start, its ledger with it.
    let fine = ["--quiet", "--no-plots", "--option", "both", "--precision", "0.08", "-n", "4000"];
    compare(&[&fine[..], &["--out", "precise", "--keep"]].concat());
    let years = manifest(here, "precise")["replications"].as_u64().expect("years");
    assert!((64..4000).contains(&years), "{years}");
    compare(&["--quiet", "--no-plots", "--option", "both", "-n", "40", "--out", "from-40", "--keep"]);
    compare(&[&fine[..], &["--out", "from-40", "--extend"]].concat());
    same(here, "precise", "from-40");
    // With more years than it takes, there is nothing to add.
    let longer = (years + 40).to_string();
    compare(&["--quiet", "--no-plots", "--option", "both", "-n", &longer, "--out", "longer", "--keep"]);
    let before = contents(&here.join("longer"));
    ask("compare", here, &[&fine[..], &["--out", "longer", "--extend"]].concat(), 2);
    assert_eq!(before, contents(&here.join("longer")));
}

/// What a comparison cannot go on from.
#[test]
fn a_comparison_of_something_else_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let base = ["--option", "both", "--no-plots", "--quiet"];
    let with = |more: &[&'static str]| [&base[..], more].concat();
    ask("compare", here, &with(&["-n", "20", "--keep", "--out", "kept"]), 0);
    ask("run", here, &with(&["-n", "20", "--keep", "--out", "run"]), 0);
    let mut said = String::new();
    let mut refused = |name: &str, more: &[&str], exit: i32| {
        let before = contents(&here.join(name));
        let more = [more, &["--no-plots", "--extend", "--out", name]].concat();
        let output = ask("compare", here, &more, exit);
        said += &format!("{exit}: {}\n", String::from_utf8_lossy(&output.stderr));
        assert_eq!(before, contents(&here.join(name)), "the folder is as it was");
    };
    refused("run", &["--option", "both", "-n", "40"], 3);
    refused("kept", &["--option", "both", "-n", "40", "--no-ledger"], 3);
    refused("kept", &["--option", "both", "-n", "19"], 2);
    // The ledger's sets stand last: a figure of another build, and a file that is cut short within them.
    forged(here, "kept", |bytes| *bytes.last_mut().expect("a figure") ^= 0x40);
    refused("kept", &["--option", "both", "-n", "40"], 3);
    forged(here, "kept", |bytes| bytes.truncate(bytes.len() - 4));
    refused("kept", &["--option", "both", "-n", "40"], 3);
    insta::assert_snapshot!("refused_comparisons", said);
}

/// Changes the kept file and lets the manifest agree with it, as damage alone cannot.
pub fn forged(here: &Path, run: &str, change: impl Fn(&mut Vec<u8>)) {
    let file = here.join(run).join("kept.bin");
    let mut bytes = fs::read(&file).expect("the kept file");
    let before = blake3::hash(&bytes).to_hex().to_string();
    change(&mut bytes);
    let manifest = here.join(run).join("manifest.json");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    assert!(text.contains(&before));
    fs::write(&manifest, text.replace(&before, blake3::hash(&bytes).to_hex().as_str())).expect("a manifest");
    fs::write(file, bytes).expect("the kept file");
}

/// Puts one text for another in the head of a kept file.
fn put(bytes: &mut Vec<u8>, from: &str, to: &str) {
    let at = bytes.windows(from.len()).position(|w| w == from.as_bytes()).expect("the text");
    bytes.splice(at..at + from.len(), to.bytes());
}

#[test]
fn what_cannot_be_gone_on_from_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let base = ["--option", "both", "--no-plots", "--quiet"];
    let kept = |name: &str| run(here, &[&base[..], &["-n", "20", "--keep", "--out", name]].concat(), 0);
    kept("run");
    let mut said = String::new();
    let mut refused = |name: &str, more: &[&str], exit: i32| {
        let before = here.join(name).exists().then(|| contents(&here.join(name)));
        let more = [more, &["--no-plots", "--extend", "--out", name]].concat();
        let output = run(here, &more, exit);
        said += &format!("{exit}: {}\n", String::from_utf8_lossy(&output.stderr));
        assert_eq!(
            before,
            here.join(name).exists().then(|| contents(&here.join(name))),
            "the folder is as it was"
        );
    };
    let both = ["--option", "both", "-n", "40"];
    let and = |more: &[&'static str]| [&both[..], more].concat();
    refused("nowhere", &both, 3);
    refused("run", &["--option", "both", "-n", "19"], 2);
    refused("run", &and(&["--seed", "8"]), 3);
    refused("run", &and(&["--set", "need.routine.slot_minutes=11"]), 3);
    refused("run", &["--option", "both", "--option", "team", "-n", "40"], 3);
    refused("run", &and(&["--days"]), 3);
    refused("run", &and(&["--detail", "full"]), 3);
    run(here, &[&base[..], &["-n", "20", "--out", "plain"]].concat(), 0);
    refused("plain", &both, 3);
    let everything = ["-n", "20", "--keep", "--days", "--detail", "full", "--out", "everything"];
    run(here, &[&base[..], &everything].concat(), 0);
    refused("everything", &and(&["--detail", "full"]), 3);
    refused("everything", &and(&["--days"]), 3);
    let model = format!("\"model_version\":{MODEL_VERSION}");
    for (name, from, to) in [
        ("older", "\"version\":\"", "\"version\":\"0."),
        ("model", model.as_str(), "\"model_version\":0"),
        ("format", "skillmix kept 4", "skillmix kept 0"),
    ] {
        kept(name);
        forged(here, name, |bytes| put(bytes, from, to));
        refused(name, &both, 3);
    }
    // Other figures than this program gives: the last of as_now, before the sums.
    kept("other");
    let columns = 20 * 4;
    forged(here, "other", |bytes| {
        let head = bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').nth(1).expect("two lines").0;
        let width = usize::from(bytes[head + 1] & 0x7f) + (usize::from(bytes[head + 2]) << 7);
        let figure = head + 4 + 19 * width * 4 + columns;
        bytes[figure] ^= 1;
    });
    refused("other", &both, 3);
    kept("cut");
    forged(here, "cut", |bytes| bytes.truncate(bytes.len() * 2 / 3));
    refused("cut", &both, 3);
    kept("longer");
    forged(here, "longer", |bytes| bytes.push(0));
    refused("longer", &both, 3);
    // Damage as a disk does it.
    kept("damaged");
    let file = here.join("damaged/kept.bin");
    let whole = fs::read(&file).expect("the kept file");
    fs::write(&file, &whole[..whole.len() - 1]).expect("the kept file");
    refused("damaged", &both, 3);
    fs::remove_file(&file).expect("the kept file");
    refused("damaged", &both, 3);
    fs::write(here.join("run/notes.txt"), "mine").expect("a note");
    refused("run", &both, 5);
    insta::assert_snapshot!("refused_runs", said);
}

/// Any byte may be wrong, whatever the fingerprint says: the command ends with a code of its own. Seeded: every 97th byte of
/// the head, and 24 places over the rest.
#[test]
fn a_wrong_byte_is_no_panic() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let base = ["--option", "both", "--no-plots", "--quiet"];
    run(here, &[&base[..], &["-n", "3", "--keep", "--out", "run"]].concat(), 0);
    let whole = fs::read(here.join("run/kept.bin")).expect("the kept file");
    let places = (0..600.min(whole.len())).step_by(97).chain((1..=24).map(|i| (whole.len() - 1) * i / 24));
    let fixture = fixture();
    for at in places {
        forged(here, "run", |bytes| {
            bytes.clone_from(&whole);
            bytes[at] ^= 0xff;
        });
        let mut args = vec!["run", fixture.to_str().expect("a path of letters")];
        args.extend(UNCERTAIN);
        args.extend(base);
        args.extend(["-n", "3", "--extend", "--out", "run"]);
        let output = Command::new(env!("CARGO_BIN_EXE_skillmix"))
            .current_dir(here)
            .args(&args)
            .output()
            .expect("the command starts");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(matches!(output.status.code(), Some(0 | 3)), "byte {at}: {said}");
        assert!(!said.contains("panicked"), "byte {at}: {said}");
        if output.status.code() == Some(0) {
            // Sums that were forged with their fingerprint: the folder is a new one. Begin again.
            fs::remove_dir_all(here.join("run")).expect("the folder");
            run(here, &[&base[..], &["-n", "3", "--keep", "--out", "run"]].concat(), 0);
        }
    }
}
