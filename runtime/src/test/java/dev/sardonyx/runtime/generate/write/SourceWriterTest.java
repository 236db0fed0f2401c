package dev.sardonyx.runtime.generate.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.Expression.Call;
import dev.sardonyx.runtime.generate.model.Expression.FieldName;
import dev.sardonyx.runtime.generate.model.Expression.Name;
import dev.sardonyx.runtime.generate.model.Expression.New;
import dev.sardonyx.runtime.generate.model.Expression.Option;
import dev.sardonyx.runtime.generate.model.Expression.Options;
import dev.sardonyx.runtime.generate.model.Expression.Truth;
import dev.sardonyx.runtime.generate.model.Expression.Whole;
import dev.sardonyx.runtime.generate.model.Field;
import dev.sardonyx.runtime.generate.model.ForwardInput;
import dev.sardonyx.runtime.generate.model.GeneratedClass;
import dev.sardonyx.runtime.generate.model.GeneratedModel;
import dev.sardonyx.runtime.generate.model.Statement;
import dev.sardonyx.runtime.generate.model.TypeName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceWriterTest {
  private static final int CLASSES = 150;

  /** The build's own check, where its formatter has been fetched. */
  private static final Path CHECK = Path.of("../.ci/Format.java");

  private static final Path FORMATTER = Path.of("../target/google-java-format-all-deps.jar");

  private static Map<String, String> write(GeneratedClass... classes) {
    return new SourceWriter("com.acme", "m.onnx", "M.safetensors")
        .write(new GeneratedModel(List.of(classes), Map.of()));
  }

  private static String text(Map<String, String> sources, String name) {
    return Objects.requireNonNull(sources.get(name));
  }

  @Test
  void theFormatterLeavesEverySourceAsItIs(@TempDir Path folder) throws Exception {
    assumeThat(FORMATTER).exists();
    for (int seed = 0; seed < CLASSES; seed++) {
      String name = "Classifier" + seed;
      for (String text : write(new RandomClasses(seed).next(name)).values()) {
        Files.writeString(folder.resolve(name + ".java"), text);
      }
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Stream.of("api", "code", "file", "parser", "tree", "util")
        .map(part -> "--add-exports=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED")
        .forEach(command::add);
    command.addAll(
        List.of(
            "--class-path", FORMATTER.toString(), CHECK.toString(), "check", folder.toString()));
    Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // The law on the length of files is not theirs.
    assertThat(said.lines().filter(line -> line.endsWith("is not formatted"))).isEmpty();
    assertThat(said).doesNotContain("Exception");
    check.waitFor();
  }

  private static Expression forward(String field, Expression x) {
    return new Call(new FieldName(field), "forward", List.of(x));
  }

  @Test
  void fieldsThatNeedAParameterAreMadeInTheConstructor() {
    Expression channels = new Name("channels");
    var conv =
        new New(
            TypeName.of(Conv2d.class),
            List.of(
                channels,
                channels,
                new Whole(3),
                new Options(
                    List.of(
                        new Option("padding", List.of(new Whole(1))),
                        new Option("bias", List.of(new Truth(false)))))));
    var block =
        new GeneratedClass(
            "Block",
            "A convolution and its norm.",
            List.of(new GeneratedClass.ConstructorParameter(int.class, "channels")),
            List.of(
                new Field("conv", "0", TypeName.of(Conv2d.class), false, conv),
                new Field(
                    "norm",
                    "norm",
                    TypeName.of(BatchNorm2d.class),
                    false,
                    new New(TypeName.of(BatchNorm2d.class), List.of(new Whole(64))))),
            List.of(new ForwardInput("x", Optional.empty())),
            List.of(),
            List.of(
                new GeneratedClass.Result(
                    "output", forward("norm", forward("conv", new Name("x"))))));
    assertThat(text(write(block, root()), "com.acme.Block"))
        .isEqualTo(
            """
            package com.acme;

            import dev.sardonyx.api.nn.BatchNorm2d;
            import dev.sardonyx.api.nn.Conv2d;
            import dev.sardonyx.api.nn.Forward;
            import dev.sardonyx.api.nn.Layer;
            import dev.sardonyx.api.nn.UnaryModule;
            import dev.sardonyx.api.tensor.Tensor;

            /** A convolution and its norm. */
            public final class Block implements UnaryModule {
              @Layer("0")
              final Conv2d conv;

              @Layer final BatchNorm2d norm = new BatchNorm2d(64);

              public Block(int channels) {
                conv = new Conv2d(channels, channels, 3, o -> o.padding(1).bias(false));
              }

              @Forward
              @Override
              public Tensor forward(Tensor x) {
                return norm.forward(conv.forward(x));
              }
            }
            """);
  }

  private static GeneratedClass root() {
    TypeName linear = TypeName.of(Linear.class);
    Expression made = new New(linear, List.of(new Whole(8), new Whole(4)));
    return new GeneratedClass(
        "Root",
        "Two results.",
        List.of(),
        List.of(new Field("x", "x", linear, false, made)),
        List.of(
            new ForwardInput(
                "x", Optional.of(new ForwardInput.InputType(List.of("batch", "8"), DType.FLOAT32))),
            new ForwardInput(
                "ids", Optional.of(new ForwardInput.InputType(List.of("batch"), DType.INT64)))),
        List.of(new Statement.Declare(TypeName.of(Tensor.class), "y", forward("x", new Name("x")))),
        List.of(
            new GeneratedClass.Result("logits", new Name("y")),
            new GeneratedClass.Result("ids", new Name("ids"))));
  }

  @Test
  void severalResultsAreARecordAndHiddenFieldsAreSaidInFull() {
    assertThat(text(write(root()), "com.acme.Root"))
        .endsWith(
            """
            /**
             * Two results. Generated from m.onnx; load M.safetensors by {@code
             * model.load(StateDict.read(path))}.
             */
            @Model
            public final class Root implements NnModule {
              @Layer final Linear x = new Linear(8, 4);

              public record Outputs(Tensor logits, Tensor ids) {}

              @Forward
              public Outputs forward(
                  @Input({"batch", "8"}) Tensor x,
                  @Input(
                          value = {"batch"},
                          dtype = DType.INT64)
                      Tensor ids) {
                Tensor y = this.x.forward(x);
                return new Outputs(y, ids);
              }
            }
            """);
  }

  @Test
  void namesOfFilesDoNotEndTheComment() throws IOException {
    var writer = new SourceWriter("com.acme", "*/ \\u002a/ {@code <b>", "w.safetensors");
    String text =
        text(writer.write(new GeneratedModel(List.of(root()), Map.of())), "com.acme.Root");
    assertThat(text).contains("_/ _u002a/ __code _b_").doesNotContain("*/ ", "\\u002a");
  }
}
