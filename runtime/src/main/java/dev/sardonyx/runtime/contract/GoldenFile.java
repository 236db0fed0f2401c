package dev.sardonyx.runtime.contract;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is kept of a model, as text whose changes a reviewer can read.
 *
 * @param graph the printed graph, without places in the source
 * @param weights one line each: name, type, digest of the bits
 * @param inputs the same of the inputs
 * @param outputs one line each, see {@link OutputDigest}
 */
record GoldenFile(
    List<String> graph, List<String> weights, List<String> inputs, List<String> outputs) {
  private static final long MOST_BYTES = 64L << 20;
  private static final String GRAPH = "[graph]";
  private static final String WEIGHTS = "[weights]";
  private static final String INPUTS = "[inputs]";
  private static final String OUTPUTS = "[outputs]";
  private static final List<String> SECTIONS = List.of(GRAPH, WEIGHTS, INPUTS, OUTPUTS);

  GoldenFile {
    graph = List.copyOf(graph);
    weights = List.copyOf(weights);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Reads a file. Errors: FILE, LIMIT, FORMAT where a section is missing or given twice. */
  static GoldenFile read(Path file) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : lines(file)) {
      if (SECTIONS.contains(line)) {
        current = new ArrayList<>();
        if (sections.put(line, current) != null) {
          throw broken(file, "section " + line + " is there twice");
        }
      } else {
        current.add(line);
      }
    }
    if (!sections.keySet().containsAll(SECTIONS)) {
      throw broken(file, "expected the sections " + SECTIONS + ", found " + sections.keySet());
    }
    return new GoldenFile(
        section(sections, GRAPH),
        section(sections, WEIGHTS),
        section(sections, INPUTS),
        section(sections, OUTPUTS));
  }

  private static List<String> section(Map<String, List<String>> sections, String name) {
    return Objects.requireNonNull(sections.get(name), name);
  }

  private static List<String> lines(Path file) {
    try {
      long bytes = Files.size(file);
      if (bytes > MOST_BYTES) {
        throw new SardonyxException(
                ErrorCode.LIMIT, bytes + " bytes are more than a golden file has")
            .in(file.toString());
      }
      return Files.readAllLines(file);
    } catch (IOException error) {
      throw FileErrors.unreadable(file, error);
    }
  }

  /** The error of a file that {@link #write} did not write so. */
  static SardonyxException broken(Path file, String what) {
    return new SardonyxException(
            ErrorCode.FORMAT,
            what + "; write the file anew with -D" + Golden.PROPERTY + "=" + Golden.UPDATE)
        .in(file.toString());
  }

  /** Writes the file, and its folder. Errors: FILE. */
  void write(Path file, String model) {
    List<String> lines = new ArrayList<>();
    lines.add("# Golden file of " + model + "; -D" + Golden.PROPERTY + "=update writes it anew");
    List<List<String>> parts = List.of(graph, weights, inputs, outputs);
    for (int i = 0; i < parts.size(); i++) {
      lines.add(SECTIONS.get(i));
      lines.addAll(parts.get(i));
    }
    String text = String.join("\n", lines) + "\n";
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(Objects.requireNonNull(folder, "a file is in a folder"));
    } catch (IOException error) {
      throw FileErrors.unwritable(file, error);
    }
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
