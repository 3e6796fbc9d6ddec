//! Files of evidence on the screen: handed to the site's viewer, and told apart from what was taken in.

use std::collections::BTreeMap;

use latchkey::domain::EvidenceKind;
use latchkey::tui::probe::Probe;

use crate::desk_rehearsal::Rehearsal;

fn world() -> Rehearsal {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let file = world.path().join("bill.pdf");
    std::fs::write(&file, "%PDF-1.7 receipt").unwrap();
    let columns = BTreeMap::new();
    world.desk("anna").add_evidence("C-1", EvidenceKind::Document, &columns, Some(&file)).unwrap();
    world
}

fn ticket(world: &Rehearsal) -> Probe {
    let mut probe = Probe::new(world.desk("anna"), 80, 40, true).unwrap();
    probe.key("enter");
    probe
}

#[test]
fn a_file_opens_in_the_viewer_of_the_settings() {
    let world = world();
    for (viewer, says) in [
        (None, "No viewer is set"),
        (Some("true"), "bill.pdf is open in true"),
        (Some("false"), "The viewer false did not show the file"),
    ] {
        let text = viewer.map(|v| format!("[viewer]\ncommand = [\"{v}\"]\n")).unwrap_or_default();
        std::fs::write(world.folder().join("config.toml"), text).unwrap();
        let mut probe = ticket(&world);
        probe.keys(&["I", "o"]);
        assert!(probe.text().contains(says), "{viewer:?}: {}", probe.text());
    }
}

#[test]
fn a_harmed_file_stands_out_in_its_ticket() {
    let world = world();
    assert!(!ticket(&world).text().contains('✗') || !ticket(&world).text().contains("the file is"));
    let attachments = world.folder().join("attachments");
    let part = std::fs::read_dir(&attachments).unwrap().next().unwrap().unwrap().path();
    let blob = std::fs::read_dir(part).unwrap().next().unwrap().unwrap().path();
    std::fs::write(&blob, "%PDF-1.7 another").unwrap();
    let mut probe = ticket(&world);
    probe.key("end");
    insta::assert_snapshot!(probe.text());
    std::fs::remove_file(&blob).unwrap();
    let mut probe = ticket(&world);
    probe.keys(&["end", "I"]);
    assert!(probe.text().contains("lacks it"), "{}", probe.text());
}
