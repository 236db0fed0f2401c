package dev.sardonyx.processor.weights;

import dev.sardonyx.api.state.LoadReport;
import dev.sardonyx.processor.model.WeightsMark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a compiler says of weights that do not fit. */
final class Misfit {
  private static final int MOST_ROWS = 20;

  private Misfit() {}

  /** A summary, a table of entries, and what to do. */
  static String text(LoadReport report, WeightsMark mark, String type, Path file) {
    var text =
        new StringBuilder(mark.file() + " does not fit " + type + ": " + counts(report, mark))
            .append(report.faultTable(MOST_ROWS));
    report.hints().forEach(hint -> text.append("\n  hint: ").append(hint));
    return text.append("\n  ours is ")
        .append(type)
        .append(" as its constructor without arguments makes it, theirs is ")
        .append(file)
        .append("; change the one or the other (./sardonyx convert renames entries), or say how")
        .append(" they are loaded: @Weights(cast = true) or (partial = true)")
        .toString();
  }

  private static String counts(LoadReport report, WeightsMark mark) {
    List<String> counts = new ArrayList<>();
    add(counts, report.missing().size(), "missing");
    add(counts, report.unexpected().size(), "unexpected");
    long shapes = report.clashes().stream().filter(Misfit::differsInShape).count();
    add(counts, shapes, "of another shape");
    add(counts, report.clashes().size() - shapes, "of another element type");
    String all = String.join(", ", counts);
    return mark.partial() ? "nothing of it fits; " + all : all;
  }

  private static void add(List<String> counts, long count, String what) {
    if (count > 0) {
      counts.add(count + " " + what);
    }
  }

  private static boolean differsInShape(LoadReport.Row clash) {
    return !clash.ours().orElseThrow().shape().equals(clash.theirs().orElseThrow().shape());
  }
}
