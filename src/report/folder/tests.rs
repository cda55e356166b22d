//! What a folder of results does to what stands in its place.

use super::*;

fn written(target: &Path, text: &str) -> Folder {
    let mut folder = Folder::open(target).expect("a folder that can be written");
    folder.file("a/report.txt", |out| out.write_all(text.as_bytes())).expect("a file");
    folder
}

/// A manifest that lists what `written` writes.
fn manifest(text: &str) -> String {
    let hash = blake3::hash(text.as_bytes()).to_hex();
    let file = format!("{{\"name\":\"a/report.txt\",\"bytes\":{},\"blake3\":\"{hash}\"}}", text.len());
    format!("{{\"program\":\"{PROGRAM}\",\"files\":[{file}]}}")
}

#[test]
fn a_check_leaves_nothing_behind() {
    let here = tempfile::tempdir().expect("a passing folder");
    assert_eq!(Folder::check(&here.path().join("pp/qq/rr")), Ok(()));
    assert!(!here.path().join("pp").exists());
}

/// Old results that could not be removed once stand in nobody's way.
#[test]
fn what_an_earlier_run_left_aside_blocks_nothing() {
    let here = tempfile::tempdir().expect("a passing folder");
    let target = here.path().join("run");
    written(&target, "one").finish(&manifest("one")).expect("written");
    for name in [format!(".run.old-{}-0", std::process::id()), ".run.old".to_owned()] {
        fs::create_dir_all(here.path().join(name).join("left")).expect("a leftover");
    }
    written(&target, "two").finish(&manifest("two")).expect("written again");
    assert_eq!(fs::read_to_string(target.join("a/report.txt")).ok().as_deref(), Some("two"));
}

/// Looking at results, or opening one of their tables, blocks no further run.
#[test]
fn what_a_file_manager_leaves_blocks_nothing() {
    let here = tempfile::tempdir().expect("a passing folder");
    let target = here.path().join("run");
    written(&target, "one").finish(&manifest("one")).expect("written");
    for name in
        [".DS_Store", "a/.DS_Store", "Thumbs.db", "desktop.ini", "~$summary.csv", ".~lock.summary.csv#"]
    {
        fs::write(target.join(name), "").expect("a file of the system");
    }
    written(&target, "two").finish(&manifest("two")).expect("written again");
    assert_eq!(fs::read_to_string(target.join("a/report.txt")).ok().as_deref(), Some("two"));
    fs::write(target.join("notes.txt"), "mine").expect("a note");
    assert!(Folder::check(&target).is_err(), "what somebody wrote is not lost");
}

