package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.tensor.Data;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values for a run.
 *
 * @param name what tells it from other sets: {@code seed 3} or {@code test_data_set_1}
 * @param told of each input what its values are, for people
 * @param drawn whether any were drawn at random
 */
public record InputSet(
    String name, Map<String, Data> values, Map<String, String> told, boolean drawn) {
  public InputSet {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    told = Collections.unmodifiableMap(new LinkedHashMap<>(told));
  }

  /** A line for each input: {@code input x: image-like noise, because it reaches conv_1 (Conv)}. */
  public List<String> lines() {
    return told.entrySet().stream()
        .map(one -> "input " + one.getKey() + ": " + one.getValue())
        .toList();
  }
}
