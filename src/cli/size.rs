//! `size`: the smallest staffing for which a target holds with a stated chance.
//!
//! In: a scenario, a post or an address, a target. Out: a folder and a report. The search is
//! [`size`](crate::experiment::size); here the command line becomes an [`Ask`], and the answer becomes files and an
//! exit code.

use super::exit::Exit;
use super::keep::{self, Keep};
use super::progress::Progress;
use super::question::{self, Question, share};
use crate::experiment::kept_years::KeptYears;
use crate::experiment::size::ask::Ask;
use crate::experiment::size::knob::Range;
use crate::experiment::size::{Plan, Sized, Unfit, size};
use crate::findings::sized::SizedFindings;
use crate::findings::typed::quoted;
use crate::report::kept::Identity;
use crate::report::sized::document::document;
use crate::report::{Files, plots, text};
use crate::scenario::{AS_NOW, Report, Scenario};
use clap::Args;
use std::io;
use std::path::{Path, PathBuf};

/// Find the smallest staffing for which a target holds with a stated chance
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", super::exit::TABLE))]
#[command(group = clap::ArgGroup::new("judged").required(true))]
pub struct Size {
    /// Scenario file
    scenario: PathBuf,
    #[command(flatten)]
    question: Question,
    /// Post that is sized: its wte, or its slots a day where it has no people
    #[arg(long, value_name = "NAME", required_unless_present = "vary", conflicts_with = "vary")]
    post: Option<String>,
    /// Number that is sized instead, by its address: --vary role.gp.direct_share --step 0.05 --from 0.5 --to 0.9; more
    /// of it must help (where more does worse that is said, and what to ask instead)
    #[arg(long, value_name = "ADDRESS")]
    vary: Option<String>,
    /// Target of the scenario that has to hold (the only one where none is named)
    #[arg(long, value_name = "NAME")]
    target: Option<String>,
    /// Chance that it holds in a simulated year: 0.9 is nine years in ten
    #[arg(long, value_name = "C", value_parser = chance, group = "judged")]
    chance: Option<f64>,
    /// Instead of a chance: the mean share seen in time reaches the target's share
    #[arg(long, group = "judged")]
    mean: bool,
    /// Instead of a chance: no worse than things as they are, over the same years: no smaller share seen in time, and no larger
    /// share of all requests unmet (to within --precision). What is to be made up for stands in an option
    #[arg(long, group = "judged")]
    as_now: bool,
    /// For whom the target is judged: all, network.NAME or practice.NAME (else those whom the post serves)
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// From one size to the next (else 0.5 WTE, or one slot a day)
    #[arg(long, value_name = "S", value_parser = step)]
    step: Option<f64>,
    /// Smallest size (else one step, or what is left of the size as stated after whole steps)
    #[arg(long, value_name = "LOW", value_parser = amount)]
    from: Option<f64>,
    /// Largest size (else eight times the size as stated, or 24 steps more)
    #[arg(long, value_name = "HIGH", value_parser = amount)]
    to: Option<f64>,
    /// Ways of sharing the post, each sized: pooled,split,rota
    #[arg(long, value_name = "WAYS", value_delimiter = ',')]
    sharing: Vec<String>,
    /// A size whose chance is within this of the one asked for is borderline where no more can be told
    /// (else 0.01, of a mean share 0.001; with --as-now how much worse than now a size may be, else 0.001)
    #[arg(long, value_name = "SHARE", value_parser = share)]
    precision: Option<f64>,
    /// A value as it was before the search (the command in the README.txt of a folder states it, since the scenario there holds
    /// what was found); as --set, but no change that a title names
    #[arg(long, value_name = "ADDRESS=VALUE")]
    stated: Vec<String>,
    #[command(flatten)]
    keep: Keep,
}

/// What stands below the help.
const EXAMPLES: &str = "Examples:
  skillmix size network.toml --post gps --target routine_14_days --chance 0.9
  skillmix size network.toml --option shared_pharmacist --post shared_pharmacist --target routine_14_days --mean
  skillmix size network.toml --option gp_leaves --post shared_pharmacist --target routine_14_days --as-now
  skillmix size network.toml --post shared_pharmacist --target routine_14_days --chance 0.8 --sharing pooled,split
  skillmix size network.toml --post gps --target routine_14_days --chance 0.9 --step 0.1 --from 2 --to 6
  skillmix size network.toml --post gps --target routine_14_days --chance 0.9 -n 2000 --keep
  skillmix size network.toml --post gps --target routine_14_days --chance 0.95 -n 20000 --extend

