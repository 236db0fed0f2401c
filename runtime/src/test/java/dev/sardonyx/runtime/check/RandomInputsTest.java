package dev.sardonyx.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.runtime.engine.Graphs;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RandomInputsTest {
  @Test
  void aSymbolHasOneSizeInAllInputs() {
    var net = new Graphs();
    var a = net.input("a", "n", "4");
    var b = net.input("b", "4", "n");
    var inputs = RandomInputs.of(net.outputs(net.add(new MatMul(), a, b)), 0, Map.of(), 1);
    assertThat(Graphs.named(inputs, "a").shape()).hasToString("[1, 4]");
    assertThat(Graphs.named(inputs, "b").shape()).hasToString("[4, 1]");
  }
}
