//! The corpus that fuzzing left (`fuzz/`), replayed: what once found a new way through a parser goes it again.

use std::path::Path;

#[path = "../../fuzz/laws/mod.rs"]
mod laws;

#[test]
fn every_kept_input_keeps_the_laws() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut bytes = 0;
    for (target, law) in laws::ALL {
        let mut inputs = 0;
        for entry in std::fs::read_dir(corpus.join(target)).unwrap() {
            let input = std::fs::read(entry.unwrap().path()).unwrap();
            law(&input);
            inputs += 1;
            bytes += input.len();
        }
        assert!(inputs > 0, "nothing is kept of {target}");
    }
    assert!(bytes < 1 << 20, "the corpus is to stay small: {bytes} bytes");
}
