package dev.sardonyx.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.runtime.summary.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README's table for Keras users says, row by row. */
class KerasHabitsTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @TempDir Path folder;

  /** 0, 1, 2 and so on, scaled. */
  private static Tensor numbers(long... sizes) {
    int count = 1;
    for (long size : sizes) {
      count = Math.toIntExact(count * size);
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (i * 7 % 11 - 5) / 4f;
    }
    return Tensor.of(values, sizes);
  }

  private static void assertClose(Tensor found, Tensor expected) {
    assertThat(found.type()).isEqualTo(expected.type());
    assertThat(found.floats()).containsExactly(expected.floats(), within());
  }

  private static Offset<Float> within() {
    return Offset.offset(1e-5f);
  }

  @Test
  void denseIsLinearWithTheKernelTransposed() {
    Tensor kernel = numbers(784, 10);
    Tensor bias = numbers(10);
    Tensor x = numbers(2, 784);
    var dense = new Linear(784, 10);
    dense.weight().set(kernel.permute(1, 0));
    dense.bias().orElseThrow().set(bias);
    assertClose(dense.forward(x), x.matmul(kernel).add(bias));
  }

  @Test
  void anActivationIsALayerOfItsOwn() {
    var dense = new Sequential(new Linear(784, 10), new ReLU());
    for (float value : dense.forward(numbers(2, 784)).floats()) {
      assertThat(value).isNotNegative();
    }
  }

  @Test
  void functionalAddAndConcatenateAreOperations() {
    Tensor a = Tensor.ones(2, 3);
    Tensor b = Tensor.full(2, 2, 3);
    assertThat(a.add(b).floats()).containsOnly(3);
    assertThat(Tensor.cat(List.of(a, b), 1).shape().toString()).isEqualTo("[2, 6]");
  }

  @Test
  void imagesComeWithTheirChannelsFirst() {
    Tensor x = numbers(2, 4, 5, 3);
    Tensor nchw = x.permute(0, 3, 1, 2);
    assertThat(nchw.shape().toString()).isEqualTo("[2, 3, 4, 5]");
    assertThat(nchw.floats()[1]).isEqualTo(x.floats()[3]);
  }

  @Test
  void samePaddingIsHalfTheKernelAndKernelsAreTurned() {
    var conv = new Conv2d(3, 8, 3, o -> o.padding(1));
    assertThat(conv.forward(numbers(1, 3, 5, 7)).shape().toString()).isEqualTo("[1, 8, 5, 7]");
    Tensor kernel = numbers(3, 3, 3, 8);
    conv.weight().set(kernel.permute(3, 2, 0, 1));
    assertThat(conv.weight().floats()[1]).isEqualTo(kernel.floats()[3 * 8]);
  }

  @Test
  void momentumOfBatchNormalizationIsTheOtherShare() {
    var norm = new BatchNorm2d(8, o -> o.momentum(0.01).eps(1e-3));
    norm.train();
    norm.forward(Tensor.full(5, 2, 8, 3, 3));
    assertThat(norm.runningMean().orElseThrow().floats()[0]).isEqualTo(0.05f, within());
  }

  @Test
  void dropoutDropsTheSameShareAndOnlyInTraining() {
    var dropout = new Dropout(0.2);
    assertThat(dropout.forward(Tensor.ones(1, 100)).floats()).containsOnly(1);
  }

  @Test
  void flattenAfterConvolutionsKeepsKerasOrderWhenTurnedBack() {
    Tensor y = numbers(2, 3, 4, 5);
    assertThat(y.permute(0, 2, 3, 1).flatten(1).floats()[1]).isEqualTo(y.floats()[4 * 5]);
  }

  @Test
  void weightsLoadByName() {
    Path file = folder.resolve("weights.safetensors");
    UnaryModule model = new Sequential(new Flatten(), new Linear(4, 2));
    model.stateDict().write(file);
    assertThat(model.load(StateDict.read(file)).isComplete()).isTrue();
  }

  @Test
  void predictIsASession() {
    var model = new SimpleFfn();
    Tensor x = numbers(2, 784);
    try (Session session = Sardonyx.open(model)) {
      assertClose(session.run(x), model.forward(x));
    }
  }

  /** Keras' Input is the declared parameter of forward. */
  static final class Digits implements UnaryModule {
    @Layer final Linear fc = new Linear(784, 10);

    @Override
    @Forward
    public Tensor forward(@Input({"batch", "1", "28", "28"}) Tensor x) {
      return fc.forward(x.flatten(1));
    }
  }

  @Test
  void inputIsTheDeclaredParameter() {
    assertThat(Trace.of(new Digits()).inputs().toString())
        .isEqualTo("[x: float32[batch, 1, 28, 28]]");
  }

  @Test
  void summaryTellsShapesAndParameters() {
    var model = new Digits();
    assertThat(Summary.of(model).toString())
        .contains("fc (Linear)  [batch, 784]", "parameters: 7,850 (trainable 7,850, frozen 0)");
    model.requiresGrad(false);
    assertThat(Summary.of(model).toString()).contains("(trainable 0, frozen 7,850)");
  }

  @Test
  void everyCodeOfTheTableIsCodeOfThisTest() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    String table = readme.substring(readme.indexOf("| Keras | Sardonyx |"));
    List<String> rows = table.lines().skip(2).takeWhile(line -> line.startsWith("|")).toList();
    assertThat(rows).hasSizeGreaterThan(8);
    String source =
        Files.readString(Path.of("src/test/java/dev/sardonyx/models/KerasHabitsTest.java"));
    for (String row : rows) {
      String ours = row.split("\\|")[2];
      CODE.matcher(ours).results().forEach(code -> assertThat(source).contains(code.group(1)));
    }
  }
}
