package dev.sardonyx.runtime.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningFileTest {
  private static final Map<Way, Double> COSTS = Map.of(Way.PRODUCTS, 20.0, Way.WINOGRAD_2, 10.0);

  @TempDir Path folder;

  private TuningFile file(String version) {
    return new TuningFile(
        folder.resolve("new"), new TuningFile.Setting(version, "a processor", "kernels", 2));
  }

  private static void write(TuningFile file, String text) throws IOException {
    Files.createDirectories(file.path().getParent());
    Files.writeString(file.path(), text, StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatIsAddedIsReadAgainAndFoldersAreMade() throws IOException {
    assertThat(file("1").read()).isEmpty();
    file("1").add(Map.of("conv a", COSTS));
    assertThat(file("1").read()).isEqualTo(Map.of("conv a", COSTS));
    assertThat(Files.readString(file("1").path()))
        .isEqualTo(
            """
            sardonyx tuning 1
            version 1
            processor a processor
            kernels kernels
            threads 2
            conv a = products 20 ns, winograd-2 10 ns
            """);
    try (var files = Files.list(folder.resolve("new"))) {
      assertThat(files).as("nothing is left beside it").containsExactly(file("1").path());
    }
  }

  @Test
  void whatOthersHaveAddedMeanwhileStays() {
    file("1").add(Map.of("a", COSTS));
    TuningFile late = file("1");
    file("1").add(Map.of("b", COSTS));
    late.add(Map.of("a", Map.of(Way.CHAIN, 1.0)));
    assertThat(late.read()).isEqualTo(Map.of("a", Map.of(Way.CHAIN, 1.0), "b", COSTS));
  }

  @Test
  void anotherSettingHasAnotherFile() {
    file("1").add(Map.of("a", COSTS));
    assertThat(file("2").read()).isEmpty();
    assertThat(file("2").path()).isNotEqualTo(file("1").path());
  }

  @Test
  void whatIsDamagedIsIgnoredAndMadeAnew() throws IOException {
    TuningFile file = file("1");
    file.add(Map.of("a", COSTS));
    String right = Files.readString(file.path());
    List<String> wrong =
        List.of(
            "",
            "\0\u00ff\u0001",
            right.substring(0, right.length() - 5),
            right.replace("version 1", "version 2"),
            right + "a line\n",
            right + "b = \n",
            right + " = products 1 ns\n",
            right + "b = products 0 ns\n",
            right + "b = products -1 ns\n",
            right + "b = products 1e3 ns\n",
            right + "b = products NaN ns\n",
            right + "b = products 99999999999999 ns\n",
            right + "b = products 1 ns, products 2 ns\n",
            right + "b = no-way 1 ns\n",
            right + "b = products 1 ms\n",
            right + "x".repeat(700) + " = products 1 ns\n",
            right + "b = products 1 ns\n".repeat(4001),
            right + "\n".repeat(2_000_000));
    for (String text : wrong) {
      write(file, text);
      assertThat(file.read()).as(text.substring(0, Math.min(200, text.length()))).isEmpty();
      file.add(Map.of("c", COSTS));
      assertThat(file.read()).isEqualTo(Map.of("c", COSTS));
    }
  }

  @Test
  void aFileThatIsNoneCostsNoMoreThanAWarning() throws IOException {
    Files.createDirectories(file("1").path());
    assertThat(file("1").read()).isEmpty();
    file("1").add(Map.of("a", COSTS));
    assertThat(file("1").read()).isEmpty();
  }

  @Test
  void aFolderThatIsNoneCostsNoMoreThanAWarning() throws IOException {
    Files.writeString(folder.resolve("new"), "a file");
    file("1").add(Map.of("a", COSTS));
    assertThat(file("1").read()).isEmpty();
  }

  @Test
  void itDoesNotGrowWithoutEnd() {
    for (int i = 0; i < 3; i++) {
      Map<String, Map<Way, Double>> many = new HashMap<>();
      for (int j = 0; j < 1500; j++) {
        many.put(i + " " + j, COSTS);
      }
      file("1").add(many);
      assertThat(file("1").read()).containsAllEntriesOf(many).hasSizeLessThanOrEqualTo(4000);
    }
  }
}
