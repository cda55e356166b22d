//! `mix`: the best staffing mix under targets or a budget.
//!
//! In: a scenario and the numbers in question. Out: a folder and a report. The search itself is
//! [`mix`](crate::experiment::mix); here the command line becomes an [`Ask`], and the answer becomes files and an exit
//! code. Only one option can be varied, since a mix is one plan.

use super::exit::Exit;
use super::keep::{self, Keep};
use super::question::{self, Question, share};
use crate::experiment::kept_years::KeptYears;
use crate::experiment::mix::ask::Ask;
use crate::experiment::mix::{Mixed, Objective, Plan, mix};
use crate::findings::mix::MixFindings;
use crate::findings::typed::quoted;
use crate::report::kept::Identity;
use crate::report::mix::document::screen;
use crate::report::{Files, plots, text};
use crate::scenario::{Report, Scenario};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Find the best staffing mix under targets or a budget
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", super::exit::TABLE))]
pub struct Mix {
    /// Scenario file
    scenario: PathBuf,
    #[command(flatten)]
    question: Question,
    /// A number and its values: --vary post.gps.wte=2:6:0.5; give one for each post in question
    #[arg(long, value_name = "ADDRESS=LOW:HIGH:STEP", required = true)]
    vary: Vec<String>,
    /// What is made as small as possible: cost to the practices, unmet requests, or the mean wait
    #[arg(long, value_enum)]
    minimise: Minimise,
    /// Target of the scenario that has to hold; may be given several times
    #[arg(long, value_name = "TARGET")]
    subject_to: Vec<String>,
    /// Chance that each of these targets holds in a simulated year: 0.9 is nine years in ten
    #[arg(long, value_name = "C", default_value_t = 0.8, value_parser = super::size::chance)]
    chance: f64,
    /// Most that a mix may cost the practices, in pounds a year with what funds pay back taken off
    #[arg(long, value_name = "POUNDS", value_parser = pounds)]
    budget: Option<f64>,
    /// For whom targets and access are judged: all, network.NAME or practice.NAME (else all)
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// Mixes within this share of the best's figure count as good as it
    /// (else what `run.matters` states for the figure, else 0.01)
    #[arg(long, value_name = "SHARE", value_parser = share)]
    precision: Option<f64>,
    /// A value as it was before the search (the command in the README.txt of a folder states it, since the scenario there holds
    /// what was found); as --set, but no change that a title names
    #[arg(long, value_name = "ADDRESS=VALUE")]
    stated: Vec<String>,
    #[command(flatten)]
    keep: Keep,
}

/// What is minimised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Minimise {
    /// Cost to the practices a year, funds taken off.
    Cost,
    /// Unmet requests.
    Unmet,
    /// Mean wait.
    Wait,
}

/// What stands below the help.
const EXAMPLES: &str = "Examples:
  skillmix mix network.toml --vary post.gps.wte=2:6:0.5 --vary post.nurses.wte=1:4:0.5 \\
      --minimise cost --subject-to routine_14_days
  skillmix mix network.toml --vary post.gps.wte=2:6:0.5 --vary post.nurses.wte=1:4:0.5 \\
      --minimise unmet --budget 900000 --keep
  skillmix mix network.toml --option shared_pharmacist --vary post.shared_pharmacist.wte=0.5:3:0.5 \\
      --vary post.north_gp.wte=3:6:0.5 --minimise wait --budget 2500000 --subject-to routine_14_days --chance 0.9

--replications is the most simulated years of a mix; most mixes drop out after 32.";

/// An amount of money.
///
/// `£` and commas are read, so a sum can be copied from a page.
fn pounds(text: &str) -> Result<f64, String> {
    let plain = text.replace(['£', ',', '_'], "");
    let amount: Option<f64> = plain.trim().parse().ok();
    amount.filter(|x| *x >= 0.0 && x.is_finite()).ok_or_else(|| "pounds a year, such as 900000".into())
}

impl Mix {
    /// Searches and writes.
    pub fn act(mut self) -> Exit {
        self.question.stated = std::mem::take(&mut self.stated);
        match self.steps() {
            Ok(exit) | Err(exit) => exit,
        }
    }

