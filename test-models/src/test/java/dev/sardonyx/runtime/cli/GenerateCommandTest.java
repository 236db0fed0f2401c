package dev.sardonyx.runtime.cli;

import static dev.sardonyx.runtime.cli.CommandLineTest.accepted;
import static dev.sardonyx.runtime.cli.CommandLineTest.refused;
import static dev.sardonyx.runtime.cli.CommandLineTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.models.SimpleFfn;
import dev.sardonyx.onnx.Onnx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole command: each round trip is proved by the command itself. */
class GenerateCommandTest {
  /** The build's, where it has been fetched. */
  private static final Path FORMATTER = Path.of("../target/google-java-format-all-deps.jar");

  @TempDir Path folder;

  private String exported(NnModule model) {
    Path file = folder.resolve("m.onnx");
    Onnx.export(model, file);
    return file.toString();
  }

  private String[] words(String file, String... more) {
    List<String> words = new ArrayList<>(List.of("generate", file, "-o", sources().toString()));
    words.addAll(List.of("--class", "Classifier"));
    words.addAll(List.of(more));
    if (!words.contains("--package")) {
      words.addAll(List.of("--package", "com.acme"));
    }
    return words.toArray(String[]::new);
  }

  private Path sources() {
    return folder.resolve("src/main/java");
  }

  private List<String> classes() throws IOException {
    try (Stream<Path> files = Files.list(sources().resolve("com/acme"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "simple_cnn",
        "my_net",
        "my_net_fixed",
        "resnet18",
        "resnet18_norms",
        "mobilenet_v2",
        "bert_encoder",
        "bert"
      })
  void exportsOfTorchComeBackAsTheyWere(String name) throws IOException {
    String file = FilledExports.write("generate/" + name, folder).toString();
    assertThat(accepted(words(file)))
        .contains("nodes equal")
        .doesNotContain("FAIL", "differs", "compiler:")
        .endsWith("verdict: PASS\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "resnet18_norms"})
  void theBlocksOfResNetAreOneClass(String name) throws IOException {
    String file = FilledExports.write("generate/" + name, folder).toString();
    accepted(words(file, "--no-proof"));
    assertThat(classes())
        .contains("BasicBlock.java", "Classifier.java")
        .hasSizeLessThanOrEqualTo(3);
    assertThat(sources().resolve("com/acme/BasicBlock.java"))
        .content()
        .contains("conv1 = new Conv2d(", "conv2 = new Conv2d(", "downsample");
  }

  /** The same architectures as PyTorch has them, of other kinds of layers. */
  @ParameterizedTest
  @ValueSource(strings = {"resnet50", "densenet", "inception", "squeezenet", "vgg"})
  void otherImageClassifiersComeBackAsTheyWere(String name) throws IOException {
    String file = FilledExports.write("exports/" + name, folder).toString();
    assertThat(accepted(words(file))).endsWith("verdict: PASS\n");
  }

  @Test
  void theFormatterLeavesTheSourcesAsTheyAre() throws Exception {
    assumeThat(FORMATTER).exists();
    for (String name : List.of("resnet18_norms", "mobilenet_v2", "bert_encoder", "bert")) {
      String file = FilledExports.write("generate/" + name, folder).toString();
      accepted(words(file, "--no-proof", "--force", "--package", "com." + name));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Stream.of("api", "code", "file", "parser", "tree", "util")
        .map(part -> "--add-exports=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED")
        .forEach(command::add);
    command.addAll(List.of("--class-path", FORMATTER.toString(), "../.ci/Format.java", "check"));
    command.add(sources().toString());
    Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
  }

  @Test
  void whatNoLayerAndNoMethodSaysIsNamedAtOnce() throws IOException {
    String file = FilledExports.write("exports/detection", folder).toString();
    assertThat(refused(words(file))).contains("If (", "GatherND (", "sardonyx run");
    assertThat(sources()).doesNotExist();
  }

  @Test
  void weightsLieAmongTheResourcesOfMavensFolders() throws IOException {
    var model = new SimpleFfn();
    accepted(words(exported(model)));
    Path weights = folder.resolve("src/main/resources/com/acme/Classifier.safetensors");
    assertThat(StateDict.read(weights).get("fc1.weight").floats())
        .containsExactly(model.stateDict().get("fc1.weight").floats());
    new SimpleFfn().load(StateDict.read(weights));
  }

  @Test
  void jsonSaysAllInALine() {
    assertThat(accepted(words(exported(new SimpleFfn()), "--json")).lines())
        .singleElement()
        .asString()
        .contains("\"class\": \"com.acme.Classifier\"", "\"graphEqual\": true")
        .endsWith("\"verdict\": \"pass\"}");
  }

  @Test
  void nothingIsWrittenOverWithoutForce() throws IOException {
    String file = exported(new SimpleFfn());
    accepted(words(file));
    Path source = sources().resolve("com/acme/Classifier.java");
    Files.writeString(source, "mine");
    assertThat(refused(words(file)))
        .contains("Classifier.java, ", "Classifier.safetensors; give --force");
    assertThat(source).content().isEqualTo("mine");
    accepted(words(file, "--force"));
    assertThat(source).content().contains("class Classifier");
  }

  @Test
  void wrongWordsAreNamedTogether() {
    String file = exported(new SimpleFfn());
    assertThat(refused("generate", file)).contains("--package, --class, --output");
    assertThat(
            refused("generate", file, "--package", "com.class", "--class", "Linear", "-o", "here"))
        .contains("found com.class; ", "Linear, which is dev.sardonyx.api.nn.Linear");
    assertThat(refused("generate", file, "--package", "java.x", "--class", "record", "-o", "here"))
        .contains("Java's own", "found record");
    assertThat(refused("generate", file, "--package", "a", "--class", "String", "-o", "here"))
        .contains("java.lang.String");
    assertThat(refused("generate", file, "--package", "a", "--class", "A", "-o", file))
        .contains("must be a folder");
    assertThat(refused("generate", "simple-ffn", "--package", "a", "--class", "A", "-o", "here"))
        .contains("found the registered model simple-ffn");
    assertThat(refused("generate", "no.onnx", "--package", "a", "--class", "A", "-o", "here"))
        .contains("no.onnx");
  }

  @Test
  void weightsGoWhereAskedFor() {
    Path weights = folder.resolve("elsewhere/w.safetensors");
    accepted(words(exported(new SimpleFfn()), "--weights", weights.toString()));
    assertThat(weights).exists();
  }

  @Test
  void aProofThatFailsExitsWithOneAndTheFilesStay() {
    String file = exported(new SimpleFfn());
    var result = run(words(file, "--dim", "nosuch=2"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("nosuch").endsWith("verdict: FAIL\n");
    assertThat(sources().resolve("com/acme/Classifier.java")).exists();
  }
}
