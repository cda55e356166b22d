//! `sweep`: the same question at many points of some addresses; whole, or a shard.
//!
//! In: a scenario and the addresses that are varied. Out: a folder, or with `--shard` a part of one. Steps: points, a
//! scenario at each of them, rows, a picture. Points, rows and words are [`sweep`](crate::experiment::sweep); here they
//! are put together. A shard plays exactly its points, so all of them together are one sweep.

use super::exit::Exit;
use super::progress::Progress;
use super::question::{self, Question, share};
use crate::experiment::headline::HeadlineAt;
use crate::experiment::run::Settings;
use crate::experiment::shown::Shown;
use crate::experiment::size::knob::{Knob, Range};
use crate::experiment::sweep::points::{self, Design, MOST, Unfit, Vary};
use crate::experiment::sweep::{Asked, corners, ends, figure, left_out, noughts, play, sets, unmoved};
use crate::findings::called::Called;
use crate::findings::headline::Headline as Words;
use crate::findings::say;
use crate::findings::sweep::{Headline, Named, Request, SweepFindings};
use crate::findings::typed::quoted;
use crate::outcome::measure::by_name;
use crate::report::manifest::MODEL_VERSION;
use crate::report::plots;
use crate::report::sweep::Record;
use crate::report::sweep::document::document;
use crate::report::sweep::shard::{self, Shard};
use crate::report::text;
use crate::scenario::Scenario;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Ask the same at many values of some numbers: a tidy table and a picture
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", super::exit::TABLE))]
pub struct Sweep {
    /// Scenario file
    scenario: PathBuf,
    #[command(flatten)]
    question: Question,
    /// An address and its values: --vary post.gps.wte=2:6:0.5; may be given several times
    #[arg(long, value_name = "ADDRESS=LOW:HIGH:STEP", required = true)]
    vary: Vec<String>,
    /// How the points lie: every combination, or so many --points between lowest and highest (a step is then optional)
    #[arg(long, value_enum, default_value_t = Lie::Grid)]
    design: Lie,
    /// Points of a Latin hypercube or of the sequence of Sobol'
    #[arg(long, value_name = "N", value_parser = super::whole::between::<u32>(1, MOST as u64))]
    points: Option<u32>,
    /// Stop each option at each point as soon as its headline is known (95 % interval) to within this share of its
    /// mean, and stays so over the next 5 years (5 in 100 beyond 100); 64 years at least, --replications at most
    #[arg(long, value_name = "SHARE", value_parser = share)]
    precision: Option<f64>,
    /// Only a share of the points: 2/8 is the second of eight; `skillmix merge` puts all together. A finished one is
    /// skipped
    #[arg(long, value_name = "I/N", value_parser = Shard::read)]
    shard: Option<Shard>,
}

/// How the points lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
// The variants are the words of `--design`.
enum Lie {
    /// Every combination of all steps.
    Grid,
    /// Points of a Latin hypercube.
    LatinHypercube,
    /// Points of the sequence of Sobol'.
    Sobol,
}

/// What stands below the help.
const EXAMPLES: &str = "Examples:
  skillmix sweep network.toml --vary post.gps.wte=2:6:0.5
  skillmix sweep network.toml --vary post.gps.wte=2:6:1 --vary need.routine.slot_minutes=10:15:5 --option signposting
  skillmix sweep network.toml --vary post.gps.wte=2:6 --vary role.gp.slot_minutes=8:15 --design sobol --points 64
  skillmix sweep network.toml --vary post.gps.wte=2:6:0.1 --shard 1/4 --out part-1";

impl Sweep {
    /// Sweeps and writes.
    pub fn act(&self) -> Exit {
        match self.steps() {
            Ok(exit) | Err(exit) => exit,
        }
    }

    /// Everything that can be refused is refused before the first point: the corners are read, and so are the points
    /// that leave a lever out.
    fn steps(&self) -> Result<Exit, Exit> {
        let scenario = self.at(&[])?;
        let vary: Vec<Vary> = self
            .vary
            .iter()
            .map(|text| Vary::read(text))
            .collect::<Result<_, Unfit>>()
            .map_err(|u| unfit(&u))?;
        let points = self.points(&vary, scenario.run.seed)?;
        for corner in corners(&points) {
            self.at(&sets(&vary, &corner))?;
        }
        let zeros = noughts(&points).into_iter().map(|point| self.at(&sets(&vary, point)));
        let left_out = left_out(&zeros.collect::<Result<Vec<_>, _>>()?);
        let mut request = Request { left_out, ..self.request(&scenario, vary, points.len())? };
        self.own_values(&scenario, &points, &mut request)?;
        let out = self.folder()?;
        if let Some(own) = self.shard
            && shard::finished(&out, &request, own).map_err(|apart| refused(&apart, Exit::CannotWrite))?
        {
            if !self.question.quiet {
                super::say(&format!(
                    "Shard {}/{} is finished already: {}\n",
                    own.number,
                    own.of,
                    out.display()
                ))?;
            }
            return Ok(Exit::Done);
        }
        let record = self.question.in_pool(|| self.run(&scenario, request, &points))??;
        let wanted = record.request.precision.map(|_| record.precise);
        let years = record.request.replications;
        self.write(record, &scenario, &out)?;
        Ok(question::ended(wanted, ("the headline is, at some point,", None), self.precision, years))
    }

