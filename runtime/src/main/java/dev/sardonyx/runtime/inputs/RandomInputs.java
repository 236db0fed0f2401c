package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Inputs by type alone: the same seed gives the same values. {@link InputPlan} looks closer. */
public final class RandomInputs {
  /** Large enough for the kernels of usual image models, small enough to be quick. */
  public static final long SIZE_OF_OTHER_DIMS = 32;

  private RandomInputs() {}

  /**
   * One value per input that has no default: floats from the standard normal distribution, integers
   * 0 or 1, numbers as strings; sequences of three values, optionals that are there, maps of three
   * keys. A symbol without a given size is {@code batch} where it is first met as the first dim of
   * an input, else 32, and the same in all inputs. Errors: INPUT for a symbol that the graph does
   * not have, UNSUPPORTED for inputs of unknown rank or type and complex ones, LIMIT for sizes that
   * the machine does not have.
   */
  public static Map<String, Data> of(Graph graph, long seed, Map<String, Long> sizes, long batch) {
    OpenSizes open = OpenSizes.of(graph, sizes, batch);
    var values = new ValuesByType(new SplittableRandom(seed));
    Map<String, Data> inputs = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      if (!graph.initializers().containsKey(input.name())) {
        inputs.put(input.name(), values.of(input, open));
      }
    }
    return inputs;
  }
}
