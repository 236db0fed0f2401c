package dev.sardonyx.runtime.translate;

import java.util.List;
import java.util.Optional;

/**
 * What became of a graph's numbers by each pass alone.
 *
 * @param sets how many sets of inputs were run
 * @param rows one for each pass that was applied, in order
 * @param findings the passes that are wrong; each pass after one was tried as if that were not
 *     there
 */
public record PassReport(String graph, int sets, List<Row> rows, List<PassFinding> findings) {

  /**
   * A pass.
   *
   * @param fixed whether it was applied once shapes were fixed
   * @param nodesBefore how many nodes it was given
   * @param nodesAfter how many it left
   * @param changed whether it changed anything
   * @param relativeL2 the largest error of an output, against the graph before; NaN where it did
   *     not run
   * @param passes whether the numbers stayed within the tolerance
   */
  public record Row(
      String pass,
      boolean fixed,
      int nodesBefore,
      int nodesAfter,
      boolean changed,
      double relativeL2,
      boolean passes) {}

  public PassReport {
    rows = List.copyOf(rows);
    findings = List.copyOf(findings);
  }

  /** Whether every pass keeps the numbers. */
  public boolean passed() {
    return findings.isEmpty();
  }

  /** The first pass that is wrong, if any is. */
  public Optional<PassFinding> first() {
    return findings.stream().findFirst();
  }
}
