package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs what a model's author wrote: what it throws is no fault of this program. */
final class OwnCode {
  private static final String OURS = "dev\\.sardonyx\\.(api|runtime|onnx|ort)\\..*";

  private OwnCode() {}

  /** The result. Errors: MODEL with the line that threw; a fault of this library stays as it is. */
  static <T> T run(String what, Supplier<T> code) {
    try {
      return code.get();
    } catch (SardonyxException error) {
      throw error;
    } catch (RuntimeException | LinkageError thrown) {
      Optional<StackTraceElement> place = place(thrown);
      if (place.isEmpty()) {
        throw thrown;
      }
      throw new SardonyxException(ErrorCode.MODEL, what + " threw " + thrown, thrown)
          .at(place.get().getFileName() + ":" + place.get().getLineNumber());
    }
  }

  private static Optional<StackTraceElement> place(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .filter(frame -> !frame.getClassName().startsWith("java."))
        .findFirst()
        .filter(frame -> !frame.getClassName().matches(OURS));
  }
}
