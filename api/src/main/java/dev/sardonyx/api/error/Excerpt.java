package dev.sardonyx.api.error;

/** The start of a text from a file, fit for a message of one line. */
public final class Excerpt {
  private static final int LONGEST = 80;

  private Excerpt() {}

  /** At most 80 characters, controls replaced. */
  public static String of(String text) {
    String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
