package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.SelectionOp.NonZero;
import dev.sardonyx.api.op.TopK;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Graphs of which a part runs as a plan and the rest node by node. */
class InterpretedTest {
  @Test
  void anOutputThatIsLeftOutIsNotTakenForAnInputThatIs() {
    var net = new Graphs();
    Value x = net.input("x", "5");
    Value k = net.constant("k", Tensor.of(new long[] {3}, 1));
    Value most = net.constant("most", Tensor.scalar(1f));
    Value places = net.second(new TopK(0, true, true), x, k);
    Value found = net.add(new Cast(DType.FLOAT32), net.add(new NonZero(), places));
    Graph graph = net.outputs(net.add(new Clip(), found, Value.absent(), most));
    List<Node> nodes = new ArrayList<>(graph.nodes());
    Node top = nodes.getFirst();
    List<Value> onlyPlaces = List.of(Value.absent(), top.outputs().get(1));
    nodes.set(0, new Node(top.name(), top.op(), top.inputs(), onlyPlaces, top.origin()));
    try (Session session =
        new NativeEngine().open(graph.withNodes(nodes), SessionOptions.defaults())) {
      Tensor y = session.run(Tensor.of(new float[] {9, 1, 7, 0, 8}, 5));
      assertThat(y.floats()).containsExactly(1, 1); // places 0, 4, 2: the last two are not zero
    }
  }
}
