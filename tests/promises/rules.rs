//! Rules of detail, each in a scenario of a few lines whose answer follows by hand (`tests/scenarios/rules/`).

use skillmix::experiment::run::{Settings, first, run};
use skillmix::findings::{Findings, RunInfo};
use skillmix::outcome::Outcome;
use skillmix::outcome::columns::{About, Place};
use skillmix::outcome::sums::shortfall::At;
use skillmix::report::{ran, text};
use std::path::Path;

/// The last option of a rule's scenario over some replications.
fn outcome(rule: &str, replications: usize) -> Outcome {
    let path = Path::new("tests/scenarios/rules").join(rule).with_extension("toml");
    let scenario = skillmix::scenario::load(&path, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
    let option = scenario.options.last().expect("as_now at least");
    run(&option.name, option.model.clone(), &first(replications), Settings::new(20_181_121), &|_| {})
}

/// A figure of the whole scenario in each replication.
fn all(outcome: &Outcome, measure: &str, about: About) -> Vec<f64> {
    outcome.series(measure, Place::All, about).unwrap_or_else(|| panic!("{measure} is a measure"))
}

/// The same, where every replication has the same.
fn only(outcome: &Outcome, measure: &str, about: About) -> f64 {
    let values = all(outcome, measure, about);
    assert!(values.iter().all(|value| *value == values[0]), "{measure} differs: {values:?}");
    values[0]
}

#[test]
fn a_rebooking_after_the_last_day_counts_nowhere() {
    let outcome = outcome("rebooked-after-the-end", 32);
    assert!(all(&outcome, "rebooked", About::All).iter().all(|n| *n > 0.0));
}

#[test]
fn a_closure_of_five_weeks_keeps_everyone() {
    let outcome = outcome("long-closure", 32);
    let of = |measure| all(&outcome, measure, About::All);
    assert!(of("attended").iter().zip(of("follow_ups")).all(|(seen, booked)| *seen > booked && booked > 0.0));
}

/// Forty ask, five are seen today and five tomorrow; asking again does not make anybody's wait begin anew.
#[test]
fn asking_again_keeps_the_first_day() {
    let outcome = outcome("asked-again", 3);
    assert_eq!(only(&outcome, "seen_within_target", About::Target(0)), 0.25);
    // 35 ask again, then 30, 25, ... 5
    assert_eq!(only(&outcome, "re_asked", About::All), 140.0);
}

/// 10 people x 33 days x 366 of 366 days, in sessions of 4 h 10 min: 37.5 h are 9 sessions on 5 days.
#[test]
fn nobody_loses_leave_to_a_limit_that_has_room() {
    let outcome = outcome("leave", 32);
    let taken = all(&outcome, "lost_leave_sessions", About::Role(0));
    let mean = taken.iter().sum::<f64>() / taken.len() as f64;
    assert!((mean / 594.0 - 1.0).abs() < 0.01, "{mean} sessions of leave");
}

#[test]
fn contacts_are_dealt_over_all_needs_together() {
    assert_eq!(only(&outcome("overtime", 2), "overtime_hours", About::Role(0)), 0.0);
}

/// Pooled, split or in turn: the long-run slots are those of the same minutes, to within one slot a practice.
#[test]
fn rounding_is_no_benefit_of_pooling() {
    let attended = |rule: &str| only(&outcome(rule, 1), "attended", About::All);
    let pooled = attended("shared-pooled");
    let split = attended("shared-split");
    assert!((pooled - split).abs() <= 3.0, "pooled {pooled}, split {split}");
}

/// With slots of several lengths too: a pool does not seem to serve more than its minutes divided.
#[test]
fn rounding_of_mixed_slots_is_no_benefit_of_pooling() {
    let used = |rule: &str| all(&outcome(rule, 16), "used_hours", About::Role(0)).iter().sum::<f64>();
    let (pooled, split) = (used("mixed-pooled"), used("mixed-split"));
    assert!((0.999..1.03).contains(&(split / pooled)), "pooled {pooled}, split {split}");
}

/// A slot that nobody asks for is not what the day of a split post is counted in.
#[test]
fn a_slot_that_nobody_asks_for_changes_no_split() {
    let path = Path::new("tests/scenarios/rules/split-with-a-late-lever.toml");
    // A queue that never empties, and one that is empty on most days.
    for sets in [&[][..], &["post.pharmacist.slots_per_day=1", "need.meds.rate_per_patient_year=0.03"][..]] {
        let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
        let scenario =
            skillmix::scenario::load(path, &sets).unwrap_or_else(|r| panic!("{}", r.render(false)));
        let years = |at: usize| {
            let option = &scenario.options[at];
            run(&option.name, option.model.clone(), &first(8), Settings::new(20_181_121), &|_| {})
        };
        let (now, late) = (years(0), years(1));
        for measure in ["attended", "wait_mean", "unusable_hours"] {
            let about = if measure == "unusable_hours" { About::Role(1) } else { About::All };
            assert_eq!(all(&now, measure, about), all(&late, measure, about), "{measure} {sets:?}");
        }
    }
}

#[test]
fn all_posts_of_a_role_make_its_finite_book() {
    let outcome = outcome("two-posts-one-book", 2);
    assert_eq!(only(&outcome, "lost", About::All), 0.0);
    assert_eq!(only(&outcome, "attended", About::All), 18.0 * 364.0);
}

/// Of 504 who ask at the south 196 are seen and 21 wait at the end, as many as the 28 slots of four days hold after the day's
/// 7; the two a day of the north are seen by its own post.
#[test]
fn an_own_post_is_no_room_in_the_book_of_the_neighbour() {
    let outcome = outcome("own-post-beside-a-shared-one", 2);
    assert_eq!(only(&outcome, "lost", About::All), 18.0 * 28.0 - 7.0 * 28.0 - 21.0);
    assert_eq!(only(&outcome, "attended", About::All), 9.0 * 28.0);
}

/// The network's 18 a day are all seen by its own post. Of 280 of the other network 168 are seen and 18 wait at the end, as many as
/// the 24 slots of four days hold after the day's 6.
#[test]
fn what_one_practice_leaves_of_a_smaller_pool_is_its_neighbours() {
    let outcome = outcome("network-post-beside-the-federations", 2);
    assert_eq!(only(&outcome, "lost", About::All), 10.0 * 28.0 - 6.0 * 28.0 - 18.0);
    assert_eq!(only(&outcome, "attended", About::All), 24.0 * 28.0);
}

/// Without a post of the first role the book is not endless.
#[test]
fn a_finite_book_without_its_first_role_is_that_of_the_next() {
    let outcome = outcome("book-of-the-next-role", 2);
    assert_eq!(only(&outcome, "lost", About::All), 8.0 * 28.0);
    assert_eq!(only(&outcome, "attended", About::All), 10.0 * 28.0);
}

#[test]
fn from_tomorrow_holds_for_new_requests_alone() {
    let outcome = outcome("from-tomorrow", 8);
    for (need, wait) in [(0, 1.0), (1, 0.0), (2, 0.0)] {
        assert_eq!(only(&outcome, "wait_mean", About::Need(need)), wait, "need {need}");
    }
}

#[test]
fn four_hundred_members_are_counted() {
    let outcome = outcome("many-members", 16);
    let hours = all(&outcome, "rostered_hours", About::Role(0));
    let mean = hours.iter().sum::<f64>() / hours.len() as f64;
    let full = 364.0 * 400.0 * 10.0 / 60.0;
    // 400 members: a relative standard error below 0.5 % in 16 years of spells of ten days
    assert!((mean / full - 0.5).abs() < 0.02, "{mean} of {full} hours");
}

/// Ten slots a day of which a tenth is wasted and nine tenths of that filled again, once: 10 x (0.9 + 0.1 x 0.9 x 0.9).
#[test]
fn fractions_of_a_refilled_slot_are_kept() {
    let outcome = outcome("refill", 64);
    let attended = all(&outcome, "attended", About::All);
    let mean = attended.iter().sum::<f64>() / attended.len() as f64 / 364.0;
    // binomial: sd of a year's mean 0.95 / sqrt(364), of 64 years 0.006
    assert!((mean - 9.81).abs() < 0.03, "{mean} a day");
    // figures of a replication are kept in 24 bits
    assert!((only(&outcome, "used_hours", About::Role(0)) - 364.0 * 100.0 / 60.0).abs() < 1e-3);
}

#[test]
fn a_lever_on_a_whole_need_takes_nobody_rated() {
    let outcome = outcome("unrated", 4);
    assert_eq!(all(&outcome, "avoidable_in_book", About::All), all(&outcome, "rated_avoidable", About::All));
}

#[test]
fn a_follow_up_without_delay_is_seen_tomorrow() {
    let outcome = outcome("followed-up-at-once", 8);
    assert!(all(&outcome, "follow_ups", About::All).iter().all(|n| *n > 0.0));
}

#[test]
fn a_target_may_be_as_wide_as_a_year() {
    let outcome = outcome("wide-target", 8);
    assert!(all(&outcome, "re_asked", About::All).iter().all(|n| *n > 0.0));
}

/// As [`asking_again_keeps_the_first_day`], behind a redirect with returns.
#[test]
fn redirected_people_keep_their_first_day() {
    assert_eq!(only(&outcome("redirected-asked-again", 3), "seen_within_target", About::Target(0)), 0.25);
}

#[test]
fn a_follow_up_asked_for_again_is_not_referred_on() {
    let outcome = outcome("followed-up-not-referred", 8);
    assert_eq!(only(&outcome, "referred_on", About::All), 0.0);
    assert!(all(&outcome, "rebooked", About::All).iter().all(|n| *n > 0.0));
}

/// Ten ask and five are seen at a, five at b: nobody waits.
#[test]
fn patients_who_would_go_are_seen_at_the_neighbours() {
    let outcome = outcome("elsewhere", 2);
    assert_eq!(only(&outcome, "seen_elsewhere", About::All), 5.0 * 28.0);
    assert_eq!(only(&outcome, "attended", About::All), 20.0 * 28.0);
    assert_eq!(only(&outcome, "wait_mean", About::All), 0.0);
}

/// On the first day a sees five of ten, on the second the other five; from then on yesterday's ten, half of them at b.
#[test]
fn they_go_there_after_the_days_stated() {
    let outcome = outcome("elsewhere-after-a-day", 2);
    assert_eq!(only(&outcome, "seen_elsewhere", About::All), 5.0 * 26.0);
    assert_eq!(only(&outcome, "backlog_end", About::All), 10.0);
}

/// b holds 4 slots a day for visits, which may use no others; whoever is not seen the same day leaves. a sees one a day.
#[test]
fn what_is_held_for_its_own_alone_is_not_for_the_neighbours() {
    let outcome = outcome("elsewhere-held", 2);
    assert_eq!(only(&outcome, "seen_elsewhere", About::All), 0.0);
    assert_eq!(only(&outcome, "attended", About::All), (1.0 + 4.0) * 28.0);
}

/// Of 280 who ask at a half would go. Up to one of them a day is seen at home: b sees the others. The number who would
/// go has sd sqrt(70) a replication; that of those seen at home among them is at most 28 off.
#[test]
fn who_would_go_is_drawn_once_for_each() {
    let outcome = outcome("elsewhere-half", 256);
    let seen = all(&outcome, "attended", About::All);
    let elsewhere = all(&outcome, "seen_elsewhere", About::All);
    // Whoever would go is seen the same day: waiting are only those who would not, of whom a sees one a day at most.
    let waiting = all(&outcome, "backlog_end", About::All);
    assert!((0..256).all(|i| seen[i] + waiting[i] == 560.0 && seen[i] - 280.0 - elsewhere[i] == 28.0));
    let mean = waiting.iter().sum::<f64>() / 256.0;
    // 140 would not go, less those of them seen at home: at most 28, at least 28 x 1/10 (whoever waits is older).
    assert!((140.0 - 28.0 - 3.0..140.0).contains(&mean), "{mean} wait");
}

/// Three weeks of ten further requests a day, Poisson: the mean of 64 years within 4.5 of its standard errors, false-alarm
/// rate 7e-6 at the seed declared.
#[test]
fn latent_demand_presents_while_waits_are_short() {
    let outcome = outcome("latent", 64);
    let latent = all(&outcome, "latent_requests", About::All);
    let mean = latent.iter().sum::<f64>() / 64.0;
    assert!((mean - 210.0).abs() < 4.5 * (210.0_f64 / 64.0).sqrt(), "{mean}");
    let requests = all(&outcome, "requests", About::All);
    assert!(requests.iter().zip(&latent).all(|(all, latent)| all - latent == 280.0));
}

#[test]
fn latent_demand_stays_away_while_waits_are_long() {
    let outcome = outcome("latent-kept-away", 2);
    assert_eq!(only(&outcome, "latent_requests", About::All), 0.0);
    assert_eq!(only(&outcome, "requests", About::All), 280.0);
}

/// An option of a rule's scenario over one replication.
fn option(rule: &str, name: &str) -> Outcome {
    let path = Path::new("tests/scenarios/rules").join(rule).with_extension("toml");
    let scenario = skillmix::scenario::load(&path, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
    let option = scenario.options.iter().find(|o| o.name == name).expect("an option of the file");
    run(name, option.model.clone(), &first(1), Settings::new(20_181_121), &|_| {})
}

/// Sessions lost for want of a room, role by role (in the order of their names), and appointment hours.
fn roomless(rule: &str, name: &str, roles: usize) -> Vec<(f64, f64)> {
    let outcome = option(rule, name);
    let of = |measure, role| only(&outcome, measure, About::Role(role));
    (0..roles).map(|role| (of("lost_room_sessions", role), of("rostered_hours", role))).collect()
}

/// Two doctors and a nurse on a Monday morning, two rooms: one session a week is lost, that of the last role; 36 hours in
/// three sessions are 12 hours a session.
#[test]
fn who_has_no_room_loses_the_session() {
    let hours = |sessions: f64| sessions * 12.0 * 52.0;
    // nurse, doctors
    assert_eq!(roomless("rooms", "as_now", 2), [(52.0, hours(2.0)), (0.0, hours(6.0))]);
    assert_eq!(roomless("rooms", "nurse_first", 2), [(0.0, hours(3.0)), (52.0, hours(5.0))]);
    // three rooms on Monday, one on Wednesday, where a doctor and the nurse want it both times
    assert_eq!(roomless("rooms", "three_on_monday", 2), [(104.0, hours(1.0)), (0.0, hours(6.0))]);
}

/// A shared post needs rooms where it says that it sits; what needs no room leaves it to others.
#[test]
fn a_shared_post_needs_rooms_at_its_sites() {
    let hours = |sessions: f64| sessions * 3.6 * 52.0;
    let rounded = |all: Vec<(f64, f64)>| -> Vec<(f64, i64)> {
        all.into_iter().map(|(lost, hours)| (lost, (hours * 10.0).round() as i64)).collect()
    };
    let expect = |lost: f64, sessions: f64| (lost, (hours(sessions) * 10.0).round() as i64);
    // doctor, pharmacist, physio
    assert_eq!(
        rounded(roomless("rooms-shared", "as_now", 3)),
        [expect(0.0, 2.0), expect(52.0, 1.0), expect(0.0, 2.0)]
    );
    assert_eq!(
        rounded(roomless("rooms-shared", "at_home", 3)),
        [expect(0.0, 2.0), expect(0.0, 2.0), expect(0.0, 2.0)]
    );
}

/// 6000 x 0.001 + 4000 x 0.004 = 22 a day ask at the old practice, 9000 x 0.001 + 1000 x 0.004 = 13 at the young one; of a
/// need per patient 10 a day at either.
#[test]
fn age_bands_make_the_demand() {
    let outcome = outcome("age", 32);
    for (practice, need, a_day) in [(0, 1, 22.0), (1, 1, 13.0), (0, 0, 10.0), (1, 0, 10.0)] {
        let requests =
            outcome.series("requests", Place::Practice(practice), About::Need(need)).expect("a measure");
        let mean = requests.iter().sum::<f64>() / requests.len() as f64 / 260.0;
        // Poisson: the sd of the mean of 32 years of 260 days is sqrt(a_day / 8320), at most 0.051; five of them
        assert!((mean - a_day).abs() < 5.0 * (a_day / 8320.0_f64).sqrt(), "{mean} a day for {a_day}");
    }
    let registered = skillmix::scenario::load(Path::new("tests/scenarios/rules/age.toml"), &[])
        .unwrap_or_else(|r| panic!("{}", r.render(false)));
    let lists: Vec<_> =
        registered.options[0].model.practices.iter().map(|p| p.registered_list.fixed()).collect();
    assert_eq!(lists, [Some(10_000.0), Some(10_000.0)]);
    // before a run: 32 and 23 slots of ten minutes on five days
    let lines = skillmix::experiment::arithmetic::lines(&registered.options[0].model);
    for (load, slots) in lines[0].practices.iter().zip([32.0, 23.0]) {
        assert!((load.wanted - slots * 5.0 / 6.0).abs() < 1e-9, "{load:?}");
    }
}

/// Where everybody asks alike, age says nothing: the same means as one rate for all.
#[test]
fn one_rate_for_all_ages_is_a_rate() {
    let sets = ["need.visit.rate_per_patient_year_by_age.65_plus=0.26".to_owned()];
    let path = Path::new("tests/scenarios/rules/age.toml");
    let scenario = skillmix::scenario::load(path, &sets).unwrap_or_else(|r| panic!("{}", r.render(false)));
    let model = scenario.options[0].model.clone();
    let outcome = run("as_now", model, &first(8), Settings::new(7), &|_| {});
    let of = |need| all(&outcome, "requests", About::Need(need)).iter().sum::<f64>();
    // 8 years of 5200 a need: sd of the difference sqrt(2 x 41,600) = 288
    assert!((of(0) - of(1)).abs() < 5.0 * 288.0, "{} and {}", of(0), of(1));
}

/// Three sessions of 60 slots in one week: whole ones, each at one of two practices.
#[test]
fn a_rota_holds_whole_sessions_at_one_site_after_another() {
    let of = |name: &str| {
        let outcome = option("rota", name);
        let attended = |p| outcome.series("attended", Place::Practice(p), About::All).expect("a measure")[0];
        let lost = |measure| only(&outcome, measure, About::Role(0));
        (attended(0), attended(1), lost("lost_closed_sessions"), lost("lost_room_sessions"))
    };
    // a, b, a
    assert_eq!(of("as_now"), (120.0, 60.0, 0.0, 0.0));
    // of 3000 and 12,000 patients: b, b, a (ahead: b by 3/5, b by 1/5, then a)
    assert_eq!(of("two_to_one"), (60.0, 120.0, 0.0, 0.0));
    assert_eq!(of("in_turn"), (60.0, 120.0, 0.0, 0.0));
    // the first week's Wednesday is a's
    assert_eq!(of("stated"), (60.0, 120.0, 0.0, 0.0));
    // b is passed over on Tuesday and has Wednesday instead; a stated session at a closed site is lost
    assert_eq!(of("b_closed"), (120.0, 60.0, 0.0, 0.0));
    assert_eq!(of("stated_b_closed"), (60.0, 60.0, 1.0, 0.0));
    // half of ten hours are 30 slots
    assert_eq!(of("b_half_closed"), (120.0, 30.0, 0.5, 0.0));
    assert_eq!(of("no_room_at_b"), (120.0, 0.0, 0.0, 1.0));
    // plain slots are at one site a day: a, b, a, b, a
    let plain = option("rota", "slots");
    let attended = |p| plain.series("attended", Place::Practice(p), About::All).expect("a measure")[0];
    assert_eq!((attended(0), attended(1)), (90.0, 60.0));
}

/// Appointment hours a week by practice that are worked out before a run.
fn before_a_run(rule: &str, name: &str) -> Vec<f64> {
    let path = Path::new("tests/scenarios/rules").join(rule).with_extension("toml");
    let scenario = skillmix::scenario::load(&path, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
    let option = scenario.options.iter().find(|o| o.name == name).expect("an option of the file");
    let lines = skillmix::experiment::arithmetic::lines(&option.model);
    lines[0].practices.iter().map(|load| (load.offered * 1e6).round() / 1e6).collect()
}

/// Three sessions of twelve hours less two of travel stand where the rota holds them; slots go by the day.
#[test]
fn hours_before_a_run_are_where_the_rota_holds_them() {
    for (name, hours) in [
        ("as_now", [20.0, 10.0]),
        ("in_turn", [10.0, 20.0]),
        ("stated", [10.0, 20.0]),
        ("slots", [15.0, 10.0]),
    ] {
        assert_eq!(before_a_run("rota", name), hours, "{name}");
    }
}

/// Warnings of a rule's scenario, with what its roster foretells: code and message.
fn foretold(rule: &str, sets: &[&str]) -> Vec<(&'static str, String)> {
    let path = Path::new("tests/scenarios/rules").join(rule).with_extension("toml");
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    let scenario = skillmix::experiment::foreseen::load(&path, &sets);
    let scenario = scenario.unwrap_or_else(|r| panic!("{}", r.render(false)));
    scenario.warnings.faults().map(|fault| (fault.code, fault.message.clone())).collect()
}

/// A week with rooms enough can have a half-day without.
#[test]
fn a_half_day_with_too_few_rooms_is_a_warning() {
    let warnings = foretold("rooms", &[]);
    let short: Vec<&str> =
        warnings.iter().filter(|(code, _)| *code == "too-few-rooms").map(|(_, m)| m.as_str()).collect();
    assert_eq!(short.len(), 2, "{short:?}");
    assert!(short[0].contains("too few rooms on mon am (3 for 2) (sessions"), "{}", short[0]);
    assert!(short[1].contains("too few rooms on wed am (2 for 1), wed pm (2 for 1)"), "{}", short[1]);
    // the pharmacist, who is at a and b in turn, and the doctor share the one room of a every Monday morning
    let shared = foretold("rooms-shared", &[]);
    assert!(shared.iter().any(|(code, message)| *code == "too-few-rooms" && message.contains("practice a")));
}

#[test]
fn rooms_and_travel_that_change_nothing_are_said() {
    let codes = |rule: &str, sets: &[&str]| -> Vec<&'static str> {
        foretold(rule, sets).into_iter().map(|(code, _)| code).collect()
    };
    assert!(codes("elsewhere", &["practice.a.rooms=0"]).contains(&"idle-rooms"));
    assert!(!codes("elsewhere", &[]).contains(&"idle-rooms"));
    // Pooled, it sees the patients of b too, wherever it sits.
    assert!(codes("rooms-shared", &["post.pharmacist.sites=[\"a\"]"]).contains(&"sites-of-all"));
    assert!(!codes("rooms-shared", &[]).contains(&"sites-of-all"));
    assert!(!codes("rota", &[]).contains(&"rota-all-lost"));
    assert!(codes("rota", &["post.pharmacist.rota_minutes_lost=720"]).contains(&"rota-all-lost"));
}

/// The report of a rule's scenario.
fn report(rule: &str) -> String {
    let path = Path::new("tests/scenarios/rules").join(rule).with_extension("toml");
    let scenario = skillmix::experiment::foreseen::load(&path, &[]);
    let scenario = scenario.unwrap_or_else(|r| panic!("{}", r.render(false)));
    let reps = first(16);
    let settings = Settings::new(20_181_121);
    let outcomes: Vec<Outcome> =
        scenario.options.iter().map(|o| run(&o.name, o.model.clone(), &reps, settings, &|_| {})).collect();
    let info = RunInfo { seed: 20_181_121, replications: 16, needed: None, split: None, typed: None };
    let whole = text::whole(&ran::document(&Findings::new(&scenario, &outcomes, info)));
    whole.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// 52 sessions of the nurse as now, 52 of the doctors where nurses have rooms first.
#[test]
fn a_report_names_the_sessions_without_a_room() {
    let text = report("rooms");
    assert!(!text.contains("no session of the roster was lost"), "{text}");
    assert!(text.contains("52 sessions"), "{text}");
    assert!(text.contains("SESSIONS LOST") || text.contains("sessions lost for want of a room"), "{text}");
    assert!(text.contains("too few rooms on mon am (3 for 2)"), "{text}");
}

/// Five of a's ten a day are seen at b, four weeks long; requests drawn in are named where `latent` is stated.
#[test]
fn a_report_names_who_is_seen_elsewhere_and_drawn_in() {
    let elsewhere = report("elsewhere");
    assert!(elsewhere.contains("Contacts at another practice than the patient's own: 140"), "{elsewhere}");
    assert!(!elsewhere.contains("only because waits were short"));
    let latent = report("latent");
    assert!(latent.contains("Requests that presented only because waits were short:"), "{latent}");
    assert!(!report("rooms").contains("SEEN ELSEWHERE"));
}

/// `--set` reaches what only an option has; `lasts_weeks` counts from a lever's first day.
#[test]
fn a_number_that_only_an_option_has_is_set_by_its_own_address() {
    let path = Path::new("tests/scenarios/mix-option.toml");
    let load = |sets: &[&str]| {
        let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
        skillmix::scenario::load(path, &sets).unwrap_or_else(|r| panic!("{}", r.render(false)))
    };
    let scenario = load(&[
        "post.helper.wte=2.5",
        "lever.to_helper.starts=2024-04-08",
        "lever.to_helper.lasts_weeks=1.5",
    ]);
    let [now, helper] = &scenario.options[..] else { panic!("two options") };
    assert!(now.model.posts.iter().all(|post| post.name != "helper"));
    let post = helper.model.posts.iter().find(|post| post.name == "helper").expect("the post");
    let skillmix::model::post::Capacity::People(staffing) = &post.capacity else { panic!("people") };
    assert_eq!(staffing.wte.fixed(), Some(2.5));
    let lever = helper.model.levers.iter().find(|lever| lever.name == "to_helper").expect("the lever");
    // Eleven days from 8 April on: ten and a half begun.
    assert_eq!(lever.until.map(|day| day.to_string()), Some("2024-04-18".to_owned()));
    let unknown = skillmix::scenario::load(path, &["post.helpers.wte=2".to_owned()]);
    assert!(unknown.is_err(), "a post that neither the scenario nor an option has");
}

/// The option `option` of the rule on leads and DNAs, with some numbers set.
fn lead_effect(option: usize, sets: &[&str]) -> Vec<f64> {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    let path = Path::new("tests/scenarios/rules/lead-effect.toml");
    let scenario = skillmix::scenario::load(path, &sets).unwrap_or_else(|r| panic!("{}", r.render(false)));
    let option = &scenario.options[option];
    let outcome = run(&option.name, option.model.clone(), &first(32), Settings::new(20_181_121), &|_| {});
    all(&outcome, "dna", About::All)
}

/// 100 contacts on each of 56 days. Everybody waits 7 days as now (chance 0.07) and nobody in the option: by the law alone
/// nobody is absent, and with a quarter of it those of 5.25 days are (0.0525). Four standard errors of 179,200 contacts.
#[test]
fn shorter_leads_move_dnas_by_their_share_alone() {
    let near = |option, sets: &[&str], chance: f64| {
        let contacts = 32.0 * 56.0 * 100.0;
        let share = lead_effect(option, sets).iter().sum::<f64>() / contacts;
        let error = (chance * (1.0 - chance) / contacts).sqrt();
        assert!((share - chance).abs() <= 4.0 * error, "option {option}, {sets:?}: {share}, not {chance}");
    };
    near(0, &[], 0.07);
    near(2, &[], 0.0525);
    near(2, &["need.visit.dna.lead_effect_share=0"], 0.07);
    near(2, &["need.visit.dna.lead_effect_share=1"], 0.0);
    // A drawn share is the middle one on average; its own spread is a third of that of a uniform number.
    let drawn = ["need.visit.dna.lead_effect_share={ uniform = [0.4, 0.6] }"];
    let mean = lead_effect(2, &drawn).iter().sum::<f64>() / (32.0 * 5600.0);
    assert!((mean - 0.035).abs() < 4.0 * (0.07 * 0.2 / 12.0_f64.sqrt() / 32.0_f64.sqrt() + 0.0005), "{mean}");
}

/// A lever that reaches nobody moves nothing, whatever leads there are and whatever share of their effect counts.
#[test]
fn a_change_that_changes_nothing_moves_no_dna() {
    let sets = ["need.visit.chance_each_day=0.97", "need.visit.dna.lead_effect_share={ uniform = [0, 1] }"];
    assert_eq!(lead_effect(1, &sets), lead_effect(0, &sets));
    assert_ne!(lead_effect(2, &sets), lead_effect(0, &sets));
}

/// 1,500 with a long delay a year, half of them asked back in 90 days, 274 of 364 days early enough, half of these missed: 282. Those
/// asked back in a week all come. Four standard errors of the mean of 32 years, and a day or two of the calendar.
#[test]
fn each_follow_up_is_booked_as_far_ahead_as_its_own_delay() {
    let missed = all(&outcome("two-delays", 32), "dna", About::All);
    let mean = missed.iter().sum::<f64>() / 32.0;
    assert!((mean - 282.0).abs() < 4.0 * (282.0_f64 / 32.0).sqrt() + 3.0, "{mean} missed");
}

/// Ten a day for 28 days: 12 minutes each as their need has it, 15 where it says so for the role.
#[test]
fn who_is_sent_on_takes_the_slot_of_the_need_as_which_they_are_seen() {
    let hours = |sets: &[&str]| {
        let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
        let path = Path::new("tests/scenarios/rules/slot-of-the-need.toml");
        let scenario =
            skillmix::scenario::load(path, &sets).unwrap_or_else(|r| panic!("{}", r.render(false)));
        let option = &scenario.options[1];
        let outcome = run(&option.name, option.model.clone(), &first(2), Settings::new(1), &|_| {});
        only(&outcome, "used_hours", About::Role(1))
    };
    assert_eq!(hours(&[]), 280.0 * 12.0 / 60.0);
    assert_eq!(hours(&["need.sprain.slot_minutes_by_role.physio=15"]), 280.0 * 15.0 / 60.0);
}

/// A tenth of 3 x 32,000 appointments is 9,600, though it falls on a need of 16,000 and shares differ by practice (a spread of 0.27 of
/// the total over eight): four standard errors of 512 years. Cutting each practice off at its whole would lose a tenth.
#[test]
fn the_total_of_an_audit_is_kept_where_practices_are_beyond_the_whole() {
    let outcome = outcome("beyond-the-whole", 512);
    let rated = all(&outcome, "rated_avoidable", About::All);
    let mean = rated.iter().sum::<f64>() / 512.0;
    assert!((mean / 9600.0 - 1.0).abs() < 4.0 * 0.27 / 512.0_f64.sqrt(), "{mean} rated");
}

/// A panel of 1,000 with a chance of 0.04 is asked for 40 times a day; a tenth of all GP appointments is rated, whichever way the
/// requests are stated.
#[test]
fn an_audit_is_of_the_requests_of_panels_too() {
    let rated = |how: &str| {
        let text = format!(
            "[horizon]\nstart = 2019-04-01\nweeks = 52\n[practice.a]\nregistered_list = 1000\n[role.gp]\nstaff_group = \"GP\"\n\
             [need.x]\n{how}\nroles = [\"gp\"]\n[avoidable.c]\nof = [\"x\"]\nshare_of_gp_appointments = 0.1\n\
             [post.gps]\nrole = \"gp\"\nslots_per_day = 100\n"
        );
        let scenario = skillmix::scenario::load_text("panel.toml", &text, &[]);
        let scenario = scenario.unwrap_or_else(|r| panic!("{}", r.render(false)));
        let outcome = run("as_now", scenario.options[0].model.clone(), &first(64), Settings::new(1), &|_| {});
        let of = |measure| all(&outcome, measure, About::All).iter().sum::<f64>();
        (of("rated_avoidable"), of("requests"))
    };
    for how in ["chance_each_day = 0.04", "requests_per_day = 40"] {
        let (rated, requests) = rated(how);
        assert!(
            (rated - 0.1 * requests).abs() < 4.0 * (0.09 * requests).sqrt(),
            "{how}: {rated} of {requests}"
        );
    }
}

/// A share that each practice draws for itself is its own.
#[test]
fn a_share_of_its_own_differs_between_practices() {
    let text = "[horizon]\nstart = 2019-04-01\nweeks = 8\n[practice.a]\nregistered_list = 9000\n[practice.b]\nregistered_list = 9000\n\
         [role.gp]\nstaff_group = \"GP\"\n[need.x]\nrate_per_patient_year = 2\nroles = [\"gp\"]\n[avoidable.c]\nof = [\"x\"]\n\
         share_of_need = { uniform = [0, 1], per = \"practice\" }\n[post.gps]\nrole = \"gp\"\nslots_per_day = 300\n";
    let scenario = skillmix::scenario::load_text("own.toml", text, &[]);
    let scenario = scenario.unwrap_or_else(|r| panic!("{}", r.render(false)));
    let outcome = run("as_now", scenario.options[0].model.clone(), &first(16), Settings::new(1), &|_| {});
    let of = |practice: usize| -> Vec<f64> {
        let series =
            |measure| outcome.series(measure, Place::Practice(practice), About::All).expect("a measure");
        series("rated_avoidable").iter().zip(series("requests")).map(|(rated, all)| rated / all).collect()
    };
    // Two independent uniform shares lie within 0.05 of each other in a tenth of years; alike they would in all.
    let near = of(0).iter().zip(of(1)).filter(|(a, b)| (*a - b).abs() < 0.05).count();
    assert!(near <= 8, "{near} of 16 years alike");
}

/// Supervision is owed whether lists are stated or not: an hour a week of a pharmacist who is there in each of 8 weeks.
#[test]
fn supervision_is_taken_without_lists_too() {
    let text = "[horizon]\nstart = 2019-09-02\nweeks = 8\n[practice.a]\n[role.gp]\nstaff_group = \"GP\"\n\
         [role.pharmacist]\nsupervision = { by = \"gp\", minutes_per_wte_week = 60 }\n[need.x]\nrequests_per_day = 5\nroles = [\"gp\"]\n\
         [need.y]\nrequests_per_day = 5\nroles = [\"pharmacist\"]\n[post.gps]\npractice = \"a\"\nrole = \"gp\"\nwte = 1\n\
         [post.pharmacists]\npractice = \"a\"\nrole = \"pharmacist\"\nwte = 1\n";
    let scenario = skillmix::scenario::load_text("supervised.toml", text, &[]);
    let scenario = scenario.unwrap_or_else(|r| panic!("{}", r.render(false)));
    let outcome = run("as_now", scenario.options[0].model.clone(), &first(2), Settings::new(1), &|_| {});
    let taken = only(&outcome, "taken_hours", About::Role(0));
    assert!((taken - 8.0).abs() < 0.01, "{taken} hours");
}

/// The north misses 350 minutes a week, the south none in January and 350 in February, in sessions of 250: what the nurse takes
/// over is not missing, and time to spare is set against nothing. Those who share a post are short together: of 40 by 35 a day.
#[test]
fn missing_sessions_are_told_by_practice_and_month() {
    let outcome = outcome("missing-sessions", 3);
    let sums = &outcome.sums.shortfalls;
    let weeks: Vec<_> = sums.months.iter().map(|month| (month.of, month.weeks.clone())).collect();
    assert_eq!(
        weeks,
        [((2018, 1), 0..4), ((2018, 2), 4..8)],
        "the three days behind the last whole week are in none"
    );
    let missing = |cell: usize| -> Vec<f64> {
        let mean = |month| sums.of(cell, month).mean().expect("three years") / 100.0;
        (0..4).map(mean).collect()
    };
    let gps = sums.cells.iter().enumerate().filter(|(_, cell)| cell.role == 0);
    let of: Vec<_> = gps.map(|(i, cell)| (cell.at.clone(), missing(i))).collect();
    // January, February, the whole period, the worst month.
    let both = vec![1.4, 2.8, 2.1, 2.8];
    let shared = vec![9.8; 4];
    assert_eq!(
        of,
        [
            (At::Place(Place::All), vec![11.2, 12.6, 11.9, 12.6]),
            (At::Place(Place::Network(0)), both),
            (At::Place(Place::Network(1)), shared.clone()),
            // Practices stand by name: east, north, south, west.
            (At::Place(Place::Practice(1)), vec![1.4; 4]),
            (At::Place(Place::Practice(2)), vec![0.0, 1.4, 0.7, 1.4]),
            (At::Sharing(vec![0, 3]), shared),
        ]
    );
}

/// What a role gives to others it lacks for its own: thirty asked for, twenty there, ten slots of ten minutes missing a day in
/// sessions of 250, whoever is short of them. Given out a second time a slot is there twice; who has no post at all is short too.
#[test]
fn missing_sessions_count_no_minute_twice() {
    let mean = |outcome: &Outcome, place: Place, role: usize| {
        let sums = &outcome.sums.shortfalls;
        let is = |cell: &skillmix::outcome::sums::shortfall::Cell| {
            cell.at == At::Place(place) && cell.role == role
        };
        let cell = sums.cells.iter().position(is).expect("a place and a role");
        sums.of(cell, 1).mean().expect("years") / 100.0
    };
    let lent = outcome("missing-sessions-lent", 32);
    let [gp, nurse] = [0, 1].map(|role| mean(&lent, Place::All, role));
    // Each is rounded to a hundredth.
    assert!((gp + nurse - 2.8).abs() <= 0.01 && nurse > 0.3, "{gp} and {nurse}");
    let refilled = outcome("missing-sessions-refilled", 32);
    let [first, second] = [0, 1].map(|practice| mean(&refilled, Place::Practice(practice), 0));
    assert!(first < 0.1, "{first}: everybody is seen within days");
    assert_eq!(second, 3.92);
}
