package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.text.Table;
import dev.sardonyx.runtime.vote.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A suspect for people: what the node is, where it comes from, how far off it is, and who errs. */
public final class SuspectText {
  private static final int WIDTH = 13;

  private final String engine;
  private final String reference;
  private final Suspect suspect;
  private final StringBuilder text = new StringBuilder();

  private SuspectText(String engine, String reference, Suspect suspect) {
    this.engine = engine;
    this.reference = reference;
    this.suspect = suspect;
  }

  /**
   * Its lines.
   *
   * @param engine the name of the engine that is checked
   */
  public static List<String> lines(Suspect suspect, String engine, String reference) {
    return new SuspectText(engine, reference, suspect).write().lines().toList();
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

  private String write() {
    Node node = suspect.finding().node();
    text.append(node.name()).append(": ").append(suspect.words()).append('\n');
    line("operator", node.op().name() + node.op().attributes());
    line("module", node.origin().module());
    line("source", node.origin().source().map(Object::toString).orElse(""));
    line("inputs", joined(suspect.finding().inputs()));
    line("output", suspect.output().value().toString());
    line("alone", distance(suspect.output().isolated()));
    line("accumulated", distance(suspect.output().accumulated()));
    Vote vote = suspect.vote();
    line("blame", blame(vote) + (vote.reason().isEmpty() ? "" : ": " + vote.reason()));
    elements();
    return text.toString();
  }

  private void line(String what, String value) {
    if (!value.isEmpty()) {
      text.append("  ").append(what).append(" ".repeat(WIDTH - what.length())).append(value);
      text.append('\n');
    }
  }

  private static String joined(List<Value> values) {
    return values.stream().map(Value::toString).collect(Collectors.joining(", "));
  }

  private static String distance(Comparison found) {
    return "relative L2 %.1e, max abs %.1e, %d elements outside%s"
        .formatted(
            found.relativeL2(),
            found.maxAbsolute(),
            found.outside() + found.misplaced(),
            found.misplaced() == 0
                ? ""
                : ", " + found.misplaced() + " of them NaN or Inf on one side");
  }

  private String blame(Vote vote) {
    return switch (vote.blame()) {
      case ENGINE -> engine;
      case REFERENCE -> reference;
      case BOTH -> "both";
      case NEITHER -> "neither";
      case UNKNOWN -> "unknown";
    };
  }

  private void elements() {
    if (suspect.worst().isEmpty()) {
      return;
    }
    boolean exact = suspect.worst().stream().anyMatch(element -> element.exact().isPresent());
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("element", engine, reference));
    if (exact) {
      head.add("float64");
    }
    rows.add(head);
    for (Element element : suspect.worst()) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  element.place().toString(),
                  number(element.engine()),
                  number(element.reference())));
      if (exact) {
        row.add(element.exact().isPresent() ? number(element.exact().getAsDouble()) : "");
      }
      rows.add(row);
    }
    text.append(Table.plain(rows).indent(2));
  }

  private static String number(double value) {
    return "%.9g".formatted(value);
  }
}
