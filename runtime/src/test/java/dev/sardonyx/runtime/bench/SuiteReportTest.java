package dev.sardonyx.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuiteReportTest {
  private static final String START =
      "{\"model\": \"m\", \"threads\": 1, \"batch\": %d, \"engine\": \"native\","
          + " \"kernels\": \"vector\", ";

  private static Measurement time(int batch, double millis, boolean stable) {
    return Measurement.parse(
        START.formatted(batch) + "\"stable\": %s, \"median_ms\": %s}".formatted(stable, millis));
  }

  private static Measurement ratio(double ratio) {
    return Measurement.parse(
        START.formatted(1)
            + "\"ratio_ort_over_native\": %s, \"ratio_p25\": 0.5, \"ratio_p75\": 2}"
                .formatted(ratio));
  }

  private static SuiteReport report(Measurement... measurements) {
    return new SuiteReport(List.of("a fact"), List.of("m"), List.of(measurements), List.of());
  }

  @Test
  void ratiosHaveTheirQuartiles() {
    assertThat(report(ratio(1.25)).markdown("c.svg"))
        .contains("- a fact", "(c.svg)", "| m |  |  | 1.25 (0.50 .. 2.00) |  |  |");
  }

  @Test
  void aModelOfStoredWeightsIsARowOfItsOwn() {
    Measurement stored =
        Measurement.parse(
            START.formatted(1)
                + "\"weights\": \"int8\", \"ratio_ort_over_native\": 3,"
                + " \"ratio_p25\": 2, \"ratio_p75\": 4}");
    var report =
        new SuiteReport(List.of(), List.of("m", "m int8"), List.of(ratio(1), stored), List.of());
    assertThat(report.markdown("c.svg"))
        .contains("| m |  |  | 1.00 (0.50 .. 2.00) |", "| m int8 |  |  | 3.00 (2.00 .. 4.00) |");
  }

  @Test
  void batchesAreToldPerSampleBesideBatchOne() {
    assertThat(report(time(1, 2, true), time(8, 12, true)).markdown("c.svg"))
        .contains("| m | 1 | native (vector) | 2.00 | 2.00 |")
        .contains("| m | 8 | native (vector) | 12.00 | 1.50 |");
  }

  @Test
  void whatWasNotStableIsMarked() {
    assertThat(report(time(1, 2, false)).markdown("c.svg")).contains("native (vector) | 2.00 ~ |");
  }

  @Test
  void whatIsMissingIsSaid() {
    var report = new SuiteReport(List.of(), List.of("m"), List.of(), List.of("the time was over"));
    assertThat(report.markdown("c.svg")).contains("## Not measured", "- the time was over");
    assertThat(SuiteChart.of(report)).contains("not measured");
  }

  @Test
  void barsAreAsLongAsRatiosUpToTheEndOfThePlot() {
    assertThat(SuiteChart.of(report(ratio(1.5)))).contains("width=\"260\"", ">1.50<");
    assertThat(SuiteChart.of(report(ratio(30)))).contains("width=\"520\"", ">30.00<");
  }
}
