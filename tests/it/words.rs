//! The words of the screens: the same in every language, all there, all used, with the same arguments.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::arch::code;

/// Categories that a number can fall into in each language (CLDR).
const FORMS: &[(&str, &[&str])] = &[("en", &["one", "other"]), ("ru", &["one", "few", "many", "other"])];

/// A text: the arguments it asks for, and whether a number chooses its form.
#[derive(Debug, Default, PartialEq, Eq)]
struct Entry {
    arguments: BTreeSet<String>,
    body: String,
}

/// The entries of a file by id, attributes as `id.about`.
fn entries(language: &str) -> BTreeMap<String, Entry> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("locales/{language}.ftl"));
    let text = std::fs::read_to_string(path).unwrap();
    if let Err((_, errors)) = fluent::FluentResource::try_new(text.clone()) {
        panic!("{language}.ftl: {errors:?}");
    }
    let mut found: BTreeMap<String, Entry> = BTreeMap::new();
    let mut id = String::new();
    let mut at = String::new();
    for line in text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let begins = line.starts_with(|c: char| c.is_ascii_alphabetic());
        let attribute = line.trim_start().starts_with('.');
        if begins || attribute {
            let (name, _) = line.split_once('=').unwrap_or_else(|| panic!("{language}.ftl: {line}"));
            if begins {
                name.trim().clone_into(&mut id);
                at.clone_from(&id);
            } else {
                at = format!("{id}{}", name.trim());
            }
            assert!(!found.contains_key(&at), "{language}.ftl says {at} twice");
        }
        let entry = found.entry(at.clone()).or_default();
        entry.body.push_str(line);
        entry.body.push('\n');
        for piece in line.split('$').skip(1) {
            let name = piece.chars().take_while(|c| c.is_ascii_alphanumeric() || "_-".contains(*c)).collect();
            entry.arguments.insert(name);
        }
    }
    found
}

/// Everything that the program's sources say outside their tests.
fn sources() -> Vec<(String, String)> {
    let said = |text: &str| code(text).map(|(_, line)| line).collect::<Vec<_>>().join("\n");
    let all = crate::arch::sources("src").into_iter();
    all.map(|(path, text)| (path.display().to_string(), said(&text))).collect()
}

/// Words with hyphens between quotation marks that begin like an id of the files.
fn ids_in<'a>(code: &'a str, sections: &BTreeSet<&str>) -> Vec<&'a str> {
    let like_id = |s: &&str| {
        let mut pieces = s.split('-');
        let section = pieces.next().unwrap_or_default();
        let good = |p: &str| !p.is_empty() && p.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        sections.contains(section) && s.contains('-') && pieces.all(good)
    };
    code.split('"').filter(like_id).collect()
}

#[test]
fn both_languages_say_the_same() {
    let (english, russian) = (entries("en"), entries("ru"));
    let ids = |of: &BTreeMap<String, Entry>| of.keys().cloned().collect::<BTreeSet<_>>();
    let missing: Vec<_> = ids(&english).symmetric_difference(&ids(&russian)).cloned().collect();
    assert!(missing.is_empty(), "only in one language: {missing:?}");
    for (id, entry) in &english {
        assert_eq!(entry.arguments, russian[id].arguments, "arguments of {id}");
    }
}

#[test]
fn a_number_has_every_form_of_its_language() {
    let english = entries("en");
    for (language, forms) in FORMS {
        for (id, entry) in entries(language) {
            let chosen = |forms: &[&str], body: &str| forms.iter().all(|f| body.contains(&format!("[{f}]")));
            let plural = ["[one]", "[few]", "[many]"].iter().any(|f| entry.body.contains(f));
            let plural = plural || english[&id].body.contains("[one]");
            if plural {
                assert!(chosen(forms, &entry.body), "{language}.ftl: {id} has not all of {forms:?}");
            }
        }
    }
}

#[test]
fn every_word_that_is_said_is_there_and_every_word_there_is_said() {
    let english = entries("en");
    let sections: BTreeSet<&str> = english.keys().filter_map(|id| id.split('-').next()).collect();
    let mut said = BTreeSet::new();
    let mut missing = Vec::new();
    for (path, code) in sources() {
        for id in ids_in(&code, &sections) {
            said.insert(id.to_owned());
            if !english.contains_key(id) {
                missing.push(format!("{path}: {id}"));
            }
        }
    }
    assert!(missing.is_empty(), "not in locales/en.ftl:\n{}", missing.join("\n"));
    let unsaid: Vec<&String> = english
        .keys()
        .filter(|id| !said.contains(id.split('.').next().unwrap_or_default()))
        // Kept for everybody's counts.
        .filter(|id| !id.starts_with("common-"))
        .collect();
    assert!(unsaid.is_empty(), "in locales/en.ftl, and nobody says it: {unsaid:?}");
}

/// What stands between these marks or brackets is to be typed, or comes from elsewhere.
#[test]
fn no_russian_text_was_left_in_english() {
    let ours = |body: &str| {
        let body: String = body.split('`').step_by(2).collect::<Vec<_>>().join(" ");
        let pieces = body.split('{').map(|p| p.split_once('}').map_or(p, |(_, rest)| rest));
        pieces.collect::<Vec<_>>().join(" ")
    };
    let small = ["the", "is", "are", "not", "of", "and", "it", "this", "has", "with"];
    let left: Vec<_> = entries("ru")
        .into_iter()
        .filter(|(_, entry)| {
            let text = entry.body.split_once('=').map_or("", |(_, text)| text);
            ours(text).split(|c: char| !c.is_alphabetic()).any(|word| small.contains(&word))
        })
        .map(|(id, entry)| format!("{id}: {}", entry.body))
        .collect();
    assert!(left.is_empty(), "{}", left.join(""));
}

