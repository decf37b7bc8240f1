//! What no log shall show.

use super::Column;

/// What ends the name of a column that holds a secret.
const SECRETS: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "secret_key",
    "token",
    "api_key",
    "apikey",
    "private_key",
    "access_key",
    "otp",
    "recovery_code",
    "backup_code",
    "passcode",
];

/// What ends in such a word and is none: marks for paging and for the protection of forms.
const NO_SECRETS: &[&str] = &["page_token", "next_token", "cursor_token", "continuation_token", "public_token"];

/// What says how a secret is kept.
const KEPT: &[&str] = &["_hash", "_digest", "_encrypted", "_ciphertext", "_sealed"];

/// Whether a column's name says that it holds a secret in the clear.
#[must_use]
pub fn names_secret(name: &str) -> bool {
    let ends = |word: &str| name == word || name.strip_suffix(word).is_some_and(|before| before.ends_with('_'));
    SECRETS.iter().any(|word| ends(word)) && !NO_SECRETS.iter().any(|word| ends(word))
}

impl Column {
    /// Whether its values stay out of logs: personal data, and secrets, hashed or not.
    #[must_use]
    pub fn is_confidential(&self) -> bool {
        let name = KEPT.iter().find_map(|end| self.name.strip_suffix(end)).unwrap_or(&self.name);
        self.pii || names_secret(name)
    }
}

#[cfg(test)]
mod tests {
    use super::names_secret;
    use crate::schema::{Column, SqlType};

    #[test]
    fn secrets_are_known_by_their_names() {
        for name in ["token", "access_token", "api_key", "password"] {
            assert!(names_secret(name), "{name}");
        }
        for name in ["next_token", "token_count", "secretary", "broken"] {
            assert!(!names_secret(name), "{name}");
        }
        for name in ["password_hash", "token_digest", "api_key_encrypted", "secret"] {
            assert!(Column::new(name, SqlType::Text).is_confidential(), "{name}");
        }
        assert!(!Column::new("content_hash", SqlType::Text).is_confidential());
        assert!(Column { pii: true, ..Column::new("email", SqlType::Text) }.is_confidential());
    }
}
