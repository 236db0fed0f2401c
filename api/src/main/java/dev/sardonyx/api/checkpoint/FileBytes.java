package dev.sardonyx.api.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Parts of files. */
final class FileBytes {
  private FileBytes() {}

  /** Fewer than asked for where the file ends before. */
  static ByteBuffer of(FileChannel file, long from, int length) throws IOException {
    ByteBuffer result = ByteBuffer.allocate(length);
    while (result.hasRemaining() && file.read(result, from + result.position()) >= 0) {
      // a channel may give less than is asked for
    }
    return result.flip();
  }
}
