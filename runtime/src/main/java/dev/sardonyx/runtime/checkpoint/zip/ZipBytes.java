package dev.sardonyx.runtime.checkpoint.zip;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Little-endian numbers and texts of an archive; what lies outside it is an error of its own. */
record ZipBytes(MemorySegment file) {
  private static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  long size() {
    return file.byteSize();
  }

  int half(long at) {
    return file.get(HALF, checked(at, Short.BYTES)) & 0xFFFF;
  }

  int word(long at) {
    return file.get(WORD, checked(at, Integer.BYTES));
  }

  /** A number of 64 bits. Errors: FORMAT from 2^63 on. */
  long size(long at) {
    long size = file.get(LONG, checked(at, Long.BYTES));
    if (size < 0) {
      throw fault("a size of " + Long.toUnsignedString(size) + " bytes is beyond any file");
    }
    return size;
  }

  String text(long at, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(file.asSlice(checked(at, length), length).asByteBuffer())
          .toString();
    } catch (CharacterCodingException error) {
      throw new SardonyxException(
          ErrorCode.FORMAT, "as a zip archive it is broken: a name is not UTF-8", error);
    }
  }

  private long checked(long at, long length) {
    if (at < 0 || at > size() - length) {
      throw fault("it ends before byte " + at);
    }
    return at;
  }

  static SardonyxException fault(String what) {
    return new SardonyxException(ErrorCode.FORMAT, "as a zip archive it is broken: " + what);
  }
}
