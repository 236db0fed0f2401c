package dev.sardonyx.runtime.generate.proof;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the compiler made of sources.
 *
 * @param files contents by path: class files and resources; none where there was an error
 * @param diagnostics what the compiler said, each with file and line
 * @param failed whether there was an error
 */
record CompiledSources(Map<String, byte[]> files, List<String> diagnostics, boolean failed) {
  CompiledSources {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    diagnostics = List.copyOf(diagnostics);
  }
}
