package dev.sardonyx.runtime.conformance;

import dev.sardonyx.api.engine.DataFormat;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Compares the outputs that a run has written with those that lie beside the inputs.
 *
 * @param values reads both
 * @param out where the run has written
 */
public record Judge(DataFormat values, Path out) {

  /** What is to be said of an outcome. */
  public Judgement of(Outcome outcome) {
    return switch (outcome.status()) {
      case OK -> compared(outcome);
      case UNSUPPORTED -> new Judgement(outcome, Verdict.UNSUPPORTED, outcome.reason());
      case ERROR -> new Judgement(outcome, Verdict.ERROR, outcome.reason());
      case TIMEOUT -> new Judgement(outcome, Verdict.TIMEOUT, outcome.reason());
    };
  }

  private Judgement compared(Outcome outcome) {
    DataSet set = outcome.set();
    if (!set.isJudged()) {
      return new Judgement(outcome, Verdict.UNJUDGED, "there is nothing to compare with");
    }
    Tolerance tolerance;
    try {
      tolerance = Closeness.of(set);
    } catch (SardonyxException bad) {
      return badData(outcome, bad);
    }
    for (int i = 0; i < outcome.outputs().size(); i++) {
      ValueType type = outcome.outputs().get(i);
      Data expected;
      try {
        expected = values.read(set.expected(i), type);
      } catch (SardonyxException bad) {
        return badData(outcome, bad);
      }
      try {
        Data found = values.read(set.result(out, i), type);
        Optional<String> wrong = difference("output " + i, found, expected, tolerance);
        if (wrong.isPresent()) {
          return new Judgement(outcome, Verdict.WRONG, wrong.get());
        }
      } catch (SardonyxException unlike) {
        return new Judgement(outcome, Verdict.WRONG, "output " + i + ": " + unlike.reason());
      }
    }
    return new Judgement(outcome, Verdict.PASSED, "");
  }

  private static Optional<String> difference(
      String name, Data found, Data expected, Tolerance tolerance) {
    return Comparison.of(name, found, expected, _ -> tolerance).difference();
  }

  private static Judgement badData(Outcome outcome, SardonyxException error) {
    return new Judgement(outcome, Verdict.ERROR, "bad data: " + error.reason());
  }
}
