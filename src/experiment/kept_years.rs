//! Years that a search has played, kept so that a later question of the same scenario does not play them again.
//!
//! In: a model, what is wanted of each of its years, replications. Out: those figures, from what is kept or played now. A year
//! is decided by its model and its replication alone, so one that is kept is the one that would be played, to the bit.
//!
//! Fit: [`super::size`], [`super::mix`] and [`super::sensitivity`] play whatever their answers so far make them play; what
//! they ask for comes through here, so that a longer or finer search goes on where an earlier one ended, though neither
//! knows of the other. Cost: nothing where nothing is kept; else the text of a model for each time it is played, and the
//! figures in memory (32 bytes and four a figure, for each year). What was read of a file is looked at: of the first
//! [`CHECKED`] models asked for the last year is played once more.

use super::lean::lean;
use super::run::Settings;
use super::shown::Shown;
use crate::model::Model;
use crate::plan::lanes::Replication;
use crate::stats::packed::{self, damaged};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io::{self, Read, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Models of which a kept year is played once more.
///
/// A build that draws otherwise shows in any of them; more would cost a search of thousands of mixes a block each.
const CHECKED: usize = 8;

/// What a model is, with what is wanted of its years: a hash of all that decides a figure but the replication.
pub type Fingerprint = [u8; 32];

/// The fingerprint of a model and of what is wanted of its years, by their texts.
///
/// Without the model's title, which decides no figure: a value that is set to what it was makes another title.
pub fn fingerprint(model: &Model, of: &impl Debug) -> Fingerprint {
    *blake3::hash(format!("{:?} {of:?}", untitled(model)).as_bytes()).as_bytes()
}

fn untitled(model: &Model) -> Model {
    let as_now = model.as_now.as_deref().map(|now| untitled(now).into());
    Model { title: String::new(), as_now, ..model.clone() }
}

/// Years by model; or nothing, where nothing is to be kept.
#[derive(Debug, Default)]
pub struct KeptYears(Option<Mutex<Kept>>);

/// Years by model, and what came of them in this search.
#[derive(Debug, Default)]
struct Kept {
    models: BTreeMap<Fingerprint, Rows>,
    count: Count,
    /// Models of which a kept year was played once more.
    checked: usize,
    /// True where one of these came to other figures.
    differs: bool,
}

/// Years of a search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Years that were read of a file and asked for.
    pub taken: usize,
    /// Years that were played.
    pub played: usize,
}

/// The years of one model.
#[derive(Debug, Default)]
struct Rows {
    years: BTreeMap<At, Year>,
    /// True until a year of a file was played once more, or need not be.
    unchecked: bool,
}

/// Which year of a model: every index of its replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct At {
    draw: u64,
    chance: u64,
    shared: u64,
}

/// Figures of one year.
#[derive(Clone, Debug, PartialEq)]
struct Year {
    figures: Box<[f32]>,
    /// True where they were read of a file and not asked for yet.
    waits: bool,
}

impl KeptYears {
    /// Nothing is kept: every year is played.
    pub fn none() -> Self {
        Self(None)
    }

    /// Every year that is played from now on is kept.
    pub fn empty() -> Self {
        Self(Some(Mutex::default()))
    }

    /// True where years are kept.
    pub fn any(&self) -> bool {
        self.0.is_some()
    }

    /// Reads what [`KeptYears::write`] wrote, to its end.
    ///
    /// # Errors
    ///
    /// Those of the reader; `InvalidData` where it is not what was written.
    pub fn read(input: &mut dyn Read) -> io::Result<Self> {
        let mut models = BTreeMap::new();
        for _ in 0..packed::read::<u64>(input)? {
            let mut of = [0; 32];
            input.read_exact(&mut of)?;
            let width: u16 = packed::read(input)?;
            let mut rows = Rows { years: BTreeMap::new(), unchecked: true };
            for _ in 0..packed::read::<u64>(input)? {
                let [draw, chance, shared] =
                    [packed::read(input)?, packed::read(input)?, packed::read(input)?];
                let mut bytes = vec![0; usize::from(width) * size_of::<f32>()];
                input.read_exact(&mut bytes)?;
                let figures = bytes.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
                rows.years.insert(At { draw, chance, shared }, Year { figures, waits: true });
            }
            models.insert(of, rows);
        }
        match input.read(&mut [0])? {
            0 => Ok(Self(Some(Mutex::new(Kept { models, ..Kept::default() })))),
            _ => Err(damaged("more is kept than there should be")),
        }
    }

