#!/usr/bin/env bash
# Remakes the golden bytes of the assembler's instructions with the installed GNU as (binutils).
# Needs a build with its tests (mvn test-compile) and JAVA_HOME with a JDK 25.
set -euo pipefail
runtime=$(cd "$(dirname "$0")/../../.." && pwd)
exec "$JAVA_HOME/bin/java" -cp "$runtime/target/test-classes:$runtime/target/classes" \
  dev.sardonyx.runtime.machine.assembler.GoldenBytes \
  "$runtime/src/test/resources/machine/instructions.txt"
