//! Results of sizing as files and text; nothing here computes.

pub mod table;
pub mod text;

use super::folder::Folder;
use super::plots::Plot;
use super::{Files, assumptions, manifest, readme};
use crate::experiment::run::RunResult;
use crate::experiment::size::Sized;
use crate::findings::sized::SizedFindings;
use crate::stats::sequential::Stands;
use std::io;

/// Writes every file of a sizing and puts the folder in its place.
pub fn write(
    sized: &Sized,
    findings: &SizedFindings,
    plots: &[Plot],
    files: &Files,
    mut folder: Folder,
) -> io::Result<()> {
    let run = run(sized);
    folder.file("size.csv", |out| table::write(findings, out))?;
    for plot in plots {
        folder.file(&format!("plots/{}.png", plot.name), |out| out.write_all(&plot.png))?;
        folder.file(&format!("plots/{}.svg", plot.name), |out| out.write_all(plot.svg.as_bytes()))?;
    }
    folder.file("assumptions.csv", |out| assumptions::write(&run, &files.base, out))?;
    folder.file("scenario.toml", |out| out.write_all(run.scenario.resolved.as_bytes()))?;
    let text = readme::text(&run, files, folder.files());
    folder.file("README.txt", |out| out.write_all(text.as_bytes()))?;
    let manifest = manifest::text(&run, files, folder.files());
    folder.finish(&manifest)
}

/// True where the answer stands: one size is enough and none below it is open, or none will do.
pub fn told(sized: &Sized) -> bool {
    let open = |way: &crate::experiment::size::Way| {
        let from = way.found.too_few.map_or(0, |few| few + 1);
        let upto = way.found.enough.unwrap_or(usize::MAX);
        way.found.tried.range(from..upto.max(from)).any(|(_, tried)| tried.stands == Stands::Open)
    };
    !sized.ways.iter().any(open)
}

/// The sizing as a run of the option sized, at the size that is enough, as the files of every folder tell it.
fn run(sized: &Sized) -> RunResult {
    let mut scenario = sized.scenario.clone();
    scenario.options = vec![scenario.options.swap_remove(sized.plan.option)];
    let years = sized.ways.iter().flat_map(|way| way.found.tried.values()).map(|tried| tried.years);
    RunResult {
        scenario,
        options: Vec::new(),
        second_chance: None,
        seed: sized.plan.settings.seed,
        replications: years.max().unwrap_or(0),
        precise: Some(told(sized)),
        headline: Vec::new(),
    }
}
