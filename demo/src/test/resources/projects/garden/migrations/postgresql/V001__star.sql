CREATE TABLE ${dw}.dim_plant (
  plant_key BIGINT NOT NULL,
  plant_durable_key BIGINT NOT NULL,
  plant_id BIGINT,
  name VARCHAR(20),
  bed VARCHAR(20),
  valid_from TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  is_current BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  is_inferred BOOLEAN NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  colour VARCHAR(20), -- for an attribute of later
  PRIMARY KEY (plant_key),
  CONSTRAINT dim_plant_version UNIQUE (plant_id, valid_from)
);

CREATE TABLE ${dw}.fact_harvests (
  harvests_key BIGINT NOT NULL,
  harvest_id BIGINT NOT NULL,
  at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  plant_key BIGINT NOT NULL,
  weight INTEGER NOT NULL,
  PRIMARY KEY (harvests_key),
  CONSTRAINT fact_harvests_grain UNIQUE (harvest_id),
  CONSTRAINT fact_harvests_plant_fk FOREIGN KEY (plant_key) REFERENCES ${dw}.dim_plant (plant_key)
);
CREATE INDEX fact_harvests_plant ON ${dw}.fact_harvests (plant_key);

CREATE TABLE ${dw}.fact_heights (
  heights_key BIGINT NOT NULL,
  plant_id BIGINT NOT NULL,
  updated_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  plant_key BIGINT NOT NULL,
  height INTEGER NOT NULL,
  PRIMARY KEY (heights_key),
  CONSTRAINT fact_heights_grain UNIQUE (plant_id),
  CONSTRAINT fact_heights_plant_fk FOREIGN KEY (plant_key) REFERENCES ${dw}.dim_plant (plant_key)
);
CREATE INDEX fact_heights_plant ON ${dw}.fact_heights (plant_key);
