package dev.sardonyx.runtime.checkpoint.zip;

/**
 * The end record of an archive: where its directory begins and ends, and of how many entries. The
 * directory must end where the end record begins.
 */
record ZipEnd(long directory, long end, long entries) {
  private static final int SIGNATURE = 0x06054b50;
  private static final int WIDE_SIGNATURE = 0x06064b50;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int SIZE = 22;
  private static final int LOCATOR_SIZE = 20;
  private static final int LONGEST_COMMENT = 0xFFFF;

  /** Errors: FORMAT. */
  static ZipEnd find(ZipBytes file) {
    long last = file.size() - SIZE;
    for (long at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
      if (file.word(at) == SIGNATURE && file.half(at + 20) == last - at) {
        return read(file, at).checked();
      }
    }
    throw ZipBytes.fault("it has no directory at its end: it may be cut short");
  }

  private static ZipEnd read(ZipBytes file, long at) {
    if (file.half(at + 4) != 0 && file.half(at + 4) != 0xFFFF) {
      throw ZipBytes.fault("it is a part of an archive in several files");
    }
    long locator = at - LOCATOR_SIZE;
    if (locator >= 0 && file.word(locator) == LOCATOR_SIGNATURE) {
      long wide = file.size(locator + 8);
      if (wide > locator || file.word(wide) != WIDE_SIGNATURE) {
        throw ZipBytes.fault("its 64-bit end record is not where it should be");
      }
      return new ZipEnd(file.size(wide + 48), wide, file.size(wide + 32))
          .requireSize(file.size(wide + 40));
    }
    long directory = file.word(at + 16) & 0xFFFF_FFFFL;
    return new ZipEnd(directory, at, file.half(at + 10))
        .requireSize(file.word(at + 12) & 0xFFFF_FFFFL);
  }

  private ZipEnd requireSize(long size) {
    if (directory > end || end - directory != size) {
      throw ZipBytes.fault(
          "its directory should begin at byte %d, have %d bytes and end at %d"
              .formatted(directory, size, end));
    }
    return this;
  }

  private ZipEnd checked() {
    long smallest = 46;
    if (entries > (end - directory) / smallest) {
      throw ZipBytes.fault("its directory is too short for " + entries + " entries");
    }
    return this;
  }
}