/// Somebody may be working in an empty folder: it is filled, not replaced.
#[test]
fn an_empty_folder_is_filled() {
    let here = tempfile::tempdir().expect("a passing folder");
    let target = here.path().join("empty");
    fs::create_dir(&target).expect("a folder");
    written(&target, "one").place().expect("written");
    let names: Vec<_> =
        fs::read_dir(here.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
    assert_eq!(names, ["empty"]);
    assert!(target.join("a/report.txt").is_file() && !target.join(MANIFEST).exists());
}

/// The text of the report and the names in the folder above.
fn found(target: &Path) -> (Option<String>, Vec<std::ffi::OsString>) {
    let above = target.parent().expect("a folder above");
    let mut names: Vec<_> = fs::read_dir(above).expect("a folder").flatten().map(|e| e.file_name()).collect();
    names.sort();
    (fs::read_to_string(target.join("a/report.txt")).ok(), names)
}

/// Bytes count, and not when a file was touched.
#[test]
fn what_was_changed_in_results_is_not_lost() {
    let here = tempfile::tempdir().expect("a passing folder");
    let target = here.path().join("run");
    written(&target, "one").finish(&manifest("one")).expect("written");
    let report = target.join("a/report.txt");
    fs::write(&report, "two").expect("a change of the same length");
    let refusal = Folder::check(&target).expect_err("a changed file");
    assert!(refusal.message.contains("`a/report.txt`, which was changed"), "{}", refusal.message);
    assert!(refusal.help.contains("move `a/report.txt` away") && refusal.help.contains("--out"));
    fs::write(&report, "one").expect("the same bytes again");
    assert_eq!(Folder::check(&target), Ok(()));
}

/// Moving into a folder that cannot be exchanged: what stood there goes, and comes back where the rest cannot come.
#[test]
fn a_folder_is_filled_with_all_of_it_or_nothing() {
    let here = tempfile::tempdir().expect("a passing folder");
    let target = here.path().join("run");
    written(&target, "one").finish(&manifest("one")).expect("written");
    fs::create_dir(target.join("lost+found")).expect("a folder of the disk");
    let mut folder = written(&target, "two");
    folder.partial.inside = true;
    folder.finish(&manifest("two")).expect("filled");
    assert_eq!(found(&target), (Some("two".into()), vec!["run".into()]));
    assert_eq!(fs::read_dir(&target).expect("the results").count(), 3, "nothing else is left in it");
    // Half of it cannot come: its place is taken by what appeared since.
    let mut folder = written(&target, "three");
    folder.partial.inside = true;
    fs::write(folder.partial.path.join("z"), "").expect("a file");
    fs::create_dir_all(target.join(".run.old-x/z")).expect("what another left");
    let blocked = |name: &OsStr| name != "z";
    shift(&folder.partial.path, &target.join(".run.old-x"), &blocked, false).expect("moved");
    let all = |_: &OsStr| true;
    assert!(shift(&folder.partial.path, &target.join(".run.old-x"), &all, false).is_err());
    drop(folder);
    assert_eq!(found(&target).0.as_deref(), Some("two"));
}

/// A number of a process may come again: what was left under it stands in nobody's way, and goes after a day.
#[test]
fn what_a_stopped_run_left_blocks_nothing_and_goes() {
    let here = tempfile::tempdir().expect("a passing folder");
    let target = here.path().join("run");
    let left = here.path().join(format!(".run.writing-{}", std::process::id()));
    fs::create_dir(&left).expect("a leftover");
    assert_eq!(Folder::check(&target), Ok(()));
    assert!(left.exists(), "another may be writing it");
    let made = fs::metadata(&left).and_then(|folder| folder.modified()).expect("a time");
    let long_ago = made - std::time::Duration::from_secs(25 * 60 * 60);
    fs::File::open(&left).and_then(|folder| folder.set_modified(long_ago)).expect("a time");
    written(&target, "one").finish(&manifest("one")).expect("written");
    assert_eq!(found(&target), (Some("one".into()), vec!["run".into()]));
    // The same inside a folder that is filled: no file of anybody.
    fs::create_dir(target.join(".run.writing-1")).expect("a leftover");
    fs::write(target.join(".run.writing-1/half"), "").expect("half a file");
    assert_eq!(Folder::check(&target), Ok(()));
}

/// A link stays a link, and what it points to is filled.
#[cfg(unix)]
#[test]
fn a_link_is_followed_again_and_again() {
    let here = tempfile::tempdir().expect("a passing folder");
    let (real, link) = (here.path().join("real"), here.path().join("link"));
    std::os::unix::fs::symlink(&real, &link).expect("a link");
    let refusal = Folder::check(&link).expect_err("a link to nothing");
    assert!(refusal.message.ends_with("is a link to a folder that is not there"), "{}", refusal.message);
    fs::create_dir_all(real.join(".real.writing-1/half")).expect("what a stopped run left");
    fs::write(real.join(".real.writing-1/half/a"), "").expect("half a file");
    assert_eq!(Folder::check(&link), Ok(()));
    fs::remove_dir_all(real.join(".real.writing-1")).expect("gone");
    for text in ["one", "two", "three"] {
        written(&link, text).finish(&manifest(text)).expect("written");
        assert_eq!(found(&real), (Some(text.into()), vec!["link".into(), "real".into()]));
        assert!(link.is_symlink());
    }
}

/// What a stopped run moved aside in the folder itself, or a disk keeps there, is not ours to remove.
#[test]
fn what_is_neither_ours_nor_somebodys_stays() {
    let here = tempfile::tempdir().expect("a passing folder");
    let target = here.path().join("run");
    written(&target, "one").finish(&manifest("one")).expect("written");
    let kept = [target.join(".run.old-77/summary.csv"), target.join("lost+found/mine.txt")];
    for file in &kept {
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, "mine").expect("a file");
    }
    written(&target, "two").finish(&manifest("two")).expect("written again");
    assert_eq!(fs::read_to_string(target.join("a/report.txt")).ok().as_deref(), Some("two"));
    assert!(kept.iter().all(|file| file.exists()), "gone");
}