    fn steps(&self) -> Result<Exit, Exit> {
        let scenario = self.question.load(&self.scenario, &[])?;
        let plan = self.ask(&scenario)?.plan(&scenario).map_err(|unfit| super::size::unfit_said(&unfit))?;
        let out = self.question.folder(&self.scenario, "-mix")?;
        for corner in plan.corners() {
            self.load(&corner).map_err(|report| unread(&report))?;
        }
        let identity = self.keep.search("mix", &self.scenario, &self.question, &scenario)?;
        let kept = self.keep.years((&self.question, identity.as_ref(), &out))?;
        let again = self.again(&plan);
        let mixed = self
            .question
            .in_pool(|| self.search(plan, &scenario, &kept))?
            .map_err(|report| unread(&report))?;
        let count = keep::searched(&kept, &out)?;
        let findings = self.question.in_pool(|| MixFindings::new(&mixed))?;
        self.write((&mixed, &findings), again, (&kept, identity.as_ref()), &out)?;
        self.question.report(&text::whole(&screen(&findings)), &scenario, &out)?;
        self.keep.say_searched(&self.question, (count, kept.years()));
        if self.precision.is_none() || findings.settled {
            return Ok(Exit::Done);
        }
        super::fault(
            &format!("it is not told which mixes are as good after {} years of each", mixed.plan.most),
            "the results so far are written; allow more with --replications, or a wider --precision",
        );
        Ok(Exit::Precision)
    }

    /// The question in words of the library.
    ///
    /// [`Exit::Usage`] where two options are named.
    fn ask(&self, scenario: &Scenario) -> Result<Ask, Exit> {
        if let [_, second, ..] = &self.question.options[..] {
            super::fault(
                &format!("a mix is sought in one option, and `{second}` is a second one"),
                "name one --option; ask for the other in a run of its own",
            );
            return Err(Exit::Usage);
        }
        Ok(Ask {
            vary: self.vary.clone(),
            objective: match self.minimise {
                Minimise::Cost => Objective::Cost,
                Minimise::Unmet => Objective::Unmet,
                Minimise::Wait => Objective::Wait,
            },
            targets: self.subject_to.clone(),
            chance: self.chance,
            place: self.place.clone(),
            budget: self.budget,
            option: self.question.options.first().cloned(),
            matters: self.precision,
            most: scenario.run.replications,
        })
    }

    /// The scenario as asked for, with the further texts of a mix.
    fn load(&self, more: &[String]) -> Result<Scenario, Report> {
        self.question.read(&self.scenario, &self.question.sets(more))
    }

    /// The bar counts years of mixes, since the search does not know how many will be played.
    fn search(&self, plan: Plan, scenario: &Scenario, kept: &KeptYears) -> Result<Mixed, Report> {
        let load = |more: &[String]| self.load(more);
        // Two looks of every mix, and a few played to the end: about right where halving works.
        let mixes: usize = plan.knobs.iter().map(|knob| knob.grid.last + 1).product();
        let progress = self.question.progress(scenario, 64 * mixes + 4 * plan.most);
        let mixed = mix(plan, &load, kept, &|years| super::size::tell(&progress, years));
        progress.finish();
        mixed
    }

    /// Pictures first: one that cannot be drawn leaves nothing half-written.
    fn write(
        &self,
        (mixed, findings): (&Mixed, &MixFindings),
        again: String,
        (kept, identity): (&KeptYears, Option<&Identity>),
        out: &Path,
    ) -> Result<(), Exit> {
        let plots = match self.question.no_plots {
            true => Vec::new(),
            false => plots::mix::all(findings).map_err(|fault| question::undrawn(&fault))?,
        };
        let base = question::base(&self.scenario);
        let files = Files { command: "mix", full: false, base, again };
        let mut folder = question::open(out)?;
        keep::write(&mut folder, (kept, identity), out)?;
        crate::report::mix::write(mixed, findings, &plots, &files, folder)
            .map_err(|error| question::unwritten(out, &error))
    }

    /// What has to follow `skillmix mix scenario.toml` in the folder for the same figures: the scenario there has the
    /// best mix, so the values that were stated are set again.
    ///
    /// So a figure of the folder can be made again from the scenario in it.
    fn again(&self, plan: &Plan) -> String {
        let stated = plan.knobs.iter().flat_map(|knob| &knob.stated);
        let mut text: String = stated.map(|set| format!(" --stated {}", quoted(set))).collect();
        text += &self.vary.iter().map(|vary| format!(" --vary {}", quoted(vary))).collect::<String>();
        text += &format!(" --minimise {}", plan.objective.word());
        text += &self
            .subject_to
            .iter()
            .map(|target| format!(" --subject-to {}", quoted(target)))
            .collect::<String>();
        if !self.subject_to.is_empty() {
            text += &format!(" --chance {}", self.chance);
        }
        text += &self.budget.map_or(String::new(), |budget| format!(" --budget {budget}"));
        text += &self.place.as_ref().map_or(String::new(), |place| format!(" --place {}", quoted(place)));
        text + &self.question.again(self.precision) + self.keep.again()
    }
}

/// Refuses a mix with which the scenario cannot be read: the report says which value of which mix.
fn unread(report: &Report) -> Exit {
    super::size::unread(report, "mixes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_a_planner_writes_it() {
        assert_eq!((pounds("900000"), pounds("£1,250,000")), (Ok(900_000.0), Ok(1_250_000.0)));
        assert!(pounds("lots").is_err() && pounds("-5").is_err());
    }
}
