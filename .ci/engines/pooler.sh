#!/usr/bin/env bash
# pooler.sh PGBOUNCER COMMAND…: runs the command with a DATABASE_URL that leads to the server of DATABASE_URL through PgBouncer,
# which gives each transaction whichever session is free. Four sessions serve a database.
set -euo pipefail
pgbouncer=$1
shift

read -r host port user < <(python3 - << 'ADDRESS'
import os
from urllib.parse import parse_qsl, urlsplit
url = urlsplit(os.environ["DATABASE_URL"])
print(dict(parse_qsl(url.query)).get("host", url.hostname), url.port or 5432, url.username or "postgres")
ADDRESS
)

folder=$(mktemp -d)
cat > "$folder/pooler.ini" << INI
[databases]
* = host=$host port=$port user=$user
[pgbouncer]
listen_addr =
listen_port = 5432
unix_socket_dir = $folder
auth_type = any
pool_mode = transaction
max_prepared_statements = 200
default_pool_size = 4
max_client_conn = 1000
ignore_startup_parameters = extra_float_digits
INI
# It does not run as root: it is who the server is, whose socket nobody else gets to.
as=()
if [[ $EUID -eq 0 ]]; then
    account=$(stat -c %u "$host")
    chown -R "$account" "$folder"
    as=(setpriv "--reuid=$account" --regid=65534 --clear-groups)
fi
"${as[@]}" "$pgbouncer" --quiet "$folder/pooler.ini" &
pooler=$!
trap 'kill $pooler; rm -rf "$folder"' EXIT
for ((tries = 0; tries < 100; tries++)); do
    [[ ! -S $folder/.s.PGSQL.5432 ]] || break
    kill -0 $pooler
    sleep 0.1
done
DATABASE_URL="postgres://$user@localhost:5432/postgres?host=$folder" "$@"
