package dev.sardonyx.api.file;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that are there whole or not at all, so that a mapped file may be written over. */
public final class AtomicFile {
  private static final int CHUNK = 1 << 20;

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it. */
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes beside the target, then moves over it. Errors: FILE; nothing is left behind, also where
   * the program is interrupted.
   */
  public static void write(Path target, Content content) {
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new SardonyxException(
          ErrorCode.FILE, "cannot write: expected a regular file, found a folder or a device");
    }
    // not Files.createTempFile: its file would be unreadable to others, and stay so once moved
    Path beside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    beside.toFile().deleteOnExit();
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW), CHUNK)) {
        content.writeTo(out);
      }
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException error) {
      throw FileErrors.unwritable(target, error);
    } finally {
      deleteQuietly(beside);
    }
  }

  private static void deleteQuietly(Path beside) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException error) {
      throw FileErrors.unwritable(beside, error);
    }
  }

  /** Writes memory of any size. */
  public static void copy(MemorySegment memory, OutputStream out) throws IOException {
    WritableByteChannel channel = Channels.newChannel(out);
    for (long at = 0; at < memory.byteSize(); at += CHUNK) {
      long length = Math.min(CHUNK, memory.byteSize() - at);
      channel.write(memory.asSlice(at, length).asByteBuffer());
    }
  }
}
