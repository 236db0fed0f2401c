package dev.sardonyx.runtime.cli;

import static dev.sardonyx.runtime.cli.CommandLineTest.accepted;
import static dev.sardonyx.runtime.cli.CommandLineTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code summary --shapes} on a class that javac has just compiled. */
class SummaryShapesTest {
  private static final String MODEL =
      """
      package com.example;

      import dev.sardonyx.api.nn.*;
      import dev.sardonyx.api.tensor.Tensor;

      class Nets {
        @Model
        static final class Net implements UnaryModule {
          @Layer final Linear fc = new Linear(3, 2);

          @Forward
          public Tensor forward(@Input({"batch", "3"}) Tensor x) {
            return fc.forward(x);
          }
        }
      }
      """;

  @TempDir Path folder;
  private Path classes = Path.of("");

  @BeforeEach
  void inFoldersOfItsOwn() throws IOException {
    classes = Files.createDirectories(folder.resolve("classes"));
  }

  private void compile(String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("Nets.java"), MODEL);
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> words =
        new ArrayList<>(List.of("-proc:full", "-d", classes.toString(), "-cp", classPath));
    words.addAll(List.of("-processor", "dev.sardonyx.processor.SardonyxProcessor"));
    words.addAll(List.of(options));
    words.add(file.toString());
    int status =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new));
    assertThat(status).isZero();
  }

  @Test
  void withoutATableTheOptionThatWritesItIsNamed() throws IOException {
    compile();
    assertThat(refused("summary", "net", "--models", classes.toString(), "--shapes"))
        .contains("com.example.Nets$Net", "-Asardonyx.shapes=report");
  }

  @Test
  void theCompilersTableHasTheShapeOfEachExpression() throws IOException {
    compile("-Asardonyx.shapes=report");
    assertThat(accepted("summary", "net", "--models", classes.toString(), "--shapes"))
        .contains("fc.forward(x)", "float32[batch, 2]");
  }

  @Test
  void theTableIsPrintedAsItLiesBesideTheClass() throws IOException {
    compile();
    String table = "fc.forward(x)  float32[batch, 2]  Größe\n";
    Path file = classes.resolve("META-INF/sardonyx/shapes/com.example.Nets$Net.txt");
    Files.createDirectories(file.getParent());
    Files.writeString(file, table);
    assertThat(accepted("summary", "net", "--models", classes.toString(), "--shapes"))
        .isEqualTo(table);
    assertThat(accepted("summary", "net", "--models", classes.toString(), "--shapes", "--json"))
        .isEqualTo(
            """
            {"class": "com.example.Nets$Net", \
            "shapes": "fc.forward(x)  float32[batch, 2]  Größe\\n"}
            """);
  }
}
