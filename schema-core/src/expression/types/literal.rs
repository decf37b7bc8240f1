//! Whether a text between quotes is a value of a type, as far as that is certain.

use crate::schema::SqlType;

/// Why a text is not a value of a type; `None` where it is one, or no one can tell.
pub(super) fn misfit(text: &str, sql_type: &SqlType) -> bool {
    let trimmed = text.trim();
    match sql_type {
        SqlType::SmallInt => trimmed.parse::<i16>().is_err() && !has_other_digits(trimmed),
        SqlType::Integer => trimmed.parse::<i32>().is_err() && !has_other_digits(trimmed),
        SqlType::BigInt => trimmed.parse::<i64>().is_err() && !has_other_digits(trimmed),
        SqlType::Numeric(_) | SqlType::Real | SqlType::Double => {
            trimmed.parse::<f64>().is_err() && !has_other_digits(trimmed)
        }
        SqlType::Boolean => {
            let lower = trimmed.to_lowercase();
            let word = |word: &str| !lower.is_empty() && word.starts_with(&lower);
            !(["true", "false", "yes", "no"].iter().any(|known| word(known))
                || ["on", "off", "of", "1", "0"].contains(&lower.as_str()))
        }
        SqlType::Uuid => {
            let digits: String = trimmed.trim_matches(['{', '}']).chars().filter(|c| *c != '-').collect();
            digits.len() != 32 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        }
        SqlType::Timestamptz | SqlType::Timestamp | SqlType::Date => {
            let words = ["now", "today", "tomorrow", "yesterday", "epoch", "infinity", "-infinity", "allballs"];
            !trimmed.bytes().any(|byte| byte.is_ascii_digit()) && !words.contains(&trimmed.to_lowercase().as_str())
        }
        SqlType::Interval => {
            !trimmed.bytes().any(|byte| byte.is_ascii_digit()) && !trimmed.to_lowercase().contains("infinity")
        }
        SqlType::Time => {
            !trimmed.bytes().any(|byte| byte.is_ascii_digit()) && trimmed != "now" && trimmed != "allballs"
        }
        SqlType::Inet => !trimmed.contains(['.', ':']),
        SqlType::Array(_) => !trimmed.starts_with(['{', '[']),
        SqlType::Range(_) => !trimmed.starts_with(['[', '(']) && trimmed != "empty",
        SqlType::Jsonb | SqlType::Json => !is_json(trimmed),
        SqlType::Other(name) if super::is_bits(name) => {
            let hexadecimal =
                text.strip_prefix(['x', 'X']).map(|digits| digits.bytes().all(|it| it.is_ascii_hexdigit()));
            let binary = text.strip_prefix(['b', 'B']).unwrap_or(text).bytes().all(|byte| matches!(byte, b'0' | b'1'));
            !hexadecimal.unwrap_or(binary)
        }
        _ => false,
    }
}

/// The text of a string in any of its forms; `None` where it is none, or has an escape that is no character.
pub(super) fn text_of(source: &str) -> Option<String> {
    let quoted =
        |mark: usize| source.get(mark..)?.strip_prefix('\'')?.strip_suffix('\'').map(|text| text.replace("''", "'"));
    match source.as_bytes().first()? {
        b'\'' => quoted(0),
        b'E' | b'e' => unescaped(&quoted(1)?, |escape, rest| match escape {
            'n' => Some('\n'),
            't' => Some('\t'),
            'r' => Some('\r'),
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'x' => number(rest, 2),
            'u' => number(rest, 4),
            'U' => number(rest, 8),
            // An octal number is of a byte, which need not be a character.
            '0'..='7' => None,
            other => Some(other),
        }),
        b'U' | b'u' => unescaped(&quoted(2)?, |escape, rest| match escape {
            '\\' => Some('\\'),
            '+' => number(rest, 6),
            first => {
                let mut digits = first.to_string();
                digits.push_str(rest.get(..3)?);
                *rest = &rest[3..];
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
            }
        }),
        b'$' => {
            let tag = source.get(1..)?.find('$')? + 2;
            source.get(tag..source.len().checked_sub(tag)?).map(str::to_owned)
        }
        _ => None,
    }
}

