package dev.sardonyx.api.error;

import java.util.Optional;

/** A line of a user's source. */
public record SourceLocation(String file, int line) {
  private static final String OWN_PACKAGES = "dev.sardonyx.api.";

  /** The innermost line on this thread's stack that is neither this library's nor the JDK's. */
  public static Optional<SourceLocation> ofCaller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(
                        frame -> isUserCode(frame.getClassName()) && frame.getFileName() != null)
                    .findFirst())
        .map(frame -> new SourceLocation(frame.getFileName(), frame.getLineNumber()));
  }

  private static boolean isUserCode(String className) {
    return !className.startsWith(OWN_PACKAGES)
        && !className.startsWith("java.")
        && !className.startsWith("jdk.");
  }

  /** The location that {@link #toString} gave. */
  public static Optional<SourceLocation> parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean line = colon > 0 && text.substring(colon + 1).matches("[0-9]{1,9}");
    return line
        ? Optional.of(
            new SourceLocation(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1))))
        : Optional.empty();
  }

  /** For example {@code SimpleFfn.java:17}. */
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
