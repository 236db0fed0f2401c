package dev.sardonyx.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.stream.Collectors;

/** The library as a whole. */
final class OrtLibrary {
  private OrtLibrary() {}

  /** Loads the classes and the native library. Throws LinkageError when that is not possible. */
  static void load() {
    Telemetry.disable();
    environment();
  }

  /** ONNX Runtime's one environment per process, made when it is first asked for. */
  static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "sardonyx");
  }

  /** For example {@code ONNX Runtime 1.29.0, providers CPU; 1 thread}. */
  static String describe() {
    String providers =
        OrtEnvironment.getAvailableProviders().stream()
            .map(OrtProvider::name)
            .collect(Collectors.joining(", "));
    return "ONNX Runtime " + environment().getVersion() + ", providers " + providers + "; 1 thread";
  }

  /** What ONNX Runtime says went wrong, in our words where it has a word of its own. */
  static SardonyxException error(String what, OrtException error) {
    String message = String.valueOf(error.getMessage());
    int text = message.indexOf(" - message: ");
    String trimmed = text < 0 ? message : message.substring(text + " - message: ".length());
    ErrorCode code =
        error.getCode() == OrtException.OrtErrorCode.ORT_NOT_IMPLEMENTED
            ? ErrorCode.UNSUPPORTED
            : ErrorCode.ENGINE;
    return new SardonyxException(code, "ONNX Runtime " + what + ": " + trimmed.strip(), error);
  }
}
