package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read one after the other and never beyond the end. */
final class PickleInput {
  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** Names of modules and classes end long before. */
  private static final int LONGEST_LINE = 1000;

  private final MemorySegment bytes;
  private long at;

  PickleInput(MemorySegment bytes) {
    this.bytes = bytes;
  }

  /** How many bytes have been read. */
  long position() {
    return at;
  }

  /** Bytes not yet read. */
  MemorySegment rest() {
    return bytes.asSlice(at);
  }

  int unsignedByte() {
    return bytes.get(ValueLayout.JAVA_BYTE, advance(1)) & 0xFF;
  }

  int unsignedShort() {
    int low = unsignedByte();
    return low | unsignedByte() << 8;
  }

  int word() {
    return bytes.get(WORD, advance(Integer.BYTES));
  }

  /** A length of 32 bits. */
  long unsignedWord() {
    return word() & 0xFFFF_FFFFL;
  }

  long longWord() {
    return bytes.get(LONG, advance(Long.BYTES));
  }

  double real() {
    return bytes.get(DOUBLE, advance(Double.BYTES));
  }

  /** An integer of up to 8 bytes in two's complement. */
  long integer(int length) {
    long result = 0;
    for (int i = 0; i < length; i++) {
      result |= (long) unsignedByte() << 8 * i;
    }
    int unused = Long.SIZE - 8 * length;
    return length == 0 ? 0 : result << unused >> unused;
  }

  void skip(long length) {
    advance(length);
  }

  String text(long length) {
    long start = advance(length);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(bytes.asSlice(start, length).asByteBuffer())
          .toString();
    } catch (CharacterCodingException error) {
      throw new SardonyxException(
          ErrorCode.FORMAT, "its pickle breaks at byte " + start + ": no UTF-8", error);
    }
  }

  /** Up to the end of the line, which is read and left out. */
  String line() {
    long end = at;
    while (end < bytes.byteSize() && bytes.get(ValueLayout.JAVA_BYTE, end) != '\n') {
      end++;
      if (end - at > LONGEST_LINE) {
        throw fault("a name of more than " + LONGEST_LINE + " bytes");
      }
    }
    String line = text(end - at);
    advance(1);
    return line;
  }

  private long advance(long length) {
    if (length < 0 || length > bytes.byteSize() - at) {
      throw fault("it ends within a value of %s bytes".formatted(Long.toUnsignedString(length)));
    }
    long start = at;
    at += length;
    return start;
  }

  SardonyxException fault(String what) {
    return new SardonyxException(ErrorCode.FORMAT, "its pickle breaks at byte " + at + ": " + what);
  }
}
