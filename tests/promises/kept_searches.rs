//! Promise: a search that goes on from kept years comes to the same answer, figures and pictures as one from the start, and
//! simulates only what is not there; what cannot be gone on from is refused with the reason.

use super::kept::{ask, contents, forged};
use std::fs;
use std::path::Path;

/// The ways to ask for staff, a mix and drivers of the fixture.
const SIZE: [&str; 8] = ["--post", "gps", "--target", "routine", "--chance", "0.8", "--from", "15"];
const MIX: [&str; 6] =
    ["--vary", "post.gps.slots_per_day=17:21:1", "--minimise", "wait", "--subject-to", "routine"];
const DRIVERS: [&str; 6] = ["--option", "both", "--each", "8", "--inputs", "2"];

/// How many years were found kept and how many were simulated, as the command said.
fn years(said: &str) -> (usize, usize) {
    let line =
        said.lines().find(|line| line.contains("of what was tried were kept there")).expect("the line");
    let numbers: Vec<usize> =
        line.split([' ', ';']).filter_map(|word| word.replace(',', "").parse().ok()).collect();
    let [kept, further] = numbers[..] else { panic!("{line}") };
    (kept, further)
}

/// Asks, and says how many years were kept there and how many simulated.
fn go_on(command: &str, here: &Path, more: &[&str]) -> (usize, usize) {
    years(&go_on_said(command, here, more))
}

