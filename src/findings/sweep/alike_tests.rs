//! Points told from the best by their differences year by year, whatever their own intervals.

use super::*;
use crate::experiment::sweep::points::{Design, Vary};
use crate::findings::called::{Called, Kind};
use crate::findings::sweep::{Cells, Headline, Request};

/// Twenty years of bad and good luck alike.
fn luck(year: usize) -> f32 {
    [0.0, 9.0, 3.0, 7.0, 1.0][year % 5] + year as f32 * 0.01
}

/// A sweep of mean waits over one address: a row a point, with the years of `as_now` and of a still option.
fn findings(waits: &[&dyn Fn(usize) -> f32], years: usize) -> (SweepFindings, Vec<Years>) {
    let cells = Cells::from(["all", "", "", "", "", "wait_mean"].map(str::to_owned));
    let request = Request {
        version: String::new(),
        model_version: 1,
        title: "A".into(),
        scenario: String::new(),
        period: (String::new(), String::new()),
        seed: 1,
        replications: years,
        precision: None,
        design: Design::Grid,
        points: waits.len(),
        vary: vec![Vary { address: "post.gps.wte".into(), low: 1.0, high: 9.0, step: Some(1.0) }],
        called: vec![Called { what: "WTE".into(), of: "GPs".into(), kind: Kind::Count }],
        options: Vec::new(),
        headline: Headline { words: "mean wait".into(), cells: cells.clone() },
        warnings: Vec::new(),
        left_out: Vec::new(),
        run_again: String::new(),
    };
    let (mut spots, mut all) = (Vec::new(), Vec::new());
    for (at, wait) in waits.iter().enumerate() {
        for (option, still) in [("as_now", false), ("still", true)] {
            let values: Vec<f32> =
                (0..years).map(|y| if still { 50.0 + luck(y) } else { wait(y) + luck(y) }).collect();
            let mean = values.iter().map(|x| f64::from(*x)).sum::<f64>() / years as f64;
            spots.push(Spot {
                point: at + 1,
                values: vec![at as f64 + 1.0],
                option: option.into(),
                figure: cells.clone(),
                mean,
                low: mean - 2.0,
                high: mean + 2.0,
            });
            all.push(Years { point: at + 1, option: option.into(), values });
        }
    }
    (SweepFindings { request, spots, answer: Vec::new(), alike: None, but: None, settling: None }, all)
}

#[test]
fn points_are_told_apart_on_the_same_years_though_their_own_intervals_meet() {
    // Half a day worse in every year: intervals of two days either side meet, the differences do not.
    let (f, years) =
        findings(&[&|_| 10.0, &|y| 10.5 + (y % 2) as f32 * 0.01, &|y| 11.0 + (y % 3) as f32 * 0.01], 20);
    assert_eq!(
        alike(&f, &years).map(|a| a.said).as_deref(),
        Some("Each of the other two is worse, year by year on the same luck.")
    );
}

#[test]
fn those_not_told_apart_are_bounded_and_a_still_option_is_not_counted() {
    let wavering = |y: usize| if y.is_multiple_of(2) { 9.0 } else { 11.2 };
    let (f, years) = findings(&[&|_| 10.0, &wavering, &|y| 12.0 + (y % 2) as f32 * 0.01], 20);
    let said = alike(&f, &years).unwrap_or_default().said;
    assert!(
        said.starts_with(
            "One of the other two cannot be told from it, year by year on the same luck: at most "
        ),
        "{said}"
    );
    assert!(said.ends_with(" days worse. It is at 2 WTE (GPs)."), "{said}");
}

#[test]
fn points_that_agree_in_every_figure_are_equal_and_few_years_tell_nothing() {
    let (f, years) = findings(&[&|_| 10.0, &|_| 10.0, &|y| 12.0 + (y % 2) as f32 * 0.01], 20);
    assert_eq!(
        alike(&f, &years).map(|a| a.said).as_deref(),
        Some(
            "One other is worse, year by year on the same luck. One other point is equal to it in every figure."
        )
    );
    let (f, years) = findings(&[&|_| 10.0, &|_| 12.0], 5);
    assert_eq!(
        alike(&f, &years).map(|a| a.said).as_deref(),
        Some("The other one cannot be told from it: that takes at least ten years at each point.")
    );
}

/// The title of the picture: flat where the points that are not told from the best lie side by side, with the harm.
#[test]
fn the_title_says_how_far_it_is_flat_and_whom_the_best_harms() {
    let clear = |y: usize| 12.0 + (y % 2) as f32 * 0.01;
    let wavering = |y: usize| if y.is_multiple_of(2) { 9.5 } else { 11.2 };
    let title = |waits: &[&dyn Fn(usize) -> f32], but: Option<&str>| {
        let (mut f, years) = findings(waits, 20);
        f.request.vary[0].address = "post.gps.wte".into();
        f.alike = alike(&f, &years);
        f.but = but.map(ToOwned::to_owned);
        crate::findings::sweep::titles::sweep(&f)
    };
    let flat = title(&[&clear, &|_| 10.0, &wavering], Some("587 more requests go unmet"));
    assert!(flat.starts_with("Mean wait is flat at WTE (GPs) 2 to 3, as far as can be told ("), "{flat}");
    assert!(flat.ends_with(" at 2); but at 2 587 more requests go unmet"), "{flat}");
    // A point between them that is worse: no stretch.
    let split = title(&[&|_| 10.0, &clear, &wavering], Some("587 more requests go unmet"));
    assert!(split.starts_with("Mean wait is best at 1 WTE (GPs): "), "{split}");
    assert!(
        split.ends_with(", not told from one of the other two; but there 587 more requests go unmet"),
        "{split}"
    );
    let sharp = title(&[&|_| 10.0, &clear], None);
    assert!(sharp.ends_with(" days") && !sharp.contains("not told"), "{sharp}");
}
