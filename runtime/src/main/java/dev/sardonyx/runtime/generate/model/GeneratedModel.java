package dev.sardonyx.runtime.generate.model;

import dev.sardonyx.api.tensor.DenseTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of a model and its weights.
 *
 * @param classes each after those that it uses, so that the model itself is the last
 * @param state what the model's state_dict must hold, by its names: parameters and buffers
 */
public record GeneratedModel(List<GeneratedClass> classes, Map<String, DenseTensor> state) {
  public GeneratedModel {
    classes = List.copyOf(classes);
    state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
  }

  /** The class of the whole model. */
  public GeneratedClass root() {
    return classes.getLast();
  }
}
