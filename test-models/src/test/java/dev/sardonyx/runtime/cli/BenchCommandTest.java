package dev.sardonyx.runtime.cli;

import static dev.sardonyx.runtime.cli.CommandLineTest.accepted;
import static dev.sardonyx.runtime.cli.CommandLineTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.json.JsonReader;
import dev.sardonyx.api.json.JsonValue;
import dev.sardonyx.runtime.engine.KernelSelection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {

  /** The set that is chosen where none is asked for. */
  private static final String FASTEST = KernelSelection.fastest().word();

  @TempDir Path folder;

  private static final List<String> FIELDS =
      List.of(
          "model",
          "threads",
          "batch",
          "engine",
          "kernels",
          "median_ms",
          "p10_ms",
          "p99_ms",
          "alloc_bytes_per_run",
          "open_ms",
          "rss_mb");

  private static List<Map<String, JsonValue>> lines(String out) {
    return out.lines()
        .map(line -> JsonReader.read(StandardCharsets.UTF_8.encode(line)))
        .map(value -> ((JsonValue.JsonObject) value).members())
        .toList();
  }

  @Test
  void atOneThreadTheEnginesRunInTurnInOneProcess() {
    String out =
        accepted(
            "bench", "simple-ffn", "--warmup", "0", "--seconds", "0", "--kernels", "vector,scalar");
    assertThat(out)
        .contains("batch 1, 1 thread, in turn in one process", "vector", "scalar", "ort / this")
        .contains("outputs: [native (vector), native (scalar), ort] agree");
  }

  @Test
  void weightsInFewerBitsAreInTheRowsAndInWhatIsCompared() {
    String[] words = {
      "bench", "simple-ffn", "--warmup", "0", "--runs", "5", "--weights-as", "int8"
    };
    assertThat(accepted(words))
        .contains("int8", "[native (" + FASTEST + "), ort] agree to 6 times");
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    var lines = lines(accepted(all.toArray(String[]::new)));
    assertThat(lines.get(0).get("weights")).isEqualTo(new JsonValue.JsonString("int8"));
    assertThat(lines.get(1).get("weights")).isEqualTo(new JsonValue.JsonString("float32"));
  }

  @Test
  void aPrecisionOtherThanFloat32IsInTheHeadingAndInTheLinesOfTheNativeEngine() {
    String[] words = {"bench", "simple-ffn", "--warmup", "0", "--runs", "5", "--precision", "fast"};
    assertThat(accepted(words)).contains("1 thread, precision fast");
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    var lines = lines(accepted(all.toArray(String[]::new)));
    assertThat(lines.get(0).get("precision")).isEqualTo(new JsonValue.JsonString("fast"));
    assertThat(lines.get(1)).doesNotContainKey("precision");
  }

  @Test
  void machinesReadTheFieldsAndTheRatio() {
    String out =
        accepted(
            "bench", "simple-ffn", "--warmup", "0", "--runs", "20", "--batch", "1,4", "--json");
    List<Map<String, JsonValue>> lines = lines(out);
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0).keySet()).containsAll(FIELDS);
    assertThat(lines.get(3).get("batch")).isEqualTo(new JsonValue.JsonNumber("4"));
    assertThat(lines.get(2).keySet()).contains("ratio_ort_over_native", "model", "kernels");
    assertThat(lines.get(2).get("verdict")).isEqualTo(new JsonValue.JsonString("pass"));
  }

  @Test
  void atMoreThreadsEachEngineHasAProcessOfItsOwn() {
    assertThat(
            accepted(
                "bench",
                "simple-ffn",
                "--warmup",
                "0",
                "--runs",
                "9",
                "--threads",
                "2",
                "--no-winograd"))
        .contains("2 threads, in processes in turn", "[native (" + FASTEST + "), ort] agree");
  }

  @Test
  void coldTimesStartsOfProcesses() {
    assertThat(accepted("bench", "simple-ffn", "--cold"))
        .contains("from the start of a process", "first result ms", "agree");
  }

  @Test
  void aSingleEngineIsComparedWithAnother() {
    assertThat(accepted("bench", "text-tagger", "-e", "native", "--warmup", "0", "--runs", "5"))
        .contains("outputs: [native (" + FASTEST + "), ort] agree");
  }

  @Test
  void whatIsNotThereIsRefused() {
    assertThat(refused("bench", "simple-ffn", "--kernels", "gpu"))
        .contains("no kernels 'gpu'; kernels: [machine, vector, scalar]");
    assertThat(refused("bench", "simple-ffn", "-e", "ort", "--kernels", "vector"))
        .contains("--kernels is for the engine native");
    assertThat(refused("bench", "simple-ffn", "-e", "native,native")).contains("not timed against");
    assertThat(refused("bench", "simple-ffn", "-e", "tvm")).contains("no engine 'tvm'");
    assertThat(refused("bench", "simple-ffn", "--threads", "1,0")).contains("within 1 and 1024");
    assertThat(refused("bench", "simple-ffn", "--runs", "5", "--seconds", "1"))
        .contains("--runs is instead of --seconds");
  }

  @Test
  void aBatchThatTheModelDoesNotTakeIsRefused() {
    assertThat(refused("bench", "simple-ffn", "--batch", "8", "--dim", "batch=2"))
        .contains("--batch 8", "the batch is 2 here");
  }

  @Test
  void aProfileHasARateForWhatComputes() {
    String out = accepted("bench", "simple-cnn", "--profile", "--warmup", "0", "--runs", "5");
    assertThat(out).contains("ways to compute a step", "  by  ", "model", "products ");
    assertThat(out.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    assertThat(out)
        .contains("% of peak", "conv_1", "SimpleCnn.java", "[native (" + FASTEST + "), ort] agree");
    String lines =
        accepted("bench", "simple-cnn", "--profile", "--warmup", "0", "--runs", "5", "--json");
    assertThat(lines(lines)).anyMatch(line -> line.containsKey("gflops"));
    assertThat(refused("bench", "simple-ffn", "-e", "ort", "--profile")).contains("for the engine");
  }

  @Test
  void aProfileHasTheNodesOfBothEnginesSideBySide() {
    String[] words = {"bench", "simple-cnn", "--profile", "--warmup", "0", "--runs", "5"};
    String out = accepted(words);
    assertThat(out).contains("native (" + FASTEST + ") ms", "ort ms");
    String row = out.lines().filter(line -> line.matches("conv_2 +Conv .*")).findFirst().orElse("");
    assertThat(row).as("a time on each").matches("conv_2 +Conv +[0-9.]+ +[0-9.]+");
    String alone = accepted(with(words, "-e", "native"));
    assertThat(alone).doesNotContain("ort ms");
  }

  @Test
  void aProfileSumsByOperatorAndByModule() {
    String[] words = {"bench", "simple-cnn", "--profile", "--warmup", "0", "--runs", "5"};
    assertThat(accepted(with(words, "-e", "native", "--by", "operator")))
        .containsPattern("operator +steps +ms")
        .containsPattern("Conv +2 ")
        .doesNotContain("% of peak");
    assertThat(accepted(with(words, "-e", "native", "--by", "module"))).containsPattern("fc1 +1 ");
    assertThat(refused(with(words, "--by", "colour"))).contains("[node, operator, module]");
    assertThat(refused("bench", "simple-cnn", "--by", "module")).contains("--by is for --profile");
  }

  @Test
  void aProfileIsWrittenAsAPictureAndAsAPage() throws IOException {
    Path plot = folder.resolve("profile.svg");
    Path page = folder.resolve("profile.html");
    accepted(
        "bench",
        "simple-cnn",
        "-e",
        "native",
        "--profile",
        "--warmup",
        "0",
        "--runs",
        "5",
        "--plot",
        plot.toString(),
        "--html",
        page.toString());
    assertThat(plot).content().startsWith("<svg").contains("conv_2", "prefers-color-scheme");
    assertThat(page).content().contains("conv_2", "<svg", "By module", "default-src 'none'");
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void theSuiteWritesAPageAndAChartBesideIt() throws IOException {
    Path page = folder.resolve("page.md");
    String[] words = {"bench", "--suite", "--only", "parameter", "--warmup", "0", "--seconds", "0"};
    String[] all =
        Stream.concat(Stream.of(words), Stream.of("--out", page.toString())).toArray(String[]::new);
    assertThat(accepted(all)).contains("parameter, batch 1, 2 threads, vector: ort / native");
    assertThat(page)
        .content()
        .contains("| parameter | ", "](page.svg)", "native (scalar)", "cores");
    assertThat(folder.resolve("page.svg")).content().contains("<svg", "parameter", "</svg>");
    assertThat(refused("bench", "--suite", "--only", "resnet81")).contains("did you mean resnet18");
    assertThat(refused("bench", "resnet18", "--suite")).contains("either one MODEL or --suite");
  }
}
