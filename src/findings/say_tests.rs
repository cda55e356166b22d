//! Numbers, dates and lists as a planner reads them.

use super::*;

#[test]
fn numbers_as_a_planner_reads_them() {
    assert_eq!(whole(1_234_567.4), "1,234,567");
    assert_eq!(
        (about(3_137.0), about(372.0), about(21.4), about(4.26)),
        ("3,100".into(), "370".into(), "21".into(), "4.3".into())
    );
    assert_eq!((about(99.7), about(0.0), about(-1_260.0)), ("100".into(), "0".into(), "-1,300".into()));
    assert_eq!(
        (decimals(f64::NAN, 1), decimals(-0.04, 1), decimals(-0.06, 1)),
        ("-".into(), "0.0".into(), "-0.1".into())
    );
    assert_eq!(
        (percent(0.004), percent(0.0), percent(0.996), percent(1.0)),
        ("under 1 %".into(), "0 %".into(), "over 99 %".into(), "100 %".into())
    );
}

#[test]
fn pounds_keep_three_figures_and_intervals_hold_their_mean() {
    assert_eq!(
        (pounds(105_744.0), pounds(124.1), pounds(51_096.0), pounds(-2_044_367.0)),
        ("106,000".into(), "124".into(), "51,100".into(), "-2,040,000".into())
    );
    assert_eq!((pounds(42.4), pounds(4.26), pounds(4.0)), ("42".into(), "4.30".into(), "4".into()));
    assert_eq!(pounds_between(117.2, 129.9), ("117".into(), "130".into()));
    assert_eq!(pounds_between(101_263.0, 105_951.0), ("101,000".into(), "106,000".into()));
    assert_eq!(pounds_between(-1_266.0, -1_262.0), ("-1,270".into(), "-1,260".into()));
}

#[test]
fn nought_and_all_are_said_in_counts() {
    assert_eq!(chance(0, 1000, false), "in none of 1,000 futures consistent with what we know");
    assert_eq!(chance(1000, 1000, true), "in all of 1,000 simulated years");
    assert_eq!(chance(203, 1000, false), "in 2 of 10 of the futures consistent with what we know");
    assert_eq!(chance(203, 1000, true), "in 2 of 10 simulated years");
}

#[test]
fn what_is_rare_or_nearly_sure_is_not_said_in_tenths() {
    assert_eq!(chance(12, 1000, false), "in 1 % of the futures consistent with what we know");
    assert_eq!(chance(996, 1000, true), "in over 99 % of simulated years");
    assert_eq!(
        (chance(50, 1000, true), chance(4, 64, true)),
        ("in 5 % of simulated years".into(), "in 6 % of simulated years".into())
    );
    assert_eq!(
        (chance(149, 1000, true), chance(150, 1000, true)),
        ("in 15 % of simulated years".into(), "in 2 of 10 simulated years".into())
    );
    assert_eq!(
        (chance(850, 1000, true), chance(851, 1000, true)),
        ("in 9 of 10 simulated years".into(), "in 85 % of simulated years".into())
    );
    assert_eq!(
        (chance(1, 8, true), chance(7, 8, false)),
        ("in 1 of 8 simulated years".into(), "in 7 of 8 futures consistent with what we know".into())
    );
}

#[test]
fn words() {
    assert_eq!((inside("Nurse"), inside("GP")), ("nurse".into(), "GP".into()));
    let plurals = [
        ("GP", "GPs"),
        ("Reception staff", "Reception staff"),
        ("GP trainee or locum", "GP trainees or locums"),
        ("Nurse in training", "Nurses in training"),
        ("GP (partner)", "GPs (partner)"),
        ("Direct patient care", "Direct patient care"),
        ("Deputy", "Deputies"),
        ("Coach", "Coaches"),
    ];
    plurals.iter().for_each(|(one, many)| assert_eq!(plural(one), *many));
    assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    assert_eq!(date(Day::from_date(jiff::civil::date(2019, 1, 7))), "Monday 7 January 2019");
    assert_eq!(address("need.routine.gives_up.chance_each_day"), "gives up, chance each day (need routine)");
    assert_eq!((small(2), small(12)), ("two".into(), "12".into()));
    assert_eq!((period(364), period(728), period(182)), ("a year", "in the period", "in the period"));
}

#[test]
fn next_to_nothing_is_not_about_nought() {
    assert_eq!(
        [0.04, 0.49, 0.5, 0.98, 1.04, 3.5, 21.4].map(sessions),
        [
            "under half a session",
            "under half a session",
            "about 0.5 sessions",
            "about 1 session",
            "about 1 session",
            "about 3.5 sessions",
            "about 21 sessions"
        ]
    );
}

#[test]
fn one_day_is_said_as_one() {
    assert_eq!((of_days(1), of_days(364)), ("Of the one day.".to_owned(), "Of all 364 days.".to_owned()));
    assert!(convention(1).starts_with("Counts, hours and pounds are of the one day of the period"));
}
