package dev.sardonyx.onnx.internal.write;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that are there whole or not at all. */
public final class AtomicFile {
  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it. */
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes beside the target, then moves over it; a reader never sees half a file. Errors: FILE
   * with the path and the reason; nothing is left behind.
   */
  public static void write(Path target, Content content) {
    try {
      if (Files.isDirectory(target)) {
        throw new SardonyxException(ErrorCode.FILE, "expected a file name, found a folder");
      }
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        throw new SardonyxException(
            ErrorCode.FILE, "expected a regular file, found a device or pipe");
      }
      replace(target, content);
    } catch (NoSuchFileException error) {
      throw new SardonyxException(
          ErrorCode.FILE, "the file cannot be written: there is no such folder", error);
    } catch (AccessDeniedException error) {
      throw new SardonyxException(
          ErrorCode.FILE, "the file cannot be written: access to the folder is denied", error);
    } catch (IOException error) {
      throw new SardonyxException(
          ErrorCode.FILE, "the file cannot be written: " + error.getMessage(), error);
    }
  }

  private static void replace(Path target, Content content) throws IOException {
    // not Files.createTempFile: its file would be unreadable to others, and stay so once moved
    Path beside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      try (OutputStream out = Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW)) {
        content.writeTo(out);
      }
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
