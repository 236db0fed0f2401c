package dev.sardonyx.runtime.fuzz;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Operators;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * An operator with inputs that keep it busy for a while, as a line of a table has it: name,
 * attributes ({@code name=}, then {@code 1} or {@code 1.0} or a word, with commas for a list, which
 * ends with one if it has one element, of words with semicolons), inputs ({@code type[dims]} and
 * {@code =values}, repeated to the end; without them random, {@code -} for none).
 */
record LongRun(String line, Op op, List<Optional<Data>> inputs, int outputs) {

  /** All lines of the table that are no comments. */
  static List<String> lines() throws IOException {
    try (var stream = LongRun.class.getResourceAsStream("/fuzz/long-runs.tsv")) {
      String text =
          new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  static LongRun of(String line) {
    String[] cells = line.split("\t", -1);
    Attributes attributes = Attributes.none();
    for (String attribute : words(cells[2])) {
      int equals = attribute.indexOf('=');
      attributes =
          attributes.with(attribute.substring(0, equals), value(attribute.substring(equals + 1)));
    }
    String domain = cells[0].contains(".") ? "ai.onnx.ml" : "";
    String name = cells[0].substring(cells[0].indexOf('.') + 1);
    Op op = Operators.read(domain, name, attributes).orElseThrow();
    List<Optional<Data>> inputs = new ArrayList<>();
    for (String input : words(cells[3])) {
      inputs.add(input.equals("-") ? Optional.empty() : Optional.of(data(input)));
    }
    return new LongRun(line, op, inputs, Integer.parseInt(cells[1]));
  }

  private static List<String> words(String cell) {
    return Stream.of(cell.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static Attribute value(String text) {
    if (!text.matches("[-0-9.,e]+")) {
      return text.contains(";")
          ? new Attribute.Strings(List.of(text.split(";", -1)))
          : Attribute.of(text);
    }
    if (!text.contains(",")) {
      return text.contains(".")
          ? Attribute.of(Float.parseFloat(text))
          : Attribute.of(Long.parseLong(text));
    }
    List<String> parts = Stream.of(text.split(",", -1)).filter(part -> !part.isEmpty()).toList();
    return text.contains(".")
        ? new Attribute.Floats(parts.stream().map(Float::valueOf).toList())
        : new Attribute.Ints(parts.stream().map(Long::valueOf).toList());
  }

  private static Data data(String text) {
    int open = text.indexOf('[');
    DType dtype = DType.valueOf(text.substring(0, open));
    String dims = text.substring(open + 1, text.indexOf(']'));
    Shape shape =
        dims.isEmpty()
            ? Shape.of()
            : Shape.of(Stream.of(dims.split(",", -1)).mapToLong(Long::parseLong).toArray());
    List<String> values =
        text.endsWith("]") ? List.of() : List.of(text.split("=", 2)[1].split(",", -1));
    long n = shape.elements().fixed();
    if (dtype == DType.STRING) {
      List<String> strings = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        strings.add(values.isEmpty() ? "w" + i % 100_003 : values.get(i % values.size()));
      }
      return DenseTensor.ofStrings(strings, shape);
    }
    MemorySegment segment = DenseTensor.allocate(dtype, shape);
    fill(dtype, segment, n, values);
    return DenseTensor.view(dtype, shape, segment);
  }

  private static void fill(DType dtype, MemorySegment segment, long n, List<String> values) {
    if (values.equals(List.of("0"))) {
      return;
    }
    var elements = new Elements(dtype);
    var random = new SplittableRandom(n);
    double scale = dtype.isFloat() ? 1 : dtype.bits() <= Byte.SIZE ? 100 : 1e9;
    long pattern = Math.min(n, 99_999L * Math.max(1, values.size()));
    for (long i = 0; i < pattern; i++) {
      elements.number(
          segment,
          i,
          values.isEmpty()
              ? random.nextDouble() * (dtype == DType.BOOL ? 2 : scale)
              : Double.parseDouble(values.get((int) (i % values.size()))));
    }
    long bytes = dtype.bytes(pattern);
    for (long at = bytes; at < segment.byteSize(); at += bytes) {
      long more = Math.min(bytes, segment.byteSize() - at);
      MemorySegment.copy(segment, 0, segment, at, more);
    }
  }
}
