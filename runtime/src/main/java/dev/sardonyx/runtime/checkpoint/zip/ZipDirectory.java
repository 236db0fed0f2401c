package dev.sardonyx.runtime.checkpoint.zip;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the central directory: the one truth about an archive. Entries must have a name of their
 * own and bytes of their own. Source: PKWARE's APPNOTE.
 */
final class ZipDirectory {
  private static final int CENTRAL = 0x02014b50;
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL_SIZE = 46;
  private static final int LOCAL_SIZE = 30;
  private static final long NARROW = 0xFFFF_FFFFL;
  private static final int WIDE_FIELD = 1;
  private static final int MOST_ENTRIES = 1_000_000;

  private final ZipBytes file;
  private final ZipEnd end;
  private final Map<String, ZipRecord> records = new LinkedHashMap<>();

  private ZipDirectory(ZipBytes file, ZipEnd end) {
    this.file = file;
    this.end = end;
  }

  /** Errors: FORMAT, UNSUPPORTED, LIMIT. */
  static Map<String, ZipRecord> read(MemorySegment memory) {
    var file = new ZipBytes(memory);
    ZipEnd end = ZipEnd.find(file);
    if (end.entries() > MOST_ENTRIES) {
      throw new SardonyxException(
          ErrorCode.LIMIT, "the zip archive has more than " + MOST_ENTRIES + " entries");
    }
    var directory = new ZipDirectory(file, end);
    directory.readEntries();
    directory.requireBytesOfTheirOwn();
    return directory.records;
  }

  private void readEntries() {
    long at = end.directory();
    for (long i = 0; i < end.entries(); i++) {
      if (file.word(at) != CENTRAL) {
        throw ZipBytes.fault("its directory breaks at byte " + at);
      }
      int nameLength = file.half(at + 28);
      int extraLength = file.half(at + 30);
      String name = file.text(at + CENTRAL_SIZE, nameLength);
      ZipRecord record = record(name, at, at + CENTRAL_SIZE + nameLength, extraLength);
      if (records.put(name, record) != null) {
        throw ZipBytes.fault("it has the entry '" + Excerpt.of(name) + "' twice");
      }
      at += CENTRAL_SIZE + nameLength + extraLength + file.half(at + 32);
      if (at > end.end()) {
        throw ZipBytes.fault("its directory goes beyond its end");
      }
    }
  }

  private ZipRecord record(String name, long at, long extra, int extraLength) {
    if ((file.half(at + 8) & 1) != 0) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED, "the zip entry '" + Excerpt.of(name) + "' is encrypted");
    }
    long[] sizes = {file.word(at + 24) & NARROW, file.word(at + 20) & NARROW};
    long header = file.word(at + 42) & NARROW;
    long wide = wideField(extra, extra + extraLength);
    for (int i = 0; i < 2; i++) { // in the order of the extra field: size, packed size, offset
      if (sizes[i] == NARROW && wide != 0) {
        sizes[i] = file.size(wide);
        wide += Long.BYTES;
      }
    }
    if (header == NARROW && wide != 0) {
      header = file.size(wide);
    }
    int method = file.half(at + 10);
    if (method == ZipRecord.STORED && sizes[0] != sizes[1]) {
      throw ZipBytes.fault("the stored entry '" + Excerpt.of(name) + "' has two sizes");
    }
    long crc = file.word(at + 16) & NARROW;
    long data = data(name, header);
    if (sizes[1] > end.directory() - data) {
      throw ZipBytes.fault("the entry '" + Excerpt.of(name) + "' goes beyond the data");
    }
    return new ZipRecord(name, method, crc, sizes[1], sizes[0], header, data);
  }

  /** Where the sizes of 64 bits begin, 0 where there are none. */
  private long wideField(long from, long to) {
    long at = from;
    while (at + 4 <= to) {
      if (file.half(at) == WIDE_FIELD) {
        return at + 4;
      }
      at += 4 + file.half(at + 2);
    }
    return 0;
  }

  private long data(String name, long header) {
    if (header > end.directory() - LOCAL_SIZE || file.word(header) != LOCAL) {
      throw ZipBytes.fault("the entry '" + Excerpt.of(name) + "' has no header at " + header);
    }
    int nameLength = file.half(header + 26);
    long data = header + LOCAL_SIZE + nameLength + file.half(header + 28);
    if (data > end.directory() || !file.text(header + LOCAL_SIZE, nameLength).equals(name)) {
      throw ZipBytes.fault(
          "the entry '" + Excerpt.of(name) + "' has another name in its own header");
    }
    return data;
  }

  private void requireBytesOfTheirOwn() {
    List<ZipRecord> sorted = new ArrayList<>(records.values());
    sorted.sort(Comparator.comparingLong(ZipRecord::header));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).header() < sorted.get(i - 1).end()) {
        throw ZipBytes.fault(
            "the entries '%s' and '%s' lie on the same bytes"
                .formatted(Excerpt.of(sorted.get(i - 1).name()), Excerpt.of(sorted.get(i).name())));
      }
    }
  }
}
