//! Promise: a factor on a post's appointment minutes acts on plain slots as on people, and where it is not stated nothing moves.

use skillmix::experiment::run::first;
use skillmix::plan::lanes::LANES;
use skillmix::scenario::load_text;
use skillmix::year::Year;

/// A plain queue with some lines for its post.
fn scenario(post: &str) -> String {
    format!(
        "horizon = {{ start = 2019-04-01, weeks = 8 }}\n[practice.north]\n[need.routine]\nrequests_per_day = 60\n\
         [post.doctors]\nslot_minutes = 10\n{post}\n"
    )
}

/// Minutes on the roster of the only post, by replication and week [ticks].
fn rostered(post: &str) -> Vec<Vec<i64>> {
    let scenario = load_text("factor.toml", &scenario(post), &[])
        .unwrap_or_else(|report| panic!("{}", report.render(false)));
    let year = Year::new(scenario.options[0].model.clone(), scenario.run.seed, false);
    let mut block = year.block();
    let reps = first(LANES);
    year.run(&reps, &mut block);
    let weeks = |lane: usize| block.book.tally.rostered.iter().map(|week| week[lane]).collect();
    (0..LANES).map(weeks).collect()
}

#[test]
fn half_the_minutes_are_half_the_slots_whether_members_are_away_or_not() {
    assert_eq!(
        rostered("slots_per_day = 80\nminutes_factor = 0.5"),
        rostered("slots_per_day = 40"),
        "no members"
    );
    let away = "members = 4\nabsence = { daily = 0.2 }";
    assert_eq!(
        rostered(&format!("slots_per_day = 80\nminutes_factor = 0.5\n{away}")),
        rostered(&format!("slots_per_day = 40\n{away}")),
        "members who are away day by day"
    );
    let spells = "members = 4\nabsence = { share = 0.2, spell_days = 5 }";
    assert_eq!(
        rostered(&format!("slots_per_day = 80\nminutes_factor = 0.5\n{spells}")),
        rostered(&format!("slots_per_day = 40\n{spells}")),
        "members who are away in spells"
    );
    assert_eq!(
        rostered("slots_per_day = 80\nminutes_factor = 1"),
        rostered("slots_per_day = 80"),
        "a factor of one"
    );
    assert!(rostered("slots_per_day = 80\nminutes_factor = 0").iter().flatten().all(|minutes| *minutes == 0));
}

#[test]
fn an_uncertain_factor_is_drawn_once_a_year() {
    let whole = rostered("slots_per_day = 80");
    let drawn = rostered("slots_per_day = 80\nminutes_factor = { low = 0.5, likely = 0.7, high = 0.9 }");
    let shares: Vec<f64> =
        drawn.iter().zip(&whole).map(|(drawn, whole)| drawn[0] as f64 / whole[0] as f64).collect();
    assert!(shares.windows(2).any(|pair| pair[0] != pair[1]), "years differ: {shares:?}");
    for (lane, share) in shares.iter().enumerate() {
        assert!((0.3..1.1).contains(share), "{shares:?}");
        // Rounded to whole ticks day by day, so a week is the same to a few ticks in a million.
        for (drawn, whole) in drawn[lane].iter().zip(&whole[lane]) {
            assert!((*drawn as f64 / *whole as f64 - share).abs() < 1e-4, "one factor all year");
        }
    }
}
