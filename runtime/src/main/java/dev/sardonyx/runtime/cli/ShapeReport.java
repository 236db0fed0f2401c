package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The table of shapes that the annotation processor wrote beside a model's class. */
final class ShapeReport {
  private static final String FOLDER = "/META-INF/sardonyx/shapes/";

  private ShapeReport() {}

  /** The table as it is to be printed. Errors: NOT_FOUND where the class was compiled without. */
  static String of(Class<?> model) {
    String resource = FOLDER + model.getName() + ".txt";
    try (InputStream in = model.getResourceAsStream(resource)) {
      if (in == null) {
        throw new SardonyxException(
            ErrorCode.NOT_FOUND,
            "no table of shapes lies beside the class "
                + model.getName()
                + "; compile it with javac's option -Asardonyx.shapes=report");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException error) {
      throw FileErrors.unreadable(Path.of(resource), error);
    }
  }
}
