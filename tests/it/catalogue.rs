//! The catalogue of bad inputs, all hundred: which test each has. Where a test is a table, its rows begin with the
//! number. A test that is renamed, or a number without one, fails here.

use std::path::Path;

/// First and last number, what it is about, file, function, and whether it is a table whose rows bear the number.
const TESTS: &[(u32, u32, &str, &str, &str, bool)] = &[
    (1, 19, "CSV", "tests/it/import_bad_inputs.rs", "csv_01_to_30", true),
    (
        20,
        20,
        "5 GB from a pipe",
        "tests/it/import_properties.rs",
        "item_20_and_46_a_long_stream_is_read_row_by_row",
        false,
    ),
    (21, 29, "CSV", "tests/it/import_bad_inputs.rs", "csv_01_to_30", true),
    (
        23,
        23,
        "formulas in what leaves",
        "tests/it/import_lists.rs",
        "item_23_rejects_cannot_run_in_a_spreadsheet",
        false,
    ),
    (
        30,
        30,
        "the same file twice",
        "tests/it/import_bad_inputs.rs",
        "item_30_the_same_bytes_have_the_same_digest",
        false,
    ),
    (
        30,
        30,
        "the same rows twice",
        "tests/it/store_registry.rs",
        "the_same_rows_again_change_nothing",
        false,
    ),
    (31, 47, "JSON and JSON lines", "tests/it/import_bad_inputs.rs", "json_31_to_47", true),
    (
        46,
        46,
        "1 GB in one line",
        "src/intake/input.rs",
        "item_46_an_endless_line_takes_no_endless_memory",
        false,
    ),
    (48, 70, "identifiers and text", "tests/it/import_bad_inputs.rs", "identifiers_and_text_48_to_70", true),
    (48, 53, "IMEIs by themselves", "src/domain/tests/imei.rs", "claims_are_read", false),
    (
        56,
        65,
        "text on its way to a screen",
        "src/domain/tests/shown.rs",
        "nothing_hidden_comes_through",
        false,
    ),
    (
        56,
        65,
        "text that reached one",
        "tests/it/tui_hostile.rs",
        "two_thousand_hostile_texts_reach_no_cell_as_they_came",
        false,
    ),
    (
        71,
        72,
        "files that are no pictures",
        "tests/it/import_attachments.rs",
        "what_is_no_picture_has_no_hash",
        true,
    ),
    (73, 73, "polyglot", "tests/it/bad_files.rs", "item_73_a_polyglot_is_bytes", false),
    (
        74,
        74,
        "PNG of 50,000 × 50,000",
        "tests/it/import_attachments.rs",
        "item_74_a_huge_picture_is_not_decoded",
        false,
    ),
    (75, 75, "zip bomb", "tests/it/bad_files.rs", "item_75_a_zip_bomb_is_bytes", false),
    (76, 76, "encrypted PDF", "tests/it/bad_files.rs", "item_76_an_encrypted_pdf_is_bytes", false),
    (
        77,
        77,
        "a file that changes while it is read",
        "tests/it/bad_files.rs",
        "item_77_a_file_that_grows_or_shrinks_is_kept_as_it_was_read",
        false,
    ),
    (78, 78, "names", "tests/it/bad_files.rs", "item_78_hostile_names_are_shown_and_do_nothing", false),
    (
        79,
        80,
        "links, folders, pipes, devices",
        "tests/it/import_attachments.rs",
        "items_71_to_80_files",
        false,
    ),
    (
        80,
        80,
        "lists that are none",
        "tests/it/import_lists.rs",
        "item_80_only_files_and_streams_are_opened",
        false,
    ),
    (
        81,
        81,
        "the same bytes under two names",
        "tests/it/bad_files.rs",
        "item_81_the_same_bytes_are_kept_once",
        false,
    ),
    (82, 89, "mails", "tests/it/import_mail.rs", "hostile_mails_are_told_as_they_are", false),
    (90, 94, "tokens", "src/authority/hostile/mod.rs", "each_is_refused_by_its_rule", false),
    (95, 95, "spoken codes", "tests/it/desk_spoken.rs", "item_95_codes_as_people_type_them", true),
    (
        95,
        95,
        "an owner's code in a letter",
        "src/desk/outbox/secret.rs",
        "a_code_is_found_however_it_is_written",
        false,
    ),
    (96, 96, "key files", "src/authority/keyfile_tests.rs", "what_it_says_is_refused_with_the_reason", false),
    (
        96,
        96,
        "modes, owners, links",
        "src/authority/keyfile_tests.rs",
        "what_the_file_is_decides_before_what_it_says",
        false,
    ),
    (97, 97, "clocks", "tests/it/bad_surroundings.rs", "item_97_clocks_and_time_zones", false),
    (
        98,
        98,
        "other databases",
        "tests/it/store_open.rs",
        "what_is_not_ours_is_refused_and_left_alone",
        false,
    ),
    (
        98,
        98,
        "newer schema",
        "src/store/migrate.rs",
        "a_later_version_is_read_with_a_sentence_and_never_written",
        false,
    ),
    (
        98,
        98,
        "network disks",
        "src/store/place.rs",
        "network_systems_are_known_by_their_number_and_disks_are_not",
        false,
    ),
    (98, 98, "write-ahead logs", "tests/it/bad_surroundings.rs", "item_98_a_missing_or_foreign_wal", false),
    (99, 99, "a full disk", "tests/it/bad_surroundings.rs", "item_99_a_disk_that_is_full_at_any_size", false),
    (
        99,
        99,
        "a full disk for the answer",
        "tests/it/cli_global.rs",
        "an_answer_that_cannot_be_written_is_a_failure",
        false,
    ),
    (100, 100, "poor surroundings", "tests/it/bad_surroundings.rs", "item_100_poor_surroundings", false),
    (100, 100, "20 × 5", "tests/it/bad_surroundings.rs", "item_100_a_window_of_twenty_by_five", false),
    (100, 100, "signals", "tests/it/pty_tui.rs", "signals_give_the_terminal_back", false),
    (
        100,
        100,
        "a storm of sizes",
        "tests/it/pty_storm.rs",
        "the_window_may_change_its_size_at_any_time",
        false,
    ),
];

fn source(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file))
        .unwrap_or_else(|e| panic!("{file}: {e}"))
}

#[test]
fn each_of_the_hundred_has_a_test() {
    for number in 1..=100 {
        let tests = TESTS.iter().filter(|(first, last, ..)| (*first..=*last).contains(&number));
        assert!(tests.count() > 0, "item {number} has no test");
    }
}

#[test]
fn every_test_of_the_catalogue_is_there() {
    for (first, last, what, file, name, table) in TESTS {
        let text = source(file);
        let heads: Vec<usize> = text.match_indices(&format!("fn {name}(")).map(|(at, _)| at).collect();
        assert_eq!(heads.len(), 1, "{what}: {name} in {file}");
        let before = text.get(..heads[0]).unwrap().trim_end();
        let attributes: String = before.lines().rev().take(4).collect();
        assert!(attributes.contains("#[test]"), "{what}: {name} in {file} is no test");
        for number in (*first..=*last).filter(|_| *table) {
            assert!(text.contains(&format!("\"{number:02} ")), "{file} has no row {number}");
        }
    }
}

/// The forty mails are a table outside of their test.
#[test]
fn each_kind_of_mail_has_its_rows() {
    let text = source("tests/it/import_mail.rs");
    for number in 82..=89 {
        assert!(text.contains(&format!("\"{number} ")), "no mail {number}");
    }
}
