#!/bin/sh
# Brings Temporal's two databases to the schema of the image that this runs in. May be repeated: what is there is left as it is.
set -eu
SCHEMA=${TEMPORAL_SCHEMA:-/etc/temporal/schema/postgresql/v12}

sql_tool() {
  database=$1
  shift
  temporal-sql-tool --plugin "$DB" --endpoint "$POSTGRES_SEEDS" --port "$DB_PORT" --user "$POSTGRES_USER" --database "$database" "$@"
}

for pair in temporal:temporal temporal_visibility:visibility; do
  sql_tool "${pair%:*}" create
  sql_tool "${pair%:*}" setup-schema --version 0.0
  sql_tool "${pair%:*}" update-schema --schema-dir "$SCHEMA/${pair#*:}/versioned"
done
