//! Small scenarios with every mechanism, made at random: what the property tests run.

use proptest::prelude::*;
use std::fmt::Write;

/// A small scenario as text, and whether its lever does anything.
#[derive(Clone, Debug)]
pub struct Small {
    pub practices: usize,
    pub warm_up_weeks: usize,
    pub weekend: bool,
    pub priorities: (u8, u8),
    pub slots: (f64, f64),
    pub dna: usize,
    pub gives_up: usize,
    pub hard_limit: usize,
    pub lead: bool,
    pub window: usize,
    pub follow_up: usize,
    pub refers_on: bool,
    pub asks_again: bool,
    pub elsewhere: bool,
    pub latent: bool,
    pub carve_out: usize,
    pub sharing: usize,
    pub overflow: bool,
    pub absence: bool,
    pub redirect: usize,
    pub staffed: usize,
    pub backlog: u32,
    pub per_day: f64,
}

/// Half-days of the three nurses, four each.
const WORKS: &str =
    "mon am, mon pm, tue am, wed am, mon am, wed am, wed pm, thu am, mon am, tue am, wed am, fri pm";

/// Any small scenario.
pub fn any_small() -> impl Strategy<Value = Small> {
    let places = (1usize..4, 0usize..4, any::<bool>(), (0u8..2, 0u8..2));
    let minutes = (prop_oneof![Just((10.0, 10.0)), Just((10.0, 15.0)), Just((7.5, 20.0))], 0usize..4);
    let leaving = (0usize..4, 0usize..3, 0usize..3, any::<bool>(), 0usize..3);
    let after = (0usize..3, any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let posts = (0usize..4, any::<bool>(), any::<bool>(), 0usize..4, 0usize..3);
    (places, minutes, leaving, after, posts, (0u32..30, 3.0f64..14.0)).prop_map(
        |(places, minutes, leaving, after, posts, size)| Small {
            practices: places.0,
            warm_up_weeks: places.1,
            weekend: places.2,
            priorities: places.3,
            slots: minutes.0,
            sharing: minutes.1,
            dna: leaving.0,
            gives_up: leaving.1,
            hard_limit: leaving.2,
            lead: leaving.3,
            window: leaving.4,
            follow_up: after.0,
            refers_on: after.1,
            asks_again: after.2,
            elsewhere: after.3,
            latent: after.4,
            carve_out: posts.0,
            overflow: posts.1,
            absence: posts.2,
            redirect: posts.3,
            staffed: posts.4,
            backlog: size.0,
            per_day: size.1,
        },
    )
}

impl Small {
    /// The scenario; its option `lever` accepts this share of what is offered.
    pub fn text(&self, accepted: f64) -> String {
        let mut text = format!(
            "title = \"small\"\n[horizon]\nstart = 2019-03-04\ndays = 45\nwarm_up_weeks = {}\n\
             [demand]\nday_noise = {{ dispersion = 4 }}\n",
            self.warm_up_weeks
        );
        if self.weekend {
            text += "weekday = { mon = 1.3, tue = 1, wed = 1, thu = 0.9, fri = 0.8, sat = 0.2, sun = 0.1 }\n";
        }
        for p in 0..self.practices {
            let _ = writeln!(text, "[practice.p{p}]\nregistered_list = {}", 1000 + 700 * p);
            if self.staffed == 2 {
                text += "rooms = { mon = 1, tue = 1, wed = 2, fri = 1 }\n";
            }
        }
        text += "[role.gp]\nstaff_group = \"GP\"\n[role.nurse]\nstaff_group = \"Other Practice staff\"\n";
        if self.staffed > 0 {
            text += "sickness = { daily = 0.1 }\nleave = { days_per_wte_year = 60, max_away_at_once = 0.5 }\n\
                     leaving = { per_year = 0.7, vacancy_weeks = { mean = 2, cv = 0.5 } }\ncover = { chance = 0.5 }\n";
        }
        self.needs(&mut text);
        self.posts(&mut text);
        self.lever(&mut text, accepted);
        text
    }

    fn needs(&self, text: &mut String) {
        let rate = |share: f64| format!("requests_per_day = {:.3}\n", self.per_day * share);
        let _ =
            write!(text, "[need.urgent]\nroles = [\"gp\"]\npriority = {}\n{}", self.priorities.0, rate(0.3));
        let _ = writeln!(text, "slot_minutes = {}", self.slots.0);
        *text += match self.hard_limit {
            0 => "",
            1 => "hard_limit = { after_days = 2 }\n",
            _ => "hard_limit = { after_days = 0, to = { ae = 0.3, nowhere = 0.7 } }\n",
        };
        let roles = if self.overflow { "[\"gp\", \"nurse\"]" } else { "[\"gp\"]" };
        let _ =
            write!(text, "[need.routine]\nroles = {roles}\npriority = {}\n{}", self.priorities.1, rate(0.6));
        let _ = writeln!(text, "slot_minutes = {}", self.slots.1);
        if self.overflow {
            *text += "overflow_after_days = 1\n";
        }
        if self.elsewhere && self.window == 0 {
            *text += "elsewhere = { willing = 0.6, after_days = 1 }\n";
        }
        if self.backlog > 0 {
            let _ = writeln!(text, "start_backlog = {}", self.backlog);
        }
        *text += match self.dna {
            0 => "",
            1 => "dna = { share = 0.2, rebook = 1, rebook_after_days = 1 }\n",
            2 => "dna = { by_day = { \"0\" = 0.05, \"3\" = 0.3 }, rebook = 0.5, rebook_after_days = 4 }\n",
            _ => {
                "dna = { saturating = { least = 0.02, most = 0.4, scale_days = 5 }, rebook = 0.7, refill = 0.5 }\n"
            }
        };
        *text += match self.gives_up {
            0 => "",
            1 => "gives_up = { after_days = 3, chance_each_day = 0.4, to = { ae = 0.5, nowhere = 0.5 } }\n",
            _ => "gives_up = { after_days = 0, chance_each_day = 0.1 }\n",
        };
        if self.lead {
            *text += "chosen_lead = { \"0\" = 0.3, \"1\" = 0.2, \"2-7\" = 0.3, \"8-14\" = 0.1, over_28 = 0.1 }\n\
                      chosen_share = 0.6\n";
        }
        match self.window {
            0 => {}
            1 => *text += "window_days = 2\nwhen_full = \"lost\"\n",
            _ => *text += "window_days = 9\n",
        }
        *text += match self.follow_up {
            0 => "",
            1 => "follow_up = { share = 0.2, after_days = 7 }\n",
            _ => "follow_up = { share = 0.3, after_days = 3, as = \"check\", booked = \"when_due\" }\n",
        };
        if self.refers_on {
            *text += "refers_on.nurse = { share = 0.25, after_days = 2, as = \"urgent\" }\n";
        }
        let _ = write!(text, "[need.check]\nroles = [\"nurse\"]\n{}", rate(0.2));
        if self.asks_again {
            *text += "asks_again = 0.5\n";
        }
        if self.latent {
            *text += "latent = { share = 0.3, within_days = 1 }\n";
        }
        if self.window == 2 {
            *text += "window_days = 1\n";
        }
    }

    fn posts(&self, text: &mut String) {
        let absence = if self.absence { "members = 2\nabsence = { daily = 0.15 }\n" } else { "" };
        let slots = (self.per_day * 0.95).round().max(1.0);
        for p in 0..self.practices {
            let _ = write!(
                text,
                "[post.gp{p}]\npractice = \"p{p}\"\nrole = \"gp\"\nslots_per_day = {slots}\n{absence}"
            );
            *text += match self.carve_out {
                0 => "",
                1 => {
                    "carve_out = { share = 0.3, for = [\"urgent\"], access = \"held_only\", release = \"lost\" }\n"
                }
                2 => {
                    "carve_out = { share = 0.4, for = [\"urgent\"], access = \"held_then_open\", release = \"same_day\" }\n"
                }
                _ => {
                    "carve_out = { share = 0.25, for = [\"routine\"], access = \"held_only\", release = \"same_day\" }\n"
                }
            };
        }
        let sharing = ["pooled", "split", "rota", "rota"][self.sharing];
        let nurse = (self.per_day * 0.3 * self.practices as f64).ceil();
        let _ = write!(text, "[post.nurses]\nnetwork = \"all\"\nsharing = \"{sharing}\"\nrole = \"nurse\"\n");
        if self.staffed == 0 {
            let _ = writeln!(text, "slots_per_day = {nurse}");
        } else {
            let _ = writeln!(text, "wte = {}\nheadcount = 3\nworks = \"{WORKS}\"", nurse / 20.0);
        }
        *text += match (self.sharing, self.staffed) {
            (2, _) => "rota_minutes_lost = 15\n",
            (3, _) => "sites = [\"p0\"]\n",
            (_, 2) => "sites = [\"p0\"]\n",
            _ => "",
        };
        *text += "[network.all]\n";
    }

    fn lever(&self, text: &mut String, accepted: f64) {
        *text += "[avoidable.minor]\nof = [\"routine\", \"urgent\"]\nshare_of_need = 0.2\n";
        let change = match self.redirect {
            0 => "category = \"minor\", to = \"role:nurse\"",
            1 => "category = \"minor\", to = \"outside:pharmacy\", returns = { share = 0.3, after_days = 2 }",
            2 => "need = \"routine\", to = \"role:nurse\", returns = { share = 0.2, after_days = 1 }",
            _ => "need = \"routine\", to = \"role:nurse\", as_need = \"check\"",
        };
        let _ = write!(
            text,
            "[lever.divert.change.some]\nredirect = {{ {change}, accepted = {accepted} }}\n\
             [option.lever]\nlevers = [\"divert\"]\n"
        );
    }
}
