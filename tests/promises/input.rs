//! Input that has no end, or none that anyone would wait for, is refused with its place and the reason.

use skillmix::scenario::load;
use std::path::Path;

/// What is said of a file that cannot be loaded.
fn refused(path: &Path) -> String {
    match load(path, &[]) {
        Ok(_) => panic!("{} was read", path.display()),
        Err(report) => report.render(false),
    }
}

#[test]
fn a_chain_of_files_has_an_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |n: usize| folder.path().join(format!("{n}.toml"));
    for n in 0..2_000 {
        std::fs::write(file(n), format!("extends = [\"{}.toml\"]\n", n + 1)).expect("a file");
    }
    let report = refused(&file(0));
    assert!(report.contains("63.toml:1:12") && report.contains("64 files extend each other"), "{report}");
    assert!(report.contains("help: let one file extend several"), "{report}");
}

/// A dotted heading of a sheet reaches into tables, but not without end.
#[test]
fn a_heading_has_few_parts() {
    let folder = tempfile::tempdir().expect("a folder");
    let heading = vec!["a"; 100_000].join(".");
    std::fs::write(folder.path().join("posts.csv"), format!("post,{heading}\ngps,3\n")).expect("a file");
    let file = folder.path().join("a.toml");
    std::fs::write(&file, "posts = \"posts.csv\"").expect("a file");
    let report = refused(&file);
    assert!(report.contains("this heading has 100000 parts between dots"), "no such fault");
}

/// Sheets as planners keep them: titles in the first column and where another sheet speaks of them.
#[test]
fn titles_in_a_sheet_are_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("practices.csv", "Practice,Registered list,Name\nAbbey Road,8000,\nSt Mary's,7000,Saint Mary\n");
    write("posts.csv", "Post,Practice,Role,WTE\nAbbey GPs,Abbey road,GP,4\nMary GPs,St Mary's,gp,3.5\n");
    write(
        "a.toml",
        "practices = \"practices.csv\"\nposts = \"posts.csv\"\n[horizon]\nstart = 2026-04-01\nweeks = 4\n\
         [need.ask]\nrate_per_patient_year = 3\nroles = [\"gp\"]\n[role.gp]\n",
    );
    let scenario = load(&folder.path().join("a.toml"), &[]);
    let scenario = scenario.unwrap_or_else(|report| panic!("{}", report.render(false)));
    let model = &scenario.options[0].model;
    let practices: Vec<_> = model.practices.iter().map(|p| (p.name.as_str(), p.title.as_str())).collect();
    assert_eq!(practices, [("abbey_road", "Abbey Road"), ("st_mary_s", "Saint Mary")]);
    let posts: Vec<_> = model.posts.iter().map(|p| (p.name.as_str(), p.title.as_str())).collect();
    assert_eq!(posts, [("abbey_gps", "Abbey GPs"), ("mary_gps", "Mary GPs")]);
    // What is no name is quoted as it was typed.
    write("posts.csv", "Post,Practice,Role,WTE\nAbbey GPs,Abbey Road,Family doctor,4\n");
    let report = refused(&folder.path().join("a.toml"));
    assert!(report.contains("there is no role `Family doctor`"), "{report}");
}

#[test]
#[cfg(unix)]
fn a_device_is_no_file() {
    let device = refused(Path::new("/dev/zero"));
    assert!(device.contains("cannot read /dev/zero: it is no regular file"), "{device}");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.toml");
    for (text, place) in [
        ("extends = [\"/dev/zero\"]", "a.toml:1:12"),
        ("posts = \"/dev/zero\"", "a.toml:1:9"),
        ("extends = [\".\"]", "a.toml:1:12"),
    ] {
        std::fs::write(&file, text).expect("a file");
        let report = refused(&file);
        assert!(report.contains(place) && !report.contains("no such file"), "{report}");
    }
}
