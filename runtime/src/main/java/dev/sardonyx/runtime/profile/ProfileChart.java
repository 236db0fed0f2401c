package dev.sardonyx.runtime.profile;

import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.runtime.text.Markup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A profile as a picture in SVG that needs nothing else: a bar for the time of each step in the
 * order of a run, coloured by operator, a line for their sum, and below the rate of each against
 * the peak of the machine.
 */
public final class ProfileChart {
  /** More bars would be thinner than a pixel: the shortest are left out, and told. */
  private static final int MOST_BARS = 300;

  /** More names would lie on each other. */
  private static final int MOST_NAMES = 90;

  private static final int MOST_LETTERS = 20;
  private static final int WIDTH = 1200;
  private static final int LEFT = 64;
  private static final int RIGHT = 60;
  private static final int PLOT = WIDTH - LEFT - RIGHT;
  private static final int TOP = 104;
  private static final int TIMES = 250;
  private static final int GAP = 58;
  private static final int RATES = 170;
  private static final int NAMES = 130;

  private final Profile profile;
  private final boolean titled;
  private final List<StepTime> steps;
  private final ChartStyle style;
  private final StringBuilder svg = new StringBuilder();

  private ProfileChart(Profile profile, boolean titled) {
    this.profile = profile;
    this.titled = titled;
    Set<StepTime> shown =
        profile.longestFirst().stream().limit(MOST_BARS).collect(Collectors.toSet());
    steps = profile.steps().stream().filter(shown::contains).toList();
    style = new ChartStyle(profile);
  }

  /** The picture. */
  public static String of(Profile profile) {
    return new ProfileChart(profile, true).drawn();
  }

  /** The same without what the page around it says. */
  static String untitled(Profile profile) {
    return new ProfileChart(profile, false).drawn();
  }

  /** Writes the picture, whole or not at all. Errors: FILE. */
  public static void write(Path file, Profile profile) {
    AtomicFile.write(file, out -> out.write(of(profile).getBytes(StandardCharsets.UTF_8)));
  }

