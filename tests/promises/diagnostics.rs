//! Promise: a good file loads; a wrong file says what is wrong, where, and what would be right.

use skillmix::scenario::load_text;

const BARE: &str = "
[horizon]
start = 2019-04-01
weeks = 52
[practice.north]
registered_list = 9000
[need.routine]
rate_per_patient_year = 2.1
[post.doctors]
slots_per_day = 80
";

#[test]
fn a_bare_file_is_a_plain_queue() {
    match load_text("bare.toml", BARE, &[]) {
        Ok(scenario) => {
            assert_eq!(scenario.options.len(), 1);
            assert_eq!(scenario.options[0].name, "as_now");
        }
        Err(report) => panic!("{}", report.render(false)),
    }
}
