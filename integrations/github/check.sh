#!/usr/bin/env bash
# Checks once and writes every report; action.yml decides with the exit code that is left as an output.
set -euo pipefail

options=()
# each OPTION LINES: the option for every line that is not empty.
each() {
  local line
  while IFS= read -r line; do
    if [ -n "$line" ]; then options+=("$1" "$line"); fi
  done <<<"$2"
}

each --facts "$VIRT_FACTS"
each --config "$VIRT_CONFIG"
each --pack "$VIRT_PACK"
each --baseline "$VIRT_BASELINE"
[ "$VIRT_FAIL_ON" = never ] || options+=(--fail-on "$VIRT_FAIL_ON")

paths=()
while IFS= read -r line; do
  if [ -n "$line" ]; then paths+=("$line"); fi
done <<<"$VIRT_PATHS"

package=virt-constructs
if [[ "$VIRT_VERSION" =~ ^[0-9A-Za-z.^~-]+$ ]]; then package+="@$VIRT_VERSION"; fi

out=$(mktemp -d "$RUNNER_TEMP/virt-constructs.XXXXXX")
code=0
# Annotations are what is printed.
npx --yes "$package" check "${options[@]}" \
  --format github \
  --format "sarif=$out/virt-constructs.sarif" \
  --format "json=$out/virt-constructs.json" \
  --format "html=$out/virt-constructs.html" \
  --format "github-summary=$GITHUB_STEP_SUMMARY" \
  -- "${paths[@]}" || code=$?

{
  echo "exit-code=$code"
  for format in sarif json html; do echo "$format=$out/virt-constructs.$format"; done
} >>"$GITHUB_OUTPUT"
