package dev.sardonyx.ort;

import java.util.Optional;

/** Finds out whether ONNX Runtime can be used, in the one place where that may fail. */
final class OrtProbe {
  private static final String MISSING =
      "ONNX Runtime is not on the class path; add com.microsoft.onnxruntime:onnxruntime:1.29.0";

  private OrtProbe() {}

  /** Why ONNX Runtime cannot be used and what to do; empty when it can. */
  static Optional<String> unavailable() {
    try {
      OrtLibrary.load();
      return Optional.empty();
    } catch (LinkageError | IllegalCallerException error) {
      // A missing class is named only the first time; static initialisers that failed wrap theirs.
      Throwable cause = root(error);
      return Optional.of(
          cause instanceof ClassNotFoundException
              ? MISSING
              : "ONNX Runtime is on the class path but does not start: "
                  + cause.getMessage()
                  + ". It needs --enable-native-access=ALL-UNNAMED and a native library for this"
                  + " machine");
    }
  }

  private static Throwable root(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
