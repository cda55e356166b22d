//! The documentation says what the program does: every measure stands in the table of `docs/model.md` with its unit
//! and meaning, and nothing stands there that is not a measure; every warning that the program can give stands in
//! `docs/scenario.md`, and no other.

use super::structure::files;
use skillmix::experiment::run::{Settings, first, run};
use skillmix::experiment::shown::between_options;
use skillmix::outcome::formula::formula;
use skillmix::outcome::measure::{Better, Grain, MEASURES, Measure};
use std::collections::BTreeSet;
use std::path::Path;

/// The row of a measure in the table.
fn row(measure: &Measure) -> String {
    let better = match between_options(measure) {
        Better::Higher => "more",
        Better::Lower => "less",
        Better::Neither => "",
    };
    let by = match measure.grain {
        Grain::Need => "place, need",
        Grain::Role => "place, role",
        Grain::Place => "place",
        Grain::Target => "place, target",
        Grain::Redirect => "option and redirect",
    };
    let Measure { name, unit, meaning, .. } = measure;
    format!("| `{name}` | {unit} | {better} | {by} | {meaning} | {} |", formula(name))
}

#[test]
fn the_table_of_measures_is_the_programs() {
    let page = include_str!("../../docs/model.md");
    let start = page.find("| measure | unit |").expect("the table of measures");
    let shown: Vec<&str> =
        page[start..].lines().skip(2).take_while(|line| line.starts_with("| `")).map(str::trim).collect();
    let wanted: Vec<String> = MEASURES.iter().map(row).collect();
    assert_eq!(shown, wanted, "docs/model.md is to hold:\n{}\n", wanted.join("\n"));
}

/// Codes of the warnings in the source: the first text after each call that makes one.
fn codes(source: &str) -> Vec<String> {
    let calls = source.split("Fault::warning(").skip(1);
    calls
        .filter_map(|after| Some(after.trim_start().strip_prefix('"')?.split('"').next()?.to_owned()))
        .collect()
}

#[test]
fn every_warning_is_explained_and_no_other() {
    let mut sources = Vec::new();
    files(Path::new("src"), &mut sources);
    let read = |path: &std::path::PathBuf| std::fs::read_to_string(path).expect("a file of the source");
    let texts: Vec<String> = sources.iter().map(read).collect();
    let made: BTreeSet<String> = texts.iter().flat_map(|text| codes(text)).collect();
    let calls: usize = texts.iter().map(|text| text.matches("Fault::warning(").count()).sum();
    let named: usize = texts.iter().map(|text| codes(text).len()).sum();
    assert_eq!(calls, named, "every warning is made with its code in plain sight");
    let set: usize = texts.iter().map(|text| text.matches("severity: Severity::Warning").count()).sum();
    assert_eq!(set, 1, "warnings are made with `Fault::warning` alone");
    let page = include_str!("../../docs/scenario.md");
    let start = page.find("## Warnings").expect("the table of warnings");
    let rows = page[start..].lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    let rows: Vec<Vec<&str>> = rows
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    let shown: BTreeSet<String> = rows.iter().map(|row| row[1].trim_matches('`').to_owned()).collect();
    assert_eq!(shown, made, "docs/scenario.md, \"Warnings\"");
    assert_eq!(rows.len(), shown.len(), "each once");
    assert!(rows.iter().all(|row| row.len() == 5 && row[2].len() > 20 && row[3].len() > 10), "{rows:?}");
}

/// A measure without a formula would be empty for ever: each has a figure in one of these scenarios.
#[test]
fn every_measure_has_a_figure_somewhere() {
    let runs = [
        ("scenarios/hammersmith-fulham/central.toml", "shared_pharmacist"),
        ("scenarios/tutorial/08-a-lever.toml", ""),
        ("tests/scenarios/rules/latent.toml", ""),
        ("tests/scenarios/rules/elsewhere.toml", ""),
    ];
    let mut empty: Vec<&str> = MEASURES.iter().map(|measure| measure.name).collect();
    for (path, option) in runs {
        let scenario = skillmix::scenario::load(Path::new(path), &[]);
        let scenario = scenario.unwrap_or_else(|report| panic!("{}", report.render(false)));
        let named = scenario.options.iter().find(|known| known.name == option);
        let option = named.unwrap_or(&scenario.options[0]);
        let outcome = run(&option.name, option.model.clone(), &first(2), Settings::new(1), &|_| {});
        let known: Vec<&str> = (0..outcome.columns.all.len())
            .filter(|column| outcome.stretch(*column, 0..2).iter().any(|value| !value.is_nan()))
            .map(|column| outcome.columns.all[column].measure.name)
            .collect();
        empty.retain(|name| !known.contains(name));
    }
    assert!(empty.is_empty(), "no scenario gives a figure of {empty:?}");
}
