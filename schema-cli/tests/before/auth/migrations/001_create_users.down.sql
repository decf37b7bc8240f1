-- 001_create_users, down: drops the tables auth_codes, oauth_connections, sessions, user_passwords,
--   user_roles and users.
-- Why: takes back 001_create_users.up.sql. Every row of these tables is lost.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on each of the tables, until the transaction ends.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TABLE user_roles;
DROP TABLE user_passwords;
DROP TABLE sessions;
DROP TABLE oauth_connections;
DROP TABLE users;
DROP TABLE auth_codes;
