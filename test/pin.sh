#!/usr/bin/env bash
# Pins the images that stacks/ build, after a change of their sources. Their registry, registry.example.com, does
# not exist: one on loopback has its place, so that the digests are those of what was built here. Needs a Docker
# engine and docker-registry (https://distribution.github.io/distribution).
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
work=$(mktemp -d)
loopback=127.0.0.1:18555
trap 'kill %1; rm -rf "$work"' EXIT

cat > "$work/registry.yaml" <<YAML
version: 0.1
log: { level: error, accesslog: { disabled: true } }
storage: { filesystem: { rootdirectory: $work/registry } }
http: { addr: "$loopback" }
YAML
docker-registry serve "$work/registry.yaml" &

mkdir "$work/project"
cd "$work/project"
cp -R "$repository"/{package.json,lib,stacks,images.lock.json} .
ln -s "$repository/node_modules" .
sed -i "s/registry\.example\.com/$loopback/" stacks/*/environments.ts images.lock.json
failed=0
for stack in stacks/*; do
  DOCKER_BUILDKIT=0 node lib/cli/main.js build "${stack#stacks/}" --push || failed=1
done
sed "s/$loopback/registry.example.com/" images.lock.json > "$repository/images.lock.json"
exit "$failed"
