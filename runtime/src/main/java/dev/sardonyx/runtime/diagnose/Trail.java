package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.TopK;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.vote.ExactNode;
import dev.sardonyx.runtime.vote.Vote;
import dev.sardonyx.runtime.vote.Voter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The findings so far, with the evidence of the few nodes that may be the one to look at. */
final class Trail {
  private final boolean all;
  private final List<NodeFinding> findings = new ArrayList<>();
  private @Nullable Candidate fault;
  private @Nullable Candidate grown;
  private @Nullable Candidate tie;
  private @Nullable Candidate worst;

  private record Candidate(Suspect.Charge charge, NodeFinding finding, Evidence evidence) {}

  /**
   * A trail.
   *
   * @param all whether to keep the worst node where none is wrong
   */
  Trail(boolean all) {
    this.all = all;
  }

  /** Adds a node that was left out. */
  void add(NodeFinding finding) {
    findings.add(finding);
  }

  void add(NodeFinding finding, Evidence evidence) {
    findings.add(finding);
    if (fault == null && finding.isFault()) {
      fault = new Candidate(Suspect.Charge.FAULT, finding, evidence);
    }
    if (grown == null && tie == null && finding.isTie()) {
      tie = new Candidate(Suspect.Charge.TIE, finding, evidence);
    }
    if (grown == null && finding.isOff()) {
      grown = new Candidate(Suspect.Charge.GROWN, finding, evidence);
    }
    if (all && (worst == null || severity(finding) > severity(worst.finding()))) {
      worst = new Candidate(Suspect.Charge.WORST, finding, evidence);
    }
  }

  private static double severity(NodeFinding finding) {
    return finding.outputs().stream()
        .mapToDouble(output -> output.isolated().severity())
        .max()
        .orElse(0);
  }

  boolean hasFault() {
    return fault != null;
  }

  List<NodeFinding> findings() {
    return findings;
  }

  /** The node to look at. */
  Optional<Suspect> suspect(NodeJudge judge) {
    return Stream.of(fault, tieThatMatters(), grown, worst)
        .filter(Objects::nonNull)
        .findFirst()
        .map(candidate -> suspect(candidate, judge));
  }

  /**
   * A choice of another index, or one behind which the engines part. That a quantised number is a
   * step off is nothing to point at by itself.
   */
  private @Nullable Candidate tieThatMatters() {
    boolean matters = tie != null && (grown != null || chooses(tie.finding().node().op()));
    return matters ? tie : null;
  }

  private static boolean chooses(Op op) {
    return op instanceof ReductionOp.Arg || op instanceof TopK;
  }

  private static Suspect suspect(Candidate candidate, NodeJudge judge) {
    OutputFinding output = output(candidate);
    Evidence evidence = candidate.evidence();
    String name = output.value().name();
    Data found = Objects.requireNonNull(evidence.engine().get(name));
    Data expected = Objects.requireNonNull(evidence.reference().get(name));
    var look = CloseLook.at(found, expected);
    long[] sizes = expected instanceof Tensor tensor ? tensor.shape().sizes() : new long[0];
    var exact = ExactNode.of(evidence.node(), evidence.taken());
    Vote vote =
        candidate.charge() == Suspect.Charge.TIE
            ? Vote.tie()
            : new Voter(judge.engine().name(), judge.reference().name())
                .vote(
                    exact,
                    evidence.engine(),
                    evidence.reference(),
                    name,
                    dtype -> judge.tolerance(evidence, output.value(), dtype));
    return new Suspect(
        candidate.charge(),
        candidate.finding(),
        output,
        look.worst(sizes, index -> exact.at(name, index)),
        look.errors(),
        look.engine(),
        look.reference(),
        vote,
        evidence);
  }

  /** The first output that fails, else the one that differs most. */
  private static OutputFinding output(Candidate candidate) {
    List<OutputFinding> outputs = candidate.finding().outputs();
    return outputs.stream()
        .filter(
            output ->
                switch (candidate.charge()) {
                  case FAULT -> !output.isolated().passes();
                  case GROWN -> !output.accumulated().passes();
                  case TIE -> output.accumulated().tied() > 0;
                  case WORST -> false;
                })
        .findFirst()
        .or(
            () ->
                outputs.stream()
                    .max(Comparator.comparingDouble(output -> output.isolated().relativeL2())))
        .orElseThrow();
  }
}
