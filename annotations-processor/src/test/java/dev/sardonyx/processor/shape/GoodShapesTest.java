package dev.sardonyx.processor.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.trace.Trace;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No correct model may fail to compile, whatever Java it is written in. */
class GoodShapesTest {
  /** For the models that need numbers where they declare symbols; they are called Eager... */
  private static final Map<String, Long> SIZES =
      Map.of("batch", 2L, "length", 6L, "steps", 3L, "height", 9L, "width", 7L, "features", 8L);

  private static Build build;
  private static URLClassLoader loader;

  static List<String> names() {
    return Build.names("good");
  }

  /** All but those that depend on where they run; they are called Machine... */
  static List<String> traced() {
    return names().stream().filter(name -> !name.startsWith("Machine")).toList();
  }

  @BeforeAll
  static void compile(@TempDir Path classes) throws IOException {
    build = Build.golden("good", classes, "-Xlint:all", "-Werror");
    loader = build.loader();
  }

  @AfterAll
  static void close() throws IOException {
    loader.close();
  }

  @ParameterizedTest
  @MethodSource("names")
  void compileWithoutADiagnostic(String name) {
    assertThat(build.of(name)).isEmpty();
  }

  @Test
  void drawNoDiagnosticOfTheBuildAsAWhole() {
    assertThat(build.of("")).isEmpty();
  }

  /** What proves that the models of this test are right. */
  @ParameterizedTest
  @MethodSource("traced")
  void areTracedWithoutAFailure(String name) {
    for (ModelDescriptor<?> descriptor : Build.models(loader, name)) {
      NnModule model;
      try {
        model = descriptor.create();
      } catch (SardonyxException error) {
        // Computes in its constructor, and the processor's class path need not hold an engine.
        assertThat(error.code())
            .as(error.getMessage())
            .isIn(ErrorCode.ENGINE, ErrorCode.UNSUPPORTED);
        assertThat(name).startsWith("Engine");
        continue;
      }
      if (!name.startsWith("Eager")) {
        assertThat(Trace.of(model).failure()).isEmpty();
        continue;
      }
      assertThat(Trace.of(model).failure()).as("fails for symbols").isPresent();
      List<Value> inputs =
          descriptor.inputs().stream()
              .map(input -> new Value(input.name(), input.tensorType().bind(SIZES)))
              .toList();
      Optional<SardonyxException> failure = Trace.of(model, inputs).failure();
      failure.ifPresent(
          error ->
              assertThat(error.code()).as(error.getMessage()).isEqualTo(ErrorCode.TRACED_CONTENTS));
    }
  }
}
