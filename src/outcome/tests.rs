//! Measures of small scenarios that can be worked out by hand.

use super::columns::{About, Place};
use super::extract::Extract;
use crate::plan::lanes::Replication;
use crate::scenario::load_text;
use crate::year::Year;

/// One practice, ten requests each open day, two GPs' slots to spare; half of a need goes to a pharmacist.
const SMALL: &str = r#"
title = "Small"
[horizon]
start = 2019-04-01
weeks = 4
[calendar]
open = ["mon", "tue", "wed", "thu", "fri"]
[practice.a]
registered_list = 2000
weighted_list = 2500
[practice.b]
registered_list = 2000
weighted_list = 2500
[need.routine]
requests_by_day = [BY_DAY]
roles = ["gp"]
slot_minutes = 10
[role.gp]
staff_group = "GP"
hours_per_wte_week = 40
session_hours = 4
direct_share = 0.5
wte_per_head = 1
cost_per_wte_year = 73050
[role.pharmacist]
staff_group = "Other Practice staff"
hours_per_wte_week = 40
session_hours = 4
direct_share = 1
wte_per_head = 1
slot_minutes = 20
cost_per_wte_year = 36525
supervision = { by = "gp", minutes_per_wte_week = 50 }
[post.a_gp]
practice = "a"
role = "gp"
wte = 1
[post.b_gp]
practice = "b"
role = "gp"
wte = 1
[post.pharmacist]
network = "n"
role = "pharmacist"
wte = 1
sharing = "pooled"
paid_by = "fund.state"
[network.n]
[fund.state]
pounds = 1000000
reimburses.pharmacist = { up_to_per_wte = 18262.5, share = 1.0 }
[lever.all_to_pharmacist]
starts = 2019-04-01
cost = { one_off = 100, per_year = 3652.5 }
[lever.all_to_pharmacist.change.routine]
redirect = { need = "routine", to = "role:pharmacist", accepted = 1.0, returns = { share = 0.0, after_days = 1 } }
[lever.outside]
starts = 2019-04-01
[lever.outside.change.routine]
redirect = { need = "routine", to = "outside:pharmacy", accepted = 1.0, unit_cost = 2, returns = { share = 1.0, after_days = 1 } }
[option.inside]
levers = ["all_to_pharmacist"]
[option.outside]
levers = ["outside"]
"#;

/// Figures of one option in one replication.
struct Figures {
    year: Year,
    extract: Extract,
    row: Vec<f32>,
}

impl Figures {
    fn of(text: &str, option: &str) -> Self {
        let by_day: String = (0..28).map(|t| if t % 7 < 5 { "4, " } else { "0, " }).collect();
        let text = text.replace("BY_DAY", by_day.trim_end_matches(", "));
        let scenario =
            load_text("small.toml", &text, &[]).unwrap_or_else(|report| panic!("{}", report.render(false)));
        let model = &scenario.options.iter().find(|o| o.name == option).expect("an option").model;
        let year = Year::new(model.clone(), 1, false);
        let mut block = year.block();
        year.run(&[Replication::new(0, 0)], &mut block);
        let extract = Extract::new(&year.model, &year.book, &year.axis, true, None);
        let mut row = vec![f32::NAN; extract.columns.all.len()];
        extract.row(&year.model, &block.book.tally, 0, &block.slots[0], &mut row);
        Self { year, extract, row }
    }

    fn at(&self, measure: &str, place: Place, about: About) -> f64 {
        let column = self.extract.columns.find(measure, place, about);
        f64::from(self.row[column.unwrap_or_else(|| panic!("no column {measure}"))])
    }

    fn all(&self, measure: &str) -> f64 {
        self.at(measure, Place::All, About::All)
    }

    fn role(&self, measure: &str, place: Place, role: &str) -> f64 {
        let role = self.year.model.roles.iter().position(|r| r.name == role).expect("a role");
        self.at(measure, place, About::Role(role))
    }
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-4 * expected.abs().max(1.0), "{found}, not {expected}");
}

