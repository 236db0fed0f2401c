package dev.sardonyx.runtime.cli;

import static dev.sardonyx.runtime.cli.CommandLineTest.accepted;
import static dev.sardonyx.runtime.cli.CommandLineTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code export --all} on the classes of a project of its own, which javac has just compiled. */
class ExportAllTest {
  private static final String MODEL =
      """
      package com.example;

      import dev.sardonyx.api.nn.*;
      import dev.sardonyx.api.tensor.Tensor;

      @Model
      public final class %s implements UnaryModule {
        @Layer final Linear fc = new Linear(3, 2);

        @Forward
        public Tensor forward(@Input({"batch", "3"}) Tensor x) {
          %s
          return fc.forward(x);
        }
      }
      """;

  @TempDir Path folder;
  private String classes = "";
  private Path out = Path.of("");

  @BeforeEach
  void inFoldersOfItsOwn() {
    classes = folder.resolve("classes").toString();
    out = folder.resolve("target/onnx");
  }

  private void compile(String... namesAndCode) throws IOException {
    Files.createDirectories(Path.of(classes));
    List<String> words = new ArrayList<>(List.of("-proc:full", "-d", classes));
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    words.addAll(List.of("-cp", classPath));
    words.addAll(List.of("-processor", "dev.sardonyx.processor.SardonyxProcessor"));
    for (int i = 0; i < namesAndCode.length; i += 2) {
      String source = MODEL.formatted(namesAndCode[i], namesAndCode[i + 1]);
      Path file = folder.resolve(namesAndCode[i] + ".java");
      words.add(Files.writeString(file, source).toString());
    }
    int status =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new));
    assertThat(status).isZero();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void eachModelOfTheFolderAndNoOtherIsAFileUnderItsName() throws IOException {
    compile("First", "", "SecondModel", "");
    assertThat(accepted("export", "--all", "--models", classes, "-o", out.toString()))
        .contains("first.onnx", "second-model.onnx", "2 models exported to " + out);
    assertThat(names(out)).containsExactly("first.onnx", "second-model.onnx");
    assertThat(Onnx.read(out.resolve("first.onnx")).initializers())
        .containsOnlyKeys("fc.weight", "fc.bias");
    assertThat(accepted("check", "--all", "--models", classes))
        .contains("check first", "check second-model")
        .endsWith("2 models checked, 0 failed\n");
  }

  @Test
  void aModelsBytesDependNeitherOnTheRunNorOnOtherModels() throws IOException {
    compile("Second", "");
    Path alone = folder.resolve("alone");
    accepted("export", "--all", "--models", classes, "-o", alone.toString());
    compile("First", "");
    accepted("export", "--all", "--models", classes, "-o", out.toString());
    assertThat(names(out)).containsExactly("first.onnx", "second.onnx");
    assertThat(out.resolve("second.onnx")).hasSameBinaryContentAs(alone.resolve("second.onnx"));
    Path one = folder.resolve("one.onnx");
    accepted("export", "second", "--models", classes, "-o", one.toString());
    assertThat(one).hasSameBinaryContentAs(alone.resolve("second.onnx"));
  }

  @Test
  void whereModelsFailAllFailuresAreToldAndNoFileChanges() throws IOException {
    compile("Good", "");
    accepted("export", "--all", "--models", classes, "-o", out.toString());
    byte[] before = Files.readAllBytes(out.resolve("good.onnx"));
    compile("Worse", "if (x != null) throw new IllegalStateException(\"worse\");");
    compile("Wrong", "if (x != null) throw new IllegalStateException(\"wrong\");");
    var words = List.of("export", "--all", "--models", classes, "-o", out.toString(), "--seed=1");
    var result = CommandLineTest.run(words.toArray(String[]::new));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .containsPattern("sardonyx: worse: \\[Model] .*IllegalStateException: worse, at Worse.java")
        .containsPattern("sardonyx: wrong: \\[Model] .*IllegalStateException: wrong, at Wrong.java")
        .endsWith("nothing is written to " + out + "\n");
    assertThat(names(out)).containsExactly("good.onnx");
    assertThat(out.resolve("good.onnx")).hasBinaryContent(before);
  }

  @Test
  void wrongUseSaysWhatIsWanted() throws IOException {
    compile("Good", "");
    assertThat(refused("export", "--all")).contains("-o DIR", "target/onnx");
    assertThat(refused("export")).contains("either one MODEL or --all");
    assertThat(refused("export", "simple-ffn", "--all")).contains("either one MODEL or --all");
    assertThat(refused("export", "--all", "-o", "x", "--weights", "w.pth")).contains("one MODEL");
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(refused("export", "--all", "--models", classes, "-o", file.toString()))
        .contains("there and not a folder", file.toString());
    assertThat(refused("export", "--all", "--models", classes, "-o", "all.onnx"))
        .contains("a folder", "all.onnx");
    assertThat(refused("export", "parameter", "-o", folder.toString()))
        .contains("must end in [.onnx]", "--all takes a folder", folder.toString());
    assertThat(refused("check", "good")).contains("no model 'good'", "--models target/classes");
  }
}
