//! The same schema for each tool: tables of ten columns, a shallow tree of references. One has a column more where asked.

use std::fmt::Write as _;

/// The table that gets the column.
fn gets_note(table: usize, note: bool) -> bool {
    note && table == 3
}

fn parent(table: usize) -> Option<usize> {
    (table > 0).then_some(table / 10)
}

pub fn rust(tables: usize, note: bool) -> String {
    let mut text = String::from("use tablewright::prelude::*;\n");
    for table in 0..tables {
        let reference = parent(table).map_or_else(
            || "pub label: String,".to_owned(),
            |parent| format!("#[references(Item{parent}, on_delete = restrict)]\n    pub item{parent}_id: Uuid,"),
        );
        let more = if gets_note(table, note) { "    pub note: Option<String>,\n" } else { "" };
        let _ = write!(
            text,
            "
/// A thing.
#[derive(Table)]
pub struct Item{table} {{
    pub id: Uuid,
    {reference}
    #[column(unique)]
    pub code: String,
    pub title: String,
    pub quantity: i64,
    #[column(numeric(12, 2), check = \"price >= 0\")]
    pub price: Decimal,
    pub is_active: bool,
    pub finished_at: Option<DateTime<Utc>>,
{more}    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}}
"
        );
    }
    text
}

pub fn drizzle(tables: usize, note: bool) -> String {
    let mut text = String::from(
        "import { sql } from 'drizzle-orm';\nimport { bigint, boolean, check, index, numeric, pgTable, text, timestamp, uuid } \
         from 'drizzle-orm/pg-core';\n",
    );
    for table in 0..tables {
        let (reference, index) = parent(table).map_or_else(
            || ("  label: text('label').notNull(),".to_owned(), String::new()),
            |parent| {
                // A table that references itself states the type of the column.
                let target = if parent == table { "(): any =>" } else { "() =>" };
                (
                    format!(
                        "  parentId: uuid('item{parent}_id').notNull().references({target} item{parent}.id, {{ onDelete: \
                         'restrict' }}),"
                    ),
                    format!(", index('idx_item{table}s_item{parent}_id').on(t.parentId)"),
                )
            },
        );
        let more = if gets_note(table, note) { "  note: text('note'),\n" } else { "" };
        let _ = write!(
            text,
            "
export const item{table} = pgTable('item{table}s', {{
  id: uuid('id').primaryKey().defaultRandom(),
{reference}
  code: text('code').notNull().unique(),
  title: text('title').notNull(),
  quantity: bigint('quantity', {{ mode: 'number' }}).notNull(),
  price: numeric('price', {{ precision: 12, scale: 2 }}).notNull(),
  isActive: boolean('is_active').notNull(),
  finishedAt: timestamp('finished_at', {{ withTimezone: true }}),
{more}  createdAt: timestamp('created_at', {{ withTimezone: true }}).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', {{ withTimezone: true }}).notNull().defaultNow(),
}}, (t) => [check('item{table}s_price_check', sql`price >= 0`){index}]);
"
        );
    }
    text
}

pub fn django(tables: usize, note: bool) -> String {
    let mut text = String::from("import uuid\nfrom django.db import models\n");
    for table in 0..tables {
        let reference = parent(table).map_or_else(
            || "    label = models.TextField()".to_owned(),
            |parent| {
                format!(
                    "    parent = models.ForeignKey('Item{parent}', on_delete=models.RESTRICT, db_column='item{parent}_id', \
                     related_name='+')"
                )
            },
        );
        let more = if gets_note(table, note) { "    note = models.TextField(null=True)\n" } else { "" };
        let _ = write!(
            text,
            "

class Item{table}(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
{reference}
    code = models.TextField(unique=True)
    title = models.TextField()
    quantity = models.BigIntegerField()
    price = models.DecimalField(max_digits=12, decimal_places=2)
    is_active = models.BooleanField()
    finished_at = models.DateTimeField(null=True)
{more}    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = 'item{table}s'
        constraints = [models.CheckConstraint(condition=models.Q(price__gte=0), name='item{table}s_price_check')]
"
        );
    }
    text
}
