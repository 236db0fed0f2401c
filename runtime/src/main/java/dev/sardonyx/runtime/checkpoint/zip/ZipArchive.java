package dev.sardonyx.runtime.checkpoint.zip;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.checkpoint.file.MemoryLimit;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zip archive in memory. Not java.util.zip.ZipFile: that takes one of two entries of a name in
 * silence, and does not say where the bytes lie, which stored tensors are views of.
 */
public final class ZipArchive {
  private static final int CHUNK = 1 << 30;

  private final MemorySegment file;
  private final Map<String, ZipRecord> records;

  private ZipArchive(MemorySegment file, Map<String, ZipRecord> records) {
    this.file = file;
    this.records = records;
  }

  /** Reads the directory. Errors: FORMAT, UNSUPPORTED for encryption, LIMIT. */
  public static ZipArchive read(MemorySegment file) {
    return new ZipArchive(file, ZipDirectory.read(file));
  }

  /** The entries by name, in the order of the directory. */
  public Map<String, ZipRecord> records() {
    return records;
  }

  /** The entry of a name. */
  public Optional<ZipRecord> find(String name) {
    return Optional.ofNullable(records.get(name));
  }

  /** The contents of an entry, checked: a view where stored. Errors: FORMAT, LIMIT. */
  public MemorySegment contents(ZipRecord record, MemoryLimit limit) {
    MemorySegment packed = file.asSlice(record.data(), record.packedSize());
    MemorySegment contents =
        switch (record.method()) {
          case ZipRecord.STORED -> packed;
          case ZipRecord.DEFLATED -> inflate(record, packed, limit);
          default ->
              throw new SardonyxException(
                      ErrorCode.UNSUPPORTED,
                      "it is packed by method "
                          + record.method()
                          + "; stored and deflated are read")
                  .at(place(record));
        };
    long crc = crc(contents);
    if (crc != record.crc()) {
      throw fault(
          record,
          "its CRC-32 is %08x, the directory says %08x: the file is damaged"
              .formatted(crc, record.crc()));
    }
    return contents;
  }

  private static MemorySegment inflate(ZipRecord record, MemorySegment packed, MemoryLimit limit) {
    MemorySegment result = limit.allocate(record.size());
    try (Inflater inflater = new Inflater(true)) {
      long in = 0;
      long out = 0;
      while (!inflater.finished()) {
        if (inflater.needsInput() && in < packed.byteSize()) {
          ByteBuffer next = slice(packed, in);
          in += next.remaining();
          inflater.setInput(next);
        }
        // one byte beyond the end shows a stream that holds more than it should
        ByteBuffer space = out < result.byteSize() ? slice(result, out) : ByteBuffer.allocate(1);
        int written = inflater.inflate(space);
        out += written;
        if (out > result.byteSize() || (written == 0 && !inflater.finished())) {
          throw fault(record, "its deflated data does not give its " + record.size() + " bytes");
        }
      }
      if (out < result.byteSize()) {
        throw fault(record, "its data ends after " + out + " of " + record.size() + " bytes");
      }
      return result.asReadOnly();
    } catch (DataFormatException error) {
      throw new SardonyxException(ErrorCode.FORMAT, "its deflated data is broken", error)
          .at(place(record));
    }
  }

  static long crc(MemorySegment contents) {
    var crc = new CRC32();
    for (long at = 0; at < contents.byteSize(); at += CHUNK) {
      crc.update(slice(contents, at));
    }
    return crc.getValue();
  }

  private static ByteBuffer slice(MemorySegment memory, long at) {
    return memory.asSlice(at, Math.min(CHUNK, memory.byteSize() - at)).asByteBuffer();
  }

  private static SardonyxException fault(ZipRecord record, String what) {
    return new SardonyxException(ErrorCode.FORMAT, what).at(place(record));
  }

  private static String place(ZipRecord record) {
    return "zip entry '" + Excerpt.of(record.name()) + "'";
  }
}
