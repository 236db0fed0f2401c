package dev.sardonyx.runtime.machine;

import dev.sardonyx.runtime.machine.Processor.Level;
import dev.sardonyx.runtime.machine.Processor.Limit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What of a processor's features can be used, and why not more. */
final class Limits {
  private static final Set<Feature> TILES =
      EnumSet.of(Feature.AMX_TILE, Feature.AMX_BF16, Feature.AMX_INT8);

  private final Set<Feature> found;
  private final long saved;
  private final boolean tilesPermitted;

  /**
   * The limits.
   *
   * @param saved XCR0
   * @param permitsTiles asked only where the processor has tiles and the system saves them
   */
  Limits(Set<Feature> found, long saved, BooleanSupplier permitsTiles) {
    this.found = found;
    this.saved = saved;
    this.tilesPermitted = have(Set.of(Feature.AMX_TILE)) && permitsTiles.getAsBoolean();
  }

  /** Why there can be no machine code at all. */
  Optional<String> unavailable() {
    return have(Level.AVX2.needs())
        ? Optional.empty()
        : Optional.of("machine code needs AVX2: " + why(Level.AVX2.needs()));
  }

  /** Groups of which the system, the processor or another group lacks a part are left out. */
  Set<Feature> usable() {
    Set<Feature> usable = EnumSet.noneOf(Feature.class);
    if (!have(Level.AVX2.needs())) {
      return usable;
    }
    usable.addAll(Level.AVX2.needs());
    for (Feature feature : found) {
      boolean can =
          switch (feature) {
            case AVX2, FMA, F16C, BMI2, AVX_VNNI -> true;
            case AVX512F, AVX512DQ, AVX512BW, AVX512VL, AVX512_VNNI, AVX512_BF16 ->
                have(Level.AVX512.needs());
            case AMX_TILE, AMX_BF16, AMX_INT8 -> tilesPermitted;
          };
      if (can) {
        usable.add(feature);
      }
    }
    return usable;
  }

  /** What is not used, each with its reason. */
  List<Limit> list() {
    List<Limit> limits = new ArrayList<>();
    if (!have(Level.AVX512.needs())) {
      limits.add(new Limit("AVX-512", why(Level.AVX512.needs())));
    } else {
      for (Feature feature : List.of(Feature.AVX512_VNNI, Feature.AVX512_BF16)) {
        if (!have(Set.of(feature))) {
          limits.add(new Limit(feature.toString(), why(Set.of(feature))));
        }
      }
    }
    if (!have(TILES)) {
      limits.add(new Limit("AMX", why(TILES)));
    } else if (!tilesPermitted) {
      limits.add(new Limit("AMX", "the system refuses its tiles (arch_prctl)"));
    }
    return limits;
  }

  private boolean have(Set<Feature> features) {
    for (Feature feature : features) {
      if (!found.contains(feature) || !feature.isSaved(saved)) {
        return false;
      }
    }
    return true;
  }

  private String why(Set<Feature> features) {
    Set<Feature> missing = EnumSet.copyOf(features);
    missing.removeAll(found);
    return missing.isEmpty()
        ? "the system does not save its registers (XCR0 is 0x" + Long.toHexString(saved) + ")"
        : "this processor does not have " + Feature.list(missing);
  }
}
