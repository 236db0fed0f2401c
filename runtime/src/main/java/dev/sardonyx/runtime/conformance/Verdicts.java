package dev.sardonyx.runtime.conformance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Judgements of a run by case: one that has not passed stands for its case. */
public final class Verdicts {
  private final Map<String, Judgement> byCase = new TreeMap<>();

  /** Adds the judgement of a data set. */
  public void add(Judgement judgement) {
    byCase.merge(
        judgement.outcome().set().caseName(),
        judgement,
        (a, b) -> a.verdict() == Verdict.PASSED ? b : a);
  }

  /** By name of the case, sorted. */
  public Map<String, Judgement> byCase() {
    return byCase;
  }

  /** How many cases of each group had each verdict. */
  public Map<String, Map<Verdict, Integer>> byGroup() {
    Map<String, Map<Verdict, Integer>> groups = new TreeMap<>();
    for (Judgement judgement : byCase.values()) {
      groups
          .computeIfAbsent(judgement.outcome().set().group(), _ -> new EnumMap<>(Verdict.class))
          .merge(judgement.verdict(), 1, Integer::sum);
    }
    return groups;
  }

  /** Cases that have not passed by verdict and reason, most cases first. */
  public List<Reason> reasons() {
    Map<String, Reason> reasons = new TreeMap<>();
    byCase.forEach(
        (name, judgement) -> {
          if (judgement.verdict() != Verdict.PASSED) {
            reasons
                .computeIfAbsent(
                    judgement.verdict() + judgement.reason(),
                    _ -> new Reason(judgement.verdict(), judgement.reason(), new ArrayList<>()))
                .cases()
                .add(name);
          }
        });
    return reasons.values().stream()
        .sorted((a, b) -> Integer.compare(b.cases().size(), a.cases().size()))
        .toList();
  }

  /** Cases that have one reason in common. */
  public record Reason(Verdict verdict, String text, List<String> cases) {}
}
