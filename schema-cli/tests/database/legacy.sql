CREATE EXTENSION pg_trgm;
CREATE TYPE mood AS ENUM ('happy', 'not-so-happy');
CREATE FUNCTION slug(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
CREATE TABLE people (
    id serial PRIMARY KEY,
    email varchar(200) NOT NULL,
    mood mood NOT NULL DEFAULT 'happy',
    state text NOT NULL DEFAULT 'new',
    type text,
    score numeric(6, 2) NOT NULL DEFAULT 0,
    active boolean NOT NULL DEFAULT true,
    CONSTRAINT people_score_check CHECK (score >= 0),
    CONSTRAINT people_state_check CHECK (state IN ('new', 'old'))
);
COMMENT ON TABLE people IS 'Who we know.';
CREATE UNIQUE INDEX by_slug ON people (slug(email));
CREATE INDEX people_trgm ON people USING gin (email gin_trgm_ops);
CREATE TABLE articles (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    person_id integer NOT NULL REFERENCES people (id),
    title text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);
CREATE INDEX idx_articles_person_id ON articles (person_id);
CREATE UNIQUE INDEX articles_title_unique ON articles (title) WHERE deleted_at IS NULL;
CREATE TABLE article_readers (
    article_id uuid REFERENCES articles (id) ON DELETE CASCADE,
    person_id integer REFERENCES people (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (article_id, person_id)
);
CREATE VIEW happy AS SELECT count(*) AS number, 'happy'::mood AS mood FROM people;
