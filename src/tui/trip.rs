//! Faults on demand, so that a test can see the screen survive them. Debug builds only.

/// Panics if `LATCHKEY_TRIP` names this place and the program was built for debugging.
pub fn over(place: &str) {
    let wanted = cfg!(debug_assertions) && std::env::var_os("LATCHKEY_TRIP").is_some_and(|v| v == place);
    assert!(!wanted, "tripped on purpose in the {place}");
}
