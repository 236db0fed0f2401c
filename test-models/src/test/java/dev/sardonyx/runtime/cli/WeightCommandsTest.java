package dev.sardonyx.runtime.cli;

import static dev.sardonyx.runtime.cli.CommandLineTest.accepted;
import static dev.sardonyx.runtime.cli.CommandLineTest.refused;
import static dev.sardonyx.runtime.cli.CommandLineTest.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.models.ParameterModel;
import dev.sardonyx.runtime.checkpoint.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights from files on the command line. */
class WeightCommandsTest {
  @TempDir Path folder;

  private String file(String name, Map<String, Tensor> entries) {
    Path file = folder.resolve(name);
    new StateDict(new LinkedHashMap<>(entries)).write(file);
    return file.toString();
  }

  private String doubled(String name, String key) {
    return file(name, Map.of(key, new ParameterModel().stateDict().get("weight").mul(2)));
  }

  private String x() {
    Path x = folder.resolve("x.npy");
    Npy.write(x, Tensor.ones(1, 3));
    return "x=" + x;
  }

  @Test
  void aModelRunsIsCheckedAndExportedWithWeightsFromAFile() {
    String weights = doubled("w.safetensors", "weight");
    Path y = folder.resolve("y.npy");
    accepted("run", "parameter", "-i", x(), "-o", "output=" + y, "--weights", weights);
    assertThat(Npy.read(y).floats()).containsExactly(24, 30, 36);
    assertThat(accepted("check", "parameter", "--weights", weights)).contains("PASS");
    Path onnx = folder.resolve("p.onnx");
    accepted("export", "parameter", "-o", onnx.toString(), "--weights", weights);
    accepted("run", onnx.toString(), "-i", x(), "-o", "output=" + y);
    assertThat(Npy.read(y).floats()).containsExactly(24, 30, 36);
  }

  @Test
  void namesAreMadeToFit() {
    String weights = doubled("w.safetensors", "module.net.weight");
    String[] run = {"run", "parameter", "-i", x(), "--weights", weights};
    assertThat(refusedAtLength(run))
        .contains(
            "0 loaded, 1 missing, 1 unexpected, in " + weights + "\n",
            "--strip-prefix module.net.\n");
    assertThat(accepted(with(run, "--strip-prefix", "module.", "--strip-prefix", "net.")))
        .contains("24.0");
    assertThat(accepted(with(run, "--rename", "^module\\.(net)\\.=$1_", "--rename", "net_=")))
        .contains("24.0");
  }

  @Test
  void partOfTheWeightsIsLoadedWhereAskedForAndTheRestIsSaid() {
    String weights = file("w.safetensors", Map.of("other", Tensor.ones(1)));
    var result = run("run", "parameter", "-i", x(), "--weights", weights, "--partial");
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("12.0");
    assertThat(result.err()).contains("fits in part", "1 missing, 1 unexpected", "other");
  }

  @Test
  void otherElementTypesAreCastWhereAskedFor() {
    var half = new ParameterModel().stateDict().convert(DType.FLOAT16);
    String weights = file("half.safetensors", half.entries());
    String[] run = {"run", "parameter", "-i", x(), "--weights", weights};
    assertThat(refusedAtLength(run)).contains("float16[3, 3]", "--cast");
    assertThat(accepted(with(run, "--cast"))).contains("12.0");
  }

  @Test
  void convertKeepsNamesOrderAndNumbers() {
    String pth = file("a.pth", Map.of("module.w", Tensor.of(new float[] {1, 2.5f}, 2)));
    Path out = folder.resolve("b.safetensors");
    assertThat(accepted("convert", pth, out.toString(), "--strip-prefix", "module."))
        .contains("wrote " + out, "1 tensors");
    assertThat(StateDict.read(out).get("w").floats()).containsExactly(1, 2.5f);
    accepted("convert", out.toString(), pth, "--dtype", "bfloat16");
    assertThat(StateDict.read(Path.of(pth)).get("w").dtype()).isEqualTo(DType.BFLOAT16);
    assertThat(accepted("convert", pth, out.toString(), "--json")).contains("\"tensors\": 1");
  }

  @Test
  void inspectShowsTheRangeOfEachTensor() {
    String weights =
        file("w.safetensors", Map.of("w", Tensor.of(new float[] {-1, Float.NaN, 2, 2}, 2, 2)));
    assertThat(accepted("inspect", weights))
        .containsPattern("w +float32 +\\[2, 2\\] +-1 +2 +1 +1")
        .contains("1 tensors, 4 elements, 16 bytes, 1 NaN");
    assertThat(accepted("inspect", weights, "--json"))
        .isEqualTo(
            "{\"name\": \"w\", \"dtype\": \"float32\", \"shape\": [2, 2], \"bytes\": 16,"
                + " \"min\": -1.0, \"max\": 2.0, \"mean\": 1.0, \"nan\": 1}\n");
  }

  @Test
  void wrongUseIsRefused() throws IOException {
    String weights = doubled("w.safetensors", "weight");
    assertThat(refused("run", "parameter", "-i", x(), "--partial"))
        .contains("--partial wants --weights FILE");
    assertThat(refused("check", "--all", "--weights", weights)).contains("one MODEL");
    assertThat(refused("run", "parameter", "--weights", weights, "--rename", "a"))
        .contains("REGEX=TEXT");
    assertThat(refused("run", "parameter", "--weights", weights, "--rename", "(=b"))
        .contains("no regular expression");
    assertThat(refused("run", "parameter", "--weights", "missing.pth")).contains("missing.pth");
    assertThat(refused("convert", weights)).contains("convert wants FROM TO");
    assertThat(refused("convert", weights, folder.resolve("w.h5").toString())).contains("w.h5");
    assertThat(refused("convert", weights, weights, "--dtype", "int8")).contains("floating-point");
    assertThat(refused("check", weights)).contains("[.onnx]", "MODEL --weights " + weights);
    assertThat(refused("inspect", weights, "--graph")).contains("--graph is for models");
    assertThat(refused("inspect", "parameter", "--key", "a")).contains("--key is for files");
    Path text = Files.writeString(folder.resolve("t.pth"), "these are no weights, but words");
    assertThat(refused("inspect", text.toString())).contains("t.pth", "text file");
    Path onnx = folder.resolve("p.onnx");
    accepted("export", "parameter", "-o", onnx.toString());
    assertThat(refused("check", onnx.toString(), "--weights", weights)).contains("has its own");
  }

  private static String refusedAtLength(String... words) {
    var result = run(words);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    return result.err();
  }

  private static String[] with(String[] words, String... more) {
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }
}
