package dev.sardonyx.runtime.image;

import java.util.function.LongConsumer;

/** Binary grey and colour maps of Netpbm. Source: the pages pgm and ppm of Netpbm. */
final class NetpbmReader {
  private static final int MOST = 1 << 30;
  private static final int FULL = 255;

  private final byte[] data;
  private int at = 2;

  private NetpbmReader(byte[] data) {
    this.data = data;
  }

  /** The pixels. Errors: UNSUPPORTED for more than 8 bits and for damaged data. */
  static Pixels read(byte[] data, LongConsumer room) {
    var reader = new NetpbmReader(data);
    int width = reader.number();
    int height = reader.number();
    int full = reader.number();
    reader.at++; // one white space
    boolean gray = data[1] == '5';
    long samples = (long) width * height * (gray ? 1 : 3);
    if (full != FULL) {
      throw Images.refused("a map of values up to " + full + ", not " + FULL);
    }
    if (samples > data.length - reader.at) {
      throw Images.refused("the map ends too early");
    }
    room.accept(3L * width * height);
    byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = data[reader.at + (gray ? i / 3 : i)];
    }
    return new Pixels(height, width, rgb);
  }

  private int number() {
    while (at < data.length && (isSpace(data[at]) || data[at] == '#')) {
      if (data[at] == '#') {
        while (at < data.length && data[at] != '\n') {
          at++;
        }
      } else {
        at++;
      }
    }
    long value = 0;
    int first = at;
    for (; at < data.length && data[at] >= '0' && data[at] <= '9'; at++) {
      value = Math.min(value * 10 + data[at] - '0', MOST);
    }
    if (at == first || value == MOST || value == 0) {
      throw Images.refused("a map without a number where one must stand");
    }
    return (int) value;
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }
}
