package dev.sardonyx.processor.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.api.trace.Trace;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes are found where they are written, and only there. */
class BadShapesTest {
  private static final Pattern PLACE = Pattern.compile("(\\w+)\\.java:(\\d+)");
  private static final Path FOUND = Path.of("target/golden/shape");

  private static Build build;
  private static URLClassLoader loader;

  static List<String> names() {
    return Build.names("bad");
  }

  @BeforeAll
  static void compile(@TempDir Path checked, @TempDir Path unchecked) throws IOException {
    build = Build.golden("bad", checked, "-Xlint:all");
    loader = Build.golden("bad", unchecked, "-Asardonyx.shapes=off").loader();
  }

  @AfterAll
  static void close() throws IOException {
    loader.close();
  }

  @ParameterizedTest
  @MethodSource("names")
  void drawTheExpectedErrorsAndNoOthers(String name) throws IOException {
    Files.createDirectories(FOUND);
    Files.writeString(FOUND.resolve(name + ".txt"), build.of(name));
    assertThat(build.of(name)).isEqualTo(Build.expected(name));
  }

  /** What proves that the models of this test are wrong, and where. */
  @ParameterizedTest
  @MethodSource("names")
  void failAtRunTimeAtOneOfTheseLines(String name) throws IOException {
    SardonyxException failure = failure(name);
    assertThat(failure.code())
        .as(failure.getMessage())
        .isIn(ErrorCode.SHAPE, ErrorCode.DTYPE, ErrorCode.ARGUMENT, ErrorCode.NOT_FOUND);
    Matcher place = PLACE.matcher(failure.place().orElse(""));
    if (place.find()) {
      assertThat(Build.expected(name)).contains(place.group() + ":");
    }
  }

  private static SardonyxException failure(String name) {
    ModelDescriptor<?> model = Build.models(loader, name).getFirst();
    try {
      return Trace.of(model.create()).failure().orElseThrow();
    } catch (SardonyxException error) {
      return error;
    }
  }
}
