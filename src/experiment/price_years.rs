//! Money of several years set against each other: a role priced in one year, a fund that pays as in another.
//!
//! In: options. Out: one warning, or none. Assumption: where no year is stated on either side the planner means the same.
//! Nothing is converted: which index would be right (pay awards, a price index of health services) is the planner's to say.

use crate::fault::Fault;
use crate::model::Model;
use crate::model::post::Post;
use crate::scenario::OptionModel;

/// The warning of all posts whose fund pays as in another year than their role is priced in.
pub fn warning(options: &[OptionModel]) -> Option<Fault> {
    let mut said: Vec<String> = Vec::new();
    let mut first = None;
    for option in options {
        for (post, apart) in
            option.model.posts.iter().filter_map(|post| Some((post, apart(&option.model, post)?)))
        {
            first.get_or_insert(&post.name);
            if !said.contains(&apart) {
                said.push(apart);
            }
        }
    }
    let message = format!(
        "pounds of different years are set against each other: {}; what the practices pay is wrong by what prices rose in between",
        said.join("; ")
    );
    let help = "state the role's cost_per_wte_year in prices of the fund's year, with price_year";
    Some(Fault::warning("price-years", format!("post.{}.paid_by", first?), message).help(help))
}

/// `role pharmacist is priced as in 2021/22, fund.arrs pays as in 2019/20`; none where the years are the same or unknown.
fn apart(model: &Model, post: &Post) -> Option<String> {
    let (role, fund) = (&model.roles[post.role], &model.funds[post.paid_by?]);
    let known = !role.price_year.is_empty() && !fund.year.is_empty() && role.cost_per_wte_year.is_some();
    let pays = fund.reimburses.iter().any(|(role, ..)| *role == post.role);
    // `2021/22`, `2021-22` and `2021` are one year.
    let begins = |year: &str| year.chars().filter(char::is_ascii_digit).take(4).collect::<String>();
    (known && pays && begins(&role.price_year) != begins(&fund.year)).then(|| {
        format!(
            "role {} is priced as in {}, fund.{} pays as in {}",
            role.name, role.price_year, fund.name, fund.year
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::scenario::load_text;

    const TOWN: &str = r#"
[horizon]
start = 2019-04-01
weeks = 4
[practice.a]
registered_list = 9000
[need.routine]
rate_per_patient_year = 2.1
roles = ["gp"]
[role.gp]
cost_per_wte_year = 70000
price_year = "2021/22"
[fund.national]
year = "2019/20"
reimburses.gp = { share = 0.7 }
[post.gps]
role = "gp"
wte = 4
paid_by = "fund.national"
[post.more_gps]
role = "gp"
wte = 1
paid_by = "fund.national"
"#;

    fn said(sets: &[&str]) -> Option<String> {
        let sets: Vec<String> = sets.iter().map(ToString::to_string).collect();
        let scenario = load_text("town.toml", TOWN, &sets).unwrap_or_else(|r| panic!("{}", r.render(false)));
        super::warning(&scenario.options).map(|fault| fault.message)
    }

    #[test]
    fn two_years_are_told_once() {
        let said = said(&[]).expect("a warning");
        assert_eq!(
            said.matches("role gp is priced as in 2021/22, fund.national pays as in 2019/20").count(),
            1,
            "{said}"
        );
    }

    #[test]
    fn one_year_or_none_is_nothing_to_tell() {
        assert_eq!(said(&["role.gp.price_year=\"2019/20\""]), None);
        assert_eq!(said(&["role.gp.price_year=2019"]), None);
        assert_eq!(said(&["fund.national.year=2021"]), None);
    }
}
