package dev.sardonyx.runtime.checkpoint.zip;

/**
 * An entry of an archive: how it is packed and where in the file its packed bytes lie.
 *
 * @param header where its local header begins
 */
public record ZipRecord(
    String name, int method, long crc, long packedSize, long size, long header, long data) {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  long end() {
    return data + packedSize;
  }
}
