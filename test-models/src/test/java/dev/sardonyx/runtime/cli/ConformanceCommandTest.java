package dev.sardonyx.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.runtime.cli.CommandLineTest.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of conformance on small cases; src/test/conformance/generate.py writes them. */
class ConformanceCommandTest {
  private static final Path CASES = Path.of("src/test/conformance/cases");

  @TempDir Path out;

  private Result run(String... more) {
    String[] words = {"conformance", "--cases", CASES.toString(), "--out", out.toString()};
    return CommandLineTest.run(
        Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new));
  }

  private String lineOf(String name, String... more) {
    List<String> lines =
        run(Stream.concat(Stream.of("--only", name), Stream.of(more)).toArray(String[]::new))
            .out()
            .lines()
            .toList();
    assertThat(lines).hasSize(2);
    return lines.getFirst();
  }

  private Map<String, String> written() throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      Map<String, String> result = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        result.put(out.relativize(file).toString(), new String(bytes, StandardCharsets.ISO_8859_1));
      }
      return result;
    }
  }

  @Test
  void everyDataSetIsOneLineInOrderAndTheLastLineCountsThem() {
    Result result = run("--only", "arithmetic/*");
    assertThat(result.status()).isZero();
    assertThat(result.out().lines().filter(line -> line.contains("many_sets")))
        .satisfiesExactly(
            first -> assertThat(first).contains("\"test_data_set_0\""),
            second -> assertThat(second).contains("\"test_data_set_2\""),
            third -> assertThat(third).contains("\"test_data_set_10\""));
    assertThat(result.out().lines().toList().getLast())
        .startsWith(
            "{\"summary\": true, \"cases\": 10, \"ok\": 10, \"unsupported\": 0, \"error\": 0,"
                + " \"timeout\": 0, \"engine\": \"java\", \"version\": \"");
  }

  @Test
  void aLineHasThePartsOfTheContract() {
    assertThat(lineOf("abs"))
        .matches(
            "\\{\"case\": \"arithmetic/abs\", \"dataset\": \"test_data_set_0\", \"status\": \"ok\","
                + " \"engine\": \"java\", \"load_ms\": [0-9.]+, \"run_ms\": [0-9.]+}");
  }

  @ParameterizedTest
  @CsvSource({
    "operator, load, op:com.example:Nothing:1",
    "opset, parse, opset:ai.onnx:1000",
    "ir, parse, ir:1000",
  })
  void refusalsHaveACode(String name, String stage, String reason) {
    assertThat(lineOf("refused/" + name))
        .contains("\"status\": \"unsupported\", \"stage\": \"" + stage + "\"")
        .contains("\"reason\": \"" + reason + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "model, Format: model.onnx",
    "input, Format: input_0.pb",
    "input_type, Format: input_0.pb: expected a tensor of float32",
    "input_missing, File: input_0.pb",
    "input_beyond, Input: the data set has more inputs",
  })
  void whatCannotBeMatchedIsAnError(String name, String reason) {
    assertThat(lineOf("broken/" + name))
        .contains("\"status\": \"error\", \"stage\": \"parse\", \"reason\": \"" + reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "ort"})
  void outputsAreThereForWhatRanAloneAndTheSameASecondTime(String engine) throws IOException {
    assertThat(run("--engine", engine, "--jobs", "2").status()).isZero();
    Map<String, String> first = written();
    assertThat(first).containsKey("arithmetic/abs/test_data_set_0/output_0.pb");
    assertThat(first.keySet()).noneMatch(file -> file.startsWith("refused"));
    run("--engine", engine);
    assertThat(written()).isEqualTo(first);
  }

  @Test
  void bothEnginesWriteTheSameBytesOfTheseCases() throws IOException {
    run("--engine", "java", "--only", "arithmetic/*");
    Map<String, String> ours = written();
    assertThat(lineOf("abs", "--engine", "ort")).contains("\"engine\": \"ort\"");
    run("--engine", "ort", "--only", "arithmetic/*");
    assertThat(written()).isEqualTo(ours);
  }

  @Test
  void theJudgeCountsByFolderAndGroupsReasons() {
    Result result = run("--judge");
    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    String tables =
        result
            .out()
            .lines()
            .map(line -> line.replaceAll(" +", " "))
            .collect(Collectors.joining("\n"));
    assertThat(tables)
        .contains("folder cases passed wrong unsupported error timeout unjudged")
        .contains("arithmetic 8 5 2 0 0 0 1", "broken 6 0 0 0 6 0 0", "refused 3 0 0 3 0 0 0")
        .contains("1 wrong output 0 is float32[3], expected float32[2] arithmetic/wrong_shape")
        .contains("output 0[1] is 2.5, expected 2.4", "1 unsupported ir:1000 refused/ir")
        .contains("bad data: expected a tensor of float32, found uint16[1] broken/expected");
  }

  @ParameterizedTest
  @CsvSource({"native, 3 +0 +0", "ort, 2 +0 +1"}) // ONNX Runtime gives no absent optional
  void stringsSequencesAndOptionalsPassThroughBothEngines(String engine, String counts) {
    assertThat(run("--only", "values/*", "--judge", "--engine", engine).out())
        .containsPattern("values +3 +" + counts + " +0 +0 +0");
  }

  @Test
  void theJudgeSpeaksJsonAsWell() {
    assertThat(lineOf("wrong_shape", "--judge", "--json"))
        .contains("\"status\": \"ok\"", "\"verdict\": \"wrong\"", "expected float32[2]");
  }

  @Test
  void aListOfKnownFailuresIsHeldTo() throws IOException {
    Path list = out.resolve("list.tsv");
    Files.writeString(
        list, "arithmetic/wrong_number\twrong\tby design\narithmetic/abs\terror\tno longer\n");
    Result result = run("--only", "arithmetic/*", "--expect", list.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err().lines())
        .containsExactly(
            "arithmetic/abs: passes, the list says error; take it off",
            "arithmetic/unjudged: must pass, is unjudged: there is nothing to compare with",
            "arithmetic/wrong_shape: must pass, is wrong: output 0 is float32[3], expected"
                + " float32[2]",
            "3 cases are not as " + list + " says");
    Files.writeString(list, "arithmetic/wrong_number\twrong\tby design\n");
    assertThat(run("--only", "*_number", "--expect", list.toString()).status()).isZero();
  }

  @Test
  void wrongUseIsOneLineAndNothingRuns() {
    String cases = CASES.toString();
    String folder = out.toString();
    assertThat(CommandLineTest.refused("conformance", "--cases", cases)).contains("--out");
    assertThat(CommandLineTest.refused("conformance", "--cases", "absent", "--out", folder))
        .contains("absent", "there is no such file");
    assertThat(
            CommandLineTest.refused(
                "conformance", "--cases", cases, "--out", folder, "--only", "nothing"))
        .contains("no case nothing");
    assertThat(
            CommandLineTest.refused(
                "conformance", "--cases", cases, "--out", folder, "--only", "[")) // no end
        .contains("glob");
    assertThat(
            CommandLineTest.refused(
                "conformance", "--cases", cases, "--out", folder, "--timeout-ms", "0"))
        .contains("--timeout-ms");
    assertThat(
            CommandLineTest.refused(
                "conformance", "--cases", cases, "--out", folder, "--engine", "jav"))
        .contains("jav");
  }
}
