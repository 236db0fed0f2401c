package dev.sardonyx.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModuleTreeTest {
  @Test
  void modulesDeeperThanAHundredAreNotToldApart() {
    var builder = new GraphBuilder("deep");
    var x = builder.input("x", TensorType.of(DType.FLOAT32, 1));
    var origin = new Origin("m." + "n.".repeat(100_000) + "o", Optional.empty());
    var relu = builder.add(new UnaryOp.Relu(), List.of(x), origin);
    var tree = ModuleTree.of(builder.build(relu.outputs(), Map.of()));
    assertThat(tree.toString().lines()).hasSize(101).last().asString().endsWith("n  [Relu]");
    assertThat(tree.json().toString()).contains("Relu");
  }
}
