package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a model file has the raw data of large initializers, and the lengths of messages around it.
 * Looks at the outermost fields only; a file that is not as expected there is found to have none.
 * Source: Protocol Buffers encoding, ONNX IR specification.
 */
final class DataRanges {
  /** Data that is worth a memory of its own. */
  static final int LARGE = 1 << 14;

  private static final int WINDOW = 1 << 13;
  private static final int LONGEST_NUMBER = 5;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  /** Data of an initializer, by its number in the graph. */
  record Data(int initializer, long offset, int length) {}

  /** How long something is without the data, and where that is said once the data is taken out. */
  private record Length(int at, int width, long value) {}

  /** What is in a field of a message: bytes from one to before another. */
  @FunctionalInterface
  private interface Field {
    void read(long from, int length, Written size) throws IOException;
  }

  /** A number as it is written. */
  private record Written(long offset, int width, long value) {}

  private static final class NotAsExpected extends IOException {
    private static final long serialVersionUID = 1;
  }

  private final SeekableByteChannel channel;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private final List<Data> data = new ArrayList<>();
  private final List<Length> lengths = new ArrayList<>();
  private long windowAt;
  private long at;
  private long removed;
  private int initializers;
  private int rawDataOfInitializer;

  private DataRanges(SeekableByteChannel channel) {
    this.channel = channel;
  }

  /** Looks through a file. Errors: those of reading. */
  static DataRanges of(SeekableByteChannel channel) throws IOException {
    var ranges = new DataRanges(channel);
    try {
      ranges.fields(0, channel.size(), ModelProto.GRAPH_FIELD_NUMBER, ranges::graph);
    } catch (NotAsExpected strange) { // who parses the file says what is wrong
      ranges.data.clear();
      ranges.lengths.clear();
      ranges.removed = 0;
    }
    return ranges;
  }

  /** The data, in the file's order. */
  List<Data> data() {
    return data;
  }

  /** The bytes of all data. */
  long removed() {
    return removed;
  }

  private void graph(long from, int length, Written size) throws IOException {
    long before = removed;
    fields(from, length, GraphProto.INITIALIZER_FIELD_NUMBER, this::initializer);
    shorten(size, before);
  }

  private void initializer(long from, int length, Written size) throws IOException {
    long before = removed;
    rawDataOfInitializer = 0;
    fields(from, length, TensorProto.RAW_DATA_FIELD_NUMBER, this::rawData);
    shorten(size, before);
    initializers++;
  }

  private void rawData(long from, int length, Written size) throws NotAsExpected {
    rawDataOfInitializer++;
    if (rawDataOfInitializer > 1) { // the last one counts, which parsing finds out
      throw new NotAsExpected();
    }
    if (length >= LARGE) {
      long before = removed;
      data.add(new Data(initializers, from, length));
      removed += length;
      shorten(size, before);
    }
  }

  /** Notes a length that changes. */
  private void shorten(Written size, long removedBefore) {
    if (removed > removedBefore) {
      int to = Math.toIntExact(size.offset() - removedBefore);
      lengths.add(new Length(to, size.width(), size.value() - (removed - removedBefore)));
    }
  }

  /**
   * Corrects the lengths in the bytes of a file without the data; they stay as wide as they are.
   */
  void shorten(byte[] bytes) {
    for (Length length : lengths) {
      long rest = length.value();
      for (int i = 0; i < length.width(); i++) {
        boolean last = i == length.width() - 1;
        bytes[length.at() + i] = (byte) (last ? rest : rest & 0x7F | 0x80);
        rest >>>= 7;
      }
    }
  }

  /** Visits the fields of one number in a message. */
  private void fields(long from, long length, int wanted, Field field) throws IOException {
    long end = from + length;
    at = from;
    while (at < end) {
      Written tag = number();
      switch ((int) tag.value() & 7) {
        case VARINT -> skipNumber();
        case FIXED64 -> at += Long.BYTES;
        case FIXED32 -> at += Integer.BYTES;
        case LENGTH -> {
          Written size = number();
          long begin = at;
          if (size.value() > end - begin) {
            throw new NotAsExpected();
          }
          if (tag.value() >>> 3 == wanted) {
            field.read(begin, (int) size.value(), size);
          }
          at = begin + size.value();
        }
        default -> throw new NotAsExpected();
      }
    }
    if (at != end) {
      throw new NotAsExpected();
    }
  }

  /** A number of 31 bits at most; those that are longer are nothing we look for. */
  private Written number() throws IOException {
    long begin = at;
    long value = 0;
    for (int i = 0; i < LONGEST_NUMBER; i++) {
      int next = next();
      value |= (long) (next & 0x7F) << (7 * i);
      if (next < 0x80) {
        if (value > Integer.MAX_VALUE) {
          break;
        }
        return new Written(begin, i + 1, value);
      }
    }
    throw new NotAsExpected();
  }

  private void skipNumber() throws IOException {
    for (int i = 0; i < 2 * LONGEST_NUMBER; i++) { // of 64 bits
      if (next() < 0x80) {
        return;
      }
    }
    throw new NotAsExpected();
  }

  private int next() throws IOException {
    if (at < windowAt || at >= windowAt + window.limit()) {
      channel.position(at);
      window.clear();
      int read = channel.read(window);
      window.flip();
      windowAt = at;
      if (read <= 0) {
        throw new NotAsExpected();
      }
    }
    return window.get((int) (at++ - windowAt)) & 0xFF;
  }
}
