//! Tuples, and what stands for those that are longer than the runtime's: one inside the other.

use proc_macro2::{Delimiter, TokenStream};

use super::code::Code;

/// The most values that one tuple of the runtime has.
const MOST: usize = 16;

/// Writes the type of these types side by side.
pub(super) fn types(code: &mut Code, parts: &[TokenStream]) {
    match parts.split_at_checked(MOST) {
        Some((first, rest)) if !rest.is_empty() => {
            code.text("::tablewright::rt::Then<");
            tuple(code, first);
            code.text(",");
            types(code, rest);
            code.text(">");
        }
        _ => tuple(code, parts),
    }
}

/// Writes these values side by side.
pub(super) fn values(code: &mut Code, parts: &[TokenStream]) {
    match parts.split_at_checked(MOST) {
        Some((first, rest)) if !rest.is_empty() => {
            code.text("::tablewright::rt::Then").group(Delimiter::Parenthesis, |code| {
                tuple(code, first);
                code.text(",");
                values(code, rest);
            });
        }
        _ => tuple(code, parts),
    }
}

fn tuple(code: &mut Code, parts: &[TokenStream]) {
    code.group(Delimiter::Parenthesis, |code| code.list(parts));
}

/// Where the value at `index` of `count` is: `.3`, `.1.0`.
pub(super) fn place(index: usize, count: usize) -> String {
    if count <= MOST {
        format!(".{index}")
    } else if index < MOST {
        // A number after a number is a fraction: the space keeps them apart.
        format!(".0 .{index}")
    } else {
        format!(".1 {}", place(index - MOST, count - MOST))
    }
}
