package dev.sardonyx.onnx.internal.read;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The bytes of a model file. */
public final class FileBytes {
  /** Protobuf messages end here. */
  private static final long LARGEST = Integer.MAX_VALUE;

  private FileBytes() {}

  /**
   * Reads a file into off-heap memory, so that the heap need not hold a model twice. It is not
   * mapped: a file that shrinks under a mapping takes the JVM down. Errors: FILE, LIMIT.
   */
  public static ByteString read(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new SardonyxException(ErrorCode.FILE, "expected a file, found a folder");
      }
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new SardonyxException(
            ErrorCode.FILE, "expected a regular file, found a device or pipe");
      }
      try (SeekableByteChannel channel = Files.newByteChannel(file)) {
        return read(channel);
      }
    } catch (NoSuchFileException error) {
      throw new SardonyxException(ErrorCode.FILE, "there is no such file", error);
    } catch (AccessDeniedException error) {
      throw new SardonyxException(ErrorCode.FILE, "the file may not be read: access denied", error);
    } catch (IOException error) {
      throw new SardonyxException(
          ErrorCode.FILE, "the file cannot be read: " + error.getMessage(), error);
    }
  }

  private static ByteString read(SeekableByteChannel channel) throws IOException {
    long size = channel.size();
    if (size > LARGEST) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "the file has " + size + " bytes; an ONNX file has " + LARGEST + " at most");
    }
    ByteBuffer bytes = Arena.ofAuto().allocate(size).asByteBuffer();
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // a channel may give less than is asked for
    }
    return UnsafeByteOperations.unsafeWrap(bytes.flip());
  }
}
