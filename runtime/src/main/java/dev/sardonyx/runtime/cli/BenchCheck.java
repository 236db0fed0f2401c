package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.bench.Agreement;
import dev.sardonyx.runtime.bench.Contender;
import dev.sardonyx.runtime.bench.Lane;
import dev.sardonyx.runtime.bench.OpenLane;
import dev.sardonyx.runtime.compare.Depths;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.diagnose.QuantizationDrift;
import dev.sardonyx.runtime.diagnose.RandomValues;
import dev.sardonyx.runtime.engine.NativeEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Compares what the lanes have computed. */
final class BenchCheck {
  private BenchCheck() {}

  /**
   * Compares the outputs of the lanes' last runs; those of a single lane with another engine's.
   * Returns what was compared, nothing where there is nobody to compare with. Errors: CHECK for
   * outputs that differ.
   */
  static Optional<String> of(BenchSetup setup, Iterable<? extends Lane> lanes) {
    SequencedMap<Contender, Map<String, Data>> outputs = new LinkedHashMap<>();
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
    double loss = setup.loss().total();
    Depths depths = Depths.of(setup.graph());
    var drift = QuantizationDrift.ofOutputs(new NativeEngine(), setup.graph(), setup.inputs());
    Agreement.require(
        outputs,
        RandomValues.of(setup.graph())::contains,
        (name, type) ->
            drift.widened(name, Tolerance.ofModel(type, depths.of(name)).widenedByAll(loss)));
    return Optional.of(
        outputs.keySet()
            + " agree"
            + (loss == 0
                ? ""
                : " to %d times what the storage of weights and the precision lose, %.1e"
                    .formatted(Tolerance.OF_NORM, loss))
            + drift.note().map(note -> "; " + note).orElse(""));
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
}
