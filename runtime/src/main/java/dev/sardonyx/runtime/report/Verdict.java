package dev.sardonyx.runtime.report;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.diagnose.Diagnosis;
import dev.sardonyx.runtime.diagnose.OutputFinding;
import dev.sardonyx.runtime.diagnose.Suspect;
import dev.sardonyx.runtime.diagnose.SuspectText;
import dev.sardonyx.runtime.vote.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a check found in plain words: what differs, where, and who is to blame.
 *
 * @param state {@code pass}, {@code fail}, {@code empty} where nothing was compared, or {@code
 *     graph} where nothing was to be
 */
record Verdict(String state, String headline, List<String> sentences) {

  static Verdict of(ReportData data) {
    if (data.check().isEmpty()) {
      int nodes = data.graph().nodes().size();
      long operators =
          data.graph().nodes().stream().map(node -> node.op().name()).distinct().count();
      return new Verdict(
          "graph",
          "%,d nodes of %d operators".formatted(nodes, operators),
          List.of("The graph as it is written. Nothing was run for this page."));
    }
    CheckReport report = data.check().get();
    Optional<Suspect> suspect = data.diagnosis().flatMap(Diagnosis::suspect);
    if (report.isEmpty()) {
      return new Verdict(
          "empty",
          "Nothing was compared",
          List.of("The notes below say what was left out, and why."));
    }
    return report.passed()
        ? new Verdict("pass", "The engines agree", passed(report, data.diagnosis(), suspect))
        : new Verdict("fail", headline(data.diagnosis()), failed(report, data.diagnosis()));
  }

  private static List<String> passed(
      CheckReport report, Optional<Diagnosis> diagnosis, Optional<Suspect> suspect) {
    List<String> sentences = new ArrayList<>();
    int nodes = diagnosis.map(Diagnosis::compared).orElse(report.nodes());
    long outputs = report.rows().stream().map(CheckReport.Row::output).distinct().count();
    sentences.add(
        "%s and %s were compared, and everything lies within its tolerance."
            .formatted(count(outputs, "output"), count(nodes, "node")));
    suspect
        .filter(Suspect::isDivergence) // a choice between equals, nothing else passes
        .ifPresent(tie -> sentences.add(what(tie, diagnosis.orElseThrow())));
    suspect
        .filter(found -> !found.isDivergence())
        .ifPresent(
            worst ->
                sentences.add(
                    "The node that errs most for what it may is %s: %.1e off by itself (relative L2), %.1e with all that came before."
                        .formatted(
                            place(worst.finding().node()),
                            worst.output().isolated().relativeL2(),
                            worst.output().accumulated().relativeL2())));
    return sentences;
  }

  private static String headline(Optional<Diagnosis> diagnosis) {
    Optional<Suspect> suspect = diagnosis.flatMap(Diagnosis::divergence);
    if (suspect.isEmpty()) {
      return "The outputs differ";
    }
    String where = place(suspect.get().finding().node());
    String who =
        diagnosis.get().engine() + " and " + diagnosis.get().reference() + " part at " + where;
    return suspect.get().charge() == Suspect.Charge.TIE ? who + ", on a tie" : who;
  }

  private static List<String> failed(CheckReport report, Optional<Diagnosis> diagnosis) {
    List<String> sentences = new ArrayList<>();
    Optional<Suspect> suspect = diagnosis.flatMap(Diagnosis::divergence);
    suspect.ifPresent(
        found -> {
          sentences.add(what(found, diagnosis.get()));
          found
              .output()
              .isolated()
              .difference()
              .or(found.output().accumulated()::difference)
              .ifPresent(difference -> sentences.add(difference + "."));
          sentences.add(blame(found.vote(), diagnosis.get()));
        });
    long outputs = report.rows().stream().filter(row -> !row.comparison().passes()).count();
    if (outputs > 0) {
      sentences.add(
          "Beyond its tolerance is %d of %s that were compared."
              .formatted(outputs, count(report.rows().size(), "output")));
    }
    if (suspect.isEmpty() && report.nodes() > 0) {
      sentences.add(
          "Every node that was compared agrees by itself: the fault is in what an engine fuses or"
              + " folds, or in what was left out.");
    }
    return sentences;
  }

  private static String what(Suspect suspect, Diagnosis diagnosis) {
    OutputFinding output = suspect.output();
    String alone = "%.1e".formatted(output.isolated().relativeL2());
    String all = "%.1e".formatted(output.accumulated().relativeL2());
    return switch (suspect.charge()) {
      case FAULT ->
          "The error is born here: fed with %s's own inputs, the node alone is off by %s (relative L2), more than its operator may be."
              .formatted(diagnosis.reference(), alone);
      case GROWN ->
          "The error is inherited: by itself each node up to here is as exact as it has to be (this one %s), but what arrives here is off by %s (relative L2)."
              .formatted(alone, all);
      case TIE ->
          "At %s the engines choose between equal values, and go on with different ones; neither choice is wrong by itself."
              .formatted(place(suspect.finding().node()));
      case WORST ->
          "This is the node that errs most for what it may: %s alone, %s with all that came before."
              .formatted(alone, all);
    };
  }

  private static String blame(Vote vote, Diagnosis diagnosis) {
    String who =
        switch (vote.blame()) {
          case ENGINE -> "To blame is " + diagnosis.engine() + ": ";
          case REFERENCE -> "To blame is " + diagnosis.reference() + ", the reference: ";
          case BOTH -> "Both engines are to blame: ";
          case NEITHER -> "Neither engine is to blame: ";
          case UNKNOWN -> "Who is to blame is not known: ";
        };
    return sentence(who + vote.reason());
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  private static String place(Node node) {
    return PageNodes.brief(SuspectText.place(node));
  }

  private static String count(long number, String what) {
    return "%,d %s%s".formatted(number, what, number == 1 ? "" : "s");
  }
}
