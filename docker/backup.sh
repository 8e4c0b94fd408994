#!/bin/sh
# docker/backup.sh FOLDER [--from N] [--move]
#
# Writes a consistent copy of a running deployment into FOLDER, which must not exist yet (docs/operations/restore.md):
# keys and passwords (one file for each volume), the database, and the chain of node N (default 1), which rests for some seconds meanwhile.
# The sign-states of the nodes are not in it: a sign-state that was put back would let a key sign twice.
#
# --move stops everything and hands the whole deployment over, sign-states included, to be started elsewhere. They are MOVED: taken out of the
# volumes here, so that what stays behind can never sign again.
set -eu
umask 077

usage() { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
say() { echo "backup: $*"; }
die() { echo "backup: $*" >&2; exit 1; }

folder='' from=1 move=no
while [ $# -gt 0 ]; do
  case $1 in
    --from) [ $# -ge 2 ] || usage; from=$2; shift ;;
    --move) move=yes ;;
    -*) usage ;;
    *) [ -z "$folder" ] || usage; folder=$1 ;;
  esac
  shift
done
[ -n "$folder" ] || usage
case $from in [1-4]) ;; *) die "--from takes the number of a node, 1 to 4." ;; esac
[ ! -e "$folder" ] || die "$folder exists already. Nothing was written. Give a new folder."

if docker compose version >/dev/null 2>&1; then compose='docker compose'; else compose=docker-compose; fi
container=$($compose ps -a -q setup) || die "this must be run where docker-compose.yml lies, with the engine running."
[ -n "$container" ] || die "there is no deployment here: nothing was ever started with this compose file and project name."
project=$(docker inspect -f '{{index .Config.Labels "com.docker.compose.project"}}' "$container")
image=$(docker inspect -f '{{.Config.Image}}' "$container")
running() { [ -n "$($compose ps -q "$1")" ] && [ "$(docker inspect -f '{{.State.Running}}' "$($compose ps -q "$1" | head -n 1)")" = true ]; }
running postgres || die "the database does not run: start the deployment first."

mkdir -p "$folder"
trap '[ -e "$folder/complete" ] || echo "backup: NOT COMPLETE: throw $folder away." >&2' EXIT

# A volume as a tar file, read by the same user that the services run as.
save() { # volume file [tar options]
  volume=$1 file=$2
  shift 2
  docker run --rm --network none --cap-drop ALL -v "${project}_$volume:/from:ro" --entrypoint tar "$image" -C /from "$@" -cf - . > "$folder/$file"
  tar -tf "$folder/$file" >/dev/null || die "$file cannot be read back."
}
healthy() { # service
  id=$($compose ps -q "$1")
  tries=0
  until [ "$(docker inspect -f '{{.State.Health.Status}}' "$id")" = healthy ]; do
    tries=$((tries + 1))
    [ $tries -lt 180 ] || die "$1 does not become healthy again: look at it before anything else ($compose logs $1)."
    sleep 1
  done
}

for n in 1 2 3 4; do
  save "member-$n-keys" "member-$n-keys.tar"
  save "member-$n-organisation" "member-$n-organisation.tar"
done
for volume in public gateway database queue accounts ledger organisations; do save $volume $volume.tar; done
say "keys, passwords and public files are written"

if [ $move = yes ]; then
  $compose stop workers api console scan >/dev/null 2>&1
fi
# The database first: it may know less of the chain than the copy of the chain below, never more.
$compose exec -T postgres pg_dump -Fc > "$folder/database.dump"
$compose exec -T postgres pg_restore --list < "$folder/database.dump" >/dev/null || die "the dump of the database cannot be read back."
say "the database is written"

if [ $move = no ]; then
  for n in 1 2 3 4; do
    [ $n = "$from" ] && continue
    running "node-$n" || die "node-$n does not run: with node-$from at rest the others must be able to go on. Start it, or wait."
  done
  $compose stop "node-$from" >/dev/null 2>&1
  # Whatever happens from here on, the node is started again.
  trap '$compose start node-$from >/dev/null 2>&1; [ -e "$folder/complete" ] || echo "backup: NOT COMPLETE: throw $folder away." >&2' EXIT
  save "member-$from-data" chain.tar --exclude=./signer --exclude=./wal --exclude=./reports.jsonl
  $compose start "node-$from" >/dev/null 2>&1
  healthy "node-$from"
  say "the chain is written; node-$from follows again"
else
  $compose stop >/dev/null 2>&1
  for n in 1 2 3 4; do save "member-$n-data" "member-$n-data.tar" --exclude=./signer/lock; done
fi
(cd "$folder" && sha256sum -- *.tar database.dump > SHA256SUMS)
if [ $move = yes ]; then
  (cd "$folder" && sha256sum -c --quiet SHA256SUMS) || die "the copy is not what was read. Nothing was taken out of the volumes."
  for n in 1 2 3 4; do
    docker run --rm --network none --cap-drop ALL -v "${project}_member-$n-data:/from" --entrypoint sh "$image" -c 'rm -rf /from/signer /from/wal'
  done
  say "the sign-states were moved: this deployment signs nothing any more. Restore $folder at its new place, once, and remove the volumes here."
fi
date -u +%Y-%m-%dT%H:%M:%SZ > "$folder/complete"
say "complete: $folder. It holds every private key: give each member its own files, keep the rest under lock."
