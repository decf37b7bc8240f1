//! Tuples, and what stands for those that are longer than the runtime's: one inside the other.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Index;

/// The most values that one tuple of the runtime has.
const MOST: usize = 16;

/// The type of these types side by side.
pub(super) fn types(parts: &[impl ToTokens]) -> TokenStream {
    match parts.split_at_checked(MOST) {
        Some((first, rest)) if !rest.is_empty() => {
            let rest = types(rest);
            quote!(::tablewright::rt::Then<(#(#first,)*), #rest>)
        }
        _ => quote!((#(#parts,)*)),
    }
}

/// These values side by side.
pub(super) fn values(parts: &[impl ToTokens]) -> TokenStream {
    match parts.split_at_checked(MOST) {
        Some((first, rest)) if !rest.is_empty() => {
            let rest = values(rest);
            quote!(::tablewright::rt::Then((#(#first,)*), #rest))
        }
        _ => quote!((#(#parts,)*)),
    }
}

/// Where the value at `index` of `count` is: `.3`, `.1.0`.
pub(super) fn place(index: usize, count: usize) -> TokenStream {
    let at = |index| Index::from(index);
    if count <= MOST {
        let index = at(index);
        quote!(.#index)
    } else if index < MOST {
        let (part, index) = (at(0), at(index));
        quote!(.#part.#index)
    } else {
        let (part, rest) = (at(1), place(index - MOST, count - MOST));
        quote!(.#part #rest)
    }
}