    /// The scenario with values set.
    ///
    /// Read anew at every point: what a value changes may be anywhere in it.
    fn at(&self, sets: &[String]) -> Result<Scenario, Exit> {
        self.question.only(self.question.load(&self.scenario, sets)?)
    }

    /// Which options state what is varied themselves.
    ///
    /// For the table: a level that an option states itself is not what the address says.
    ///
    /// Of a post the option's own value is said, of any other number only that it is the option's own.
    fn own_values(
        &self,
        scenario: &Scenario,
        points: &[Vec<f64>],
        request: &mut Request,
    ) -> Result<(), Exit> {
        for (at, vary) in request.vary.iter().enumerate() {
            // Both ends of the address: an option whose model is the same at both does not take it.
            let Some([low, high]) = ends(points, at) else { continue };
            let (low, high) = (self.at(&sets(&request.vary, &low))?, self.at(&sets(&request.vary, &high))?);
            for name in unmoved(&low, &high) {
                let option = scenario.options.iter().find(|option| option.name == name);
                let knob =
                    option.and_then(|o| Knob::address(scenario, o, &vary.address, Range::default()).ok());
                let value = knob.filter(|knob| knob.post.is_some()).map(|knob| knob.now);
                let named = request.options.iter_mut().find(|option| option.name == name);
                named.into_iter().for_each(|named| named.own.push((vary.address.clone(), value)));
            }
        }
        Ok(())
    }

    /// A shard's own folder; a whole sweep one without a number.
    fn folder(&self) -> Result<PathBuf, Exit> {
        let ending = match self.shard {
            Some(shard) => format!("-sweep-{}-of-{}", shard.number, shard.of),
            None => "-sweep".to_owned(),
        };
        self.question.folder(&self.scenario, &ending)
    }

    /// Every point of the sweep, of a shard too: which of them are its own is decided later.
    fn points(&self, vary: &[Vary], seed: u64) -> Result<Vec<Vec<f64>>, Exit> {
        let twice =
            vary.iter().enumerate().find(|(at, one)| vary[..*at].iter().any(|v| v.address == one.address));
        let fault = |message: String, help: &str| {
            super::fault(&message, help);
            Err(Exit::Usage)
        };
        if let Some((_, one)) = twice {
            return fault(format!("`{}` is varied twice", one.address), "name each address once");
        }
        match (self.design, self.points) {
            (Lie::Grid, Some(_)) => fault(
                "--points is not for a grid".into(),
                "leave it out, or ask for --design latin-hypercube or --design sobol",
            ),
            (Lie::Grid, None) => points::points(vary, Design::Grid, 0, seed).map_err(|u| unfit(&u)),
            (_, None) => fault("this design needs --points".into(), "say how many, such as --points 64"),
            (_, Some(n)) => points::points(vary, self.lie(), n as usize, seed).map_err(|u| unfit(&u)),
        }
    }

    fn lie(&self) -> Design {
        match self.design {
            Lie::Grid => Design::Grid,
            Lie::LatinHypercube => Design::LatinHypercube,
            Lie::Sobol => Design::Sobol,
        }
    }

