-- A commit is known by its rows, not by its number alone: a lake restored from a backup makes a number twice.
ALTER TABLE ${etl}.publication
  ADD COLUMN commit_identity varchar(64) COMMENT 'Digest of the rows shown; empty for what an older release published';

-- There before anything is published, so that of two first publications one waits for the other.
CREATE TABLE ${etl}.fence (
  id int NOT NULL COMMENT 'Always 1',
  CONSTRAINT fence_pk PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'One row, which a publication locks.';
INSERT INTO ${etl}.fence (id) VALUES (1);