/// 2 practices x 20 open days x 4 requests x 10 minutes = 26.67 h of GP work. The pharmacist's supervision: 50
/// minutes a week for four weeks, of GP time, in every option.
#[test]
fn work_and_released_time_of_a_whole_redirect() {
    let now = Figures::of(SMALL, "as_now");
    let inside = Figures::of(SMALL, "inside");
    let taken = 4.0 * 50.0 / 60.0;
    near(now.all("requests"), 160.0);
    near(now.all("gp_work_hours"), 1600.0 / 60.0 + taken);
    near(now.all("gp_released_gross_hours"), 0.0);
    near(now.role("taken_hours", Place::All, "gp"), taken);
    near(now.role("work_hours", Place::All, "pharmacist"), 0.0);
    near(inside.all("gp_work_hours"), taken);
    near(inside.role("work_hours", Place::All, "pharmacist"), 3200.0 / 60.0);
    near(inside.role("work_hours", Place::Practice(0), "pharmacist"), 1600.0 / 60.0);
    // eight requests of 20 minutes are 160 minutes a day of a pharmacist who has 480: all are seen
    near(inside.all("attended"), 160.0);
    near(inside.all("gp_released_gross_hours"), 1600.0 / 60.0);
    near(now.all("first_choice"), 1.0);
    near(inside.all("first_choice"), 0.0);
    near(inside.at("change_rated", Place::All, About::Redirect(0)), 160.0);
    near(inside.at("change_redirected", Place::All, About::Redirect(0)), 160.0);
    near(inside.at("change_returned", Place::All, About::Redirect(0)), 0.0);
}

/// The pharmacist has 81.6 minutes a day for eight people of 20 minutes: of 160 sent 80 are seen, and 80 wait at the end.
///
/// One who leaves after ten of twenty open days is sent nobody from then on: 80 are sent and seen.
#[test]
fn whom_nobody_has_seen_releases_no_time() {
    let text = SMALL.replace("direct_share = 1\n", "direct_share = 0.17\n");
    let inside = Figures::of(&text, "inside");
    near(inside.all("redirected_inside"), 160.0);
    near(inside.all("gp_released_gross_hours"), 800.0 / 60.0);
    near(inside.all("gp_sent_unseen_hours"), 800.0 / 60.0);
    let leaves = SMALL.replace("sharing = \"pooled\"", "sharing = \"pooled\"\nuntil = 2019-04-12");
    let gone = Figures::of(&leaves, "inside");
    near(gone.all("redirected_inside"), 80.0);
    near(gone.all("gp_released_gross_hours"), 800.0 / 60.0);
    near(gone.all("gp_sent_unseen_hours"), 0.0);
    // Nobody joins a GP's queue, and yet those who wait for the pharmacist claim as much as before.
    let claimed = |of: &Figures| of.all("gp_claimed_hours");
    near(claimed(&inside), inside.all("gp_work_hours") + 800.0 / 60.0);
    near(claimed(&Figures::of(&text, "as_now")) - claimed(&inside), 800.0 / 60.0);
    // With the pharmacist there all the time nobody is unseen, and as now nobody is sent.
    near(Figures::of(SMALL, "inside").all("gp_sent_unseen_hours"), 0.0);
    near(Figures::of(&text, "as_now").all("gp_sent_unseen_hours"), 0.0);
    // Outside they are answered at once.
    near(Figures::of(&text, "outside").all("gp_sent_unseen_hours"), 0.0);
}

/// All are sent outside and all come back: nothing is released net, whatever the gross figure says.
#[test]
fn who_comes_back_is_no_net_release() {
    let now = Figures::of(SMALL, "as_now");
    let outside = Figures::of(SMALL, "outside");
    near(outside.all("gp_work_hours"), now.all("gp_work_hours"));
    near(outside.all("gp_released_gross_hours"), 1600.0 / 60.0);
    near(outside.at("change_returned", Place::All, About::Redirect(0)), 160.0);
    near(outside.all("cost_outside"), 320.0);
}