/// Asks, and gives what was said beside the answer.
fn go_on_said(command: &str, here: &Path, more: &[&str]) -> String {
    let output = ask(command, here, &[more, &["--extend", "--out", "parts"]].concat(), 0);
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file of two folders but what is kept, and the lines of a folder that name it.
fn same_answer(here: &Path, a: &str, b: &str) {
    let (a, b) = (contents(&here.join(a)), contents(&here.join(b)));
    let of_kept = ["kept.bin", "manifest.json", "README.txt"];
    let other: Vec<&String> =
        a.keys().filter(|name| !of_kept.contains(&name.as_str()) && a.get(*name) != b.get(*name)).collect();
    assert!(other.is_empty(), "these differ: {other:?}");
    assert!(a.contains_key("report.txt") && b.contains_key("kept.bin"), "{:?}", a.keys());
}

/// A search with few years, then one with more, then another question about the same sizes.
#[test]
fn sizing_goes_on() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let with = |more: &[&'static str]| [&SIZE[..], more].concat();
    ask("size", here, &with(&["-n", "128", "--out", "parts", "--keep", "--quiet", "--threads", "1"]), 0);
    ask("size", here, &with(&["-n", "1024", "--out", "whole", "--quiet", "--threads", "2"]), 0);
    let (kept, further) = go_on("size", here, &with(&["-n", "1024"]));
    same_answer(here, "whole", "parts");
    assert!(kept > 100 && further > 100, "{kept} and {further}");
    // Nothing is left to simulate, and nothing is taken away by a shorter search.
    assert_eq!(go_on("size", here, &with(&["-n", "1024"])), (kept + further, 0));
    let before = fs::read(here.join("parts/kept.bin")).expect("the kept file");
    go_on("size", here, &with(&["-n", "128"]));
    assert_eq!(before, fs::read(here.join("parts/kept.bin")).expect("the kept file"));
    // A value that is set to what it was is no other scenario, though the title says that it is set.
    let set = with(&["-n", "1024", "--set", "post.gps.slots_per_day=20"]);
    let all = go_on("size", here, &set);
    assert!(all.0 > 100 && all.1 == 0, "{all:?}");
    // Another chance is another question of the same years.
    let other = ["--post", "gps", "--target", "routine", "--chance", "0.7", "--from", "15", "-n", "1024"];
    ask("size", here, &[&other[..], &["--out", "other", "--quiet"]].concat(), 0);
    assert!(go_on("size", here, &other).0 > 100);
    same_answer(here, "other", "parts");
    // So is the mean share instead of a chance, and another target.
    let mean = ["--post", "gps", "--target", "routine", "--mean", "--from", "15", "-n", "64"];
    assert!(go_on("size", here, &mean).0 > 100);
    // Another place is not, and that is said; without --extend years are lost, and that too.
    let place = go_on_said("size", here, &[&mean[..], &["--place", "practice.mill"]].concat());
    assert!(years(&place).0 == 0 && place.contains("kept there is of what was asked now"), "{place}");
    let lost = ask("size", here, &[&mean[..], &["--out", "parts", "--quiet"]].concat(), 0);
    let lost = String::from_utf8_lossy(&lost.stderr).into_owned();
    assert!(lost.contains("warning: `parts` keeps years; without --extend they are lost"), "{lost}");
    assert!(!here.join("parts/kept.bin").exists());
}

#[test]
fn a_mix_goes_on() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let with = |more: &[&'static str]| [&MIX[..], more].concat();
    ask("mix", here, &with(&["-n", "64", "--out", "parts", "--keep", "--quiet", "--threads", "2"]), 0);
    ask("mix", here, &with(&["-n", "256", "--out", "whole", "--quiet", "--threads", "1"]), 0);
    let (kept, further) = go_on("mix", here, &with(&["-n", "256"]));
    same_answer(here, "whole", "parts");
    assert!(kept > 100 && further > 0, "{kept} and {further}");
    assert_eq!(go_on("mix", here, &with(&["-n", "256"])), (kept + further, 0));
    // Without the target the same years serve.
    let free = ["--vary", "post.gps.slots_per_day=17:21:1", "--minimise", "wait", "-n", "256"];
    ask("mix", here, &[&free[..], &["--out", "free", "--quiet"]].concat(), 0);
    assert!(go_on("mix", here, &free).0 > 100);
    same_answer(here, "free", "parts");
}

/// The ordinary run and the years of what is tried, each on from where it ended.
#[test]
fn drivers_go_on() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let with = |more: &[&'static str]| [&DRIVERS[..], more].concat();
    ask("sensitivity", here, &with(&["-n", "40", "--out", "parts", "--keep", "--quiet"]), 0);
    ask("sensitivity", here, &with(&["-n", "70", "--out", "whole", "--quiet", "--threads", "1"]), 0);
    let output = ask("sensitivity", here, &with(&["-n", "70", "--out", "parts", "--extend"]), 0);
    same_answer(here, "whole", "parts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("40 years of each option were kept there; 30 further years simulated."), "{said}");
    let (kept, further) = years(&said);
    assert!(kept > 80 && further > 0, "{kept} and {further}");
    assert_eq!(go_on("sensitivity", here, &with(&["-n", "70"])), (kept + further, 0));
    let before = contents(&here.join("parts"));
    ask("sensitivity", here, &with(&["-n", "60", "--out", "parts", "--extend"]), 2);
    assert_eq!(before, contents(&here.join("parts")), "the folder is as it was");
}

/// Where the first figure of each year stands in a kept file: behind the two lines of its head a number of models; of each a hash of
/// 32 bytes, how many figures a year has, how many years; of each year three numbers and the figures, four bytes each.
fn first_figures(bytes: &[u8]) -> Vec<usize> {
    let mut at =
        bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(1).expect("two lines").0 + 1;
    let number = |at: &mut usize| {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = usize::from(bytes[*at]);
            *at += 1;
            number |= (byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return number;
            }
        }
    };
    let mut found = Vec::new();
    for _ in 0..number(&mut at) {
        at += 32;
        let (width, years) = (number(&mut at), number(&mut at));
        for _ in 0..years {
            (0..3).for_each(|_| _ = number(&mut at));
            found.push(at);
            at += 4 * width;
        }
    }
    assert!(at == bytes.len() && found.len() > 100, "{} years to byte {at}", found.len());
    found
}

/// Another scenario, seed or question; nothing kept; another build's figures; damage that agrees with the manifest.
#[test]
fn a_search_of_something_else_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let with = |more: &[&'static str]| [&SIZE[..], &["-n", "64", "--no-plots", "--quiet"], more].concat();
    ask("size", here, &with(&["--out", "kept", "--keep"]), 0);
    ask("size", here, &with(&["--out", "plain"]), 0);
    let mut said = String::new();
    let mut refused = |command: &str, name: &str, more: &[&str]| {
        let before = contents(&here.join(name));
        let output = ask(command, here, &[more, &["--extend", "--out", name]].concat(), 3);
        said += &format!("{}\n", String::from_utf8_lossy(&output.stderr));
        assert_eq!(before, contents(&here.join(name)), "the folder is as it was");
    };
    refused("size", "plain", &with(&[]));
    refused("size", "kept", &with(&["--seed", "8"]));
    refused("size", "kept", &with(&["--set", "need.routine.slot_minutes=11"]));
    refused("mix", "kept", &[&MIX[..], &["--quiet", "--no-plots"]].concat());
    // Other figures than this program gives: the first figure of every year.
    let whole = fs::read(here.join("kept/kept.bin")).expect("the kept file");
    forged(here, "kept", |bytes| first_figures(bytes).into_iter().for_each(|at| bytes[at] ^= 1));
    refused("size", "kept", &with(&[]));
    forged(here, "kept", |bytes| {
        bytes.clone_from(&whole);
        bytes.truncate(whole.len() - 1);
    });
    refused("size", "kept", &with(&[]));
    forged(here, "kept", |bytes| {
        bytes.clone_from(&whole);
        bytes.push(0);
    });
    refused("size", "kept", &with(&[]));
    let drivers =
        |more: &[&'static str]| [&DRIVERS[..], &["-n", "40", "--quiet", "--no-plots"], more].concat();
    ask("sensitivity", here, &drivers(&["--out", "drivers", "--keep"]), 0);
    refused("sensitivity", "drivers", &drivers(&["--measure", "unmet"]));
    insta::assert_snapshot!("refused_searches", said);
}
