package dev.sardonyx.onnx.internal.read;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.io.EOFException;
import java.io.IOException;
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

  /** What is made of an open file. */
  @FunctionalInterface
  private interface Reading<T> {
    T read(SeekableByteChannel channel) throws IOException;
  }

  private FileBytes() {}

  /**
   * Reads a file. It is not mapped: one that shrinks then takes the JVM down. Errors: FILE, LIMIT.
   */
  public static ByteString read(Path file) {
    return read(file, FileBytes::whole);
  }

  /** Reads a model. Errors: as above. */
  public static ModelBytes model(Path file) {
    return read(file, ModelBytes::read);
  }

  private static <T> T read(Path file, Reading<T> reading) {
    try {
      if (Files.isDirectory(file)) {
        throw new SardonyxException(ErrorCode.FILE, "expected a file, found a folder");
      }
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new SardonyxException(
            ErrorCode.FILE, "expected a regular file, found a device or pipe");
      }
      try (SeekableByteChannel channel = Files.newByteChannel(file)) {
        requireSize(channel.size());
        return reading.read(channel);
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

  private static void requireSize(long size) {
    if (size > LARGEST) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "the file has " + size + " bytes; an ONNX file has " + LARGEST + " at most");
    }
  }

  private static ByteString whole(SeekableByteChannel channel) throws IOException {
    byte[] bytes = allocate(channel.size());
    fill(channel, 0, ByteBuffer.wrap(bytes));
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  /** Heap memory, which protobuf would copy any other to. Errors: LIMIT. */
  static byte[] allocate(long size) {
    try {
      return new byte[Math.toIntExact(size)];
    } catch (OutOfMemoryError refused) { // nothing but this request is lost
      throw new SardonyxException(
          ErrorCode.LIMIT, size + " bytes of the file are more than the heap holds", refused);
    }
  }

  /** Reads from a place in a file. */
  static void fill(SeekableByteChannel channel, long at, ByteBuffer to) throws IOException {
    channel.position(at);
    while (to.hasRemaining()) {
      if (channel.read(to) < 0) {
        throw new EOFException("the file became shorter");
      }
    }
  }
}
