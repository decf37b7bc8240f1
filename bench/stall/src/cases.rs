//! The changes: the models before and after, and the statement that does the same at once.

/// A change of the schema.
pub struct Case {
    pub name: &'static str,
    /// What the model of an order has before.
    pub old: Order,
    /// And after.
    pub new: Order,
    /// The change as one types it.
    pub plain: &'static [&'static str],
}

/// What differs between the models: attributes of the table, the fields after the first ones.
#[derive(Clone, Copy)]
pub struct Order {
    pub attributes: &'static str,
    pub fields: &'static str,
}

/// How many rows the parent has.
pub const USERS: u64 = 100_000;

const FIELDS: &str = "    pub label: Option<String>,\n";
const BEFORE: Order = Order { attributes: "", fields: FIELDS };

pub const CASES: &[Case] = &[
    Case {
        name: "add a column",
        old: BEFORE,
        new: Order { fields: "    pub label: Option<String>,\n    pub remark: Option<String>,\n", ..BEFORE },
        plain: &["ALTER TABLE orders ADD COLUMN remark TEXT"],
    },
    Case {
        name: "index",
        old: BEFORE,
        new: Order { attributes: "#[index(channel, created_at)]\n", ..BEFORE },
        plain: &["CREATE INDEX orders_channel_created_at_idx ON orders (channel, created_at)"],
    },
    Case {
        name: "unique",
        old: BEFORE,
        new: Order { attributes: "#[unique(number, quantity)]\n", ..BEFORE },
        plain: &["ALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE (number, quantity)"],
    },
    Case {
        name: "check",
        old: BEFORE,
        new: Order { attributes: "#[check(\"quantity > 0\")]\n", ..BEFORE },
        plain: &["ALTER TABLE orders ADD CONSTRAINT orders_quantity_check CHECK (quantity > 0)"],
    },
    Case {
        name: "not null",
        old: BEFORE,
        new: Order { fields: "    #[column(backfill = \"'none'\")]\n    pub label: String,\n", ..BEFORE },
        plain: &["ALTER TABLE orders ALTER COLUMN label SET NOT NULL"],
    },
    Case {
        name: "foreign key",
        old: Order {
            attributes: "#[table(allow(foreign_key_declared, reason = \"declared later\"))]\n",
            fields: "    pub label: Option<String>,\n    pub buyer_user_id: Option<Uuid>,\n",
        },
        new: Order {
            attributes: "",
            fields: "    pub label: Option<String>,\n    #[references(User, on_delete = restrict)]\n    pub buyer_user_id: Option<Uuid>,\n",
        },
        plain: &[
            "CREATE INDEX orders_buyer_user_id_idx ON orders (buyer_user_id)",
            "ALTER TABLE orders ADD CONSTRAINT orders_buyer_user_id_fkey FOREIGN KEY (buyer_user_id) REFERENCES users (id)",
        ],
    },
    Case {
        name: "a column with a volatile default",
        old: BEFORE,
        new: Order {
            fields: "    pub label: Option<String>,\n    #[column(default = \"gen_random_uuid()\")]\n    pub ticket: Uuid,\n",
            ..BEFORE
        },
        plain: &["ALTER TABLE orders ADD COLUMN ticket UUID NOT NULL DEFAULT gen_random_uuid()"],
    },
];

pub fn models(order: Order) -> String {
    let Order { attributes, fields } = order;
    let times = "    pub created_at: DateTime<Utc>,\n    pub updated_at: DateTime<Utc>,\n";
    format!(
        "use tablewright::prelude::*;\n\n/// A user.\n#[derive(Table)]\npub struct User {{\n    pub id: Uuid,\n{times}}}\n\n\
         /// An order.\n#[derive(Table)]\n{attributes}pub struct Order {{\n    pub id: Uuid,\n    \
         #[references(User, on_delete = restrict)]\n    pub user_id: Uuid,\n    pub channel: String,\n    \
         pub quantity: i64,\n    pub number: String,\n{fields}{times}}}\n"
    )
}

/// The id of a row by its number.
pub fn id(row: u64) -> String {
    format!("00000000-0000-4000-8000-{row:012x}")
}

pub fn rows(count: u64) -> [String; 3] {
    let id = |number: &str| format!("('00000000-0000-4000-8000-' || lpad(to_hex({number}), 12, '0'))::UUID");
    [
        format!("INSERT INTO users (id) SELECT {} FROM generate_series(1, {USERS}) AS i", id("i")),
        format!(
            "INSERT INTO orders (id, user_id, channel, quantity, number, label) \
             SELECT {}, {}, CASE i % 3 WHEN 0 THEN 'new' WHEN 1 THEN 'paid' ELSE 'sent' END, i % 9 + 1, i::TEXT, 'none' \
             FROM generate_series(1, {count}) AS i",
            id("i"),
            id(&format!("i % {USERS} + 1"))
        ),
        "VACUUM ANALYZE".to_owned(),
    ]
}