    /// Writes all years, those that nobody asked for too; nothing where nothing is kept.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let Some(kept) = self.lock() else { return Ok(()) };
        packed::write(out, kept.models.len() as u64)?;
        for (of, rows) in &kept.models {
            out.write_all(of)?;
            let width = rows.years.values().next().map_or(0, |year| year.figures.len());
            packed::write(out, width as u64)?;
            packed::write(out, rows.years.len() as u64)?;
            for (at, year) in &rows.years {
                [at.draw, at.chance, at.shared]
                    .into_iter()
                    .try_for_each(|index| packed::write(out, index))?;
                year.figures.iter().try_for_each(|figure| out.write_all(&figure.to_le_bytes()))?;
            }
        }
        Ok(())
    }

    /// All years that are kept, of all models.
    pub fn years(&self) -> usize {
        self.lock().map_or(0, |kept| kept.models.values().map(|rows| rows.years.len()).sum())
    }

    /// Years that came of a file, and that were played; nought of either where nothing is kept.
    pub fn count(&self) -> Count {
        self.lock().map(|kept| kept.count).unwrap_or_default()
    }

    /// True where a year that was read of a file comes to other figures now: no answer may then be given.
    pub fn differs(&self) -> bool {
        self.lock().is_some_and(|kept| kept.differs)
    }

    /// [`lean`], with the years that are kept.
    pub fn lean(
        &self,
        model: Model,
        (now, shown): (&Model, &[Shown]),
        replications: &[Replication],
        settings: Settings,
        told: &(dyn Fn(usize) + Sync),
    ) -> Vec<f32> {
        // The figures are named as `now` numbers them.
        let of = self.any().then(|| fingerprint(&model, &(untitled(now), shown, settings.seed)));
        let play = |missing: &[Replication]| lean(model, (now, shown), missing, settings, told);
        self.rows(of, shown.len(), replications, told, play)
    }

    /// Figures of the replications, `width` a replication, in their order: what is kept of a model, and what `play` plays of the rest.
    ///
    /// `told` hears of the years that are not played; `play` tells of its own. Nothing is kept where there is no fingerprint.
    pub fn rows(
        &self,
        of: Option<Fingerprint>,
        width: usize,
        replications: &[Replication],
        told: &(dyn Fn(usize) + Sync),
        play: impl FnOnce(&[Replication]) -> Vec<f32>,
    ) -> Vec<f32> {
        let (Some(of), Some(mut kept)) = (of, self.lock()) else { return play(replications) };
        let missing = kept.missing((of, width), replications);
        // Others may look up theirs while this plays.
        drop(kept);
        told(replications.len() - missing.len().min(replications.len()));
        let played = if missing.is_empty() { Vec::new() } else { play(&missing) };
        match self.lock() {
            Some(mut kept) => kept.take_in(of, &missing, &played, width).all(of, replications),
            None => played,
        }
    }

    fn lock(&self) -> Option<MutexGuard<'_, Kept>> {
        // Years are taken in whole or not at all, so one who panicked left them sound.
        self.0.as_ref().map(|kept| kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn at(replication: &Replication) -> At {
    let Replication { draw, chance, shared } = *replication;
    At { draw, chance, shared }
}

impl Kept {
    /// The replications that have to be played, in their order; with them one that is kept, where it has to be looked at.
    fn missing(
        &mut self,
        (of, width): (Fingerprint, usize),
        replications: &[Replication],
    ) -> Vec<Replication> {
        let rows = self.models.entry(of).or_default();
        // As many figures as are wanted stand behind a fingerprint, in every build but another one.
        if rows.years.values().any(|year| year.figures.len() != width) {
            self.differs = true;
            rows.years.clear();
        }
        let known = |replication: &&Replication| rows.years.contains_key(&at(replication));
        let mut missing: Vec<Replication> =
            replications.iter().filter(|replication| !known(replication)).copied().collect();
        if rows.unchecked
            && self.checked < CHECKED
            && let Some(last) = replications.iter().rev().find(known)
        {
            self.checked += 1;
            missing.push(*last);
        }
        missing
    }

    /// Takes in years that were played; one that was there already has to be the same.
    fn take_in(
        &mut self,
        of: Fingerprint,
        played: &[Replication],
        figures: &[f32],
        width: usize,
    ) -> &mut Self {
        let rows = self.models.entry(of).or_default();
        for (replication, figures) in played.iter().zip(figures.chunks(width.max(1))) {
            let bits = |figures: &[f32]| figures.iter().map(|figure| figure.to_bits()).collect::<Vec<_>>();
            match rows.years.get(&at(replication)) {
                Some(known) => {
                    self.differs |= bits(&known.figures) != bits(figures);
                    rows.unchecked = false;
                }
                None => {
                    rows.years.insert(at(replication), Year { figures: figures.into(), waits: false });
                    self.count.played += 1;
                }
            }
        }
        self
    }

    /// The figures of replications, all of which are there.
    fn all(&mut self, of: Fingerprint, replications: &[Replication]) -> Vec<f32> {
        let Self { models, count, .. } = self;
        let years = &mut models.entry(of).or_default().years;
        let mut figures = Vec::new();
        for replication in replications {
            if let Some(year) = years.get_mut(&at(replication)) {
                count.taken += usize::from(std::mem::take(&mut year.waits));
                figures.extend_from_slice(&year.figures);
            }
        }
        figures
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::run::first;

    /// Asks for years whose figures are their number and `further` more; says which were played, and the first figures.
    fn ask(kept: &KeptYears, years: usize, further: f32) -> (Vec<u64>, Vec<f32>) {
        let mut played = Vec::new();
        let figures = kept.rows(Some([1; 32]), 2, &first(years), &|_| {}, |missing| {
            played.extend(missing.iter().map(|one| one.draw));
            missing.iter().flat_map(|one| [one.draw as f32, one.draw as f32 + further]).collect()
        });
        (played, figures.chunks(2).map(|year| year[0]).collect())
    }

    fn again(kept: &KeptYears) -> KeptYears {
        let mut bytes = Vec::new();
        kept.write(&mut bytes).unwrap_or_else(|error| panic!("memory: {error}"));
        for cut in 0..bytes.len() {
            assert!(KeptYears::read(&mut &bytes[..cut]).is_err(), "cut to {cut} of {}", bytes.len());
        }
        KeptYears::read(&mut &bytes[..]).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn years_that_are_there_are_not_played_again() {
        let kept = KeptYears::empty();
        assert_eq!(ask(&kept, 3, 0.5), (vec![0, 1, 2], vec![0.0, 1.0, 2.0]));
        assert_eq!(ask(&kept, 5, 0.5), (vec![3, 4], vec![0.0, 1.0, 2.0, 3.0, 4.0]));
        assert_eq!(ask(&kept, 4, 0.5), (vec![], vec![0.0, 1.0, 2.0, 3.0]));
        assert_eq!((kept.count(), kept.years()), (Count { taken: 0, played: 5 }, 5));
        // Of a file the last year that is known is played once more, and is the same.
        let kept = again(&kept);
        assert_eq!(ask(&kept, 6, 0.5), (vec![5, 4], vec![0.0, 1.0, 2.0, 3.0, 4.0, 5.0]));
        assert_eq!(ask(&kept, 6, 0.5).0, Vec::<u64>::new());
        assert_eq!((kept.count(), kept.differs()), (Count { taken: 5, played: 1 }, false));
        assert_eq!(ask(&KeptYears::none(), 2, 0.5).0, [0, 1]);
    }

    /// Years of one draw and luck that share another chance of a network are different years.
    #[test]
    fn every_index_of_a_replication_tells_its_year() {
        let kept = KeptYears::empty();
        let one = Replication::new(1, 2);
        let years = [one, Replication { shared: 3, ..one }, Replication { chance: 3, shared: 2, ..one }];
        let play = |missing: &[Replication]| missing.iter().map(|one| one.shared as f32).collect();
        let of = |kept: &KeptYears| kept.rows(Some([1; 32]), 1, &years, &|_| {}, play);
        assert_eq!(of(&kept), [2.0, 3.0, 2.0]);
        assert_eq!((of(&again(&kept)), kept.count().played), (vec![2.0, 3.0, 2.0], 3));
    }

    #[test]
    fn a_year_that_comes_to_other_figures_is_found() {
        let kept = KeptYears::empty();
        ask(&kept, 3, 0.5);
        let kept = again(&kept);
        ask(&kept, 3, 0.25);
        assert!(kept.differs());
    }
}
