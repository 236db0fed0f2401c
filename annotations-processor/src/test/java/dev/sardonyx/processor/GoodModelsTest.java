package dev.sardonyx.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoodModelsTest {

  static Stream<String> names() throws IOException {
    return Golden.names("good");
  }

  @ParameterizedTest
  @MethodSource("names")
  void compileWithoutAWarningToTheExpectedDescriptors(String name) throws IOException {
    Compilation compilation = Golden.compile("good", name, "-Xlint:all", "-Werror");
    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(compilation.generatedSourceFiles()).isNotEmpty();
    for (JavaFileObject generated : compilation.generatedSourceFiles()) {
      String path = generated.getName();
      String text = generated.getCharContent(true).toString();
      assertThat(text.lines().count()).isLessThan(60);
      Golden.assertExpected(path.substring(path.lastIndexOf('/') + 1), text);
    }
  }
}
