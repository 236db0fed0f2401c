package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.onnx.internal.codec.ExternalData;
import dev.sardonyx.onnx.internal.proto.StringStringEntryProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Data of tensors in files beside a model. Large pieces that are aligned are mapped, so that a
 * large model costs no memory twice; others are copied. Source: ONNX, external data.
 */
final class ExternalFiles implements ExternalData {
  /** Below this a copy is as cheap as a mapping. */
  private static final long SMALL = 1 << 20;

  private static final long ALIGNMENT = 64;

  /** A few bytes of model may ask for the same bytes often, so copies have a limit. */
  private static final long MOST_COPIED = 2L << 30;

  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  /** A file that a location leads to, looked at once for all tensors that name it. */
  private record Source(Path file, long size) {}

  /** A piece of a file; tensors that share one share its memory. */
  private record Piece(Path file, long offset, long length) {}

  private final ExternalLocation locations;
  private final Map<String, Source> sources = new HashMap<>();
  private final Map<Piece, MemorySegment> pieces = new HashMap<>();
  private long copied;

  /** Files within a folder. */
  ExternalFiles(Path folder) {
    locations = new ExternalLocation(folder);
  }

  @Override
  public MemorySegment read(TensorProto proto, long bytes, Arena arena) {
    Map<String, String> keys = new HashMap<>();
    for (StringStringEntryProto entry : proto.getExternalDataList()) {
      keys.put(entry.getKey(), entry.getValue());
    }
    Source source = source(keys.getOrDefault("location", ""));
    Path file = source.file();
    long size = source.size();
    long offset = number(keys, "offset", 0);
    try {
      long length = number(keys, "length", Math.max(0, size - offset));
      if (length != bytes || offset > size || length > size - offset) {
        throw new SardonyxException(
            ErrorCode.FORMAT,
            "it takes "
                + bytes
                + " bytes, external data gives "
                + length
                + " from offset "
                + offset
                + " of "
                + size
                + " in "
                + file.getFileName());
      }
      var piece = new Piece(file, offset, length);
      MemorySegment known = pieces.get(piece);
      if (known == null) {
        known = piece(piece, arena);
        pieces.put(piece, known);
      }
      return known;
    } catch (IOException error) {
      throw unreadable(file, error);
    }
  }

  private Source source(String location) {
    Source known = sources.get(location);
    if (known != null) {
      return known;
    }
    Path file = locations.resolve(location);
    try (FileChannel channel = FileChannel.open(file, OPTIONS)) {
      var source = new Source(file, channel.size());
      sources.put(location, source);
      return source;
    } catch (IOException error) {
      throw unreadable(file, error);
    }
  }

  private static SardonyxException unreadable(Path file, IOException error) {
    return new SardonyxException(
        ErrorCode.FILE,
        "external data cannot be read from " + file.getFileName() + ": " + error.getMessage(),
        error);
  }

  private MemorySegment piece(Piece piece, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(piece.file(), OPTIONS)) {
      return piece(channel, piece, arena);
    }
  }

  private MemorySegment piece(FileChannel channel, Piece piece, Arena arena) throws IOException {
    boolean mapped =
        piece.length() > SMALL
            && piece.offset() % ALIGNMENT == 0
            && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    if (mapped) {
      return channel.map(MapMode.READ_ONLY, piece.offset(), piece.length(), arena);
    }
    if (piece.length() > MOST_COPIED - copied) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "external data that is not at multiples of "
              + ALIGNMENT
              + " bytes exceeds "
              + MOST_COPIED
              + " bytes");
    }
    copied += piece.length();
    MemorySegment memory = arena.allocate(piece.length(), ALIGNMENT);
    ByteBuffer buffer = memory.asByteBuffer();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, piece.offset() + buffer.position()) < 0) {
        throw new IOException("the file became shorter");
      }
    }
    return memory;
  }

  private static long number(Map<String, String> keys, String key, long absent) {
    String text = keys.get(key);
    if (text == null) {
      return absent;
    }
    boolean decimal =
        !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!decimal) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "external data's " + key + " must be a number of bytes, found '" + text + "'");
    }
    return Long.parseLong(text);
  }
}
