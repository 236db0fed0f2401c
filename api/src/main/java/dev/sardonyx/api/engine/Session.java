package dev.sardonyx.api.engine;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A graph made ready to run. Thread-safe; {@link #close} waits for running calls and may be called
 * twice. After close, a run is an IllegalStateException.
 */
public interface Session extends AutoCloseable {

  /** The graph as it was given. */
  Graph graph();

  /**
   * Runs with inputs by name and returns outputs by name, in the graph's order. Errors: INPUT for a
   * missing or unknown name or a type that does not fit, INTERRUPTED, LIMIT.
   */
  Map<String, Data> runData(Map<String, ? extends Data> inputs);

  /**
   * Runs a graph whose outputs are all tensors. Errors: as above; UNSUPPORTED for an output that is
   * a sequence, an optional or a map, which {@link #runData} gives.
   */
  default Map<String, Tensor> run(Map<String, Tensor> inputs) {
    Map<String, Tensor> results = new LinkedHashMap<>();
    for (Map.Entry<String, Data> output : runData(inputs).entrySet()) {
      if (!(output.getValue() instanceof Tensor tensor)) {
        throw new SardonyxException(
            ErrorCode.UNSUPPORTED,
            "output '"
                + output.getKey()
                + "' is "
                + output.getValue().type()
                + ", not a tensor; ask for it by runData");
      }
      results.put(output.getKey(), tensor);
    }
    return results;
  }

  /** Runs a graph of one input and one output. Errors: as above; INPUT when it has more. */
  default Tensor run(Tensor input) {
    if (graph().inputs().size() != 1 || graph().outputs().size() != 1) {
      throw new SardonyxException(
          ErrorCode.INPUT,
          "run(Tensor) is for one input and one output; "
              + graph().name()
              + " has inputs "
              + graph().inputs()
              + " and outputs "
              + graph().outputs());
    }
    return run(Map.of(graph().inputs().getFirst().name(), input)).values().iterator().next();
  }

  /**
   * Ties this session to tensors of the caller, with one output tensor for each of the graph's. The
   * native engine's runs then allocate nothing. Errors: INPUT for names, types and shapes that do
   * not fit, here or at the first run.
   */
  default Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    Map<String, Tensor> given = Map.copyOf(inputs);
    Map<String, Tensor> wanted = Map.copyOf(outputs);
    return () -> run(given).forEach((name, value) -> Signature.fill(name, value, wanted));
  }

  /**
   * Runs on zeros of the declared shapes, 1 where a size is open, until runs get no faster: plans
   * are made then, weights packed and code compiled. About a second, five at most. Errors: those of
   * {@link #run}; INPUT where an input is no tensor of numbers.
   */
  default void warmUp() {
    warmUp(WarmUp.inputs(graph()));
  }

  /** The same on inputs of the shapes, and with the data, that runs will have. */
  default void warmUp(Map<String, Tensor> inputs) {
    WarmUp.run(() -> runData(inputs));
  }

  @Override
  void close();
}