/// `say_with(language, "id", &[("n", …)])` gives what the text asks for, and `say` is for texts that ask for
/// nothing.
#[test]
fn every_word_gets_its_arguments() {
    let english = entries("en");
    let mut wrong = Vec::new();
    for (path, code) in sources() {
        for (call, _) in code.match_indices("say_with(").chain(code.match_indices("say(")) {
            let text = call_text(&code, call);
            let Some(id) = text.split('"').nth(1).filter(|id| english.contains_key(*id)) else { continue };
            let given: BTreeSet<String> = text
                .split("(\"")
                .skip(1)
                .filter_map(|piece| piece.split_once("\","))
                .map(|(name, _)| name.to_owned())
                .filter(|name| name != id && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
                .collect();
            let asked = &english[id].arguments;
            if asked.iter().any(|a| a.starts_with("key-")) {
                wrong.push(format!("{path}: {id} names keys: `tell` says it"));
            }
            // Arguments that are collected before the call stand somewhere in the file.
            let collected = given.is_empty() && asked.iter().all(|a| code.contains(&format!("(\"{a}\",")));
            if given != *asked && !collected {
                wrong.push(format!("{path}: {id} asks for {asked:?}, gets {given:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `Phrase::of("id").with("n", …)` likewise, as far as the arguments stand in one chain.
#[test]
fn every_phrase_gets_its_arguments() {
    let english = entries("en");
    let mut wrong = Vec::new();
    for (path, code) in sources() {
        for (at, _) in code.match_indices("Phrase::of(\"") {
            let call = call_text(&code, at + "Phrase::of".len());
            let Some(id) = call.split('"').nth(1).filter(|id| english.contains_key(*id)) else { continue };
            let mut given = BTreeSet::new();
            let mut rest = code.get(at + "Phrase::of".len() + call.len()..).unwrap_or_default().trim_start();
            while let Some(argument) = rest.strip_prefix(".with").map(|r| call_text(r, 0)) {
                given.extend(argument.split('"').nth(1).map(str::to_owned));
                rest = rest.get(".with".len() + argument.len()..).unwrap_or_default().trim_start();
            }
            let asked = &english[id].arguments;
            // What is kept in a variable gets the rest later, somewhere in the file.
            let later = rest.starts_with([';', ',', '\n', '}'])
                && asked.iter().all(|a| code.contains(&format!("\"{a}\"")));
            if !given.is_subset(asked) || (given != *asked && !later) {
                wrong.push(format!("{path}: {id} asks for {asked:?}, gets {given:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rooms and files whose refusals are read on the command line alone, which speaks English.
const ENGLISH: &[&str] = &[
    "src/cli/",
    "src/desk/agents.rs",
    "src/desk/at_rest.rs",
    "src/desk/backup/",
    "src/desk/demo.rs",
    "src/desk/doctor/",
    "src/desk/erase.rs",
    "src/desk/init.rs",
    "src/desk/offline.rs",
    "src/desk/rotate.rs",
    "src/desk/spoken/centres.rs",
    "src/desk/spoken/service.rs",
    "src/desk/verify.rs",
    "src/tui/mod.rs",
    "tests.rs",
];

/// A refusal that is a ready sentence can be said in one language only.
#[test]
fn every_refusal_is_data_and_so_said_in_every_language() {
    let mut wrong = Vec::new();
    for (path, code) in sources() {
        if ENGLISH.iter().any(|e| path.contains(e)) {
            continue;
        }
        for made in ["state(", "usage(", "refused(", "verification(", "internal(", "hint("] {
            for (at, _) in code.match_indices(made) {
                let before = code.get(..at).unwrap_or_default();
                if !before.ends_with("Failure::") && (made != "hint(" || !before.ends_with('.')) {
                    continue;
                }
                let call = call_text(&code, at);
                let given = call.strip_prefix(made).unwrap_or_default().trim_start();
                if given.starts_with('"') || given.starts_with("format!") || given.ends_with(".to_string())")
                {
                    wrong.push(format!("{path}: {call}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The errors of a layer say themselves by an id for each variant (`match` without a rest, so that a new variant
/// must have one). Those of single values are put into words in `words/damage.rs`; what JSON's parser says stands in
/// another sentence as it is.
#[test]
fn every_error_is_said_by_an_id_and_not_in_english() {
    const ELSEWHERE: &[&str] = &["src/domain/", "src/authority/strict_json.rs"];
    let mut english = Vec::new();
    let mut seen = 0;
    for (path, code) in sources() {
        for (at, _) in code.match_indices("#[error(") {
            seen += 1;
            let call = call_text(&code, at + "#[error".len());
            let said =
                ["self.phrase()", "self.said()", "transparent", "{message}", "{sentence}", "{what}", "{why}"];
            if !said.iter().any(|s| call.contains(s)) && !ELSEWHERE.iter().any(|e| path.contains(e)) {
                english.push(format!("{path}: {call}"));
            }
        }
    }
    assert!(seen > 20, "only {seen} were found");
    assert!(english.is_empty(), "{}", english.join("\n"));
}

/// A call with its arguments, up to the bracket that closes it.
fn call_text(code: &str, from: usize) -> &str {
    let rest = code.get(from..).unwrap_or_default();
    let mut depth = 0;
    for (at, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return rest.get(..=at).unwrap_or_default(),
            ')' => depth -= 1,
            _ => {}
        }
    }
    rest
}