  private String drawn() {
    boolean named = steps.size() <= MOST_NAMES;
    int bottom = TOP + TIMES + GAP + RATES;
    int height = bottom + (named ? NAMES : 30);
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"profile\" viewBox=\"0 %d %d %d\" role=\"img\">",
        titled ? 0 : 32, WIDTH, titled ? height : height - 32);
    add("<title>%s</title>", Markup.escaped(profile.title()));
    add("<style>%s</style>", ChartStyle.sheet());
    add("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", WIDTH, height);
    if (titled) {
      text(LEFT, 28, "title", "start", profile.title());
    }
    text(LEFT, 48, "soft", "start", summary());
    legend();
    times();
    rates(TOP + TIMES + GAP);
    if (named) {
      names(bottom + 14);
    }
    return svg.append("</svg>\n").toString();
  }

  private String summary() {
    int left = profile.steps().size() - steps.size();
    return number(
            "%.3f ms a run, %.3f in %d steps",
            profile.wholeMillis(), profile.stepMillis(), profile.steps().size())
        + (left == 0 ? "" : "; the " + left + " shortest are left out");
  }

  private void legend() {
    int x = LEFT;
    for (Total operator : profile.byOperator()) {
      if (style.isOwn(operator.name())) {
        String words =
            number("%s %.0f%%", operator.name(), 100 * operator.millis() / profile.stepMillis());
        x = entry(x, style.of(operator.name()), words);
      }
    }
    if (profile.byOperator().stream().anyMatch(operator -> !style.isOwn(operator.name()))) {
      entry(x, style.of(""), "other operators");
    }
  }

  private int entry(int x, String colour, String words) {
    add("<rect class=\"%s\" x=\"%d\" y=\"64\" width=\"11\" height=\"11\" rx=\"2\"/>", colour, x);
    text(x + 16, 74, "", "start", words);
    return x + 40 + 8 * words.length();
  }

  private void times() {
    double most = steps.stream().mapToDouble(StepTime::millis).max().orElse(0);
    var axis = new Axis(most, TOP, TIMES);
    text(LEFT, TOP - 8, "soft", "start", "milliseconds of each step, and their sum");
    axis.draw("");
    for (int i = 0; i <= 4; i++) {
      text(LEFT + PLOT + 8, TOP + TIMES - i * TIMES / 4 + 4, "soft", "start", 25 * i + "%");
    }
    double sum = 0;
    var line = new StringBuilder(number("M%d %d", LEFT, TOP + TIMES));
    for (int i = 0; i < steps.size(); i++) {
      StepTime step = steps.get(i);
      bar(i, axis.y(step.millis()), TOP + TIMES, step);
      sum += step.millis();
      line.append(number(" L%.1f %.1f", x(i + 1), TOP + TIMES * (1 - sum / profile.stepMillis())));
    }
    add("<path class=\"sum\" d=\"%s\"/>", line);
  }

  private void rates(int top) {
    double best = steps.stream().mapToDouble(StepTime::rate).max().orElse(0);
    double peak = profile.peak().orElse(0);
    var axis = new Axis(Math.max(best, peak), top, RATES);
    text(
        LEFT,
        top - 8,
        "soft",
        "start",
        "GFLOP/s of steps that multiply; dashed the peak of fused multiply-adds, which less work than"
            + " the definition's may exceed");
    axis.draw("");
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).isCounted()) {
        bar(i, axis.y(steps.get(i).rate()), top + RATES, steps.get(i));
      }
    }
    if (peak > 0) {
      double y = axis.y(peak);
      add(
          "<line class=\"peak\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
          LEFT, LEFT + PLOT, y, y);
      text(LEFT + PLOT + 8, (int) y + 4, "", "start", number("%.0f", peak));
    }
  }

  /** A scale of round numbers. */
  private final class Axis {
    private static final int TICKS = 4;
    private final double tick;
    private final int top;
    private final int height;

    Axis(double most, int top, int height) {
      this.top = top;
      this.height = height;
      double rough = Math.max(most, 1e-9) / TICKS;
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      tick =
          power
              * List.of(1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.5, 10.0).stream()
                  .filter(step -> step * power >= rough)
                  .min(Comparator.naturalOrder())
                  .orElse(10.0);
    }

    double y(double value) {
      return top + height * (1 - value / (TICKS * tick));
    }

    void draw(String unit) {
      for (int i = 0; i <= TICKS; i++) {
        double y = y(i * tick);
        add(
            "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
            LEFT, LEFT + PLOT, y, y);
        text(LEFT - 8, (int) y + 4, "soft", "end", trimmed(i * tick) + unit);
      }
    }

    private String trimmed(double value) {
      String digits = number("%.5f", value);
      return digits.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
  }

  private void bar(int index, double y, int bottom, StepTime step) {
    double width = (double) PLOT / steps.size();
    double thin = width > 6 ? width * 0.78 : width;
    add(
        "<rect class=\"%s\" x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\"><title>%s</title></rect>",
        style.of(step.operator()),
        x(index) + (width - thin) / 2,
        y,
        Math.max(thin, 0.8),
        Math.max(0, bottom - y),
        Markup.escaped(tip(step)));
  }

  private static String tip(StepTime step) {
    return number(
        "%s: %s%n%.4f ms%s, %.1f GB/s; %s, %.0f%% of it%n%s",
        step.entry().place(),
        step.entry().label().operator(),
        step.millis(),
        step.isCounted() ? number(", %.1f GFLOP/s", step.rate()) : "",
        step.bytesRate(),
        step.bound().word(),
        100 * step.shareOfBound(),
        step.entry().kernel());
  }

  private void names(int y) {
    double width = (double) PLOT / steps.size();
    for (int i = 0; i < steps.size(); i++) {
      String name = steps.get(i).entry().label().node();
      String cut =
          name.length() > MOST_LETTERS ? name.substring(0, MOST_LETTERS - 3) + "..." : name;
      double x = x(i) + width / 2 + 3;
      add(
          "<text class=\"soft\" x=\"%.1f\" y=\"%d\" text-anchor=\"end\" transform=\"rotate(-55 %.1f %d)\">%s</text>",
          x, y, x, y, Markup.escaped(cut));
    }
  }

  private double x(int index) {
    return LEFT + (double) PLOT * index / Math.max(1, steps.size());
  }

  private void text(int x, int y, String kind, String anchor, String words) {
    add(
        "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>",
        kind, x, y, anchor, Markup.escaped(words));
  }

  private void add(String format, Object... values) {
    svg.append(number(format, values)).append('\n');
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
