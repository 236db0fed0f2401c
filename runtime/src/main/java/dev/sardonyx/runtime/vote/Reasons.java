package dev.sardonyx.runtime.vote;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Why a vote is what it is, in one sentence for people. */
final class Reasons {
  /** How many times farther an engine must lie for that to be worth saying. */
  private static final double NOTABLE = 1.2;

  private Reasons() {}

  /** The one that is farther away comes first. */
  static String of(String voter, Side engine, Side reference) {
    boolean referenceFirst =
        engine.passes() == reference.passes()
            ? reference.error() > engine.error()
            : engine.passes();
    Side far = referenceFirst ? reference : engine;
    Side near = referenceFirst ? engine : reference;
    return "%s lies %s from %s in float64, %s %s: %s%s"
        .formatted(
            far.name(),
            distance(far),
            voter,
            near.name(),
            distance(near),
            verdict(far, near),
            details(far, near));
  }

  private static String distance(Side side) {
    return side.error() == 0 ? "0" : String.format(Locale.ROOT, "%.1e", side.error());
  }

  private static String verdict(Side far, Side near) {
    if (!near.passes()) {
      return "both are wrong";
    }
    if (!far.passes()) {
      return far.name() + " is wrong";
    }
    double times = far.error() / near.error();
    return "neither is wrong"
        + (far.error() > 0 && times > NOTABLE
            ? near.error() == 0
                ? ", " + near.name() + " is exact"
                : String.format(Locale.ROOT, ", %s is %.1f times farther away", far.name(), times)
            : "");
  }

  private static String details(Side far, Side near) {
    List<String> details = new ArrayList<>();
    Stream.of(far, near)
        .forEach(
            side ->
                side.strange().ifPresent(strange -> details.add(side.name() + "'s " + strange)));
    far.overflow().ifPresent(details::add);
    return details.isEmpty() ? "" : "; " + String.join("; ", details);
  }
}
