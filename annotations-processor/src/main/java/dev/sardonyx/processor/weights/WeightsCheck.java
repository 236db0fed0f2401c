package dev.sardonyx.processor.weights;

import dev.sardonyx.api.checkpoint.CheckpointTypes;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.LoadPolicy;
import dev.sardonyx.api.state.LoadReport;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.processor.check.Code;
import dev.sardonyx.processor.check.Problems;
import dev.sardonyx.processor.check.Problems.Message;
import dev.sardonyx.processor.model.WeightsMark;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/** Compares a model with the file that its Weights annotation names. */
public final class WeightsCheck {
  private final Problems problems;
  private final WeightsFolder folder;

  /** The rules of one round. */
  public WeightsCheck(Problems problems, WeightsFolder folder) {
    this.problems = problems;
    this.folder = folder;
  }

  /** Reports the annotation on a class that is no model. */
  public void misplaced(TypeElement type, WeightsMark mark) {
    problems.error(
        Code.WEIGHTS,
        type,
        mark.mirror(),
        new Message(
            type.getSimpleName() + " names weights but is no model",
            "@Weights beside @Model",
            "no @Model",
            "add @Model, or move @Weights to the model that this is part of"));
  }

  /**
   * Reports a file that cannot be read, or whose entries are not the model's.
   *
   * @param ours the entries of the model that its constructor without arguments makes; none where
   *     they are not known, and then the file alone is checked
   */
  public void check(TypeElement type, WeightsMark mark, Optional<Map<String, TensorType>> ours) {
    switch (folder.place(mark.file())) {
      case WeightsFolder.Place.Refused(Message why) ->
          problems.error(Code.WEIGHTS, type, mark.mirror(), why);
      case WeightsFolder.Place.Found(Path file) -> check(type, mark, ours, file);
    }
  }

  private void check(
      TypeElement type, WeightsMark mark, Optional<Map<String, TensorType>> ours, Path file) {
    Map<String, TensorType> theirs;
    try {
      theirs = CheckpointTypes.read(file);
    } catch (SardonyxException error) {
      problems.error(
          Code.WEIGHTS,
          type,
          mark.mirror(),
          mark.file() + " cannot be checked: " + error.getMessage() + fix(error.code()));
      return;
    }
    ours.map(types -> LoadReport.of(types, theirs, policy(mark)))
        .filter(report -> !fits(report, mark))
        .ifPresent(
            report ->
                problems.error(
                    Code.WEIGHTS,
                    type,
                    mark.mirror(),
                    Misfit.text(report, mark, type.getSimpleName().toString(), file)));
  }

  /** Says of a file that can be read that its entries were not compared with a model's. */
  public static String unchecked(TypeElement type, WeightsMark mark) {
    return "["
        + Code.WEIGHTS.text()
        + "] whether "
        + mark.file()
        + " fits "
        + type.getSimpleName()
        + " was not checked: what its constructor without arguments makes is not known";
  }

  private static String fix(ErrorCode code) {
    return code == ErrorCode.FORMAT ? "; write or download it again" : "";
  }

  private static LoadPolicy policy(WeightsMark mark) {
    return mark.cast() ? LoadPolicy.STRICT.cast() : LoadPolicy.STRICT;
  }

  private static boolean fits(LoadReport report, WeightsMark mark) {
    return report.isComplete() || (mark.partial() && !report.loaded().isEmpty());
  }
}