--replications is the most simulated years of a size (10,000 where it is not given); a size takes as many as it needs.";

/// A chance above 0 and below 1.
///
/// For `--chance`: 0 and 1 are no chances to size for.
pub fn chance(text: &str) -> Result<f64, String> {
    share(text).map_err(|_| "a chance above 0 and below 1: 0.9 is nine years in ten".into())
}

/// A step above nought.
///
/// [size] A step of nought would never reach the next size.
fn step(text: &str) -> Result<f64, String> {
    amount(text)
        .ok()
        .filter(|step| *step > 0.0)
        .ok_or_else(|| "a number above 0: by how much a size differs from the next".into())
}

/// A number of nought or more.
///
/// [size] `--from` and `--to`.
fn amount(text: &str) -> Result<f64, String> {
    let amount: Option<f64> = text.parse().ok();
    amount.filter(|x| *x >= 0.0 && x.is_finite()).ok_or_else(|| "a number of 0 or more".into())
}

impl Size {
    /// Sizes and writes.
    pub fn act(mut self) -> Exit {
        self.question.stated = std::mem::take(&mut self.stated);
        match self.steps() {
            Ok(exit) | Err(exit) => exit,
        }
    }

    /// 4 only where `--precision` was asked for and a size could still change: without it the years are the user's own.
    fn steps(&self) -> Result<Exit, Exit> {
        let scenario = self.question.load(&self.scenario, &[])?;
        let plan = self.ask()?.plan(&scenario).map_err(|unfit| unfit_said(&unfit))?;
        let out = self.question.folder(&self.scenario, "-size")?;
        let identity = self.keep.search("size", &self.scenario, &self.question, &scenario)?;
        let kept = self.keep.years((&self.question, identity.as_ref(), &out))?;
        let again = self.again(&plan);
        let sized = self
            .question
            .in_pool(|| self.size(plan, &scenario, &kept))?
            .map_err(|report| unread(&report, "sizes"))?;
        let count = keep::searched(&kept, &out)?;
        let findings = self.question.in_pool(|| SizedFindings::new(&sized))?;
        self.write((&sized, &findings), again, (&kept, identity.as_ref()), &out)?;
        // Warnings of the question alone: what another option sends to whom is none of its business.
        let mut asked = scenario.clone();
        let sizes = scenario.options[sized.plan.option].name.as_str();
        asked.options.retain(|option| [AS_NOW, sizes].contains(&option.name.as_str()));
        crate::experiment::receiving::renew(&mut asked);
        self.question.report(&text::whole(&document(&findings)), &asked, &out)?;
        self.keep.say_searched(&self.question, (count, kept.years()));
        if self.precision.is_none() || crate::report::sized::told(&sized) {
            return Ok(Exit::Done);
        }
        super::fault(
            &format!("it is not told whether some sizes are enough after {} years of each", sized.plan.most),
            "the results so far are written; allow more with --replications, or a wider --precision",
        );
        Ok(Exit::Precision)
    }

    /// The question in words of the library.
    ///
    /// [`Exit::Usage`] where two options are named.
    fn ask(&self) -> Result<Ask, Exit> {
        if let [_, second, ..] = &self.question.options[..] {
            super::fault(
                &format!("a post is sized in one option, and `{second}` is a second one"),
                "name one --option; size the other in a run of its own",
            );
            return Err(Exit::Usage);
        }
        Ok(Ask {
            post: self.post.clone(),
            vary: self.vary.clone(),
            option: self.question.options.first().cloned(),
            target: self.target.clone(),
            place: self.place.clone(),
            chance: self.chance,
            as_now: self.as_now,
            range: Range { step: self.step, from: self.from, to: self.to },
            near: self.precision,
            sharing: self.sharing.clone(),
            most: self.question.replications.map(|n| n as usize),
        })
    }

