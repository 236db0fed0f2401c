package dev.sardonyx.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.runtime.kernel.CopyRate;
import dev.sardonyx.runtime.plan.StepClock;
import dev.sardonyx.runtime.plan.StepLabel;
import dev.sardonyx.runtime.profile.StepTime.Bound;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** A profile sums what its steps take, and shows all of it without anything from outside. */
class ProfileTest {
  private static final OptionalDouble PEAK = OptionalDouble.of(100);

  /** Of 100 GFLOP/s, and 10 GB/s in a copy. */
  private static StepTime step(
      String node, String operator, String module, long operations, long bytes, long nanos) {
    var source = Optional.of(new SourceLocation("Net.java", 7));
    var label = new StepLabel(node, operator, module, source, operations, bytes, Optional.empty());
    return new StepTime(new StepClock.Entry(label, "product x8", nanos), PEAK, 10);
  }

  private static Profile profile(List<StepTime> steps) {
    return new Profile("profile net", 1, PEAK, steps);
  }

  private static Profile small() {
    return profile(
        List.of(
            step("conv_1", "Conv + ...", "features.0", 10_000, 100, 200),
            step("pool_1", "MaxPool", "features.1", 0, 1_000, 400),
            step("gemm_1", "Gemm", "head", 1_000, 1_000, 400),
            step("conv_2", "Conv", "features.0", 10_000, 100, 100),
            step("add_1", "Add", "", 0, 500, 50)));
  }

  @Test
  void aStepIsBoundByWhatTakesLongerAtTheMachinesBest() {
    List<StepTime> steps = small().steps();
    assertThat(steps)
        .extracting(StepTime::bound)
        .containsExactly(Bound.COMPUTE, Bound.MEMORY, Bound.MEMORY, Bound.COMPUTE, Bound.MEMORY);
    assertThat(steps.getFirst().rate()).isEqualTo(50); // 10,000 in 200 ns
    assertThat(steps.getFirst().shareOfPeak()).isEqualTo(0.5);
    assertThat(steps.getFirst().shareOfBound()).isEqualTo(0.5); // 100 ns of 200
    assertThat(steps.get(1).bytesRate()).isEqualTo(2.5);
    assertThat(steps.get(1).shareOfBound()).isEqualTo(0.25); // 100 ns of 400
    assertThat(steps.get(2).shareOfBound()).isEqualTo(0.25); // not 10 ns of 400
  }

  @Test
  void operatorsAreSummedWithWhatIsFusedWithThem() {
    assertThat(small().byOperator())
        .extracting(Total::name, Total::steps, total -> Math.round(total.millis() * 1e6))
        .containsExactly(
            tuple("MaxPool", 1, 400L),
            tuple("Gemm", 1, 400L),
            tuple("Conv", 2, 300L),
            tuple("Add", 1, 50L));
  }

  @Test
  void aModuleHasTheTimeOfThoseWithinIt() {
    assertThat(small().byModule())
        .extracting(
            Total::label, Total::depth, Total::steps, total -> Math.round(total.millis() * 1e6))
        .containsExactly(
            tuple("features", 0, 3, 700L),
            tuple("0", 1, 2, 300L),
            tuple("1", 1, 1, 400L),
            tuple("head", 0, 1, 400L),
            tuple("(no module)", 0, 1, 50L));
  }

  @Test
  void theTotalsAreAllOfTheTime() {
    double all = small().stepMillis();
    assertThat(small().byOperator().stream().mapToDouble(Total::millis).sum())
        .isCloseTo(all, within(1e-12));
    assertThat(
            small().byModule().stream()
                .filter(total -> total.depth() == 0)
                .mapToDouble(Total::millis)
                .sum())
        .isCloseTo(all, within(1e-12));
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  @Test
  void thePictureIsXmlWhateverNodesAreCalled() throws Exception {
    String evil = "</text><script>alert('&')</script>\u0000\"";
    Profile profile = profile(List.of(step(evil, evil, evil, 1, 1, 1)));
    assertThat(xml(ProfileChart.of(profile)).getElementsByTagName("script").getLength()).isZero();
    assertThat(ProfilePage.of(profile)).doesNotContain("<script");
  }

  @Test
  void nothingComesFromOutside() {
    String page = ProfilePage.of(small());
    assertThat(page.replace("http://www.w3.org/2000/svg", ""))
        .contains("conv_1", "product x8", "Net.java:7")
        .doesNotContain("http:", "https:", "src=", "href=", "url(", "@import");
  }

  @Test
  void eachStepHasABarAndThoseThatMultiplyARate() throws Exception {
    Document picture = xml(ProfileChart.of(small()));
    assertThat(bars(picture)).isEqualTo(5 + 3);
  }

  @Test
  void ofThousandsOfStepsTheLongestAreShownAndTheOthersTold() throws Exception {
    List<StepTime> steps = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      steps.add(step("add_" + i, "Add", "layer." + i, 0, 100, i == 1_700 ? 10_000 : 1 + i));
    }
    String text = ProfileChart.of(profile(steps));
    assertThat(bars(xml(text))).isEqualTo(300);
    assertThat(text).contains("the 2700 shortest are left out", "add_1700, Net.java:7");
  }

  /** Those have what they say when one points at them. */
  private static long bars(Document picture) {
    var rectangles = picture.getElementsByTagName("rect");
    long count = 0;
    for (int i = 0; i < rectangles.getLength(); i++) {
      count += rectangles.item(i).hasChildNodes() ? 1 : 0;
    }
    return count;
  }

  @Test
  void copiesHaveARateAtEverySize() {
    try (var copies = new CopyRate(2)) {
      assertThat(copies.of(0)).isPositive();
      assertThat(copies.of(1)).as("measured once for a size").isEqualTo(copies.of(4_096));
      assertThat(copies.of(100_000)).isPositive();
    }
  }
}
