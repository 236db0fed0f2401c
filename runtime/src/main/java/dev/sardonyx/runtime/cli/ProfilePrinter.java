package dev.sardonyx.runtime.cli;

import dev.sardonyx.runtime.profile.Profile;
import dev.sardonyx.runtime.profile.StepTime;
import dev.sardonyx.runtime.profile.Total;
import dev.sardonyx.runtime.text.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A profile in tables. */
final class ProfilePrinter {
  /** What fits beside the name of a step. */
  private static final int KERNEL_WIDTH = 76;

  private final PrintStream out;
  private final Profile profile;

  ProfilePrinter(PrintStream out, Profile profile) {
    this.out = out;
    this.profile = profile;
  }

  void print(ProfileOptions.By by) {
    out.println(profile.title());
    out.println(
        text(
            "%.3f ms a run, %.3f in steps; multiply-adds in registers %s",
            profile.wholeMillis(),
            profile.stepMillis(),
            profile.peak().isPresent()
                ? text("%.0f GFLOP/s", profile.peak().getAsDouble())
                : "unknown"));
    out.println();
    switch (by) {
      case NODE -> steps();
      case OPERATOR -> totals("operator", profile.byOperator());
      case MODULE -> totals("module", profile.byModule());
    }
    out.println();
  }

  private void steps() {
    var table =
        new Table(
            "step",
            "operator",
            "ms",
            "% of run",
            "GFLOP/s",
            "% of peak",
            "GB/s",
            "bound",
            "% of it");
    for (StepTime step : profile.longestFirst()) {
      boolean peak = step.isCounted() && profile.peak().isPresent();
      table.row(
          step.entry().place(),
          step.entry().label().operator(),
          text("%.4f", step.millis()),
          share(step.millis()),
          step.isCounted() ? text("%.1f", step.rate()) : "",
          peak ? text("%.0f", 100 * step.shareOfPeak()) : "",
          text("%.1f", step.bytesRate()),
          step.bound().word(),
          text("%.0f", 100 * step.shareOfBound()));
    }
    out.print(table);
    out.println(
        "bound: the definition's work at the peak, or its bytes at the rate of a copy of as many;");
    out.println("more than 100 % of it is less work, as by Winograd, or tiles");
    out.println();
    kernels();
  }

  private void kernels() {
    var table = new Table("step", "kernels of its first thread");
    for (StepTime step : profile.longestFirst()) {
      String place = step.entry().label().node();
      for (String line : wrapped(step.entry().kernel())) {
        table.row(place, line);
        place = "";
      }
    }
    out.print(table);
  }

  private static List<String> wrapped(String names) {
    List<String> lines = new ArrayList<>();
    String rest = names;
    while (rest.length() > KERNEL_WIDTH) {
      int comma = rest.lastIndexOf(", ", KERNEL_WIDTH);
      int end = comma > 0 ? comma + 1 : KERNEL_WIDTH;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).strip();
    }
    lines.add(rest);
    return lines;
  }

  private void totals(String word, List<Total> totals) {
    var table = new Table(word, "steps", "ms", "% of run", "GFLOP/s", "GB/s");
    for (Total total : totals) {
      table.row(
          "  ".repeat(total.depth()) + total.label(),
          total.steps(),
          text("%.4f", total.millis()),
          share(total.millis()),
          total.operations() > 0 ? text("%.1f", total.rate()) : "",
          text("%.1f", total.bytesRate()));
    }
    out.print(table);
  }

  private String share(double millis) {
    return text("%.1f", 100 * millis / profile.wholeMillis());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
