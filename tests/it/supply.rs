//! What comes into the program from outside. Licences and sources are `.ci/supply.py check`'s to read; what can be read
//! off the files of the repository alone is a test.

/// Most packages in `Cargo.lock`, tests' and other systems' own included. Whoever needs more says so here.
/// `age` brought 66: post-quantum recipients and NIST curves that it does not let us leave out, the older generation of the
/// `RustCrypto` parts, and its own words. A seal of our own would have brought none, and nobody else would open it.
const MOST_PACKAGES: usize = 570;

fn packages() -> Vec<toml::Table> {
    let lock: toml::Table = include_str!("../../Cargo.lock").parse().unwrap();
    let list = lock["package"].as_array().unwrap();
    list.iter().map(|p| p.as_table().unwrap().clone()).collect()
}

#[test]
fn the_number_of_packages_has_a_cap() {
    let count = packages().len();
    assert!(count <= MOST_PACKAGES, "{count} packages, {MOST_PACKAGES} are the most");
}

/// No branch of somebody's repository, no folder beside this one: a registry's packages, by their digests.
#[test]
fn every_package_is_a_registry_s_with_its_digest() {
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        if name == "latchkey" {
            assert!(!package.contains_key("source"));
            continue;
        }
        let source = package["source"].as_str().unwrap();
        assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{name}");
        assert_eq!(package["checksum"].as_str().unwrap().len(), 64, "{name}");
    }
}

#[test]
fn nothing_is_unsafe_and_nothing_runs_while_we_are_built() {
    let manifest: toml::Table = include_str!("../../Cargo.toml").parse().unwrap();
    assert_eq!(manifest["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    assert!(manifest["package"].get("build").is_none());
    assert!(!std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/build.rs")).exists());
    let mut found = Vec::new();
    for (path, text) in ["src", "tests", "benches"].iter().flat_map(|dir| crate::arch::sources(dir)) {
        let word = ["unsafe", " "].concat();
        let lines = text.lines().enumerate().filter(|(_, line)| {
            let code = line.split("//").next().unwrap_or_default();
            code.contains(&format!("{word}{{"))
                || code.contains(&format!("{word}fn"))
                || code.contains(&format!("{word}impl"))
        });
        found.extend(lines.map(|(n, _)| format!("{}:{}", path.display(), n + 1)));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// `deny.toml` is read by cargo-deny and by `.ci/supply.py`: what both rely on is there.
#[test]
fn the_policy_lets_nothing_in_by_default() {
    let deny: toml::Table = include_str!("../../deny.toml").parse().unwrap();
    assert_eq!(deny["bans"]["multiple-versions"].as_str(), Some("deny"));
    assert_eq!(deny["bans"]["wildcards"].as_str(), Some("deny"));
    assert_eq!(deny["sources"]["unknown-registry"].as_str(), Some("deny"));
    assert_eq!(deny["sources"]["unknown-git"].as_str(), Some("deny"));
    assert!(deny["advisories"]["ignore"].as_array().unwrap().is_empty());
    let licences: Vec<&str> =
        deny["licenses"]["allow"].as_array().unwrap().iter().filter_map(|l| l.as_str()).collect();
    assert!(licences.iter().all(|l| !l.contains("GPL") && !l.contains("MPL")), "{licences:?}");
    for skipped in deny["bans"]["skip"].as_array().unwrap() {
        assert!(skipped.get("reason").is_some(), "for whose sake: {skipped}");
    }
}
