package dev.sardonyx.runtime.checkpoint.zip;

import dev.sardonyx.api.file.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes an archive of stored entries, the bytes of each at a multiple of 64, with no times: the
 * same entries give the same bytes. Source: PKWARE's APPNOTE; torch's padding field FB.
 */
public final class ZipWriter {
  private static final int ALIGNMENT = 64;
  private static final long NARROW = 0xFFFF_FFFFL;
  private static final short UTF8_NAMES = 0x0800;
  private static final short FIRST_OF_1980 = 0x21;
  private static final short PADDING_FIELD = 'F' | 'B' << 8;
  private static final int CHUNK = 1 << 30;

  private record Written(byte[] name, long crc, long size, long header) {
    boolean isWide() {
      return size >= NARROW || header >= NARROW;
    }
  }

  private final OutputStream out;
  private final List<Written> entries = new ArrayList<>();
  private long position;

  /** A writer of an archive that begins where the stream stands. */
  public ZipWriter(OutputStream out) {
    this.out = out;
  }

  /** Adds an entry whose bytes are these pieces, one after the other. */
  public void add(String name, List<MemorySegment> pieces) throws IOException {
    var crc = new CRC32();
    long size = 0;
    for (MemorySegment piece : pieces) {
      for (long at = 0; at < piece.byteSize(); at += CHUNK) {
        crc.update(piece.asSlice(at, Math.min(CHUNK, piece.byteSize() - at)).asByteBuffer());
      }
      size += piece.byteSize();
    }
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    var entry = new Written(utf8, crc.getValue(), size, position);
    entries.add(entry);
    write(localHeader(entry));
    for (MemorySegment piece : pieces) {
      AtomicFile.copy(piece, out);
      position += piece.byteSize();
    }
  }

  /** The same of bytes on the heap. */
  public void add(String name, byte[] contents) throws IOException {
    add(name, List.of(MemorySegment.ofArray(contents)));
  }

  private ByteBuffer localHeader(Written entry) {
    int wide = entry.size() >= NARROW ? 20 : 0;
    long unpadded = entry.header() + 30 + entry.name().length + wide + 4;
    int padding = (int) ((ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT);
    ByteBuffer header = buffer(30 + entry.name().length + wide + 4 + padding);
    header.putInt(0x04034b50);
    putCommon(header, entry, wide > 0);
    header.putShort((short) (wide + 4 + padding)).put(entry.name());
    if (wide > 0) {
      header.putShort((short) 1).putShort((short) 16);
      header.putLong(entry.size()).putLong(entry.size());
    }
    header.putShort(PADDING_FIELD).putShort((short) padding);
    return header.position(header.capacity());
  }

  /** What both headers have: from the version up to the length of the name. */
  private static void putCommon(ByteBuffer header, Written entry, boolean wide) {
    header.putShort((short) (wide ? 45 : 20)).putShort(UTF8_NAMES);
    header.putShort((short) 0).putShort((short) 0).putShort(FIRST_OF_1980);
    header.putInt((int) entry.crc());
    int size = wide ? -1 : (int) entry.size();
    header.putInt(size).putInt(size).putShort((short) entry.name().length);
  }

  /** Writes the directory. */
  public void finish() throws IOException {
    long start = position;
    for (Written entry : entries) {
      write(centralHeader(entry));
    }
    long size = position - start;
    boolean wide = entries.size() >= 0xFFFF || start >= NARROW || size >= NARROW;
    if (wide) {
      write(wideEnd(start, size));
    }
    ByteBuffer end = buffer(22).putInt(0x06054b50).putInt(0);
    short count = wide ? -1 : (short) entries.size();
    end.putShort(count).putShort(count);
    write(end.putInt(wide ? -1 : (int) size).putInt(wide ? -1 : (int) start).putShort((short) 0));
  }

  private static ByteBuffer centralHeader(Written entry) {
    boolean wide = entry.isWide();
    ByteBuffer header = buffer(46 + entry.name().length + (wide ? 28 : 0));
    header.putInt(0x02014b50).putShort((short) (wide ? 45 : 20));
    putCommon(header, entry, wide);
    header.putShort((short) (wide ? 28 : 0)).putShort((short) 0).putShort((short) 0);
    header.putShort((short) 0).putInt(0).putInt(wide ? -1 : (int) entry.header());
    header.put(entry.name());
    if (wide) {
      header.putShort((short) 1).putShort((short) 24);
      header.putLong(entry.size()).putLong(entry.size()).putLong(entry.header());
    }
    return header;
  }

  /** The end record of 64 bits and its locator. */
  private ByteBuffer wideEnd(long start, long size) {
    ByteBuffer end = buffer(56 + 20).putInt(0x06064b50).putLong(44);
    end.putShort((short) 45).putShort((short) 45).putInt(0).putInt(0);
    end.putLong(entries.size()).putLong(entries.size()).putLong(size).putLong(start);
    return end.putInt(0x07064b50).putInt(0).putLong(start + size).putInt(1);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void write(ByteBuffer full) throws IOException {
    out.write(full.array());
    position += full.capacity();
  }
}
