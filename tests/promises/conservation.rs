//! In every replication of every scenario: people and minutes add up, and levers leave demand alone.

use super::small::{Small, any_small};
use proptest::prelude::*;
use skillmix::book::tally::{Flow, Tally};
use skillmix::experiment::run::{Settings, first, run};
use skillmix::model::Model;
use skillmix::model::post::{Capacity, Sharing};
use skillmix::outcome::columns::About;
use skillmix::roster::CAUSES;
use skillmix::scenario::load_text;
use skillmix::year::Year;

const LANES: usize = 3;

/// The options of a small scenario: as now, and with its lever.
fn options(small: &Small, accepted: f64) -> [Model; 2] {
    let text = small.text(accepted);
    let scenario =
        load_text("small", &text, &[]).unwrap_or_else(|report| panic!("{}\n{text}", report.render(false)));
    [0, 1].map(|i| scenario.options[i].model.clone())
}

/// Tallies of a few replications.
fn tally(model: &Model) -> Tally {
    let year = Year::new(model.clone(), 7, true);
    let mut block = year.block();
    // Twice, so that whatever a block leaves behind would show.
    year.run(&first(LANES + 1), &mut block);
    year.run(&first(LANES), &mut block);
    block.book.tally
}

/// People by practice and original need.
fn people_add_up(model: &Model, tally: &Tally) {
    use Flow::*;
    for p in 0..model.practices.len() {
        for (k, need) in model.needs.iter().enumerate() {
            for lane in 0..LANES {
                let sum = |flows: &[Flow]| -> u32 {
                    flows.iter().map(|f| tally.flow[tally.at(p, k, *f)][lane]).sum()
                };
                let came = [Opening, Requests, ReturnDecided, RebookDecided, FollowUpDecided, ReferOnDecided];
                let went = [Attended, Dna, RedirectedOutside, GaveUp, Lost, StillWaiting];
                let pending = [ReturnPending, RebookPending, FollowUpPending, ReferOnPending, LeadPending];
                assert_eq!(
                    sum(&came),
                    sum(&went) + sum(&pending),
                    "{} in {}",
                    need.name,
                    model.practices[p].name
                );
                let places = tally.sizes.destinations;
                let left_to: u32 =
                    (0..places).map(|d| tally.left_to[(p * tally.sizes.needs + k) * places + d][lane]).sum();
                assert_eq!(left_to, sum(&[GaveUp]), "destinations of {}", need.name);
            }
        }
    }
    for lane in 0..LANES {
        let seen: u32 = tally.waits.iter().map(|n| n[lane]).sum();
        let bands: u32 = tally.attended_band.iter().map(|n| n[lane]).sum();
        let attended: u32 = (0..model.practices.len())
            .flat_map(|p| (0..model.needs.len()).map(move |k| (p, k)))
            .map(|(p, k)| tally.flow[tally.at(p, k, Attended)][lane])
            .sum();
        assert_eq!((seen, bands), (attended, attended), "contacts by wait and by band");
    }
}

/// Minutes by post.
fn minutes_add_up(model: &Model, tally: &Tally) {
    let weeks = tally.sizes.weeks;
    for (i, post) in model.posts.iter().enumerate() {
        for lane in 0..LANES {
            let sum = |of: &[[i64; 16]]| -> i64 { (0..weeks).map(|w| of[i * weeks + w][lane]).sum() };
            let spent = sum(&tally.used) + sum(&tally.unusable) + sum(&tally.held_lost);
            let unused = sum(&tally.rostered) + tally.carried[i][lane] - spent;
            assert!(unused >= 0, "{}: {unused} thousandths of a minute too many spent", post.name);
            assert!(sum(&tally.used) >= 0 && sum(&tally.unusable) >= 0 && sum(&tally.held_lost) >= 0);
        }
    }
}

/// Sessions of posts with people: those of the working week less those lost, with those covered, are on the roster.
fn sessions_add_up(model: &Model, tally: &Tally) {
    for (i, post) in model.posts.iter().enumerate() {
        let Capacity::People(staffing) = &post.capacity else { continue };
        let works = staffing.works.as_ref().expect("half-days are stated");
        let on = |day: i32| model.horizon.start.plus(day).weekday();
        let of_day = |day: i32| works.iter().filter(|half| usize::from(**half) / 2 == on(day)).count();
        let planned = 1000 * (0..model.horizon.days as i32).map(of_day).sum::<usize>() as i64;
        let lost_in_each = match post.sharing {
            Sharing::Rota { minutes_lost } => minutes_lost,
            Sharing::Pooled | Sharing::Split => 0.0,
        };
        let wte = staffing.wte.fixed().expect("no number is drawn");
        let session = (wte * 37.5 * 60.0 / works.len() as f64 - lost_in_each).max(0.0);
        for lane in 0..LANES {
            let lost: i64 = (0..CAUSES).map(|cause| tally.lost_sessions[i * CAUSES + cause][lane]).sum();
            assert!((0..CAUSES).all(|cause| tally.lost_sessions[i * CAUSES + cause][lane] >= 0));
            let held = (planned - lost + tally.covered_sessions[i][lane]) as f64 / 1000.0;
            let weeks = tally.sizes.weeks;
            let rostered: i64 = (0..weeks).map(|w| tally.rostered[i * weeks + w][lane]).sum();
            // each person-day and each part of it is rounded to a thousandth of a minute
            let off = rostered as f64 / 1000.0 - held * session;
            assert!(off.abs() < 0.5, "{}: {held} sessions of {session} minutes, off by {off}", post.name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn people_and_minutes_add_up(small in any_small()) {
        for model in options(&small, 0.5) {
            let tally = tally(&model);
            people_add_up(&model, &tally);
            minutes_add_up(&model, &tally);
            sessions_add_up(&model, &tally);
        }
    }

    #[test]
    fn a_lever_leaves_requests_alone(small in any_small()) {
        // Latent demand answers to waits, which is what it is for.
        let small = Small { latent: false, ..small };
        let [now, lever] = options(&small, 0.5).map(|model| tally(&model));
        prop_assert!(now.day_requests == lever.day_requests);
        prop_assert!(now.week_requests == lever.week_requests);
    }

    #[test]
    fn a_lever_nobody_accepts_changes_nothing(small in any_small()) {
        let [now, lever] = options(&small, 0.0).map(|model| {
            let outcome = run("", model, &first(LANES), Settings { days: true, ..Settings::new(7) }, &|_| {});
            // A lever has figures of its own; every other figure is to be the same to the bit.
            let columns = outcome.columns.all.iter().enumerate();
            let shared = columns.filter(|(_, c)| !matches!(c.about, About::Redirect(_)));
            let rows: Vec<(&str, Vec<u64>)> = shared
                .map(|(i, c)| (c.measure.name, outcome.column(i).into_iter().map(f64::to_bits).collect()))
                .collect();
            (rows, outcome.sums)
        });
        prop_assert!(now.0 == lever.0, "figures of replications differ");
        prop_assert!(now.1.waits == lever.1.waits, "waits differ");
        prop_assert!(now.1.daily == lever.1.daily, "daily differ");
        prop_assert!(now.1.weekly == lever.1.weekly, "weekly differ");
        prop_assert!(now.1.post_weekly == lever.1.post_weekly, "post_weekly differ");
    }
}
