//! What the readers of attributes share: where they report, and where they note the places that they read.

use proc_macro2::{Span, TokenStream, TokenTree};

use super::args::{ATTRIBUTE, Arg, Args, Spanned, Value, column_name, ident_text};
use super::{Errors, SourceMap};
use crate::diagnostic::Diagnostic;
use crate::expression::{Fragment, TypeName, block_problem};
use crate::ids::COLUMN_TYPE;
use crate::place::Place;
use crate::schema::SqlType;

/// Reads the values of keys.
pub struct Reader<'a> {
    /// The table or column that reports name.
    pub path: &'a str,
    /// Where everything is.
    pub map: &'a mut SourceMap,
    /// What is wrong.
    pub errors: &'a mut Errors,
}

impl Reader<'_> {
    /// Reports that an attribute is wrong.
    pub fn wrong(&mut self, at: Span, message: impl Into<String>, help: impl Into<String>) {
        self.errors.push(Diagnostic::spanned(ATTRIBUTE, self.path, at, message).help(help));
    }

    /// The SQL of that key.
    pub fn sql_of(&mut self, args: &Args, key: &str) -> Option<String> {
        self.sql(args.get(key)?)
    }

    /// An SQL fragment, its white space folded. What does not parse is reported.
    pub fn sql(&mut self, arg: &Arg) -> Option<String> {
        let Value::Text(text) = &arg.value else { return None };
        self.sql_text(&text.value, text.span)
    }

    /// [`Reader::sql`] of a text.
    pub fn sql_text(&mut self, text: &str, span: Span) -> Option<String> {
        // That is reported of every text of an attribute.
        if text.contains('\0') {
            return None;
        }
        match Fragment::parse(text) {
            Ok(parsed) => Some(parsed.text),
            Err(problem) => {
                let message = format!("this is not a PostgreSQL expression: {problem}");
                let mut help = problem.pointer(text);
                if problem.is_parameter() {
                    help.push_str(
                        "\n`#[query(name(column >= value), …)]` takes values from a caller; elsewhere write a constant",
                    );
                }
                self.errors.push(Diagnostic::spanned(crate::ids::SQL_SYNTAX, self.path, span, message).help(help));
                None
            }
        }
    }

    /// The body of a function: one block.
    pub fn block_of(&mut self, args: &Args, key: &str) -> Option<String> {
        let text = args.text(key)?;
        // That is reported of every text of an attribute.
        if text.value.contains('\0') {
            return None;
        }
        if let Some(problem) = block_problem(&text.value) {
            let message = format!("this is not a block of PL/pgSQL: {problem}");
            let error = Diagnostic::spanned(crate::ids::SQL_SYNTAX, self.path, text.span, message);
            self.errors.push(error.help(format!("{key} = \"BEGIN … RETURN NEW; END\"")));
            return None;
        }
        Some(text.value)
    }

    /// The SQL type of a text. What is not one type, and nothing behind it, is reported.
    pub fn sql_type(&mut self, text: &Spanned<String>) -> Option<SqlType> {
        if text.value.contains('\0') {
            return None;
        }
        let problem = match TypeName::parse(&text.value) {
            Ok(name) => match name.text.parse() {
                Ok(sql_type) => return Some(sql_type),
                Err(problem) => Diagnostic::spanned(COLUMN_TYPE, self.path, text.span, problem),
            },
            Err(problem) => {
                let message = format!("this is not an SQL type: {problem}");
                Diagnostic::spanned(COLUMN_TYPE, self.path, text.span, message).help(problem.pointer(&text.value))
            }
        };
        self.errors.push(problem);
        None
    }

    /// Columns, one after the other; `at` says where a list of other things is shown.
    pub fn columns(
        &mut self,
        list: &[TokenStream],
        example: &str,
        at: impl Fn(&syn::Error, &TokenStream) -> Span,
    ) -> Vec<String> {
        let mut columns = Vec::new();
        for tokens in list {
            match column_name(tokens.clone()) {
                Ok(name) => columns.push(name.value),
                Err(error) => self.wrong(at(&error, tokens), "columns are named here, one after the other", example),
            }
        }
        columns
    }

    /// The columns of a key, where each of them is in `place`.
    pub fn columns_of(&mut self, args: &Args, key: &str, example: &str, place: &Place) -> Vec<String> {
        let Some(Value::List(items)) = args.get(key).map(|arg| &arg.value) else { return Vec::new() };
        self.note_names(place, &items.value);
        self.columns(&items.value, example, |error, _| error.span())
    }

    /// Notes where each column of a list is.
    pub fn note_names(&mut self, place: &Place, list: &[TokenStream]) {
        for tokens in list {
            if let Some(TokenTree::Ident(ident)) = tokens.clone().into_iter().next() {
                self.map.insert(place.named(&ident_text(&ident)), ident.span());
            }
        }
    }
}

/// The name before the keys.
pub(super) fn leading_name(args: &Args) -> Option<String> {
    column_name(args.leading.first()?.clone()).ok().map(|name| name.value)
}

/// The text before the keys.
pub(super) fn leading_text(args: &Args) -> Option<syn::LitStr> {
    syn::parse2(args.leading.first()?.clone()).ok()
}

/// A whole number.
pub fn number(tokens: &TokenStream) -> Option<u32> {
    syn::parse2::<syn::LitInt>(tokens.clone()).ok()?.base10_parse().ok()
}
