-- A first publication fills tables that are empty: rows first and indexes afterwards is faster. The loader may not change
-- a table, so these do it with the rights of whoever runs this migration. They take names of tables of the star and no
-- text of a statement; every name is looked up and quoted. DDL commits at once here, so what is taken off is written down
-- first, and whoever comes next puts it back. Primary and UNIQUE keys stay: rows that break them could not be undone.

CREATE TABLE ${etl}.key_off (
  table_name VARCHAR(64) NOT NULL COMMENT 'Table of the star',
  is_reference BOOLEAN NOT NULL COMMENT 'A foreign key, or else an index',
  key_name VARCHAR(64) NOT NULL COMMENT 'Its name',
  position INT NOT NULL COMMENT 'From 1 within the key',
  column_name VARCHAR(64) NOT NULL COMMENT 'Column of the table',
  prefix INT NULL COMMENT 'Characters that an index holds of it, if not all',
  is_descending BOOLEAN NOT NULL COMMENT 'Order within an index',
  to_table VARCHAR(64) NULL COMMENT 'Table that a foreign key names',
  to_column VARCHAR(64) NULL COMMENT 'Column that a foreign key names',
  on_update ENUM('RESTRICT', 'NO ACTION', 'CASCADE', 'SET NULL') NULL COMMENT 'Rule of a foreign key',
  on_delete ENUM('RESTRICT', 'NO ACTION', 'CASCADE', 'SET NULL') NULL COMMENT 'Rule of a foreign key',
  CONSTRAINT key_off_pk PRIMARY KEY (table_name, is_reference, key_name, position)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'Keys that a first publication has taken off and not put back yet. Empty unless one runs or was killed.';

DELIMITER //

CREATE PROCEDURE ${etl}.take_keys_off(IN star_table VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)
  COMMENT 'Takes indexes and foreign keys off an empty table of the star, until put_keys_back'
  SQL SECURITY DEFINER
BEGIN
  DECLARE found_table VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
  DECLARE waited INT DEFAULT @@SESSION.lock_wait_timeout;
  DECLARE longest BIGINT DEFAULT @@SESSION.group_concat_max_len;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION
  BEGIN
    SET SESSION lock_wait_timeout = waited, SESSION group_concat_max_len = longest;
    RESIGNAL;
  END;
  IF EXISTS (SELECT 1 FROM ${etl}.publication) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'keys stay where something was published';
  END IF;
  SELECT MAX(t.table_name) INTO found_table FROM information_schema.tables t
  WHERE t.table_schema = '${dw}' AND t.table_name = star_table AND t.table_type = 'BASE TABLE';
  IF found_table IS NULL THEN
    SIGNAL SQLSTATE '42S02' SET MESSAGE_TEXT = 'not a table of the star';
  END IF;
  IF EXISTS (SELECT 1 FROM ${etl}.key_off k WHERE k.table_name = found_table) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'keys wait to be put back';
  END IF;
  SET SESSION lock_wait_timeout = 10, SESSION group_concat_max_len = 1000000;

  SET @loadstar_sql = CONCAT('SELECT EXISTS (SELECT 1 FROM `${dw}`.`', REPLACE(found_table, '`', '``'), '`) INTO @loadstar_filled');
  PREPARE loadstar_statement FROM @loadstar_sql;
  EXECUTE loadstar_statement;
  IF @loadstar_filled THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'keys stay where rows are';
  END IF;

  -- Keys to or from tables outside the star stay, and with them every index of such a table.
  IF NOT EXISTS (
    SELECT 1 FROM information_schema.key_column_usage u
    WHERE u.table_schema = '${dw}' AND u.table_name = found_table
      AND u.referenced_table_name IS NOT NULL AND u.referenced_table_schema <> '${dw}')
  THEN
    INSERT INTO ${etl}.key_off (table_name, is_reference, key_name, position, column_name, is_descending,
      to_table, to_column, on_update, on_delete)
    SELECT u.table_name, TRUE, u.constraint_name, u.ordinal_position, u.column_name, FALSE,
      u.referenced_table_name, u.referenced_column_name, r.update_rule, r.delete_rule
    FROM information_schema.key_column_usage u
    JOIN information_schema.referential_constraints r ON r.constraint_schema = u.constraint_schema
      AND r.table_name = u.table_name AND r.constraint_name = u.constraint_name
    WHERE u.table_schema = '${dw}' AND u.table_name = found_table AND u.referenced_table_name IS NOT NULL;

    -- Only what the columns here tell all of: no expression, no comment, none that is hidden. Where the catalogue has no
    -- is_visible (MariaDB) or no ignored (MySQL), the name stands for the constant around it.
    INSERT INTO ${etl}.key_off (table_name, is_reference, key_name, position, column_name, prefix, is_descending)
    SELECT s.table_name, FALSE, s.index_name, s.seq_in_index, s.column_name, s.sub_part, COALESCE(s.collation, 'A') = 'D'
    FROM information_schema.statistics s
    WHERE s.table_schema = '${dw}' AND s.table_name = found_table AND s.index_name <> 'PRIMARY'
      AND 0 = (
        SELECT (
          SELECT COUNT(*)
          FROM information_schema.statistics o
          WHERE o.table_schema = '${dw}' AND o.table_name = found_table AND o.index_name = s.index_name
            AND (o.non_unique = 0 OR o.index_type <> 'BTREE' OR o.column_name IS NULL OR o.index_comment <> ''
              OR is_visible <> 'YES' OR ignored <> 'NO'
              OR EXISTS (
                SELECT 1 FROM information_schema.key_column_usage u
                WHERE u.referenced_table_schema = '${dw}' AND u.referenced_table_name = found_table
                  AND u.referenced_column_name = o.column_name)
              OR EXISTS (
                SELECT 1 FROM information_schema.columns c
                WHERE c.table_schema = '${dw}' AND c.table_name = found_table AND c.column_name = o.column_name
                  AND c.extra LIKE '%auto_increment%')))
        FROM (SELECT 'YES' AS is_visible, 'NO' AS ignored) constants);

    SET @loadstar_sql = (
      SELECT CONCAT('ALTER TABLE `${dw}`.`', REPLACE(found_table, '`', '``'), '` ', GROUP_CONCAT(DISTINCT
        IF(k.is_reference, 'DROP FOREIGN KEY `', 'DROP INDEX `'), REPLACE(k.key_name, '`', '``'), '`' SEPARATOR ', '))
      FROM ${etl}.key_off k WHERE k.table_name = found_table);
    IF @loadstar_sql IS NOT NULL THEN
      PREPARE loadstar_statement FROM @loadstar_sql;
      EXECUTE loadstar_statement;
      DEALLOCATE PREPARE loadstar_statement;
    END IF;
  END IF;
  SET SESSION lock_wait_timeout = waited, SESSION group_concat_max_len = longest;
END//

CREATE PROCEDURE ${etl}.require_references()
  COMMENT 'Ends with SQLSTATE 23000 where a row names none of those that a foreign key taken off refers to'
  SQL SECURITY DEFINER
BEGIN
  DECLARE done BOOLEAN DEFAULT FALSE;
  DECLARE statement_text TEXT CHARACTER SET utf8mb4;
  DECLARE longest BIGINT DEFAULT @@SESSION.group_concat_max_len;
  DECLARE kept CURSOR FOR
    SELECT CONCAT('SELECT EXISTS (SELECT 1 FROM `${dw}`.`', REPLACE(k.table_name, '`', '``'), '` f WHERE ',
      GROUP_CONCAT('f.`', REPLACE(k.column_name, '`', '``'), '` IS NOT NULL' SEPARATOR ' AND '),
      ' AND NOT EXISTS (SELECT 1 FROM `${dw}`.`', REPLACE(MIN(k.to_table), '`', '``'), '` d WHERE ',
      GROUP_CONCAT('d.`', REPLACE(k.to_column, '`', '``'), '` = f.`', REPLACE(k.column_name, '`', '``'), '`' SEPARATOR ' AND '),
      ')) INTO @loadstar_broken')
    FROM ${etl}.key_off k WHERE k.is_reference GROUP BY k.table_name, k.key_name;
  DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = TRUE;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION
  BEGIN
    SET SESSION group_concat_max_len = longest;
    RESIGNAL;
  END;
  SET SESSION group_concat_max_len = 1000000;
  OPEN kept;
  FETCH kept INTO statement_text;
  WHILE NOT done DO
    SET @loadstar_sql = statement_text;
    PREPARE loadstar_statement FROM @loadstar_sql;
    EXECUTE loadstar_statement;
    DEALLOCATE PREPARE loadstar_statement;
    IF @loadstar_broken THEN
      SIGNAL SQLSTATE '23000' SET MESSAGE_TEXT = 'a row names none that is there';
    END IF;
    FETCH kept INTO statement_text;
  END WHILE;
  CLOSE kept;
  SET SESSION group_concat_max_len = longest;
END//

CREATE PROCEDURE ${etl}.put_keys_back(IN is_checked BOOLEAN)
  COMMENT 'Makes again what take_keys_off took off and is not there; is_checked: require_references has looked at the rows'
  SQL SECURITY DEFINER
BEGIN
  DECLARE of_references BOOLEAN;
  DECLARE one_table VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
  DECLARE waited INT DEFAULT @@SESSION.lock_wait_timeout;
  DECLARE longest BIGINT DEFAULT @@SESSION.group_concat_max_len;
  DECLARE checks INT DEFAULT @@SESSION.foreign_key_checks;
  -- What a rule is called that nobody wrote. Written out, MariaDB would take it for another one.
  DECLARE unsaid VARCHAR(16) DEFAULT IF(VERSION() LIKE '%MariaDB%', 'RESTRICT', 'NO ACTION');
  DECLARE EXIT HANDLER FOR SQLEXCEPTION
  BEGIN
    SET SESSION lock_wait_timeout = waited, SESSION group_concat_max_len = longest, SESSION foreign_key_checks = checks;
    RESIGNAL;
  END;
  SET SESSION lock_wait_timeout = 10, SESSION group_concat_max_len = 1000000, SESSION foreign_key_checks = NOT is_checked;
  WHILE EXISTS (SELECT 1 FROM ${etl}.key_off) DO
    -- Every index before the first foreign key, which would make itself one. Columns that went have taken theirs along.
    SET of_references = (SELECT MIN(k.is_reference) FROM ${etl}.key_off k);
    SET one_table = (SELECT MIN(k.table_name) FROM ${etl}.key_off k WHERE k.is_reference = of_references);
    SET @loadstar_sql = (
      SELECT CONCAT('ALTER TABLE `${dw}`.`', REPLACE(one_table, '`', '``'), '` ', GROUP_CONCAT(m.piece SEPARATOR ', '))
      FROM (
        SELECT IF(of_references,
          CONCAT('ADD CONSTRAINT `', REPLACE(k.key_name, '`', '``'), '` FOREIGN KEY (',
            GROUP_CONCAT('`', REPLACE(k.column_name, '`', '``'), '`' ORDER BY k.position SEPARATOR ', '),
            ') REFERENCES `${dw}`.`', REPLACE(MIN(k.to_table), '`', '``'), '` (',
            GROUP_CONCAT('`', REPLACE(k.to_column, '`', '``'), '`' ORDER BY k.position SEPARATOR ', '),
            ')',
            IF(MIN(k.on_delete) IN (unsaid, ''), '', CONCAT(' ON DELETE ', MIN(k.on_delete))),
            IF(MIN(k.on_update) IN (unsaid, ''), '', CONCAT(' ON UPDATE ', MIN(k.on_update)))),
          CONCAT('ADD INDEX `', REPLACE(k.key_name, '`', '``'), '` (',
            GROUP_CONCAT('`', REPLACE(k.column_name, '`', '``'), '`', IF(k.prefix IS NULL, '', CONCAT('(', k.prefix, ')')),
              IF(k.is_descending, ' DESC', '') ORDER BY k.position SEPARATOR ', '), ')')) AS piece
        FROM ${etl}.key_off k
        LEFT JOIN information_schema.columns c ON c.table_schema = '${dw}' AND c.table_name = k.table_name
          AND c.column_name = k.column_name
        LEFT JOIN information_schema.columns r ON r.table_schema = '${dw}' AND r.table_name = k.to_table
          AND r.column_name = k.to_column
        WHERE k.table_name = one_table AND k.is_reference = of_references
          AND NOT EXISTS (
            SELECT 1 FROM information_schema.statistics s
            WHERE NOT of_references AND s.table_schema = '${dw}' AND s.table_name = k.table_name AND s.index_name = k.key_name)
          AND NOT EXISTS (
            SELECT 1 FROM information_schema.table_constraints t
            WHERE of_references AND t.constraint_schema = '${dw}' AND t.table_name = k.table_name
              AND t.constraint_name = k.key_name)
        GROUP BY k.key_name
        HAVING COUNT(*) = COUNT(c.column_name) AND (NOT of_references OR COUNT(*) = COUNT(r.column_name))) m);
    IF @loadstar_sql IS NOT NULL THEN
      PREPARE loadstar_statement FROM @loadstar_sql;
      EXECUTE loadstar_statement;
      DEALLOCATE PREPARE loadstar_statement;
    END IF;
    DELETE FROM ${etl}.key_off WHERE table_name = one_table AND is_reference = of_references;
  END WHILE;
  SET SESSION lock_wait_timeout = waited, SESSION group_concat_max_len = longest, SESSION foreign_key_checks = checks;
END//

DELIMITER ;