/// 28 days of two GPs at 200 a day and a pharmacist at 100, of which a ceiling of 50 a day is paid back. Of the pharmacist, who
/// is shared, each of two practices of equal lists bears half.
#[test]
fn money_of_four_weeks() {
    let now = Figures::of(SMALL, "as_now");
    let inside = Figures::of(SMALL, "inside");
    near(now.all("cost_staff"), 28.0 * 500.0);
    near(now.all("cost_total"), 28.0 * 500.0);
    near(now.all("cost_reimbursed"), 28.0 * 50.0);
    near(now.all("cost_per_contact"), 28.0 * 500.0 / 160.0);
    near(inside.all("cost_total"), 28.0 * 500.0 + 100.0 + 280.0);
    near(inside.at("cost_total", Place::Practice(0), About::All), 28.0 * (200.0 + 50.0) + 190.0);
    near(inside.at("cost_reimbursed", Place::Practice(1), About::All), 28.0 * 25.0);
    let poor = SMALL.replace("pounds = 1000000", "pounds = 3652.5");
    near(Figures::of(&poor, "as_now").all("cost_reimbursed"), 280.0);
    // Without pounds a fund has no limit; with none there is nothing to pay back from.
    let limitless = SMALL.replace("pounds = 1000000\n", "");
    near(Figures::of(&limitless, "as_now").all("cost_reimbursed"), 28.0 * 50.0);
    let empty = SMALL.replace("pounds = 1000000", "pounds = 0");
    near(Figures::of(&empty, "as_now").all("cost_reimbursed"), 0.0);
}

/// Without lists all together bear the levers, and every practice an equal part of them.
#[test]
fn money_where_no_list_is_stated() {
    let bare = SMALL.replace("registered_list = 2000\nweighted_list = 2500\n", "");
    let inside = Figures::of(&bare, "inside");
    near(inside.all("cost_total"), 28.0 * 500.0 + 100.0 + 280.0);
    near(inside.at("cost_total", Place::Practice(0), About::All), 28.0 * (200.0 + 50.0) + 190.0);
}

/// Of a post whose cost nobody knows nothing can be said to be paid back, with a ceiling or without.
#[test]
fn what_has_no_cost_is_not_paid_back() {
    let unpriced = SMALL.replace("cost_per_wte_year = 36525\n", "");
    for text in [unpriced.replace("up_to_per_wte = 18262.5, ", ""), unpriced] {
        let now = Figures::of(&text, "as_now");
        assert!(now.all("cost_reimbursed").is_nan(), "{}", now.all("cost_reimbursed"));
    }
    let half = SMALL.replace("up_to_per_wte = 18262.5, share = 1.0", "share = 0.5");
    near(Figures::of(&half, "as_now").all("cost_reimbursed"), 28.0 * 50.0);
}

/// A GP's week is 20 h of appointments on ten sessions of 2 h; eight on a day of two sessions.
#[test]
fn team_of_four_weeks() {
    let now = Figures::of(SMALL, "as_now");
    near(now.role("in_post_wte", Place::All, "gp"), 2.0);
    near(now.role("wte_per_10000_weighted", Place::All, "gp"), 4.0);
    near(now.all("patients_a_gp_wte"), 2000.0);
    near(now.role("contacts_a_day", Place::All, "gp"), 4.0);
    near(now.role("days_over_25", Place::All, "gp"), 0.0);
    near(now.role("lost_vacancy_sessions", Place::All, "gp"), 0.0);
    // Good Friday and Easter Monday are not stated here: nothing is closed
    near(now.role("lost_closed_sessions", Place::All, "gp"), 0.0);
    near(now.role("shortfall_sessions_week", Place::All, "gp"), 0.0);
    assert!(now.role("overtime_hours", Place::All, "gp").is_nan(), "no consulting time, no overtime");
    // 14 requests a day are 140 minutes of the 240: with a tenth of the wte, 24: 116 minutes a day are missing
    let less = SMALL.replace("role = \"gp\"\nwte = 1\n", "role = \"gp\"\nwte = 0.1\n");
    let less = Figures::of(&less, "as_now");
    let missing = 1600.0 / 60.0 - less.role("rostered_hours", Place::All, "gp");
    near(less.role("shortfall_sessions_week", Place::All, "gp"), missing / 2.0 / 4.0);
    assert!(missing > 0.0);
    // half of the positions vacant from the start, and nobody is looked for
    let vacant = SMALL.replace("wte = 1\n[post.b_gp]", "wte = 1\nin_post_wte = 0\n[post.b_gp]");
    let vacant = Figures::of(&vacant, "as_now");
    near(vacant.role("in_post_wte", Place::All, "gp"), 1.0);
    near(vacant.role("lost_vacancy_sessions", Place::All, "gp"), 40.0);
    near(vacant.all("cost_staff"), 28.0 * 300.0);
}
