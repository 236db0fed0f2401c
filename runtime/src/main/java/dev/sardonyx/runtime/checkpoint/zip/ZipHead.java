package dev.sardonyx.runtime.checkpoint.zip;

import java.nio.charset.StandardCharsets;

/** What the first bytes of a file tell of an archive. */
public final class ZipHead {
  private static final int NAME_LENGTH = 26;
  private static final int NAME = 30;

  private ZipHead() {}

  /** Whether a file begins with an entry. */
  public static boolean isArchive(byte[] head) {
    return head.length >= NAME && startsWith(head, "PK\u0003\u0004");
  }

  /** Whether a file is an archive of no entries. */
  public static boolean isEmptyArchive(byte[] head) {
    return startsWith(head, "PK\u0005\u0006");
  }

  private static boolean startsWith(byte[] head, String magic) {
    return head.length >= 4 && new String(head, 0, 4, StandardCharsets.ISO_8859_1).equals(magic);
  }

  /** The name of an archive's first entry, as far as it is seen. */
  public static String firstName(byte[] head) {
    int length = head[NAME_LENGTH] & 0xFF | (head[NAME_LENGTH + 1] & 0xFF) << 8;
    int shown = Math.min(length, head.length - NAME);
    return new String(head, NAME, shown, StandardCharsets.ISO_8859_1);
  }
}
