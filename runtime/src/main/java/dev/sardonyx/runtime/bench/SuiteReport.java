package dev.sardonyx.runtime.bench;

import dev.sardonyx.api.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The measurements of a suite as a page for people, in Markdown.
 *
 * @param facts where and when, a line each
 * @param models in the order of the page
 * @param missing what was not measured and why, a line each
 */
public record SuiteReport(
    List<String> facts, List<String> models, List<Measurement> measurements, List<String> missing) {

  /** The page; chart is the file name of the picture beside it. */
  public String markdown(String chart) {
    return Stream.of(
            List.of("# Benchmarks", "", "Made by `./sardonyx bench --suite`; not written by hand."),
            List.of(""),
            facts.stream().map(fact -> "- " + fact).toList(),
            List.of(
                "",
                "Ratios are ONNX Runtime's median time over the native engine's: above 1 the native engine is faster; in brackets the",
                "quartiles over the rounds. Outputs of all engines were compared in the same runs. \"~\": not stable to 3 % within the",
                "time to warm up.",
                "",
                "![ONNX Runtime's time over the native engine's](" + chart + ")",
                "",
                "## Ratios at batch 1",
                ""),
            ratios(),
            List.of("", "## Batches", ""),
            batches(),
            List.of("", "## From the start of a process to the first result", ""),
            starts(),
            List.of("", "## All times", ""),
            times(),
            missing.isEmpty() ? List.<String>of() : List.of("", "## Not measured", ""),
            missing.stream().map(line -> "- " + line).toList())
        .flatMap(List::stream)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private List<String> ratios() {
    return table(
        List.of("model", "machine 1T", "machine 2T", "vector 1T", "vector 2T", "scalar 1T"),
        models.stream()
            .map(
                model ->
                    List.of(
                        model,
                        ratioText(model, "machine", 1),
                        ratioText(model, "machine", 2),
                        ratioText(model, "vector", 1),
                        ratioText(model, "vector", 2),
                        ratioText(model, "scalar", 1)))
            .toList());
  }

  private String ratioText(String model, String kernels, int threads) {
    return ratio(model, kernels, threads)
        .map(
            ratio ->
                "%s (%s .. %s)"
                    .formatted(
                        decimals(2, ratio.number("ratio_ort_over_native")),
                        decimals(2, ratio.number("ratio_p25")),
                        decimals(2, ratio.number("ratio_p75"))))
        .orElse("");
  }

  /** The ratio of a model at batch 1. */
  Optional<Measurement> ratio(String model, String kernels, int threads) {
    return measurements.stream()
        .filter(Measurement::isRatio)
        .filter(one -> one.isOf(model, 1, threads) && one.text("kernels").equals(kernels))
        .findFirst();
  }

  private List<String> batches() {
    List<String> batched =
        measurements.stream()
            .filter(one -> one.number("batch") > 1)
            .map(Measurement::subject)
            .distinct()
            .toList();
    return table(
        List.of("model", "batch", "engine", "median ms", "ms per sample"),
        measurements.stream()
            .filter(one -> one.has("median_ms") && batched.contains(one.subject()))
            .filter(one -> one.number("threads") == 1 && !one.text("kernels").equals("scalar"))
            .map(
                one ->
                    List.of(
                        one.subject(),
                        decimals(0, one.number("batch")),
                        engine(one),
                        millis(one.number("median_ms")),
                        millis(one.number("median_ms") / one.number("batch"))))
            .toList());
  }

  private List<String> starts() {
    return table(
        List.of("model", "engine", "ms (median of 5)", "least", "of this opening the session"),
        measurements.stream()
            .filter(Measurement::isStart)
            .map(
                one ->
                    List.of(
                        one.subject(),
                        engine(one),
                        decimals(0, one.number("cold_ms")),
                        decimals(0, one.number("cold_least_ms")),
                        decimals(0, one.number("open_ms"))))
            .toList());
  }

  private List<String> times() {
    return table(
        List.of(
            "model",
            "batch",
            "threads",
            "engine",
            "median ms",
            "p10",
            "p99",
            "bytes/run",
            "open ms",
            "RSS MB"),
        measurements.stream()
            .filter(one -> one.has("median_ms"))
            .map(
                one ->
                    List.of(
                        one.subject(),
                        decimals(0, one.number("batch")),
                        decimals(0, one.number("threads")),
                        engine(one),
                        millis(one.number("median_ms")) + (isStable(one) ? "" : " ~"),
                        millis(one.number("p10_ms")),
                        millis(one.number("p99_ms")),
                        decimals(0, one.number("alloc_bytes_per_run")),
                        decimals(0, one.number("open_ms")),
                        decimals(0, one.number("rss_mb"))))
            .toList());
  }

  private static boolean isStable(Measurement one) {
    return one.fields().get("stable") == JsonValue.JsonWord.TRUE;
  }

  private static String engine(Measurement one) {
    return new Contender(one.text("engine"), one.text("kernels")).toString();
  }

  private static List<String> table(List<String> header, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return List.of("None.");
    }
    String rule = header.stream().map(name -> "---").collect(Collectors.joining("|", "|", "|"));
    return Stream.concat(Stream.of(row(header), rule), rows.stream().map(SuiteReport::row))
        .toList();
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String millis(double value) {
    return decimals(value < 1 ? 4 : 2, value);
  }

  static String decimals(int count, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + count + "f", value);
  }
}
