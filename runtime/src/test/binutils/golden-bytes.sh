#!/usr/bin/env bash
# Remakes the golden bytes of the assembler's instructions with the installed GNU as (binutils).
# Run it when the assembler has a new instruction. Needs JAVA_HOME with a JDK 25 and a build with its
# tests (mvn test-compile), or CLASSES with the class path of another build.
set -euo pipefail
runtime=$(cd "$(dirname "$0")/../../.." && pwd)
exec "$JAVA_HOME/bin/java" -cp "${CLASSES:-$runtime/target/test-classes:$runtime/target/classes}" \
  dev.sardonyx.runtime.machine.assembler.GoldenBytes \
  "$runtime/src/test/resources/machine/instructions.txt"
