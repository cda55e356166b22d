//! Promise: imports run one way, down the table of the architecture.

use std::fs;
use std::path::Path;

/// The rows of the table, top first: a module may use those above it and those of its own row.
const ROWS: [&[&str]; 16] = [
    &["units", "fault", "random"],
    &["stats"],
    &["law"],
    &["quantity"],
    // a model holds the levers of its option, and a lever's data are the model's numbers
    &["model", "lever"],
    &["scenario"],
    &["plan"],
    &["demand", "front_door", "roster", "book"],
    &["year"],
    &["outcome"],
    &["experiment"],
    &["findings"],
    &["import"],
    &["report"],
    &["cli"],
    &["main", "lib"],
];

fn row(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

/// Rust files below a path.
pub(super) fn files(path: &Path, found: &mut Vec<std::path::PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a folder of the source") {
            files(&entry.expect("an entry of the source").path(), found);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        found.push(path.to_owned());
    }
}

/// Modules that a text names as `crate::module`, comments and the tests that stand in it left out. Tests of a file of their own
/// (`mod tests;`) leave nothing out of this one.
fn used(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let (mut of_tests, mut inside) = (false, false);
    for (number, line) in text.lines().enumerate() {
        // an inline module ends at the first brace at the edge
        inside |= of_tests && line.contains("mod ") && line.ends_with('{');
        if inside || line.trim_start().starts_with("//") {
            inside &= line != "}";
            continue;
        }
        of_tests = line == "#[cfg(test)]" || of_tests && line.starts_with("#[");
        for part in line.split("crate::").skip(1) {
            if let Some(list) = part.strip_prefix('{') {
                let names = list.split([',', '}']).map(str::trim);
                found
                    .extend(names.map(|name| (number + 1, name.split("::").next().unwrap_or("").to_owned())));
            } else {
                let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                found.push((number + 1, name));
            }
        }
    }
    found.retain(|(_, name)| name.starts_with(|c: char| c.is_lowercase()));
    found
}

#[test]
fn what_stands_below_tests_is_read_too() {
    let text = "#[cfg(test)]\nmod tests;\nuse crate::stats::a;\n#[cfg(test)]\nmod more {\n    use crate::cli::b;\n}\nuse crate::year::c;\n";
    let found = used(text);
    assert_eq!(found, [(3, "stats".to_owned()), (8, "year".to_owned())]);
}

#[test]
fn imports_run_down_the_table() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&source, &mut all);
    assert!(all.len() > 50, "the source was found");
    let mut wrong = Vec::new();
    for file in all {
        let within = file.strip_prefix(&source).expect("a file of the source");
        let shown = within.display().to_string();
        let module = shown.split('/').next().unwrap_or("").trim_end_matches(".rs").to_owned();
        let Some(own) = row(&module) else {
            wrong.push(format!("src/{shown}: `{module}` is not in the table"));
            continue;
        };
        for (line, name) in used(&fs::read_to_string(&file).expect("a source file")) {
            match row(&name) {
                None => wrong.push(format!("src/{shown}:{line}: `{name}` is not in the table")),
                Some(other) if other > own => {
                    wrong
                        .push(format!("src/{shown}:{line}: `{module}` uses `{name}`, which stands below it"));
                }
                Some(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
