package dev.sardonyx.api.error;

/** The start of a text from a file, fit for a message of one line. */
public final class Excerpt {
  private static final int LONGEST = 80;

  private Excerpt() {}

  /** At most 80 characters, controls replaced. */
  public static String of(String text) {
    return of(text, LONGEST);
  }

  /** At most so many characters, controls replaced. */
  public static String of(String text, int longest) {
    String start = text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