fn unescaped(text: &str, mut character: impl FnMut(char, &mut &str) -> Option<char>) -> Option<String> {
    let (mut found, mut rest) = (String::new(), text);
    while let Some((plain, escaped)) = rest.split_once('\\') {
        found.push_str(plain);
        let escape = escaped.chars().next()?;
        rest = &escaped[escape.len_utf8()..];
        found.push(character(escape, &mut rest)?);
    }
    found.push_str(rest);
    Some(found)
}

/// The character of that many digits at most, which are taken.
fn number(rest: &mut &str, most: usize) -> Option<char> {
    let end = rest.bytes().take(most).take_while(u8::is_ascii_hexdigit).count();
    let (digits, after) = rest.split_at(end);
    *rest = after;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

/// Later versions take `0x1F`, `0b101` and `1_000`.
fn has_other_digits(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '+']);
    (digits.starts_with('0') && digits.len() > 2 && digits.as_bytes()[1].is_ascii_alphabetic()) || digits.contains('_')
}

/// Whether a text is a JSON document: <https://www.rfc-editor.org/rfc/rfc8259>.
fn is_json(text: &str) -> bool {
    let bytes = text.as_bytes();
    json_value(bytes, 0, 0).map(|end| skip(bytes, end)) == Some(bytes.len())
}

fn skip(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

fn json_value(bytes: &[u8], at: usize, depth: usize) -> Option<usize> {
    let at = skip(bytes, at);
    if depth > 64 {
        return None;
    }
    match bytes.get(at)? {
        b'"' => json_string(bytes, at),
        open @ (b'{' | b'[') => {
            let close = if *open == b'{' { b'}' } else { b']' };
            let mut next = skip(bytes, at + 1);
            if bytes.get(next) == Some(&close) {
                return Some(next + 1);
            }
            loop {
                if *open == b'{' {
                    next = skip(bytes, json_string(bytes, skip(bytes, next))?);
                    next = (bytes.get(next) == Some(&b':')).then_some(next + 1)?;
                }
                next = skip(bytes, json_value(bytes, next, depth + 1)?);
                match bytes.get(next)? {
                    b',' => next += 1,
                    byte if *byte == close => return Some(next + 1),
                    _ => return None,
                }
            }
        }
        b'-' | b'0'..=b'9' => {
            let end =
                bytes[at..].iter().position(|byte| !matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9'));
            let end = end.map_or(bytes.len(), |length| at + length);
            std::str::from_utf8(&bytes[at..end]).ok()?.parse::<f64>().ok().map(|_| end)
        }
        _ => ["true", "false", "null"]
            .iter()
            .find(|word| bytes[at..].starts_with(word.as_bytes()))
            .map(|word| at + word.len()),
    }
}

fn json_string(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at) != Some(&b'"') {
        return None;
    }
    let mut at = at + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_distinguished_from_others() {
        let fits = |text: &str, sql_type: &str| !misfit(text, &sql_type.parse().unwrap());
        for (text, sql_type) in [
            ("12", "int"),
            ("-1.5", "numeric"),
            ("0x1F", "int"),
            ("NaN", "float8"),
            ("t", "bool"),
            ("OFF", "bool"),
            ("{}", "jsonb"),
            ("{\"a\": [1, -2.5e3, \"x\\\"y\", null]}", "jsonb"),
            ("{}", "text[]"),
            ("[1,2)", "int4range"),
            ("epoch", "timestamptz"),
            ("2020-01-01", "date"),
            ("1 day", "interval"),
            ("00000000-0000-0000-0000-000000000000", "uuid"),
            ("::1", "inet"),
            ("", "text"),
        ] {
            assert!(fits(text, sql_type), "{text} {sql_type}");
        }
        for (text, sql_type) in [
            ("abc", "numeric"),
            ("40000", "smallint"),
            ("", "int"),
            ("maybe", "bool"),
            ("", "bool"),
            ("", "jsonb"),
            ("{a: 1}", "jsonb"),
            ("[1,]", "jsonb"),
            ("a,b", "text[]"),
            ("soon", "timestamptz"),
            ("a day", "interval"),
            ("x", "uuid"),
            ("localhost", "inet"),
            ("{} {}", "jsonb"),
        ] {
            assert!(!fits(text, sql_type), "{text} {sql_type}");
        }
    }
}
