package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.TopK;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.vote.ExactNode;
import dev.sardonyx.runtime.vote.Vote;
import dev.sardonyx.runtime.vote.Voter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The findings so far, with the evidence of the few nodes that may be the one to look at. */
final class Trail {
  /** What they took and gave is kept. */
  private static final int MOST_TIES = 8;

  private final boolean all;
  private final List<NodeFinding> findings = new ArrayList<>();
  private @Nullable Candidate fault;
  private @Nullable Candidate grown;
  private @Nullable Candidate worst;
  private final List<Tie> ties = new ArrayList<>();

  private record Candidate(Suspect.Charge charge, NodeFinding finding, Evidence evidence) {}

  /**
   * A node that chose otherwise among equals, and the values that were computed from its choice.
   */
  private record Tie(Candidate candidate, Set<String> behind) {}

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
    tieBefore(finding.node());
  }

  void add(NodeFinding finding, Evidence evidence) {
    findings.add(finding);
    if (fault == null && finding.isFault()) {
      fault = new Candidate(Suspect.Charge.FAULT, finding, evidence);
    }
    Optional<Candidate> tie = tieBefore(finding.node());
    if (grown == null && finding.isOff()) {
      grown = tie.orElseGet(() -> new Candidate(Suspect.Charge.GROWN, finding, evidence));
    }
    if (ties.size() < MOST_TIES && finding.isTie()) {
      var candidate = new Candidate(Suspect.Charge.TIE, finding, evidence);
      ties.add(new Tie(candidate, names(finding.node().outputs())));
    }
    if (all && (worst == null || severity(finding) > severity(worst.finding()))) {
      worst = new Candidate(Suspect.Charge.WORST, finding, evidence);
    }
  }

  /** The first choice that a node's values come from, which its results come from as well then. */
  private Optional<Candidate> tieBefore(Node node) {
    Set<String> inputs = names(node.inputs());
    List<Tie> before =
        ties.stream().filter(tie -> !Collections.disjoint(tie.behind(), inputs)).toList();
    before.forEach(tie -> tie.behind().addAll(names(node.outputs())));
    return before.stream().findFirst().map(Tie::candidate);
  }

  private static Set<String> names(List<Value> values) {
    return values.stream()
        .filter(Value::isPresent)
        .map(Value::name)
        .collect(Collectors.toCollection(HashSet::new));
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
    return Optional.ofNullable(fault)
        .or(() -> Optional.ofNullable(grown))
        .or(this::choice)
        .or(() -> Optional.ofNullable(worst))
        .map(candidate -> suspect(candidate, judge));
  }

  /**
   * A choice of another index. That a quantised number is a step off is nothing to point at where
   * nothing parts behind it.
   */
  private Optional<Candidate> choice() {
    return ties.stream()
        .map(Tie::candidate)
        .filter(tie -> chooses(tie.finding().node().op()))
        .findFirst();
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
        look.worst(index -> exact.at(name, index)),
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
                    .max(Comparator.comparingDouble(output -> output.isolated().severity())))
        .orElseThrow();
  }
}
