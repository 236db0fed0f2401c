package dev.sardonyx.runtime.inputs;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A table of numbers: rows parted by line ends, columns by commas, semicolons or tabs. A first line
 * without any number is the header. Source: RFC 4180, and what numpy.savetxt and spreadsheets
 * write.
 */
final class CsvFile {
  /** No number is longer; hostile files have fields as long as they are. */
  private static final int LONGEST = 64;

  /** What some editors begin a text in UTF-8 with. */
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,5})?");

  private final MemorySegment text;
  private final byte separator;
  private final long start;

  private CsvFile(MemorySegment text) {
    this.text = text;
    long line = lineEnd(0);
    separator = separator(line);
    start = isHeader(line) ? line : 0;
  }

  /** The table as float64[rows, columns]. Errors: FORMAT, naming line and column; LIMIT. */
  static DenseTensor read(MemorySegment text) {
    boolean marked =
        text.byteSize() >= MARK.length
            && text.asSlice(0, MARK.length).mismatch(MemorySegment.ofArray(MARK)) < 0;
    return new CsvFile(marked ? text.asSlice(MARK.length) : text).table();
  }

  private DenseTensor table() {
    long rows = 0;
    long columns = 0;
    long line = start == 0 ? 1 : 2;
    for (long at = start; at < text.byteSize(); at = lineEnd(at)) {
      long end = contentEnd(at);
      if (end > at) {
        long found = columns(at, end);
        if (rows > 0 && found != columns) {
          throw format("line %d has %d columns, those before have %d", line, found, columns);
        }
        columns = found;
        rows++;
      }
      line++;
    }
    if (rows == 0) {
      throw format("it has no row of numbers");
    }
    Shape shape = Shape.of(rows, columns);
    MemorySegment values = DenseTensor.allocate(DType.FLOAT64, shape);
    fill(values);
    return DenseTensor.view(DType.FLOAT64, shape, values);
  }

  private void fill(MemorySegment values) {
    long next = 0;
    long line = start == 0 ? 1 : 2;
    for (long at = start; at < text.byteSize(); at = lineEnd(at)) {
      long end = contentEnd(at);
      long column = 1;
      for (long field = at; field <= end && end > at; column++) {
        long stop = fieldEnd(field, end);
        OptionalDouble number = number(field, stop);
        if (number.isEmpty()) {
          throw format(
              "line %d, column %d is no number: '%s'", line, column, Excerpt.of(word(field, stop)));
        }
        values.set(JAVA_DOUBLE, Double.BYTES * next, number.getAsDouble());
        next++;
        field = stop + 1;
      }
      line++;
    }
  }

  private byte separator(long end) {
    for (byte one : new byte[] {'\t', ';'}) {
      for (long i = 0; i < end; i++) {
        if (text.get(JAVA_BYTE, i) == one) {
          return one;
        }
      }
    }
    return ',';
  }

  private boolean isHeader(long line) {
    long end = Math.min(line, contentEnd(0));
    for (long field = 0; field <= end; field = fieldEnd(field, end) + 1) {
      if (number(field, fieldEnd(field, end)).isPresent()) {
        return false;
      }
    }
    return end > 0;
  }

  private long columns(long from, long end) {
    long columns = 1;
    for (long i = from; i < end; i++) {
      columns += text.get(JAVA_BYTE, i) == separator ? 1 : 0;
    }
    return columns;
  }

  private long fieldEnd(long from, long end) {
    long at = from;
    while (at < end && text.get(JAVA_BYTE, at) != separator) {
      at++;
    }
    return at;
  }

  /** Where the next line begins. */
  private long lineEnd(long from) {
    long at = from;
    while (at < text.byteSize() && text.get(JAVA_BYTE, at) != '\n') {
      at++;
    }
    return Math.min(at + 1, text.byteSize());
  }

  /** Where a line's content ends, without spaces and line ends. */
  private long contentEnd(long from) {
    long at = lineEnd(from);
    while (at > from && isBlank(text.get(JAVA_BYTE, at - 1))) {
      at--;
    }
    return at;
  }

  private boolean isBlank(byte one) {
    return one == '\n' || one == '\r' || one == ' ';
  }

  private String word(long from, long to) {
    long length = Math.min(to - from, LONGEST + 1L);
    byte[] bytes = text.asSlice(from, length).toArray(JAVA_BYTE);
    return new String(bytes, StandardCharsets.UTF_8).strip();
  }

  private OptionalDouble number(long from, long to) {
    String word = word(from, to);
    if (word.length() > LONGEST) {
      return OptionalDouble.empty();
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "nan" -> OptionalDouble.of(Double.NaN);
      case "inf", "+inf", "infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-inf", "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
      default ->
          NUMBER.matcher(word).matches()
              ? OptionalDouble.of(Double.parseDouble(word))
              : OptionalDouble.empty();
    };
  }

  private static SardonyxException format(String reason, Object... arguments) {
    return new SardonyxException(ErrorCode.FORMAT, reason.formatted(arguments));
  }
}
