package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.tensor.Data;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

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

  /** All in one line: {@code x: image-like noise, reaches conv_1 (Conv); ids: ids.npy; seed 0}. */
  @Override
  public String toString() {
    String all =
        told.entrySet().stream()
            .map(one -> one.getKey() + ": " + one.getValue())
            .collect(Collectors.joining("; "));
    return all + (drawn ? " (" + name + ")" : "");
  }
}
