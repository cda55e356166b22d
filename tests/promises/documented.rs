//! The documentation says what the program does: every measure stands in the table of `docs/model.md` with its unit
//! and meaning, and nothing stands there that is not a measure.

use skillmix::outcome::formula::formula;
use skillmix::outcome::measure::{Better, Grain, MEASURES, Measure};

/// The row of a measure in the table.
fn row(measure: &Measure) -> String {
    let better = match measure.better {
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