    /// All that is asked.
    ///
    /// What the folder says of the sweep, and what a shard must have in common with the others.
    ///
    /// [`Exit::Scenario`] where the scenario has no headline: a sweep is a picture of one.
    fn request(&self, scenario: &Scenario, vary: Vec<Vary>, points: usize) -> Result<Request, Exit> {
        let model = &scenario.options[0].model;
        let at = HeadlineAt::find(&scenario.run, model);
        let shown =
            at.and_then(|at| Some(Shown { measure: by_name(at.measure)?, place: at.place, about: at.about }));
        let Some(shown) = shown else {
            super::fault("the scenario has no headline", "state run.headline, such as \"wait_mean\"");
            return Err(Exit::Scenario);
        };
        let words = Words { measure: shown.measure, place: shown.place, about: shown.about }.words(model);
        let last = model.horizon.last();
        let warnings = scenario.warnings.faults().map(|w| {
            serde_json::json!({ "code": w.code, "address": w.address, "message": w.message, "help": w.help })
        });
        let named = |o: &crate::scenario::OptionModel| Named {
            name: o.name.clone(),
            title: o.title.clone(),
            levers: o.levers.clone(),
            own: Vec::new(),
        };
        Ok(Request {
            version: env!("CARGO_PKG_VERSION").into(),
            model_version: MODEL_VERSION,
            title: scenario.title.clone(),
            scenario: scenario.hash.clone(),
            period: (say::short_date(model.horizon.start), say::short_date(last)),
            seed: scenario.run.seed,
            replications: scenario.run.replications,
            precision: self.precision,
            design: self.lie(),
            points,
            called: vary.iter().map(|vary| Called::new(&vary.address, scenario)).collect(),
            vary,
            options: scenario.options.iter().map(named).collect(),
            headline: Headline { words, cells: figure(&shown, model).into() },
            warnings: warnings.collect(),
            left_out: Vec::new(),
            run_again: self.again(),
        })
    }

    /// The command that gives the same figures, in the folder.
    fn again(&self) -> String {
        let vary: String = self.vary.iter().map(|text| format!(" --vary {}", quoted(text))).collect();
        let design =
            self.design.to_possible_value().map_or(String::new(), |value| value.get_name().to_owned());
        let points = self.points.map_or(String::new(), |n| format!(" --points {n}"));
        format!(
            "skillmix sweep scenario.toml{vary} --design {design}{points}{}",
            self.question.again(self.precision)
        )
    }

    /// Runs the points, or those of the shard, in their order.
    ///
    /// Points one after another, options within them, so a shard's rows stand in the order of the whole sweep.
    fn run(&self, base: &Scenario, request: Request, points: &[Vec<f64>]) -> Result<Record, Exit> {
        let own = (0..points.len()).filter(|at| self.shard.is_none_or(|shard| shard.holds(*at)));
        let own: Vec<(usize, &[f64])> = own.map(|at| (at, &points[at][..])).collect();
        let asked = Asked {
            settings: Settings::new(request.seed),
            replications: request.replications,
            precision: self.precision,
        };
        let progress: Progress =
            self.question.progress(base, own.len() * request.replications * request.options.len());
        let vary = request.vary.clone();
        let mut record = Record::of(base, &question::base(&self.scenario), request);
        let at = |values: &[f64]| self.at(&sets(&vary, values));
        let told = |option: &str, values: &[f32]| progress.told(option, values);
        play(&own, at, asked, &told, |point, values, found| record.take(point, values, found))?;
        progress.finish();
        Ok(record)
    }

    fn write(&self, record: Record, scenario: &Scenario, out: &Path) -> Result<(), Exit> {
        match self.shard {
            Some(shard) => {
                let folder = question::open(out)?;
                shard::write(&record, shard, folder).map_err(|error| question::unwritten(out, &error))?;
                let said = format!(
                    "Shard {}/{} of the sweep is done: {} of {}. Put all together with `skillmix merge`.\n",
                    shard.number,
                    shard.of,
                    say::counted(record.points() as f64, "point"),
                    record.request.points
                );
                self.question.report(&said, scenario, out)?;
                Ok(())
            }
            None => {
                let text = self.question.in_pool(|| whole(record, out, !self.question.no_plots))??;
                self.question.report(&text, scenario, out)?;
                Ok(())
            }
        }
    }
}

/// Writes a whole sweep, run at once or put together; and says what it shows.
///
/// Also what `merge` puts together: the same findings, the same files.
///
/// # Errors
///
/// Where the folder cannot be written, a picture cannot be drawn, or a point cannot be read again.
pub fn whole(record: Record, out: &Path, pictures: bool) -> Result<String, Exit> {
    let findings = SweepFindings::new(record.request.clone(), &record.rows, &record.years)
        .advise(&record.scenario)
        .map_err(|report| super::size::unread(&report, "points"))?;
    let plots = match pictures {
        false => Vec::new(),
        true => plots::sweep::all(&findings).map_err(|fault| question::undrawn(&fault))?,
    };
    let folder = question::open(out)?;
    let document = document(&findings);
    crate::report::sweep::write(&record, &document, &plots, folder)
        .map_err(|error| question::unwritten(out, &error))?;
    Ok(text::whole(&document))
}

/// As its message and its way out.
fn unfit(unfit: &Unfit) -> Exit {
    super::fault(&unfit.message, &unfit.help);
    Exit::Usage
}

/// Says why shards cannot be put together.
pub fn refused(apart: &shard::Apart, exit: Exit) -> Exit {
    super::fault(&apart.message, &apart.help);
    exit
}
