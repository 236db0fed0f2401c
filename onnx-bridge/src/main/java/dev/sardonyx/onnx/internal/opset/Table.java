package dev.sardonyx.onnx.internal.opset;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The tables of this library: columns between tabs, comments after #. */
final class Table {
  private Table() {}

  /** The lines of a table by columns. */
  static List<List<String>> read(String name) {
    try (InputStream in = Table.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split("\t")))
          .toList();
    } catch (IOException error) {
      throw new SardonyxException(
          ErrorCode.FILE, "the table of operators in this library cannot be read", error);
    }
  }
}
