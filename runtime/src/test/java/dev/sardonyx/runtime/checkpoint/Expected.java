package dev.sardonyx.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.json.JsonReader;
import dev.sardonyx.api.json.JsonValue.JsonString;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What PyTorch says of the files of a folder: expected.tsv, of which each row is file, load, count
 * of entries, key path; or file, refuse; or file, entry, name as JSON, dtype, shape, SHA-256 of the
 * contiguous little-endian bytes.
 */
record Expected(Path file, boolean loads, int count, String key, Map<String, Entry> entries) {
  record Entry(String dtype, String shape, String sha256) {}

  static Path resource(String name) {
    return Path.of("src/test/resources/checkpoint").resolve(name);
  }

  static Stream<Expected> of(String folder) throws IOException {
    List<Expected> result = new ArrayList<>();
    for (String line : Files.readAllLines(resource(folder).resolve("expected.tsv"))) {
      String[] cells = line.split("\t", -1);
      if (cells[1].equals("entry")) {
        result.getLast().entries.put(unquoted(cells[2]), new Entry(cells[3], cells[4], cells[5]));
      } else {
        boolean loads = cells[1].equals("load");
        int count = loads ? Integer.parseInt(cells[2]) : 0;
        Path file = resource(folder).resolve(cells[0]);
        result.add(new Expected(file, loads, count, cells[3], new LinkedHashMap<>()));
      }
    }
    return result.stream();
  }

  private static String unquoted(String json) {
    var bytes = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
    return ((JsonString) JsonReader.read(bytes)).value();
  }

  @Override
  public String toString() {
    return file.getFileName() + (loads ? " loads" : " is refused");
  }

  void verify() {
    if (loads) {
      StateDict found = StateDict.read(file, options -> key.isEmpty() ? options : options.key(key));
      assertThat(found.entries()).hasSize(count);
      assertThat(List.copyOf(found.entries().keySet())).containsSubsequence(entries.keySet());
      entries.forEach((name, entry) -> verify(name, found.get(name), entry));
    } else {
      assertThatThrownBy(() -> StateDict.read(file))
          .isInstanceOf(SardonyxException.class)
          .hasMessageContaining(file.getFileName().toString());
    }
  }

  private static void verify(String name, Tensor found, Entry expected) {
    assertThat(found.dtype().toString()).as(name).isEqualTo(expected.dtype());
    assertThat(found.shape().toString()).as(name).isEqualTo(expected.shape());
    assertThat(sha256(found)).as(name).isEqualTo(expected.sha256());
  }

  static String sha256(Tensor tensor) {
    try {
      byte[] bytes = tensor.dense().segment().toArray(ValueLayout.JAVA_BYTE);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException error) {
      throw new AssertionError(error);
    }
  }
}
