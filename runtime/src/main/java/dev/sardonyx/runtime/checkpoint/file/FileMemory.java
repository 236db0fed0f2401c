package dev.sardonyx.runtime.checkpoint.file;

import dev.sardonyx.api.error.FileErrors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a file as off-heap memory that lives as long as anything views it. */
public final class FileMemory {
  /** Below this a copy is as cheap as a mapping, and safe from whoever cuts the file short. */
  private static final long SMALL = 1 << 20;

  private static final long ALIGNMENT = 64;

  private FileMemory() {}

  /** Reads a small file, maps a large one. Errors: FILE. */
  public static MemorySegment of(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      return size > SMALL
          ? channel.map(MapMode.READ_ONLY, 0, size, Arena.ofAuto())
          : read(channel, size);
    } catch (IOException error) {
      throw FileErrors.unreadable(file, error);
    }
  }

  private static MemorySegment read(FileChannel channel, long size) throws IOException {
    MemorySegment memory = Arena.ofAuto().allocate(size, ALIGNMENT);
    ByteBuffer buffer = memory.asByteBuffer();
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // a channel may give less than is asked for
    }
    return memory.asSlice(0, buffer.position()).asReadOnly();
  }
}
