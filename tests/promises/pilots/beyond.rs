//! Promise: a pilot of more practices than its place has can show what it could in a place that has them all.

use super::{folder, read, tried};
use skillmix::experiment::pilots::power::Power;
use std::fs;

/// Simulated pilots of each design.
const PILOTS: usize = 200;

/// What a planned pilot of eight practices and eight controls could show in a place.
fn power(name: &str, place: &str) -> Power {
    let folder = folder(name);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("place.toml"), place).expect("a place");
    let pilots = "title = \"Planned\"\n[run]\nseed = 5\n[pilot.more]\nname = \"More than there are\"\n\
                  heading = \"new_ways_of_working\"\nscenario = \"place.toml\"\noption = \"signposting\"\n\
                  measure = \"attended\"\n\
                  design = { practices = 8, controls = 8, months_before = 12, months_after = 6 }\n";
    let file = folder.join("pilots.toml");
    fs::write(&file, pilots).expect("a pilots file");
    let tried = tried(&read(&file.display().to_string(), 100), PILOTS);
    let _ = fs::remove_dir_all(&folder);
    tried[0].model.as_ref().and_then(|model| model.power.clone().ok()).expect("a power")
}

/// A place with each practice and its post twice.
fn doubled(place: &str) -> String {
    let tables = place.split_inclusive('\n').fold(Vec::<String>::new(), |mut tables, line| {
        if line.starts_with('[') || tables.is_empty() {
            tables.push(String::new());
        }
        tables.last_mut().expect("one was just begun").push_str(line);
        tables
    });
    let own = |table: &&String| table.starts_with("[practice.") || table.starts_with("[post.");
    let again = tables.iter().filter(own).map(|table| {
        ["east", "north", "south", "west"].iter().fold(table.clone(), |table, name| {
            table
                .replace(&format!(".{name}]"), &format!(".{name}_2]"))
                .replace(&format!("\"{name}\""), &format!("\"{name}_2\""))
        })
    });
    format!("{place}\n{}", again.collect::<String>())
}

/// Practices beyond the place share with the others what is not known and what happens to all at once, so the smallest effect that
/// eight practices and eight controls show does not hang on whether the place has four practices or eight.
///
/// It is the 80th percentile of what each pilot shows an effect from, which varies as the estimate does: about normally, with the
/// standard error s of a pilot. So it is known to within √(0.8 × 0.2 / n) / 0.28 × s = 1.43 s / √n, 0.28 being the density of the normal
/// law at that percentile, and two of them differ by more than 3.5 of their joint errors once in two thousand. Effects of a draw of its
/// own for each lot of four make it 3.9 against 3.0 where acceptance is uncertain: six of these errors.
#[test]
fn practices_beyond_the_place_share_what_the_others_do() {
    let place = fs::read_to_string("tests/pilots/place.toml").expect("the place");
    let accepted = "accepted = { low = 0.05, likely = 0.1, high = 0.15, source = \"S1\" }";
    let worlds = [
        ("acceptance", accepted, "accepted = { low = 0.02, likely = 0.25, high = 0.6 }"),
        ("shocks", "[demand]\n", "[demand]\nnetwork_shock = { cv = 0.08, autocorrelation = 0.98 }\n"),
        ("growth", "[demand]\n", "[demand]\ngrowth_per_year = { range80 = [-0.1, 0.1] }\n"),
    ];
    for (name, from, to) in worlds {
        assert!(place.contains(from), "{name}");
        let place = place.replace(from, to);
        let (four, eight) = (power(name, &place), power(name, &doubled(&place)));
        assert_eq!((four.practices, eight.practices), ((8, 8), (8, 8)));
        let error = 1.43 * (four.error.powi(2) + eight.error.powi(2)).sqrt() / (PILOTS as f64).sqrt();
        let apart = four.detectable.abs() - eight.detectable.abs();
        assert!(apart.abs() < 3.5 * error, "{name}: {} and {} ± {error}", four.detectable, eight.detectable);
        for power in [&four, &eight] {
            assert!(power.false_alarms.interval.low <= 0.1, "{name}: {:?}", power.false_alarms);
        }
    }
}