/// An empty folder is somebody's too; a manifest that is a pipe is none, and is not waited for.
#[test]
fn what_holds_nothing_is_not_lost() {
    let here = tempfile::tempdir().expect("a passing folder");
    let target = here.path().join("run");
    fs::create_dir_all(target.join("plans")).expect("a folder");
    assert!(Folder::check(&target).is_err_and(|refusal| refusal.message.contains("what is not from a run")));
    fs::remove_dir(target.join("plans")).expect("gone");
    written(&target, "one").finish(&manifest("one")).expect("written");
    fs::create_dir(target.join("plans")).expect("a folder");
    let refusal = Folder::check(&target).expect_err("somebody's folder");
    assert!(refusal.message.contains("the empty folder `plans/`"), "{}", refusal.message);
    fs::remove_dir(target.join("plans")).expect("gone");
    fs::remove_file(target.join("a/report.txt")).expect("gone");
    assert_eq!(Folder::check(&target), Ok(()), "a folder in which we write");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_manifest() {
    let here = tempfile::tempdir().expect("a passing folder");
    let target = here.path().join("run");
    fs::create_dir(&target).expect("a folder");
    let made = std::process::Command::new("mkfifo").arg(target.join(MANIFEST)).status();
    assert!(made.is_ok_and(|made| made.success()));
    assert!(Folder::check(&target).is_err());
}

#[test]
fn a_place_below_a_file_is_refused_with_the_file() {
    let here = tempfile::tempdir().expect("a passing folder");
    fs::write(here.path().join("note"), "mine").expect("a file");
    let refusal = Folder::check(&here.path().join("note/run")).expect_err("a file is in the way");
    assert!(refusal.message.ends_with("note` is a file, not a folder"), "{}", refusal.message);
}

/// A run stopped between the two moves of its end: what it moved aside is put back where nothing stands, the newest that is whole.
#[test]
fn results_that_were_moved_aside_come_back() {
    let here = tempfile::tempdir().expect("a passing folder");
    let target = here.path().join("run");
    assert!(!Folder::recover(&target), "nothing to put back");
    written(&target, "one").finish(&manifest("one")).expect("written");
    let (aside, new) = (here.path().join(".run.old-7"), here.path().join(".run.writing-7"));
    fs::rename(&target, &aside).expect("moved aside");
    fs::create_dir_all(here.path().join(".run.old-8/a")).expect("what is not whole");
    fs::write(here.path().join(".run.old-8").join(MANIFEST), manifest("gone")).expect("a manifest");
    fs::create_dir(&new).expect("new results");
    assert!(Folder::recover(&target) && !Folder::recover(&target));
    assert_eq!(found(&target).0.as_deref(), Some("one"));
    assert!(!aside.exists() && new.exists(), "old results are back, and nothing else was touched");
}

/// What a process that runs no more was writing goes at once, what one at work is writing stays.
#[cfg(target_os = "linux")]
#[test]
fn what_a_process_that_is_gone_was_writing_goes() {
    let here = tempfile::tempdir().expect("a passing folder");
    let target = here.path().join("run");
    let own = written(&target, "one").partial.path.clone();
    let own = own.file_name().expect("a name").to_string_lossy().into_owned();
    let mark = own.rsplit('-').next().expect("where its number counts");
    let mut stopped = std::process::Command::new("true").spawn().expect("a process");
    stopped.wait().expect("it ends");
    let mut at_work = std::process::Command::new("sleep").arg("60").spawn().expect("a process");
    for (number, mark, stays) in
        [(stopped.id(), mark, false), (at_work.id(), mark, true), (stopped.id(), "m0", true)]
    {
        let left = here.path().join(format!(".run.writing-{number}-{mark}"));
        fs::create_dir(&left).expect("a leftover");
        assert_eq!(Folder::check(&target), Ok(()));
        assert_eq!(left.exists(), stays, "{}", left.display());
    }
    at_work.kill().and_then(|()| at_work.wait()).expect("it ends");
}
