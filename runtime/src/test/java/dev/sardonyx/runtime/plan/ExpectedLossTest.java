package dev.sardonyx.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.engine.Precision;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedLossTest {
  private static final Kernels TILES =
      (Kernels)
          Proxy.newProxyInstance(
              Kernels.class.getClassLoader(),
              new Class<?>[] {Kernels.class},
              (_, method, _) -> {
                assertThat(method.getName()).isEqualTo("hasTiles");
                return true;
              });

  /** Two products with an activation between them. */
  private static Graph graph() {
    var net = new Graphs();
    Value x = net.input("x", "2", "2");
    Value w = net.constant("w", Tensor.of(new float[] {1.01f, 2.02f, 3.03f, 4.04f}, 2, 2));
    Value middle = net.add(new UnaryOp.Relu(), net.add(new MatMul(), x, w));
    return net.outputs(net.add(new MatMul(), middle, w));
  }

  private static ExpectedLoss loss(SessionOptions options, Kernels kernels) {
    return ExpectedLoss.of("native", graph(), options, kernels);
  }

  @Test
  void nothingIsLostInFloat32() {
    ExpectedLoss loss = loss(SessionOptions.defaults(), TILES);
    assertThat(loss.total()).isZero();
    assertThat(loss.notes()).isEmpty();
  }

  @Test
  void productsAloneLoseByThePrecisionAndItAddsUpBySquares() {
    for (Precision precision : List.of(Precision.FAST, Precision.BF16)) {
      ExpectedLoss loss = loss(SessionOptions.defaults().precision(precision), TILES);
      assertThat(graph().nodes().stream().map(loss::of))
          .containsExactly(precision.loss(), 0.0, precision.loss());
      assertThat(loss.total()).isCloseTo(precision.loss() * Math.sqrt(2), within(1e-9));
      assertThat(loss.notes()).singleElement().asString().contains("precision " + precision.word());
    }
  }

  @Test
  void whatIsLostByStorageIsLostBesides() {
    SessionOptions stored = SessionOptions.defaults().weightsAs(WeightStorage.BFLOAT16);
    ExpectedLoss one = loss(stored, TILES);
    ExpectedLoss both = loss(stored.precision(Precision.BF16), TILES);
    assertThat(both.total()).isGreaterThan(one.total()).isGreaterThan(Precision.BF16.loss());
    assertThat(both.notes()).hasSize(2);
  }

  /** Whole numbers from -8 to 7, which int4 holds where all of a group have one scale. */
  private static float whole(int i) {
    return i * 7 % 16 - 8;
  }

  @Test
  void int4LosesNothingWhereEachGroupOfASumHasItsScale() {
    var net = new Graphs();
    var columns = new float[64 * 3];
    var filter = new float[2 * 32 * 4];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = whole(i / 3) * (i / 3 < 32 ? 1 : 0x1p-9f);
    }
    for (int i = 0; i < filter.length; i++) { // a tap of all channels is a group
      filter[i] = whole(i / 4) * (float) Math.scalb(1.0, -3 * (i % 4));
    }
    Value x = net.input("x", "2", "64");
    Value product = net.add(new MatMul(), x, net.constant("w", Tensor.of(columns, 64, 3)));
    Value image = net.input("image", "1", "32", "5", "5");
    List<Integer> ones = List.of(1, 1);
    Window window = Window.of(List.of(2, 2), ones, ones, List.of(0, 0));
    Value kernels = net.constant("filter", Tensor.of(filter, 2, 32, 2, 2));
    Graph graph = net.outputs(product, net.add(new Conv(window, 1), image, kernels));
    assertThat(StorageLoss.of(graph, WeightStorage.INT8).total()).isGreaterThan(1e-4);
    assertThat(StorageLoss.of(graph, WeightStorage.INT4).total()).isZero();
  }

  @Test
  void nothingIsLostWithoutTilesAndThatIsSaid() {
    ExpectedLoss loss = loss(SessionOptions.defaults().precision(Precision.BF16), Kernels.scalar());
    assertThat(loss.total()).isZero();
    assertThat(loss.notes()).containsExactly("precision bf16: no AMX tiles here, so float32");
  }
}
