//! The minutes of a rota, site by site: whole sessions at one site after another.
//!
//! In: minutes of a post on a day, and of each of its sites (people), or the site of the day (plain slots). Out: the
//! minutes of every site, after what supervision and levers took off the post, in proportion. They stand behind
//! the posts' own in the day's list, in the order of [`sites_of_rotas`].
//!
//! What is at a site is for that practice's patients alone: in the book each site is a part of its own. Sites
//! and posts are in the order of their names.

use super::days::Days;
use super::people::PeopleDraw;
use super::rooms::sessions;
use super::sites::{Round, Rule, SitesOfDay};
use crate::model::Model;
use crate::model::post::{Capacity, Post, Sharing, Sites};
use crate::model::working_week::WorkingWeek;
use crate::plan::axis::Axis;
use crate::plan::lanes::{LANES, Lanes};
use crate::units::Ticks;

/// One post that goes round several practices.
#[derive(Clone, Debug)]
pub struct Rota {
    /// Index in the model's posts.
    post: usize,
    /// Where its sites' minutes begin in the day's list.
    first: usize,
    /// How many sites.
    sites: usize,
    /// For plain slots: the part of each day's minutes that is at each site, `[day x sites]`.
    plain: Vec<f64>,
}

/// Practices that the sessions of a rota are divided between; none where the post is shared otherwise, or alone.
///
/// In practice order. A practice that the rota never goes to is none of them.
pub fn rota_sites(model: &Model, post: &Post) -> Vec<usize> {
    let practices = post.practices(model);
    if !matches!(post.sharing, Sharing::Rota { .. }) || practices.len() < 2 {
        return Vec::new();
    }
    let stated = |p: &usize| match &post.sites {
        Sites::Unstated | Sites::ByList => true,
        Sites::InTurn(sites) => sites.contains(p),
        Sites::ByHalfDay(halves) => halves.iter().flatten().any(|site| site == p),
    };
    practices.into_iter().filter(stated).collect()
}

/// Every site of every rota, in the order in which their minutes stand behind the posts' own: `(post, practice)`.
pub fn sites_of_rotas(model: &Model) -> Vec<(usize, usize)> {
    let posts = model.posts.iter().enumerate();
    posts.flat_map(|(i, post)| rota_sites(model, post).into_iter().map(move |p| (i, p))).collect()
}

/// The part of the hours of a post's people that is at each practice, as their sessions are laid out over the
/// counted period with nobody away; nothing where the post is no rota of several sites, or holds no session.
pub fn parts_of_people(model: &Model, post: &Post, axis: &Axis) -> Vec<(usize, f64)> {
    let sites = rota_sites(model, post);
    let mut at = vec![0.0; model.practices.len()];
    if !sites.is_empty() {
        sessions(model, post, (axis, &Days::new(model, axis)), |_, site, sessions, minutes| {
            at[site] += f64::from(sessions) * minutes;
        });
    }
    let all: f64 = at.iter().sum();
    sites.into_iter().filter(|_| all > 0.0).map(|p| (p, at[p] / all)).collect()
}

/// The sites of a post of plain slots, and the part of each day's slots that is at each of them, `[day x sites]`.
///
/// Both are empty where the post is no rota of several sites.
pub fn parts_of_slots(model: &Model, post: &Post, axis: &Axis) -> (Vec<usize>, Vec<f64>) {
    let sites = rota_sites(model, post);
    let parts = if sites.is_empty() {
        Vec::new()
    } else {
        plain_parts(model, post, &sites, axis, &Days::new(model, axis))
    };
    (sites, parts)
}

impl Rota {
    /// The rotas of a model.
    pub fn all(model: &Model, axis: &Axis, days: &Days) -> Vec<Self> {
        let mut first = model.posts.len();
        let mut rotas = Vec::new();
        for (i, post) in model.posts.iter().enumerate() {
            let sites = rota_sites(model, post);
            if sites.is_empty() {
                continue;
            }
            let plain = match post.capacity {
                Capacity::Plain(_) => plain_parts(model, post, &sites, axis, days),
                Capacity::People(_) => Vec::new(),
            };
            rotas.push(Self { post: i, first, sites: sites.len(), plain });
            first += sites.len();
        }
        rotas
    }

    /// Its post.
    pub fn post(&self) -> usize {
        self.post
    }

    /// Writes the minutes of the sites on a day; `of_people` reads the minutes by site that the post's people brought.
    ///
    /// The post's own minutes in `out` are read, not changed; they are what its sites have together, where
    /// people held sessions.
    #[inline]
    pub fn divide(
        &self,
        t: usize,
        people: Option<&PeopleDraw>,
        of_people: impl Fn(&PeopleDraw) -> (&[Lanes<u32>], &[Lanes<u32>]),
        out: &mut [Lanes<Ticks>],
    ) {
        for lane in 0..LANES {
            let net = out[self.post][lane];
            let mut left = net;
            for site in 0..self.sites {
                let minutes = match people {
                    Some(people) => {
                        let (post, by_site) = of_people(people);
                        let (gross, own) = (i128::from(post[t][lane]), by_site[t * self.sites + site][lane]);
                        // what was taken off the post is taken off its sites in proportion
                        if gross == 0 { 0 } else { (i128::from(net) * i128::from(own) / gross) as Ticks }
                    }
                    // The parts of a day need not add up to one: what a site is not open for is lost.
                    None => (net as f64 * self.plain[t * self.sites + site]).round() as Ticks,
                };
                // Rounding up twice must not hand out more than there is.
                let minutes = minutes.min(left);
                left -= minutes;
                out[self.first + site][lane] = minutes;
            }
            if people.is_some() && left > 0 {
                // rounding goes to the site with the most
                let most =
                    (0..self.sites).max_by_key(|site| (out[self.first + site][lane], self.sites - site));
                if let Some(site) = most {
                    out[self.first + site][lane] += left;
                }
            }
        }
    }
}

/// Plain slots go to one site a day (by half-day where the rota says so), as far as it is open that day.
///
/// They have no working week: one session a day is dealt round, or one each half-day. Empty places are days on
/// which every site is closed.
fn plain_parts(model: &Model, post: &Post, sites: &[usize], axis: &Axis, days: &Days) -> Vec<f64> {
    let rule = Rule::new(model, post);
    let halves = if matches!(rule, Rule::ByHalfDay(..)) { [1, 1] } else { [1, 0] };
    let week = WorkingWeek { halves: [halves; 7], sessions: 0, session: 0.0 };
    let mut of_day: Vec<SitesOfDay> = vec![[None; 2]; days.len()];
    rule.lay((0, &week), &(0..days.len()), (axis, days), &mut Round::default(), &mut of_day);
    let mut parts = vec![0.0; days.len() * sites.len()];
    for (t, of_day) in of_day.iter().enumerate() {
        for site in of_day.iter().take(halves[0] as usize + halves[1] as usize).flatten() {
            let open = axis.open_share[*site][t] / axis.common_share[t];
            if let Some(i) = sites.iter().position(|p| p == site) {
                parts[t * sites.len() + i] += open / f64::from(halves[0] + halves[1]);
            }
        }
    }
    parts
}
