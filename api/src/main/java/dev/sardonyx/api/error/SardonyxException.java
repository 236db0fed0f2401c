package dev.sardonyx.api.error;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception family: a code, the reason (expected, found, what to do), and where known the
 * node and the file. Messages read {@code [Shape] reason, at gemm_2, SimpleFfn.java:17, in f.onnx};
 * of a reason of several lines, the first ends so.
 */
public final class SardonyxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a file calls things may have millions of characters; nobody reads more than this. */
  private static final int LONGEST_REASON = 700;

  private static final int LONGEST_PLACE = 160;

  private final ErrorCode code;
  private final String reason;
  private final @Nullable String place;
  private final @Nullable String file;
  private final Lack[] lacks;
  private final @Nullable Mismatch mismatch;

  /** An error with no place yet; whoever knows the node or file adds it. */
  public SardonyxException(ErrorCode code, String reason) {
    this(code, reason, null, null, null, new Lack[0], null);
  }

  /** An error of shapes or element types, with what was expected and found for tools. */
  public SardonyxException(ErrorCode code, String reason, Mismatch mismatch) {
    this(code, reason, null, null, null, new Lack[0], mismatch);
  }

  /** An error that another one caused; what that one lacks or does not fit is this one's too. */
  public SardonyxException(ErrorCode code, String reason, @Nullable Throwable cause) {
    this(
        code,
        reason,
        null,
        null,
        cause,
        cause instanceof SardonyxException inner ? inner.lacks : new Lack[0],
        cause instanceof SardonyxException inner ? inner.mismatch : null);
  }

  /** The error UNSUPPORTED, with all that is lacking. */
  public static SardonyxException unsupported(String reason, List<Lack> lacks) {
    return new SardonyxException(
        ErrorCode.UNSUPPORTED, reason, null, null, null, lacks.toArray(new Lack[0]), null);
  }

  private SardonyxException(
      ErrorCode code,
      String reason,
      @Nullable String place,
      @Nullable String file,
      @Nullable Throwable cause,
      Lack[] lacks,
      @Nullable Mismatch mismatch) {
    String readable = lacks.length > 0 ? reason : readable(code, reason);
    @Nullable String shortPlace = place == null ? null : shortened(place, LONGEST_PLACE);
    super(text(code, readable, shortPlace, file), cause);
    this.code = code;
    this.reason = readable;
    this.place = shortPlace;
    this.file = file;
    this.lacks = lacks;
    this.mismatch = mismatch;
  }

  /** What the user's own code or words led to is told in full, and so is what is lacking. */
  private static String readable(ErrorCode code, String reason) {
    return switch (code) {
      case STATE, MODEL, NOT_FOUND, TRACED_CONTENTS, CHECK, USAGE -> reason;
      case SHAPE, DTYPE, ARGUMENT, GRAPH, UNSUPPORTED -> shortened(reason, LONGEST_REASON);
      case INPUT, FILE, FORMAT, LIMIT, ENGINE, INTERRUPTED -> shortened(reason, LONGEST_REASON);
    };
  }

  /** The begin and the end of a long text. */
  static String shortened(String text, int longest) {
    int half = longest / 2;
    return text.length() <= longest
        ? text
        : text.substring(0, half) + " ... " + text.substring(text.length() - half);
  }

  private static String text(
      ErrorCode code, String reason, @Nullable String place, @Nullable String file) {
    int lineEnd = reason.indexOf('\n');
    int end = lineEnd < 0 ? reason.length() : lineEnd;
    return "["
        + code.text()
        + "] "
        + reason.substring(0, end)
        + (place == null ? "" : ", at " + place)
        + (file == null ? "" : ", in " + file)
        + reason.substring(end);
  }

  /** The kind of error. */
  public ErrorCode code() {
    return code;
  }

  /** What was expected, what was found, what to do; without code and place. */
  public String reason() {
    return reason;
  }

  /** What is not supported, for machines; empty where nobody said. */
  public List<Lack> lacks() {
    return List.of(lacks);
  }

  /** What does not fit, for tools; empty where nothing certainly does. */
  public Optional<Mismatch> mismatch() {
    return Optional.ofNullable(mismatch);
  }

  /** Node and source line, where known. */
  public Optional<String> place() {
    return Optional.ofNullable(place);
  }

  /** The file that was read or written, where known. */
  public Optional<String> file() {
    return Optional.ofNullable(file);
  }

  /** The same error at a node or source line; an inner place, once known, stays. */
  public SardonyxException at(String where) {
    return place != null
        ? this
        : new SardonyxException(code, reason, where, file, this, lacks, mismatch);
  }

  /** The same error in other words. */
  public SardonyxException withReason(String words) {
    return new SardonyxException(code, words, place, file, this, lacks, mismatch);
  }

  /** The same error with other details for tools. */
  public SardonyxException with(Mismatch details) {
    return new SardonyxException(code, reason, place, file, this, lacks, details);
  }

  /** The same error in a file; a file, once known, stays. */
  public SardonyxException in(String path) {
    return file != null
        ? this
        : new SardonyxException(code, reason, place, path, this, lacks, mismatch);
  }
}
