#!/bin/sh
# docker/base-without-registry.sh [DEBIAN_NAME] [NODE_NAME]
#
# Makes the two base images on a machine that reaches no image registry, from Debian's packages and npm's: a Debian 12
# (default name base:bookworm-slim) and the same with Node 22 and npm (base:node22). Needs root, debootstrap and npm.
# Certificates of this machine's own authorities (/usr/local/share/ca-certificates) are taken along: a build behind them needs them.
set -eu
debian=${1:-base:bookworm-slim} node=${2:-base:node22}
command -v debootstrap >/dev/null || { echo "debootstrap is missing: apt-get install debootstrap" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

debootstrap --variant=minbase --include=ca-certificates bookworm "$work/debian" >/dev/null
# Without manuals and translations of Debian's own programs, now and for packages installed later, as the image debian:bookworm-slim has it.
for part in doc groff info lintian linda locale man; do
  rm -rf "$work/debian/usr/share/$part"
  echo "path-exclude /usr/share/$part/*" >> "$work/debian/etc/dpkg/dpkg.cfg.d/slim"
done
rm -rf "$work"/debian/var/cache/apt/archives/*.deb "$work"/debian/var/lib/apt/lists/*
tar -C "$work/debian" -c . | docker import - "$debian" >/dev/null
rm -rf "$work/debian"

# The packages "node" and "npm" of npm itself; the binary comes by the install script of the former.
mkdir -p "$work/packages" "$work/image/usr/local/bin" "$work/image/usr/local/lib/node_modules" "$work/image/usr/local/share/ca-certificates"
(cd "$work/packages" && npm init -y >/dev/null && npm install --no-audit --no-fund --loglevel=error node@22 npm@10 >/dev/null)
cp "$work/packages/node_modules/node/bin/node" "$work/image/usr/local/bin/node"
cp -R "$work/packages/node_modules/npm" "$work/image/usr/local/lib/node_modules/npm"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$work/image/usr/local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$work/image/usr/local/bin/npx"
cp /usr/local/share/ca-certificates/*.crt "$work/image/usr/local/share/ca-certificates/" 2>/dev/null || true
cat > "$work/image/Dockerfile" <<END
FROM $debian
COPY usr/ /usr/
RUN update-ca-certificates >/dev/null
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
END
DOCKER_BUILDKIT=0 docker build -q -t "$node" "$work/image" >/dev/null 2>&1 || { echo "the image $node cannot be built" >&2; exit 1; }
docker run --rm --network none "$node" node --version
echo "BASE=$node DEBIAN_BASE=$debian"
