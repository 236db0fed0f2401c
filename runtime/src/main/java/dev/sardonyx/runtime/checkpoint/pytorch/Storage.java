package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Memory that one tensor or several are views of. Its bytes are fetched when first asked for. */
final class Storage {
  /** Where bytes come from. */
  @FunctionalInterface
  interface Source {
    /** The bytes, little-endian. */
    MemorySegment bytes();
  }

  private final String key;
  private final StorageType type;
  private final long elements;
  private final Source source;
  private @Nullable MemorySegment bytes;

  Storage(String key, StorageType type, long elements, Source source) {
    this.key = key;
    this.type = type;
    this.elements = elements;
    this.source = source;
  }

  String key() {
    return key;
  }

  StorageType type() {
    return type;
  }

  long elements() {
    return elements;
  }

  /** The size that the type and the number of elements make. */
  long byteSize() {
    return type.dtype().bytes(elements);
  }

  MemorySegment bytes() {
    if (bytes == null) {
      bytes = source.bytes();
      if (bytes.byteSize() != byteSize()) {
        throw new SardonyxException(
            ErrorCode.FORMAT,
            "storage '%s' has %d bytes, its %d elements of %s take %d"
                .formatted(key, bytes.byteSize(), elements, type.dtype(), byteSize()));
      }
    }
    return bytes;
  }

  /** Refuses a mention of this storage as if it were another. Errors: FORMAT. */
  Storage requireSame(StorageType otherType, long otherElements) {
    if (type != otherType || elements != otherElements) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "storage '%s' is said to be %d of %s and %d of %s"
              .formatted(key, elements, type, otherElements, otherType));
    }
    return this;
  }
}
