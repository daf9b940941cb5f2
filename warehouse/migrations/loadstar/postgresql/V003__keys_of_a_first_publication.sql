-- A first publication fills tables that are empty: rows first and keys afterwards is several times faster. The loader
-- may not change a table, so these two do it with the rights of whoever runs this migration. They take names of tables
-- of the star and no text of a statement, put back what they took off and nothing else, and refuse once something was
-- published.

CREATE FUNCTION ${etl}.take_keys_off(names text[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '10s'
AS $body$
DECLARE
  wanted oid[] := '{}';
  one text;
  table_id oid;
  filled boolean;
  taken integer := 0;
  k record;
BEGIN
  PERFORM id FROM ${etl}.fence FOR UPDATE;
  IF EXISTS (SELECT FROM ${etl}.publication) THEN
    RAISE EXCEPTION 'keys stay where something was published' USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  FOR one IN SELECT DISTINCT n FROM unnest(names) n ORDER BY n LOOP
    SELECT c.oid INTO table_id FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
    WHERE s.nspname = '${dw}' AND c.relname = one AND c.relkind IN ('r', 'p');
    IF NOT FOUND THEN
      RAISE EXCEPTION 'not a table of the star' USING ERRCODE = 'undefined_table';
    END IF;
    -- Parts and heirs share keys with other tables; and what somebody else owns is not ours to change.
    CONTINUE WHEN NOT EXISTS (
      SELECT FROM pg_class c
      WHERE c.oid = table_id AND c.relkind = 'r' AND pg_has_role(c.relowner, 'USAGE')
        AND NOT EXISTS (SELECT FROM pg_inherits i WHERE table_id IN (i.inhrelid, i.inhparent)));
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', table_id::regclass);
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', table_id::regclass) INTO filled;
    IF filled THEN
      RAISE EXCEPTION 'keys stay where rows are' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    wanted := wanted || table_id;
  END LOOP;

  -- It belongs to the owner of this function, so the caller can neither make nor write it.
  CREATE TEMPORARY TABLE pg_temp.keys_taken_off (
    position integer GENERATED ALWAYS AS IDENTITY,
    is_reference boolean NOT NULL,
    definition text NOT NULL,
    place text NOT NULL,
    comments text[] NOT NULL
  ) ON COMMIT DROP;

  FOR k IN
    SELECT f.conrelid::regclass AS table_name, f.conname, pg_get_constraintdef(f.oid) AS definition,
      array_remove(ARRAY['COMMENT ON CONSTRAINT ' || quote_ident(f.conname) || ' ON ' || f.conrelid::regclass || ' IS '
        || quote_literal(obj_description(f.oid, 'pg_constraint'))], NULL) AS comments
    FROM pg_constraint f
    WHERE f.contype = 'f' AND f.conrelid = ANY (wanted) AND f.confrelid = ANY (wanted)
      AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgconstraint = f.oid AND t.tgenabled <> 'O')
    ORDER BY f.oid
  LOOP
    INSERT INTO pg_temp.keys_taken_off (is_reference, definition, place, comments)
    VALUES (true, format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.table_name, k.conname, k.definition), '', k.comments);
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', k.table_name, k.conname);
    taken := taken + 1;
  END LOOP;

  -- What their definitions do not tell all of stays, and what something else hangs on: a view, somebody's own key.
  FOR k IN
    SELECT i.indexrelid::regclass AS index_name, i.indrelid::regclass AS table_name, con.conname,
      COALESCE('ALTER TABLE ' || i.indrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(con.conname) || ' '
        || pg_get_constraintdef(con.oid), pg_get_indexdef(i.indexrelid)) AS definition,
      COALESCE((SELECT t.spcname FROM pg_tablespace t WHERE t.oid = c.reltablespace), '') AS place,
      array_remove(ARRAY[
        'COMMENT ON INDEX ' || i.indexrelid::regclass || ' IS ' || quote_literal(obj_description(i.indexrelid, 'pg_class')),
        'COMMENT ON CONSTRAINT ' || quote_ident(con.conname) || ' ON ' || i.indrelid::regclass || ' IS '
          || quote_literal(obj_description(con.oid, 'pg_constraint'))], NULL) AS comments
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid
    LEFT JOIN pg_constraint con ON con.conindid = i.indexrelid AND con.conrelid = i.indrelid AND con.contype IN ('p', 'u', 'x')
    WHERE i.indrelid = ANY (wanted) AND i.indisvalid AND i.indisready
      AND NOT (i.indisclustered OR i.indisreplident OR i.indisexclusion)
      AND i.indexprs IS NULL AND c.reloptions IS NULL
      AND NOT EXISTS (
        SELECT FROM pg_depend d
        WHERE d.deptype <> 'i'
          AND ((d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indexrelid)
            OR (d.refclassid = 'pg_constraint'::regclass AND d.refobjid = con.oid)
            OR (d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid AND d.deptype IN ('e', 'x'))))
    ORDER BY i.indexrelid
  LOOP
    INSERT INTO pg_temp.keys_taken_off (is_reference, definition, place, comments)
    VALUES (false, k.definition, k.place, k.comments);
    IF k.conname IS NULL THEN
      EXECUTE format('DROP INDEX %s', k.index_name);
    ELSE
      EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', k.table_name, k.conname);
    END IF;
    taken := taken + 1;
  END LOOP;
  RETURN taken;
END
$body$;
COMMENT ON FUNCTION ${etl}.take_keys_off(text[]) IS 'Takes indexes, primary, unique and foreign keys off empty tables of the star, until put_keys_back in the same transaction.';

CREATE FUNCTION ${etl}.put_keys_back() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '10s'
SET default_tablespace = ''
AS $body$
DECLARE
  put integer := 0;
  one text;
  k record;
BEGIN
  IF NOT EXISTS (
    SELECT FROM pg_class c
    WHERE c.oid = to_regclass('pg_temp.keys_taken_off') AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user))
  THEN
    RAISE EXCEPTION 'no keys were taken off' USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  FOR k IN SELECT * FROM pg_temp.keys_taken_off ORDER BY is_reference, position LOOP
    PERFORM set_config('default_tablespace', k.place, true);
    EXECUTE k.definition;
    FOREACH one IN ARRAY k.comments LOOP
      EXECUTE one;
    END LOOP;
    put := put + 1;
  END LOOP;
  DROP TABLE pg_temp.keys_taken_off;
  RETURN put;
END
$body$;
COMMENT ON FUNCTION ${etl}.put_keys_back() IS 'Makes the keys again that take_keys_off took off in this transaction, and checks them.';

-- Functions are everybody's unless somebody says otherwise.
REVOKE ALL ON FUNCTION ${etl}.take_keys_off(text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION ${etl}.put_keys_back() FROM PUBLIC;
