package dev.sardonyx.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.onnx.Onnx;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What still works when jars are missing, in JVMs of their own with smaller class paths. */
class ClassPathTest {
  @TempDir Path folder;

  private record Result(int status, String output) {}

  private Result run(List<String> without, String... arguments)
      throws IOException, InterruptedException {
    return run(without, List.of("--add-modules", "jdk.incubator.vector"), arguments);
  }

  private Result run(List<String> without, List<String> flags, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(flags);
    all.add("--enable-native-access=ALL-UNNAMED");
    return start(without, all, arguments);
  }

  private Result start(List<String> without, List<String> flags, String... arguments)
      throws IOException, InterruptedException {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String classPath =
        Arrays.stream(all.split(File.pathSeparator))
            .filter(
                entry ->
                    without.stream().noneMatch(part -> new File(entry).getPath().contains(part)))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath));
    command.add("dev.sardonyx.runtime.cli.Main");
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private static final List<String> ONNX_RUNTIME = List.of("onnxruntime");
  private static final List<String> BRIDGE = List.of("onnxruntime", "onnx-bridge", "protobuf-java");

  @Test
  void withoutOnnxRuntimeCheckComparesWhatIsThereAndSaysWhatIsNot() throws Exception {
    Result check = run(ONNX_RUNTIME, "check", "simple-ffn");
    assertThat(check.output())
        .contains("PASS", "engine ort is left out", "com.microsoft.onnxruntime:onnxruntime");
    assertThat(check.status()).isZero();
  }

  @Test
  void withoutOnnxRuntimeAskingForItSaysWhatToAdd() throws Exception {
    Result check = run(ONNX_RUNTIME, "check", "simple-ffn", "-e", "native", "-e", "ort");
    assertThat(check.output()).contains("com.microsoft.onnxruntime:onnxruntime");
    assertThat(check.status()).isEqualTo(2);
    Result run = run(ONNX_RUNTIME, "run", "parameter", "-e", "ort");
    assertThat(run.output()).contains("com.microsoft.onnxruntime:onnxruntime");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void withoutOnnxRuntimeModelsAreExportedAndReadBack() throws Exception {
    String file = folder.resolve("ffn.onnx").toString();
    assertThat(run(ONNX_RUNTIME, "export", "simple-ffn", "-o", file).status()).isZero();
    Result inspect = run(ONNX_RUNTIME, "inspect", file);
    assertThat(inspect.output()).contains("2 Gemm");
    assertThat(inspect.status()).isZero();
  }

  @Test
  void withNativeAccessDeniedAndWithoutOnnxRuntimeCasesRun() throws Exception {
    List<String> words =
        List.of("conformance", "--cases", "src/test/conformance/cases", "--out", folder.toString());
    Result result =
        start(
            ONNX_RUNTIME,
            List.of("--illegal-native-access=deny", "--add-modules", "jdk.incubator.vector"),
            words.toArray(String[]::new));
    assertThat(result.output()).contains("\"ok\": ", "\"engine\": \"java\"");
    assertThat(result.status()).isZero();
    assertThat(folder.resolve("arithmetic/abs/test_data_set_0/output_0.pb")).exists();
  }

  @Test
  void withNativeAccessDeniedOnnxRuntimeIsRefused() throws Exception {
    Result check =
        start(
            List.of(),
            List.of("--illegal-native-access=deny", "--add-modules", "jdk.incubator.vector"),
            "run",
            "parameter",
            "-e",
            "ort");
    assertThat(check.output()).contains("does not start", "--enable-native-access");
    assertThat(check.status()).isEqualTo(2);
  }

  @Test
  void withNeitherBridgeNorProtobufModelsRunNatively() throws Exception {
    Result bench = run(BRIDGE, "bench", "simple-ffn", "--warmup", "0", "--seconds", "0");
    assertThat(bench.output()).contains("native");
    assertThat(bench.status()).isZero();
    assertThat(run(BRIDGE, "check", "resnet18-cifar").status()).isZero();
  }

  @Test
  void withNeitherBridgeNorProtobufAFileSaysWhatToAdd() throws Exception {
    Result inspect = run(BRIDGE, "inspect", "model.onnx");
    assertThat(inspect.output()).contains("dev.sardonyx:sardonyx-onnx-bridge");
    assertThat(inspect.status()).isEqualTo(2);
  }

  @Test
  void withoutModelsCommandsForAllSayWhatAModelIs() throws Exception {
    List<String> models =
        Stream.of(SimpleFfn.class, ClassPathTest.class)
            .map(
                type ->
                    new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()))
            .map(File::getPath)
            .toList();
    for (String[] words : new String[][] {{"export", "--all", "-o", "x"}, {"check", "--all"}}) {
      Result result = run(models, words);
      assertThat(result.output()).contains("no model on the class path", "@Model", "--models");
      assertThat(result.status()).isEqualTo(2);
    }
    assertThat(run(models, "models").output()).contains("no model on the class path");
  }

  @Test
  void withoutTheVectorModuleScalarKernelsServeAndSayHowToBeFaster() throws Exception {
    List<String> flags = List.of("-Dsardonyx.kernels=vector");
    Result doctor = run(List.of(), flags, "doctor");
    assertThat(doctor.output()).contains("scalar kernels", "--add-modules jdk.incubator.vector");
    assertThat(run(List.of(), flags, "check", "simple-cnn").status()).isZero();
  }

  /** As on a Java runtime that is no JDK: it has no compiler. */
  @Test
  void withoutACompilerTheSourcesAreWrittenAndTheProofIsMissing() throws Exception {
    Path onnx = folder.resolve("m.onnx");
    Onnx.export(new SimpleFfn(), onnx);
    List<String> flags =
        List.of(
            "--limit-modules",
            "java.se,jdk.unsupported,jdk.incubator.vector",
            "--add-modules",
            "jdk.incubator.vector");
    String sources = folder.resolve("sources").toString();
    String[] generate = {
      "generate", onnx.toString(), "--package", "com.acme", "--class", "Ffn", "-o", sources
    };
    Result result = run(List.of(), flags, generate);
    assertThat(result.status()).as(result.output()).isEqualTo(1);
    assertThat(result.output())
        .contains("the proof is missing: there is no Java compiler", "run on a JDK", "--no-proof");
    assertThat(Path.of(sources, "com", "acme", "Ffn.java")).exists();
    String[] unproved = Arrays.copyOf(generate, generate.length + 2);
    unproved[generate.length] = "--force";
    unproved[generate.length + 1] = "--no-proof";
    assertThat(run(List.of(), flags, unproved).status()).isZero();
  }
}
