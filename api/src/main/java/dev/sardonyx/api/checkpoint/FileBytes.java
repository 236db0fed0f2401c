package dev.sardonyx.api.checkpoint;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Parts of files that take memory of the heap, which may be a compiler's. */
final class FileBytes {
  /** Twice the longest index that is known, of 90 thousand tensors. */
  private static final long MOST = 20_000_000;

  private FileBytes() {}

  /** Fewer than asked for where the file ends before. Errors: LIMIT, IOException. */
  static ByteBuffer of(FileChannel file, long from, long length) throws IOException {
    if (length > MOST) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "its header has " + length + " bytes; alone, without tensors, " + MOST + " are read");
    }
    ByteBuffer result = ByteBuffer.allocate((int) length);
    while (result.hasRemaining() && file.read(result, from + result.position()) >= 0) {
      // a channel may give less than is asked for
    }
    return result.flip();
  }
}
