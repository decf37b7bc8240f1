//! Files that are not Rust but decide what is compiled: rustc, and so Cargo, looks at them again when they change.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use proc_macro2::TokenStream;
use quote::quote;

/// Names the files to the compiler, each once for a compilation, however many derives read it: rustc runs all derives
/// of a crate in one process. A second time would cost what the first one did, for each model and byte of the file.
pub(crate) fn once<'a>(files: impl IntoIterator<Item = &'a Path>) -> TokenStream {
    static KNOWN: Mutex<Option<HashSet<PathBuf>>> = Mutex::new(None);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    files.into_iter().filter(|file| known.insert(file.to_path_buf())).filter_map(tracked).collect()
}

/// In a function that is never called, because what a constant holds is written into the crate's metadata.
fn tracked(file: &Path) -> Option<TokenStream> {
    let file = file.to_str()?;
    Some(quote! {
        const _: () = {
            #[allow(dead_code)]
            fn tracked() {
                let _ = ::core::include_bytes!(#file);
            }
        };
    })
}
