#!/usr/bin/env bash
# Breaks the code on purpose, one patch of src/crash/sabotage at a time and in a copy, and expects the test that the patch
# names to fail. With names, only those: src/crash/sabotage.sh drop-the-intent
set -uo pipefail
cd "$(dirname "$0")/../.."
here=$PWD
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
kills=${KILLS:-24}
seed=${SEED:-1}
ledgers=${LEDGERS:-POSTGRESQL}
survived=0

run() {
  case $1 in
    *IT) mvn -B -ntp -Pcrash verify -Dit.test="$1" -Dspotless.check.skip -Dcrash.kills="$kills" -Dcrash.seed="$seed" -Dcrash.ledgers="$ledgers" ;;
    *) mvn -B -ntp test -Dtest="$1" ;;
  esac
}

for patch in src/crash/sabotage/*.patch; do
  name=$(basename "$patch" .patch)
  [[ $# -gt 0 && " $* " != *" $name "* ]] && continue
  test=$(sed -n 's/^test: //p' "$patch")
  find "$copy" -mindepth 1 -maxdepth 1 ! -name target -exec rm -rf {} +
  git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -xf - -C "$copy"
  (cd "$copy" && patch -p1 --silent < "$here/$patch") || exit 2
  if (cd "$copy" && run "$test" > run.log 2>&1); then
    echo "NOT CAUGHT  $name by $test"
    survived=1
  elif grep -qE "Tests .*run:.*(Failures: .*[1-9]|Errors: .*[1-9])" "$copy/run.log"; then
    echo "caught      $name by $test: $(grep -m1 -E '^(missing|duplicate|repeated|wrong): ' "$copy/run.log" | cut -c1-120)"
  else
    echo "BROKEN      $name: the copy does not build, see below"
    tail -20 "$copy/run.log"
    exit 2
  fi
done
exit $survived
