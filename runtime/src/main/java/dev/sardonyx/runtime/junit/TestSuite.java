package dev.sardonyx.runtime.junit;

import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.diagnose.Diagnosis;
import dev.sardonyx.runtime.diagnose.Suspect;
import dev.sardonyx.runtime.junit.TestCase.Kind;
import dev.sardonyx.runtime.junit.TestCase.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was tested of one model.
 *
 * @param at when that began
 * @param properties what it was tested with
 * @param out what else was said
 */
public record TestSuite(
    String name, Instant at, Map<String, String> properties, List<TestCase> cases, String out) {
  private static final double MILLISECONDS = 1e-3;
  private static final String NODES = "nodes";

  public TestSuite {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    cases = List.copyOf(cases);
  }

  /** A check: a test for each output and pair of engines, and one for all nodes. */
  public static TestSuite of(
      String name, Instant at, Map<String, String> properties, CheckReport report) {
    List<TestCase> cases = new ArrayList<>();
    for (CheckReport.Row row : report.rows()) {
      String title = "output " + row.output() + ": " + row.engine() + " / " + row.reference();
      double seconds = report.milliseconds().getOrDefault(row.engine(), 0.0) * MILLISECONDS;
      Optional<Problem> problem =
          row.comparison()
              .difference()
              .map(what -> new Problem(Kind.FAILURE, "Difference", what, what));
      cases.add(new TestCase(title, seconds, problem));
    }
    cases.add(nodes(report));
    return new TestSuite(name, at, properties, cases, String.join("\n", report.notes()));
  }

  /** A check that ended in an error. */
  public static TestSuite failed(
      String name, Instant at, Map<String, String> properties, Throwable error) {
    String message = Optional.ofNullable(error.getMessage()).orElse(error.toString());
    var problem =
        new Problem(Kind.ERROR, error.getClass().getSimpleName(), message, error.toString());
    return new TestSuite(name, at, properties, List.of(TestCase.of("check", 0, problem)), "");
  }

  private static TestCase nodes(CheckReport report) {
    if (report.isEmpty()) {
      String nothing = "nothing was compared";
      return TestCase.of(NODES, 0, new Problem(Kind.FAILURE, "Empty", nothing, nothing));
    }
    Optional<Diagnosis> diagnosis = report.diagnosis();
    if (diagnosis.isEmpty()) {
      String lack = "nodes are compared between two engines, and only one took part";
      return TestCase.of(NODES, 0, new Problem(Kind.SKIPPED, "OneEngine", lack, lack));
    }
    return report
        .divergence()
        .filter(suspect -> suspect.charge() != Suspect.Charge.TIE)
        .map(
            suspect ->
                TestCase.of(
                    NODES,
                    0,
                    new Problem(
                        Kind.FAILURE,
                        suspect.charge().toString(),
                        suspect.toString(),
                        diagnosis.get().describe())))
        .orElseGet(() -> TestCase.passed(NODES, 0));
  }

  long count(Kind kind) {
    return cases.stream().filter(one -> one.is(kind)).count();
  }

  double seconds() {
    return cases.stream().mapToDouble(TestCase::seconds).sum();
  }
}
