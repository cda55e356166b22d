//! Rooms: never more sessions than rooms, and every session is accounted for.

use super::*;

/// Seven doctors with everything random and three rooms; 16 replications of a year.
#[test]
fn no_half_day_has_more_sessions_than_rooms() {
    let mut model = model(364, busy(), 6.0);
    let free = draw(&model, 0, 16);
    model.practices[0].rooms = Some([3, 3, 2, 3, 0, 3, 3]);
    let rooms = draw(&model, 0, 16);
    let session = f64::from(rooms.people(0).sessions()[0][0]);
    let mut lost = 0.0;
    for lane in 0..16 {
        for t in 0..364 {
            let most = 2 * model.practices[0].rooms.expect("stated")[t % 7];
            let minutes = f64::from(rooms.people(0).minutes[t][lane]);
            assert!(minutes <= f64::from(most) * session + 4.0, "day {t}: {minutes} of {session}");
            assert!(rooms.people(0).planned[t][lane] <= free.people(0).planned[t][lane]);
            assert!(rooms.people(0).minutes[t][lane] <= free.people(0).minutes[t][lane]);
        }
        for cause in [Cause::Closed, Cause::Vacancy, Cause::Leave, Cause::Sickness] {
            assert_eq!(rooms.lost(cause, lane), free.lost(cause, lane), "{cause:?} comes before rooms");
        }
        assert_eq!(rooms.people(0).covered[lane], free.people(0).covered[lane]);
        lost += rooms.lost(Cause::Room, lane);
        assert_eq!(free.lost(Cause::Room, lane), 0.0);
    }
    assert!(lost > 0.0);
}

/// Whoever has rooms enough is as if rooms were not stated, to the bit.
#[test]
fn rooms_enough_change_nothing() {
    let mut model = model(364, busy(), 6.0);
    model.calendar.part_days = vec![(model.horizon.start.plus(9), 0.3)];
    let free = draw(&model, 0, 16);
    model.practices[0].rooms = Some([50; 7]);
    let rooms = draw(&model, 0, 16);
    assert_eq!(rooms.people(0).minutes, free.people(0).minutes);
    assert_eq!(rooms.people(0).planned, free.people(0).planned);
    assert_eq!(rooms.people(0).lost, free.people(0).lost);
}
