//! JSON as the lock holds it: no fractions.
//!
//! The second reader of it, next to that of `migrations/`: a derive is built without `serde`, and reads one table of many.

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(u64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Reads a text; `None` where it is not such JSON.
pub(super) fn parse(text: &str) -> Option<Json> {
    let mut reader = Reader { rest: text };
    let value = reader.value(0)?;
    reader.space();
    reader.rest.is_empty().then_some(value)
}

/// Deeper than any schema, and far from the end of the stack.
const MOST_DEPTH: usize = 64;

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    // The derive is built without optimisation where its user builds so: what runs for each byte is left to the standard
    // library, which is optimised always.
    fn space(&mut self) {
        self.rest = self.rest.trim_ascii_start();
    }

    fn take(&mut self, token: &str) -> bool {
        self.space();
        let found = self.rest.strip_prefix(token);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        if depth > MOST_DEPTH {
            return None;
        }
        self.space();
        match self.rest.as_bytes().first()? {
            b'{' => {
                let mut entries = Vec::new();
                self.list("{", "}", |reader| {
                    let key = reader.text()?;
                    let value = reader.take(":").then(|| reader.value(depth + 1))??;
                    entries.push((key, value));
                    Some(())
                })?;
                Some(Json::Object(entries))
            }
            b'[' => {
                let mut items = Vec::new();
                self.list("[", "]", |reader| {
                    items.push(reader.value(depth + 1)?);
                    Some(())
                })?;
                Some(Json::List(items))
            }
            b'"' => self.text().map(Json::Text),
            b't' if self.take("true") => Some(Json::Bool(true)),
            b'f' if self.take("false") => Some(Json::Bool(false)),
            b'n' if self.take("null") => Some(Json::Null),
            _ => {
                let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
                let (digits, rest) = self.rest.split_at(end);
                self.rest = rest;
                digits.parse().ok().map(Json::Number)
            }
        }
    }

    fn list(&mut self, open: &str, close: &str, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.take(open).then_some(())?;
        if self.take(close) {
            return Some(());
        }
        loop {
            item(self)?;
            if self.take(close) {
                return Some(());
            }
            self.take(",").then_some(())?;
        }
    }

    fn text(&mut self) -> Option<String> {
        self.take("\"").then_some(())?;
        let (plain, rest) = self.rest.split_once('"')?;
        if !plain.contains('\\') {
            self.rest = rest;
            return Some(plain.to_owned());
        }
        let mut text = String::new();
        loop {
            let end = self.rest.find(['"', '\\'])?;
            text.push_str(&self.rest[..end]);
            let quote = self.rest.as_bytes()[end] == b'"';
            self.rest = &self.rest[end + 1..];
            if quote {
                return Some(text);
            }
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Option<char> {
        let escaped = self.rest.chars().next()?;
        self.rest = &self.rest[escaped.len_utf8()..];
        Some(match escaped {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let first = self.hex()?;
                if (0xd800..0xdc00).contains(&first) {
                    self.rest = self.rest.strip_prefix("\\u")?;
                    let second = self.hex()?;
                    let code = 0x10000 + ((first - 0xd800) << 10) + second.checked_sub(0xdc00)?;
                    char::from_u32(code)?
                } else {
                    char::from_u32(first)?
                }
            }
            '"' | '\\' | '/' => escaped,
            _ => return None,
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.rest.get(..4)?;
        self.rest = &self.rest[4..];
        u32::from_str_radix(digits, 16).ok()
    }
}
