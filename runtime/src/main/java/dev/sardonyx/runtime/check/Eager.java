package dev.sardonyx.runtime.check;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.Descriptors;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Forward run define-by-run, with inputs and outputs named as in the model's graph. */
public final class Eager {
  private Eager() {}

  /** The outputs by name. Errors: those of forward. */
  public static Map<String, Data> run(NnModule model, Graph graph, Map<String, Data> inputs) {
    List<Tensor> ordered =
        graph.inputs().stream().map(input -> (Tensor) inputs.get(input.name())).toList();
    List<Tensor> results = Descriptors.of(model).forward(model, ordered);
    Map<String, Data> outputs = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      outputs.put(graph.outputs().get(i).name(), results.get(i).dense());
    }
    return outputs;
  }
}
