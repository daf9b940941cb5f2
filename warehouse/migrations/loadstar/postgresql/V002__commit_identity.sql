-- A commit is known by its rows, not by its number alone: a lake restored from a backup makes a number twice.
ALTER TABLE ${etl}.publication ADD COLUMN commit_identity varchar(64);
COMMENT ON COLUMN ${etl}.publication.commit_identity IS 'Digest of the rows shown; empty for what an older release published';

-- There before anything is published, so that of two first publications one waits for the other.
CREATE TABLE ${etl}.fence (
  id integer NOT NULL,
  CONSTRAINT fence_pk PRIMARY KEY (id)
);
COMMENT ON TABLE ${etl}.fence IS 'One row, which a publication locks.';
COMMENT ON COLUMN ${etl}.fence.id IS 'Always 1';
INSERT INTO ${etl}.fence (id) VALUES (1);
