package dev.sardonyx.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Onnx;
import dev.sardonyx.runtime.checkpoint.Npy;
import dev.sardonyx.runtime.machine.Processor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @TempDir Path folder;

  record Result(int status, String out, String err) {}

  static Result run(String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console =
        new Console(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    int status = new CommandLineTool(console).run(words);
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** One line on stderr, exit code 2, nothing on stdout. */
  static String refused(String... words) {
    Result result = run(words);
    assertThat(result.status()).as(result.toString()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines()).hasSize(1);
    return result.err();
  }

  static String accepted(String... words) {
    Result result = run(words);
    assertThat(result.status()).as(result.toString()).isZero();
    assertThat(result.err()).isEmpty();
    return result.out();
  }

  @Test
  void modelsListsEveryRegisteredModel() {
    assertThat(accepted("models"))
        .contains("resnet18", "float32[batch, 3, 224, 224]", "simple-ffn", "output0, output1");
  }

  @Test
  void anEngineIsNotCheckedAgainstItself() {
    assertThat(refused("check", "parameter", "-e", "native", "-e", "native"))
        .contains("engines that differ", "[native, native]");
  }

  @Test
  void theListingsOfMachineCodeCanBeWritten(@TempDir Path folder) throws IOException {
    assumeThat(Processor.current().has(Processor.Level.AVX512)).isTrue();
    String dump = folder.resolve("listings").toString();
    Result result = run("check", "simple-ffn", "--dump-kernels", dump);
    assertThat(result.status()).isZero();
    assertThat(result.err()).contains(" kernels written to " + dump);
    try (Stream<Path> files = Files.list(Path.of(dump))) {
      assertThat(files.filter(file -> file.toString().contains("-product")))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file).content().contains("vfmadd231ps zmm", "ret"));
    }
  }

  @Test
  void checkPrintsATableAndTheVerdict() {
    assertThat(accepted("check", "simple-cnn"))
        .contains("max abs", "rel L2", "ULP", "native / ort", "eager / ort", "time per run")
        .endsWith("verdict: PASS\n");
  }

  @Test
  void checkAsJsonEndsWithTheVerdict() {
    assertThat(accepted("check", "simple-ffn", "--json", "--dim", "batch=3"))
        .contains("\"type\": \"float32[3, 10]\"")
        .endsWith("\"verdict\": \"pass\"}\n");
  }

  @Test
  void summaryCountsParametersAndMultiplyAdds() {
    assertThat(accepted("summary", "resnet18"))
        .contains("conv1 (Conv2d)", "[batch, 3, 224, 224]   [batch, 64, 112, 112]", "layer4")
        .contains("parameters: 11,689,512 (trainable 11,689,512, frozen 0)")
        .contains("multiply-adds: 1,814,073,344", "inputs 0.60 MB");
    assertThat(accepted("summary", "residual-block")).contains("{batch=1, height=32, width=32}");
  }

  @Test
  void summaryOfABrokenModelShowsTheTableUpToTheClash() {
    Result result = run("summary", "broken-shapes");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).contains("[batch, 8, 26, 26]", "[batch, 5408]");
    assertThat(result.out().lines().filter(line -> line.contains("Linear")))
        .singleElement(InstanceOfAssertFactories.STRING)
        .doesNotContain("[batch");
    assertThat(result.err()).contains("5408", "1000", "BrokenShapes.java:", "fc");
  }

  @Test
  void runKeepsTheLimitsThatAreAsked() {
    Path x = folder.resolve("x.npy");
    Npy.write(x, Tensor.zeros(2, 784));
    String[] run = {"run", "simple-ffn", "-i", "x=" + x};
    assertThat(accepted(with(run, "--memory", "100M", "--trips", "5", "--deadline", "30.5")))
        .contains("float32[2, 10]");
    assertThat(refused(with(run, "--memory", "10K"))).contains("Limit", "budget", "10240 bytes");
    assertThat(refused(with(run, "--deadline", "0"))).contains("deadline of PT0S");
    assertThat(refused(with(run, "--deadline", "5s"))).contains("wants seconds", "'5s'");
    assertThat(refused(with(run, "--memory", "2GB"))).contains("wants bytes", "'2GB'");
    assertThat(refused(with(run, "--memory", "9000000000T"))).contains("64 bits");
    assertThat(refused(with(run, "--trips", "many"))).contains("--trips", "'many'");
    assertThat(refused(with(run, "--deadline", "1", "-e", "ort"))).contains("keeps no deadline");
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void exportRunsAndIsReadBack() {
    Path file = folder.resolve("cnn.onnx");
    assertThat(accepted("export", "simple-cnn", "-o", file.toString())).contains("wrote");
    assertThat(accepted("inspect", file.toString())).contains("2 Conv", "float32[batch, 10]");
    assertThat(accepted("check", file.toString())).contains("PASS");
  }

  @Test
  void runReadsAndWritesDataMessages() throws IOException {
    Path cases = Path.of("src/test/conformance/cases/values");
    for (String name : List.of("strings", "sequence", "optional")) {
      String model = cases.resolve(name).resolve("model.onnx").toString();
      Path x = cases.resolve(name).resolve("test_data_set_0/input_0.pb");
      Path y = folder.resolve("y.pb");
      assertThat(accepted("run", model, "-i", "x=" + x, "-o", "y=" + y)).startsWith("y: ");
      Path again = folder.resolve("again.pb");
      accepted("run", model, "-i", "x=" + y, "-o", "y=" + again);
      assertThat(again).hasSameBinaryContentAs(y);
      assertThat(accepted("check", model)).contains("y       native / ort", "PASS");
      assertThat(accepted("check", model, "-i", "x=" + x)).contains("PASS");
    }
    String sequence = cases.resolve("sequence/model.onnx").toString();
    Path x = cases.resolve("sequence/test_data_set_0/input_0.pb");
    assertThat(accepted("run", sequence, "-i", "x=" + x)).contains("sequence of 2: float32[2]");
    assertThat(refused("run", sequence, "-i", "x=" + x, "-o", "y=" + folder.resolve("y.npy")))
        .contains("a .npy file cannot hold");
    assertThat(refused("run", sequence, "-i", "z=" + x)).contains("there is no input 'z'");
  }

  @Test
  void whereTheModelRefusesInputsItIsSaidThatTheyAreRandom() throws IOException {
    var builder = new GraphBuilder("reshape");
    Value x = builder.input("x", TensorType.of(DType.FLOAT32, 2L, 3L));
    Value shape = builder.input("shape", TensorType.of(DType.INT64, 1L));
    var node = builder.add(new Reshape(false), List.of(x, shape), Origin.unknown());
    Path model = folder.resolve("reshape.onnx");
    Files.write(model, Onnx.bytes(builder.build(node.outputs(), Map.of()), Onnx.DEFAULT_OPSET));
    assertThat(refused("check", model.toString()))
        .contains("[Shape] Reshape", "the inputs were random", "-i NAME=FILE");
    Path values = folder.resolve("x.npy");
    Npy.write(values, Tensor.ones(2, 3));
    Path sizes = folder.resolve("shape.npy");
    for (long size : new long[] {6, 7}) {
      Npy.write(sizes, Tensor.of(new long[] {size}, 1));
      String[] words = {"check", model.toString(), "-i", "x=" + values, "-i", "shape=" + sizes};
      String told = size == 6 ? accepted(words) : refused(words);
      assertThat(told).doesNotContain("random").contains(size == 6 ? "PASS" : "Reshape");
    }
  }

  @Test
  void runReadsAndWritesArrays() {
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(x, Tensor.ones(2, 3));
    accepted("run", "parameter", "-i", "x=" + x, "-o", "output=" + y);
    assertThat(Npy.read(y).floats()).containsExactly(12, 15, 18, 12, 15, 18);
    accepted("run", "parameter", "-i", "x=" + x, "-o", "output=" + y, "-e", "ort");
    assertThat(Npy.read(y).floats()).containsExactly(12, 15, 18, 12, 15, 18);
  }

  @Test
  void aChoiceShowsInTheGraphAndInItsFile() {
    assertThat(accepted("inspect", "module-dict", "--graph"))
        .contains("MyModule[activations=prelu, choices=conv](x: ");
    Path file = folder.resolve("choice.onnx");
    accepted("export", "module-dict", "-o", file.toString());
    assertThat(accepted("inspect", file.toString()))
        .contains("choice.choices = conv", "choice.activations = prelu");
  }

  @Test
  void inspectPrintsTheGraphWithSourceLines() {
    assertThat(accepted("inspect", "simple-ffn", "--graph"))
        .contains("= Gemm[transB=1](x, fc1.weight, fc1.bias)", "SimpleFfn.java:");
  }

  @Test
  void doctorTellsTheStateOfTheEngines() {
    assertThat(accepted("doctor"))
        .contains("java", "cores", "engine native", "engine ort", "1.29.0");
  }

  @Test
  void doctorRunsAllMachineCodeWhereThereIsSome() {
    assertThat(accepted("doctor", "--self-test")).containsAnyOf("PASS: ", "nothing to test: ");
    assertThat(accepted("doctor", "--self-test", "--json")).contains("\"verdict\": \"");
  }

  @Test
  void theAheadOfTimeCacheIsMadeFromTheJarByCommandsOnModels() {
    assertThat(accepted("aot-cache", "--train", "simple-ffn")).isEmpty();
    assertThat(refused("aot-cache")).contains("but this runs from the class path");
    assertThat(refused("aot-cache", "--train", "simple-ffm")).contains("did you mean simple-ffn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models",
        "summary",
        "export",
        "run",
        "check",
        "bench",
        "inspect",
        "convert",
        "doctor",
        "aot-cache"
      })
  void everyCommandHasHelp(String command) {
    assertThat(accepted(command, "--help")).startsWith("Usage: sardonyx " + command);
    assertThat(accepted("help", command)).startsWith("Usage: sardonyx " + command);
    assertThat(accepted("--help")).contains(command);
  }

  @Test
  void anUnknownModelNamesTheNearest() {
    assertThat(refused("check", "resnet81")).contains("did you mean resnet18");
  }

  @Test
  void anUnknownCommandNamesTheNearest() {
    assertThat(refused("chekc", "resnet18")).contains("did you mean check");
  }

  @Test
  void anUnknownOptionNamesTheNearest() {
    assertThat(refused("check", "resnet18", "--jsn")).contains("--jsn", "did you mean --json");
  }

  @Test
  void anUnknownStorageOfWeightsNamesAll() {
    for (String command : List.of("run", "check", "bench")) {
      assertThat(refused(command, "simple-ffn", "--weights-as", "int3"))
          .contains("--weights-as", "float32, bf16, fp16, int8, int4", "int3");
    }
  }

  @Test
  void missingArgumentsAreSaid() {
    assertThat(refused("summary")).contains("summary wants MODEL");
    assertThat(refused("check")).contains("--all");
    assertThat(refused("check", "simple-ffn", "--all")).contains("--all");
    assertThat(run().status()).isEqualTo(2);
  }

  @Test
  void aMissingOrBrokenFileIsNamed() throws IOException {
    assertThat(refused("inspect", "missing.onnx")).contains("missing.onnx", "no such file");
    Path broken = Files.writeString(folder.resolve("broken.onnx"), "this is no model");
    assertThat(refused("check", broken.toString())).contains("broken.onnx");
    assertThat(refused("run", "parameter", "-i", "x=missing.npy")).contains("missing.npy");
    assertThat(refused("inspect", folder.toString())).contains(folder.toString());
    Path array = Files.writeString(folder.resolve("x.npy"), "this is no array");
    assertThat(refused("run", "parameter", "-i", "x=" + array)).contains("x.npy");
  }

  @Test
  void wrongInputsNameBothSides() {
    Path x = folder.resolve("x.npy");
    Npy.write(x, Tensor.ones(2, 4));
    assertThat(refused("run", "parameter", "-i", "x=" + x))
        .contains("float32[batch, 3]", "float32[2, 4]");
    assertThat(refused("run", "parameter", "-i", "z=" + x)).contains("'z'", "x: float32[batch, 3]");
    assertThat(refused("run", "parameter")).contains("'x' is missing");
    assertThat(refused("check", "parameter", "-i", "z=" + x)).contains("'z'");
    Npy.write(x, Tensor.of(new double[6], 2, 3));
    assertThat(refused("run", "parameter", "-i", "x=" + x))
        .contains("float32[batch, 3]", "float64[2, 3]");
    assertThat(refused("run", "parameter", "-i", "x")).contains("NAME=VALUE");
    assertThat(refused("check", "parameter", "--dim", "batsch=2")).contains("'batsch'", "batch");
    assertThat(refused("check", "parameter", "--dim", "batch=two")).contains("'two'");
  }

  @Test
  void anUnwritableFolderIsNamed() {
    String file = folder.resolve("no/such/folder/f.onnx").toString();
    assertThat(refused("export", "parameter", "-o", file)).contains("no/such/folder");
    Path y = folder.resolve("no/y.npy");
    Path x = folder.resolve("x.npy");
    Npy.write(x, Tensor.ones(1, 3));
    assertThat(refused("run", "parameter", "-i", "x=" + x, "-o", "output=" + y)).contains("no");
  }

  @Test
  void anOpsetThatLacksAnOperatorIsRefused() {
    String file = folder.resolve("f.onnx").toString();
    assertThat(refused("export", "parameter", "-o", file, "--opset", "99")).contains("99");
  }

  @Test
  void cudaWithoutAGpuIsRefusedAndNeverReplaced() {
    Path x = folder.resolve("x.npy");
    Npy.write(x, Tensor.ones(1, 3));
    assertThat(refused("run", "parameter", "-i", "x=" + x, "-e", "ort@cuda")).contains("CUDA");
    assertThat(refused("run", "parameter", "-i", "x=" + x, "-e", "native@cuda"))
        .contains("the native engine computes on CPU, not on CUDA");
    assertThat(refused("check", "parameter", "-e", "native", "-e", "ort@cuda")).contains("CUDA");
    assertThat(refused("bench", "parameter", "-e", "ort@cuda")).contains("CUDA");
    assertThat(refused("check", "parameter", "-e", "native", "-e", "ort@gpu"))
        .contains("no device 'gpu'; expected one of [cpu, cuda]");
  }

  @Test
  void whatIsGivenTwiceIsRefusedAndNotDropped() {
    assertThat(refused("run", "parameter", "-i", "x=a.npy", "-i", "x=b.npy"))
        .contains("--input", "'x'", "a.npy and b.npy");
    assertThat(refused("run", "parameter", "-e", "native", "-e", "ort"))
        .contains("--engine may be given once, found native and ort");
    assertThat(refused("check", "parameter", "--dim", "batch=2", "--dim", "batch=3"))
        .contains("--dim may be given once for 'batch', found 2 and 3");
    assertThat(refused("export", "parameter", "--seed", "1", "--seed", "2")).contains("1 and 2");
  }

  @Test
  void numbersOutOfBoundsAreRefusedAsTheyWereGiven() {
    String file = folder.resolve("f.onnx").toString();
    assertThat(refused("export", "parameter", "-o", file, "--opset", "99999999999999"))
        .contains("found 99999999999999");
    assertThat(refused("export", "parameter", "-o", file, "--opset", "0")).contains("found 0");
    assertThat(refused("bench", "parameter", "--seconds", "9999999")).contains("within 0 and 3600");
  }

  @Test
  void anUnknownCommandHasNoHelp() {
    assertThat(refused("help", "chekc")).contains("did you mean check");
  }

  @Test
  void inspectAsJsonHasTheGraphAndTheWeightsWhenAskedFor() {
    assertThat(accepted("inspect", "parameter", "--json", "--graph", "--weights"))
        .contains("\"program\": \"", "MatMul(x, weight)", "\"weights\": [{\"name\"")
        .hasLineCount(1);
    assertThat(accepted("inspect", "parameter", "--json")).doesNotContain("program", "\"weights\"");
  }

  @Test
  void shapesInJsonAreNumbers() {
    Path x = folder.resolve("x.npy");
    Npy.write(x, Tensor.ones(2, 3));
    assertThat(accepted("run", "parameter", "-i", "x=" + x, "--json"))
        .contains("\"shape\": [2, 3]");
  }

  @Test
  void doctorTellsTheMemory() {
    assertThat(accepted("doctor")).contains("MiB free", "heap of at most");
  }

  @Test
  void doctorTellsWhatMachineCodeUses() {
    assertThat(accepted("doctor")).contains("machine code  ");
    assertThat(accepted("doctor", "--json")).contains("\"machine code\": ");
  }

  @Test
  void foldersWithoutModelsAreRefused() {
    assertThat(refused("models", "--models", folder.toString()))
        .contains("found none in " + folder, "annotation processor");
  }

  @Test
  void whatAModelThrowsIsTheModelsError() {
    assertThat(refused("check", "throwing-constructor"))
        .contains(
            "[Model] making dev.sardonyx.models.ThrowingConstructor threw"
                + " java.lang.IllegalStateException: no weights here, at ThrowingConstructor.java:");
    assertThat(refused("summary", "throwing-forward"))
        .contains("ArrayIndexOutOfBoundsException", "at ThrowingForward.java:");
  }

  @Test
  void noErrorLooksLikeAFailedCheck() {
    Result result = run("inspect", "endless-model", "--json");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out())
        .isEqualTo("{\"error\": \"Internal\", \"reason\": \"java.lang.StackOverflowError\"}\n");
  }

  @Test
  void anEndlessFileIsRefusedByItsBeginning() {
    Path endless = Path.of("/dev/zero");
    assumeThat(endless).exists();
    assertThat(refused("run", "parameter", "-i", "x=" + endless)).contains("[Format]", "/dev/zero");
  }

  /** Of another byte order and so to be copied; all but its beginning is a hole. */
  @Test
  void aFileThatDoesNotFitInMemoryIsNamed() throws IOException {
    long elements = 1L << 38;
    Path huge = folder.resolve("huge.npy");
    String header =
        "{'descr': '>f4', 'fortran_order': False, 'shape': (%d,), }".formatted(elements);
    try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
      file.writeBytes(header + " ".repeat(117 - header.length()) + "\n");
      file.setLength(128 + 4 * elements);
    }
    assertThat(refused("run", "parameter", "-i", "x=" + huge))
        .contains("[Limit]", "-XX:MaxDirectMemorySize", "in " + huge);
  }

  @Test
  void errorsAreJsonTooWhenAskedFor() {
    Result result = run("check", "resnet81", "--json");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).startsWith("{\"error\": \"NotFound\"");
  }
}
