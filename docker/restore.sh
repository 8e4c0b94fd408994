#!/bin/sh
# docker/restore.sh FOLDER [--node N]
#
# Puts what docker/backup.sh wrote into empty volumes of a deployment that does not run (docs/operations/restore.md). Volumes that hold
# anything are left alone and nothing is written.
#
# --node N restores the keys (when they are gone) and the chain of node N alone, into a deployment whose other nodes run.
#
# Sign-states come back only from a backup made with --move, and only once. Without them nodes read and prove everything, follow the others and
# sign nothing until enough others have shown them how far they are.
set -eu
umask 077

usage() { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
say() { echo "restore: $*"; }
die() { echo "restore: $*" >&2; exit 1; }

folder='' only=''
while [ $# -gt 0 ]; do
  case $1 in
    --node) [ $# -ge 2 ] || usage; only=$2; shift ;;
    -*) usage ;;
    *) [ -z "$folder" ] || usage; folder=$1 ;;
  esac
  shift
done
[ -n "$folder" ] || usage
case $only in ''|[1-4]) ;; *) die "--node takes the number of a node, 1 to 4." ;; esac
[ -e "$folder/complete" ] || die "$folder is no complete backup. Nothing was written."
(cd "$folder" && sha256sum -c --quiet SHA256SUMS) || die "a file of $folder is damaged or missing. Nothing was written."
if docker compose version >/dev/null 2>&1; then compose='docker compose'; else compose=docker-compose; fi
if [ -z "$only" ]; then
  [ -z "$($compose ps -q node-1)$($compose ps -q postgres)" ] || die "containers of this deployment are there. Take them down first ($compose down)."
  # Its container mounts nearly every volume, and so makes them.
  $compose up --no-start --no-deps setup >/dev/null 2>&1 || die "the containers cannot be made: $compose up --no-start setup says why."
fi
container=$($compose ps -a -q setup)
[ -n "$container" ] || die "this must be run where docker-compose.yml lies, with the engine running."
project=$(docker inspect -f '{{index .Config.Labels "com.docker.compose.project"}}' "$container")
image=$(docker inspect -f '{{.Config.Image}}' "$container")

# Mounted where the image has a folder of the services' own user, so that a new volume belongs to that user.
sh_in() { docker run --rm -i --network none --cap-drop ALL -v "${project}_$1:/waymark/public" --entrypoint sh "$image" -c "$2"; }
is_empty() {
  docker volume inspect "${project}_$1" >/dev/null 2>&1 || return 0
  [ -z "$(sh_in "$1" 'ls -A /waymark/public | grep -v -x lost+found || true' </dev/null)" ]
}
load() { # volume file
  sh_in "$1" 'tar -C /waymark/public -xf -' < "$folder/$2"
}

if [ -n "$only" ]; then
  [ -e "$folder/chain.tar" ] || die "$folder was made with --move: it holds no chain for a single node. Nothing was written."
  id=$($compose ps -q "node-$only")
  [ -z "$id" ] || [ "$(docker inspect -f '{{.State.Running}}' "$id")" = false ] || die "node-$only runs. Stop it first ($compose stop node-$only)."
  is_empty "member-$only-data" || die "the volume member-$only-data is not empty. Nothing was written. Empty it only if its content is lost."
  if is_empty "member-$only-keys"; then load "member-$only-keys" "member-$only-keys.tar"; fi
  load "member-$only-data" chain.tar
  say "done. Start it with: $compose up -d --no-deps node-$only. It follows at once, and signs again when the others have shown it how far they are."
  exit 0
fi

volumes='public gateway database queue accounts ledger organisations'
for n in 1 2 3 4; do volumes="$volumes member-$n-keys member-$n-organisation"; done
for volume in $volumes postgres-data member-1-data member-2-data member-3-data member-4-data; do
  is_empty "$volume" || die "the volume $volume is not empty. Nothing was written. Restore into a deployment with empty volumes (another project name, or $compose down -v where you are sure)."
done
for volume in $volumes; do load "$volume" "$volume.tar"; done
say "keys, passwords and public files are back"
for n in 1 2 3 4; do
  if [ -e "$folder/chain.tar" ]; then load "member-$n-data" chain.tar; else load "member-$n-data" "member-$n-data.tar"; fi
done
moved=no
if [ ! -e "$folder/chain.tar" ]; then
  # The sign-states are out of this folder from now on: it becomes a backup like any other, with a chain and no sign-state.
  docker run --rm -i --network none --cap-drop ALL --entrypoint tar "$image" -f - --delete ./signer ./wal < "$folder/member-1-data.tar" > "$folder/chain.tar"
  rm -f "$folder"/member-?-data.tar
  (cd "$folder" && sha256sum -- *.tar database.dump > SHA256SUMS)
  moved=yes
fi
say "the chain is back in four nodes"

$compose up -d --no-deps postgres >/dev/null 2>&1
id=$($compose ps -q postgres)
tries=0
until [ "$(docker inspect -f '{{.State.Health.Status}}' "$id")" = healthy ]; do
  tries=$((tries + 1))
  [ $tries -lt 180 ] || die "the database does not start: $compose logs postgres"
  sleep 1
done
$compose exec -T postgres pg_restore -d waymark --no-owner --exit-on-error < "$folder/database.dump"
$compose stop postgres >/dev/null 2>&1
say "the database is back"
if [ $moved = yes ]; then
  say "done. Start with: $compose up -d"
else
  say "done. Start with: $compose up -d. All four nodes came back without their sign-states: everything can be read and proven, and nothing new becomes final (docs/operations/restore.md says why, and what to do)."
fi
