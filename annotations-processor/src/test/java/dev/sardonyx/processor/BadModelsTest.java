package dev.sardonyx.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.sardonyx.processor.check.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadModelsTest {
  /** These need a broken build rather than a broken class: SetupTest has them. */
  private static final Set<Code> OF_SETUP =
      EnumSet.of(
          Code.API_MISSING, Code.API_VERSION, Code.NOT_PROVIDED, Code.OUTPUT_FOLDER, Code.INTERNAL);

  static Stream<String> names() throws IOException {
    return Golden.names("bad");
  }

  @ParameterizedTest
  @MethodSource("names")
  void drawAllExpectedMessagesAndNoOthers(String name) throws IOException {
    Compilation compilation = Golden.compile("bad", name, "-Xlint:all");
    String found =
        compilation.diagnostics().stream()
            .map(BadModelsTest::line)
            .collect(Collectors.joining("\n", "", "\n"));
    Golden.assertExpected(name + ".txt", found);
  }

  private static String line(Diagnostic<? extends JavaFileObject> diagnostic) {
    String message = diagnostic.getMessage(Locale.ROOT);
    return diagnostic.getKind() == Diagnostic.Kind.ERROR
        ? diagnostic.getLineNumber() + ": " + message
        : diagnostic.getLineNumber() + ": warning: " + message;
  }

  @Test
  void showEveryCodeThatAClassCanDraw() throws IOException {
    String all = "";
    for (String name : names().toList()) {
      all += Files.readString(Path.of("src/test/resources/golden/expected", name + ".txt"));
    }
    String messages = all;
    assertThat(
            Arrays.stream(Code.values())
                .filter(code -> !messages.contains("[" + code.text() + "]"))
                .collect(Collectors.toSet()))
        .isEqualTo(OF_SETUP);
  }
}
