package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.graph.GraphPrinter;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.runtime.compare.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The node that a diagnosis points at, in lines of text. */
public final class SuspectText {
  private SuspectText() {}

  /**
   * What it is, where it comes from, how far the engines part there, on which elements, and who is
   * wrong.
   *
   * @param engine the name of the engine that is checked
   */
  public static List<String> lines(Suspect suspect, String engine, String reference) {
    Node node = suspect.finding().node();
    List<String> lines = new ArrayList<>();
    lines.add(charge(suspect.charge()) + ": " + place(node));
    lines.add("  " + GraphPrinter.line(node));
    lines.add("  of " + values(suspect.finding().inputs()));
    Value output = suspect.output().value();
    lines.add("  " + output.name() + " by itself: " + apart(suspect.output().isolated()));
    lines.add("  " + output.name() + " as it arrives: " + apart(suspect.output().accumulated()));
    for (Element element : suspect.worst()) {
      lines.add(
          "  at %s: %s %s, %s %s%s"
              .formatted(
                  element.place(),
                  engine,
                  element.engine(),
                  reference,
                  element.reference(),
                  exact(element.exact())));
    }
    lines.add("  vote: " + vote(suspect.vote(), engine, reference));
    return lines;
  }

  /** For example {@code conv_3 (Conv), module layer1.0, at ResNet.java:41}. */
  public static String place(Node node) {
    String module = node.origin().module();
    return node.name()
        + " ("
        + node.op().name()
        + ")"
        + (module.isEmpty() ? "" : ", module " + module)
        + node.origin().source().map(line -> ", at " + line).orElse("");
  }

  private static String charge(Suspect.Charge charge) {
    return switch (charge) {
      case FAULT -> "first fault";
      case GROWN -> "where the error has grown too large";
      case TIE -> "a choice between equals";
      case WORST -> "nothing is wrong; the node that errs most for what it may";
    };
  }

  private static String values(List<Value> values) {
    return values.stream().map(Value::toString).collect(Collectors.joining(", "));
  }

  private static String apart(Comparison comparison) {
    return String.format(
            Locale.ROOT,
            "relative L2 %.2e, largest |a - b| %.2e",
            comparison.relativeL2(),
            comparison.maxAbsolute())
        + comparison.difference().map(what -> "; " + what).orElse("");
  }

  private static String exact(OptionalDouble exact) {
    return exact.isPresent() ? ", in float64 " + exact.getAsDouble() : "";
  }

  private static String vote(Vote vote, String engine, String reference) {
    String blamed =
        switch (vote.blame()) {
          case ENGINE -> engine + " is wrong";
          case REFERENCE -> reference + " is wrong";
          case BOTH -> "both are wrong";
          case NEITHER -> "neither is wrong";
          case UNKNOWN -> "nobody knows who is wrong";
        };
    return vote.reason().isEmpty() ? blamed : blamed + ": " + vote.reason();
  }
}
