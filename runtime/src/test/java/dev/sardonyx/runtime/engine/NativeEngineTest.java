package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Device;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeEngineTest {
  @Test
  void theEngineIsFoundByItsName() {
    var engine = Sardonyx.engine("native");
    assertThat(engine).isInstanceOf(NativeEngine.class);
    assertThat(engine.unavailable()).isEmpty();
    assertThat(engine.description()).contains("kernels");
  }

  @Test
  void eagerOperationsFindTheEvaluator() {
    Tensor sum = Tensor.of(new float[] {1, 2}, 2).add(Tensor.scalar(3f));
    assertThat(sum.floats()).containsExactly(4, 5);
  }

  @Test
  void anotherDeviceIsRefused() {
    var net = new Graphs();
    Graph graph = net.outputs(net.add(new UnaryOp.Relu(), net.input("x", "1")));
    assertThatThrownBy(
            () -> new NativeEngine().open(graph, SessionOptions.defaults().on(Device.CUDA)))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("[Engine] the native engine computes on CPU, not on CUDA");
    assertThatThrownBy(() -> Sardonyx.engine("native@cuda").open(graph, SessionOptions.defaults()))
        .hasMessageContaining("[Engine] the native engine computes on CPU, not on CUDA");
  }

  @Test
  void anEngineOnADeviceIsNamedAfterItUnlessThatIsTheCpu() {
    assertThat(Sardonyx.engine("native@cuda").name()).isEqualTo("native@cuda");
    assertThat(Sardonyx.engine("native@cpu").name()).isEqualTo("native");
    assertThatThrownBy(() -> Sardonyx.engine("native@gpu"))
        .hasMessageContaining("[Engine] no device 'gpu'; expected one of [cpu, cuda]");
    assertThatThrownBy(() -> Sardonyx.engine("tpu@cuda"))
        .hasMessageContaining("[Engine] no engine 'tpu' on the class path");
  }

  @Test
  void allThatIsMissingIsNamedInOneMessage() {
    var net = new Graphs();
    var x = net.input("x", "1", "1", "2", "2", "2", "2");
    var one = List.of(1, 1, 1, 1);
    var cube = Window.of(one, one, one, List.of(0, 0, 0, 0));
    var conv = net.add(new Conv(cube, 1), x, net.constant("w", Tensor.ones(1, 1, 1, 1, 1, 1)));
    var fancy = net.add(Opaque.of("com.acme", "Fancy", 1, Attributes.none(), 1), conv);
    var a = net.constant("a", Tensor.of(new boolean[] {true}, 1, 1));
    var product = net.add(new MatMul(), a, a);
    var fine = net.add(new UnaryOp.Relu(), x);
    Graph graph = net.outputs(fancy, product, fine);
    assertThatThrownBy(() -> new NativeEngine().open(graph, SessionOptions.defaults()))
        .isInstanceOf(SardonyxException.class)
        .hasMessage(
            "[Unsupported] the native engine cannot run net: it does not have"
                + " Conv (4 spatial axes (1 to 3 are there)) at conv_1, Net.java:1;"
                + " com.acme.Fancy (not in its vocabulary) at fancy_1, Net.java:2;"
                + " MatMul (element type bool) at matmul_1, Net.java:3");
  }
}
