#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tablewright_fuzz::copy_encoding(data));
