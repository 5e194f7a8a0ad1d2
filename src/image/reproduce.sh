#!/usr/bin/env bash
# Builds a commit (HEAD, or the one named) twice, in two folders, time zones and locales, and compares what came out, byte by byte. The umask is
# the same: jars keep the permissions of the files that they are made of. Without a registry: src/image/reproduce.sh HEAD scratch
set -euo pipefail
cd "$(dirname "$0")/../.."
commit=$(git rev-parse "${1:-HEAD}")
base=${2:-$(sed -n 's:.*<image.base>\(.*\)</image.base>.*:\1:p' pom.xml)}
copies=$(mktemp -d)
trap 'rm -rf "$copies"' EXIT

build() {
  local folder=$copies/$1
  mkdir -p "$folder"
  git archive "$commit" | tar -xf - -C "$folder"
  (cd "$folder" && mvn -B -q -Pimage -Dimage.base="$base" -DskipTests -Dmaven.test.skip package) >&2
  (cd "$folder/target" && sha256sum ticketbridge.jar ticketbridge-image.tar classes/META-INF/sbom/application.cdx.json)
}

echo "$commit on $base"
umask 022
(TZ=UTC LC_ALL=C.UTF-8 build one) | tee "$copies/one.sums"
(TZ=Pacific/Auckland LC_ALL=C build another/folder/deep) > "$copies/other.sums"
diff "$copies/one.sums" "$copies/other.sums" && echo "the same, twice"