    /// The sizes load the scenario anew with their texts; `-n` is the most years of a size here, so it is not set in
    /// the scenario.
    fn size(&self, plan: Plan, scenario: &Scenario, kept: &KeptYears) -> Result<Sized, Report> {
        let mut sets = [&self.question.stated[..], &self.question.sets].concat();
        sets.extend(self.question.seed.map(|seed| format!("run.seed={seed}")));
        let path = &self.scenario;
        let load = |more: &[String]| self.question.read(path, &[&sets[..], more].concat());
        // At most two sizes of each way are played to the end.
        let progress = self.question.progress(scenario, 2 * plan.most * self.sharing.len().max(1));
        let sized = size(plan, &load, kept, &|years| tell(&progress, years));
        progress.finish();
        sized
    }

    /// Pictures first: one that cannot be drawn leaves nothing half-written.
    fn write(
        &self,
        (sized, findings): (&Sized, &SizedFindings),
        again: String,
        (kept, identity): (&KeptYears, Option<&Identity>),
        out: &Path,
    ) -> Result<(), Exit> {
        let plots = match self.question.no_plots {
            true => Vec::new(),
            false => plots::sized::all(findings).map_err(|fault| question::undrawn(&fault))?,
        };
        let base = question::base(&self.scenario);
        let files = Files { command: "size", full: false, base, again };
        let mut folder = question::open(out)?;
        keep::write(&mut folder, (kept, identity), out)?;
        crate::report::sized::write(sized, findings, &plots, &files, folder)
            .map_err(|error| question::unwritten(out, &error))
    }

    /// What has to follow `skillmix size scenario.toml` in the folder for the same figures: the scenario there has the
    /// size that is enough, so the search is told where it began.
    fn again(&self, plan: &Plan) -> String {
        let mut text: String =
            plan.knob.stated.iter().map(|set| format!(" --stated {}", quoted(set))).collect();
        let mut add = |name: &str, value: Option<String>| {
            text += &value.map_or(String::new(), |value| format!(" --{name} {value}"));
        };
        // For a program: all digits, and no commas.
        let number = |x: Option<f64>| x.map(|x| x.to_string());
        add("option", self.question.options.first().cloned());
        add("post", self.post.clone());
        add("vary", self.vary.clone());
        add("target", self.target.clone());
        add("chance", number(self.chance));
        add("place", self.place.clone());
        add("step", number(self.step));
        add("from", number(self.from));
        add("to", number(self.to));
        add("sharing", (!self.sharing.is_empty()).then(|| self.sharing.join(",")));
        add("precision", number(self.precision));
        add("replications", self.question.replications.map(|n| n.to_string()));
        if self.mean {
            text += " --mean";
        }
        if self.as_now {
            text += " --as-now";
        }
        text + self.keep.again()
    }
}

/// Moves the bar on; sizes differ, so no figure is shown beside it.
///
/// As many NaN as years, so the bar counts them.
pub fn tell(progress: &Progress, years: usize) {
    progress.told("", &vec![f32::NAN; years]);
}

/// What cannot be sized.
pub fn unfit_said(unfit: &Unfit) -> Exit {
    super::fault(&unfit.message, &unfit.help);
    Exit::Usage
}

/// The way out where a size is no value that the scenario can have.
const RANGE: &str = "choose the range and the step so that every value of it can be (--from, --to and --step; of a mix --vary)";

/// A size with which the scenario cannot be read.
///
/// `tried` is what was tried, such as sizes or mixes. Where it is no value that the scenario can have, the range that was asked
/// for is at fault.
pub fn unread(report: &Report, tried: &str) -> Exit {
    if let Some(wrong) = report.faults().next().filter(|_| report.is_typed()) {
        super::fault(
            &format!("one of the {tried} cannot be stated in the scenario: {}", wrong.message),
            wrong.help.as_deref().unwrap_or(RANGE),
        );
        return Exit::Usage;
    }
    super::warn(&report.render(super::coloured(&io::stderr())));
    super::warn(&format!("With one of the {tried} the scenario cannot be read. Nothing was written.\n"));
    Exit::Scenario
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_a_planners_words() {
        assert_eq!((chance("0.9"), step("0.5"), amount("0")), (Ok(0.9), Ok(0.5), Ok(0.0)));
        assert!(chance("1").is_err_and(|said| said.contains("above 0 and below 1")));
        assert!(step("0").is_err_and(|said| said.contains("above 0")));
        assert!(amount("-1").is_err() && amount("soon").is_err());
    }
}
