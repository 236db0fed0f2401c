package dev.sardonyx.runtime.bench;

import java.util.List;
import java.util.Optional;

/**
 * The ratios of a suite as bars, in SVG: one group for each model, a line where engines are even.
 */
public final class SuiteChart {
  private static final int LEFT = 150;
  private static final int PLOT = 520;
  private static final int RIGHT = 60;
  private static final int TOP = 64;
  private static final int BAR = 12;
  private static final int GAP = 14;

  /** What is longer than this is cut, and tells its number. */
  private static final double LONGEST = 3;

  private record Series(String name, String kernels, int threads, String colour) {}

  private static final List<Series> SERIES =
      List.of(
          new Series("machine, 1 thread", "machine", 1, "#2f7d4f"),
          new Series("machine, 2 threads", "machine", 2, "#93c9a6"),
          new Series("vector, 1 thread", "vector", 1, "#1b6ca8"),
          new Series("vector, 2 threads", "vector", 2, "#86b8dc"));

  private final SuiteReport report;
  private final StringBuilder svg = new StringBuilder();

  private SuiteChart(SuiteReport report) {
    this.report = report;
  }

  /** The picture. */
  public static String of(SuiteReport report) {
    return new SuiteChart(report).drawn();
  }

  private String drawn() {
    int group = SERIES.size() * BAR + GAP;
    int bottom = TOP + report.models().size() * group;
    int width = LEFT + PLOT + RIGHT;
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <title>ONNX Runtime's time over the native engine's, batch 1</title>
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        """
            .formatted(width, bottom + 34));
    text(
        14,
        22,
        "start",
        "14",
        "ONNX Runtime's time / the native engine's, batch 1 (longer is faster)");
    legend();
    grid(bottom);
    for (int i = 0; i < report.models().size(); i++) {
      model(report.models().get(i), TOP + i * group + GAP / 2);
    }
    return svg.append("</svg>\n").toString();
  }

  private void legend() {
    int x = LEFT;
    for (Series series : SERIES) {
      rect(x, 36, 12, 12, series.colour());
      text(x + 18, 46, "start", "12", series.name());
      x += 140;
    }
  }

  private void grid(int bottom) {
    for (int half = 0; half <= 2 * LONGEST; half++) {
      double value = half / 2.0;
      boolean even = value == 1;
      svg.append(
          "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\"/>\n"
              .formatted(x(value), TOP, x(value), bottom, even ? "#333333" : "#dddddd"));
      text(x(value), bottom + 18, "middle", "12", even ? "1 (even)" : "" + value);
    }
  }

  private void model(String name, int top) {
    text(LEFT - 10, top + SERIES.size() * BAR / 2 + 4, "end", "12", name);
    for (int i = 0; i < SERIES.size(); i++) {
      Series series = SERIES.get(i);
      Optional<Measurement> ratio = report.ratio(name, series.kernels(), series.threads());
      int y = top + i * BAR;
      double value = ratio.map(one -> one.number("ratio_ort_over_native")).orElse(0.0);
      rect(LEFT, y + 1, x(value) - LEFT, BAR - 2, series.colour());
      String label = ratio.isEmpty() ? "not measured" : SuiteReport.decimals(2, value);
      text(x(value) + 5, y + BAR - 2, "start", "10", label);
    }
  }

  private static int x(double value) {
    return LEFT + (int) Math.round(PLOT * Math.min(value, LONGEST) / LONGEST);
  }

  private void rect(int x, int y, int width, int height, String colour) {
    svg.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
            .formatted(x, y, width, height, colour));
  }

  private void text(int x, int y, String anchor, String size, String words) {
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"%s\" fill=\"#222222\" paint-order=\"stroke\" stroke=\"#ffffff\" stroke-width=\"3\">%s</text>\n"
            .formatted(x, y, anchor, size, words));
  }
}
