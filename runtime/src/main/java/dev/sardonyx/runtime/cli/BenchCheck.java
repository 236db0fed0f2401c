package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.bench.Contender;
import dev.sardonyx.runtime.bench.Lane;
import dev.sardonyx.runtime.bench.OpenLane;
import dev.sardonyx.runtime.check.RandomValues;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whether all lanes have computed the same: times of wrong results are worth nothing. */
final class BenchCheck {
  private BenchCheck() {}

  /**
   * Compares the outputs of the lanes' last runs; those of a single lane with another engine's.
   * Returns what was compared, nothing where there is nobody to compare with. Errors: CHECK for
   * outputs that differ.
   */
  static Optional<String> of(BenchSetup setup, Iterable<? extends Lane> lanes) {
    Map<Contender, Map<String, Data>> outputs = new LinkedHashMap<>();
    lanes.forEach(lane -> outputs.put(lane.contender(), lane.outputs()));
    if (outputs.size() == 1) {
      other(outputs.keySet().iterator().next())
          .ifPresent(
              witness -> {
                try (OpenLane lane = setup.open(witness)) {
                  outputs.put(witness, lane.outputs());
                }
              });
    }
    if (outputs.size() == 1) {
      return Optional.empty();
    }
    Map.Entry<Contender, Map<String, Data>> reference = List.copyOf(outputs.entrySet()).getLast();
    outputs.entrySet().forEach(entry -> compare(setup, entry, reference));
    return Optional.of(outputs.keySet() + " agree");
  }

  /** Another engine that can be used here. */
  private static Optional<Contender> other(Contender one) {
    return Sardonyx.engines().stream()
        .filter(engine -> !one.engine().startsWith(engine.name()))
        .filter(engine -> engine.unavailable().isEmpty())
        .map(Engine::name)
        .findFirst()
        .map(BenchSetup::contender);
  }

  private static void compare(
      BenchSetup setup,
      Map.Entry<Contender, Map<String, Data>> found,
      Map.Entry<Contender, Map<String, Data>> expected) {
    var random = RandomValues.of(setup.graph());
    expected
        .getValue()
        .forEach(
            (name, right) -> {
              Data left = Objects.requireNonNull(found.getValue().get(name), name);
              var comparison = Comparison.of(name, left, right, Tolerance::ofModel);
              if (!random.contains(name) && !comparison.passes()) {
                throw new SardonyxException(
                    ErrorCode.CHECK,
                    "%s and %s differ, and times of wrong results are worth nothing: %s"
                        .formatted(
                            found.getKey(),
                            expected.getKey(),
                            comparison.difference().orElse(name)));
              }
            });
  }
}
