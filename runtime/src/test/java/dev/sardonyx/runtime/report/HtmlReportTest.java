package dev.sardonyx.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.api.graph.Graph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages in a browser, as their readers see them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HtmlReportTest {
  private static final Path PICTURES = Path.of("target", "report-pictures");

  /** What a page may take until its graph is there, on a machine with much else to do. */
  private static final double MILLISECONDS = 2000;

  @TempDir private Path folder;
  private Browser browser;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Browser.program().isPresent(), Browser.LACKING);
    browser = Browser.start();
  }

  @AfterAll
  void stop() throws IOException, InterruptedException {
    if (browser != null) {
      browser.close();
    }
  }

  private void open(ReportData data, int width, String scheme) {
    Path file = folder.resolve("report.html");
    HtmlReport.write(file, data);
    browser.open(file, width, 900, scheme);
    browser.evaluate(
        "new Promise(done => { const wait = () => Number.isNaN(window.sardonyx.painted)"
            + " ? requestAnimationFrame(wait) : done(1); wait(); })");
  }

  private void showGraph() {
    browser.evaluate("document.getElementById('graph').scrollIntoView({behavior: 'instant'})");
  }

  private void clickNode(String name) {
    showGraph();
    double x = browser.number("window.sardonyx.placeOf('" + name + "').x");
    double y = browser.number("window.sardonyx.placeOf('" + name + "').y");
    browser.click(x, y);
  }

  private String text(String selector) {
    return browser.evaluate("document.querySelector('" + selector + "').textContent");
  }

  @ParameterizedTest
  @CsvSource({"50, 1280, light", "50, 800, dark", "3000, 1280, dark", "3000, 800, light"})
  void opensWithoutErrorsAndShowsTheFault(int nodes, int width, String scheme) throws IOException {
    Graph graph = Pages.graph(nodes, i -> "node_" + i);
    open(Pages.failing(graph, nodes / 2), width, scheme);
    String fault = "node_" + nodes / 2;
    assertEquals(List.of(), browser.errors());
    assertEquals(fault, browser.evaluate("window.sardonyx.selected()"));
    assertTrue(text("#headline").contains(fault), text("#headline"));
    assertTrue(text("#sentences").contains("To blame is native"), text("#sentences"));
    assertEquals(
        width, browser.number("document.documentElement.scrollWidth"), "no sideways scroll");
    double painted = browser.number("window.sardonyx.painted");
    assertTrue(painted < MILLISECONDS, painted + " ms");
    browser.screenshot(PICTURES.resolve(nodes + "-" + width + "-" + scheme + ".png"), true);
  }

  @ParameterizedTest
  @CsvSource({"50", "3000"})
  void aClickOnANodeShowsWhatIsKnownOfIt(int nodes) {
    open(Pages.failing(Pages.graph(nodes, i -> "node_" + i), nodes / 2), 1280, "light");
    String other = "node_" + (nodes / 2 + 1);
    clickNode(other);
    assertEquals(other, browser.evaluate("window.sardonyx.selected()"));
    assertEquals(other, text("#details-name"));
    for (String part : List.of("Net.java:", "stage", "relative L2", "rms", "float32[2, 64]")) {
      assertTrue(text("#details").contains(part), part);
    }
  }

  @Test
  void searchFindsByNameOperatorModuleAndSource() {
    open(Pages.failing(Pages.graph(3000, i -> "node_" + i), 7), 1280, "light");
    for (String[] one :
        new String[][] {
          {"node_2345", "node_2345"},
          {"max stage3 block2", "node_215"},
          {"net.java:13 stage1.block0", "node_67"}
        }) {
      browser.evaluate("document.getElementById('search').focus()");
      browser.type(one[0]);
      browser.press("Enter");
      assertEquals(one[1], browser.evaluate("window.sardonyx.selected()"));
      clickNode(one[1]); // it has come into view
      assertEquals(one[1], text("#details-name"));
      browser.evaluate("document.getElementById('search').value = ''");
    }
  }

  @Test
  void theThemeFollowsTheSystemAndTheButton() {
    open(Pages.failing(Pages.graph(50, i -> "node_" + i), 7), 1280, "dark");
    String dark = browser.evaluate("getComputedStyle(document.body).backgroundColor");
    browser.evaluate("document.getElementById('theme').click()");
    String light = browser.evaluate("getComputedStyle(document.body).backgroundColor");
    assertEquals("rgb(23, 24, 27) rgb(250, 249, 246)", dark + " " + light);
  }

  @Test
  void arrowKeysGoFromNodeToNode() {
    open(Pages.failing(Pages.graph(50, i -> "node_" + i), 3), 1280, "light");
    browser.evaluate("document.getElementById('canvas').focus()");
    browser.press("ArrowDown");
    assertEquals("node_4", browser.evaluate("window.sardonyx.selected()"));
    browser.press("ArrowUp");
    assertEquals("node_3", browser.evaluate("window.sardonyx.selected()"));
    browser.evaluate("document.getElementById('plot').focus()");
    browser.press("ArrowRight");
    assertEquals("node_4", browser.evaluate("window.sardonyx.selected()"));
  }

  @Test
  void hostileNamesStayText() {
    String long10k = "n".repeat(10_000);
    List<String> hostile =
        List.of(
            "</script><img src=x onerror=\"window.broken=1\">",
            "<!--<script>window.broken=2</script>",
            "\"'`${window.broken=3}\\u2028\u2028",
            "\u202Eright to left\u202C \u05D0\u05D1",
            "@DATA@ @SCRIPT@",
            long10k);
    Graph graph = Pages.graph(50, i -> i < hostile.size() ? hostile.get(i) : "node_" + i);
    ReportData data = Pages.failing(graph, 0);
    var check = data.check();
    open(
        new ReportData(
            hostile.get(0), graph, Map.of(hostile.get(1), hostile.get(0)), check, List.of()),
        1280,
        "light");
    assertEquals("undefined", browser.evaluate("typeof window.broken"));
    assertEquals("0", browser.evaluate("document.querySelectorAll('img').length"));
    assertEquals(List.of(), browser.errors());
    assertEquals(hostile.get(0), browser.evaluate("window.sardonyx.selected()"));
    assertEquals(hostile.get(0), text("#details-name"));
    assertTrue(text("#facts").contains(hostile.get(1)));
    assertEquals(
        "1280", browser.evaluate("document.documentElement.scrollWidth"), "no sideways scroll");
  }

  @Test
  void noScriptRunsButThePagesOwn() {
    open(Pages.failing(Pages.graph(50, i -> "node_" + i), 7), 1280, "light");
    browser.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
            + " {textContent: 'window.broken = 1'}))");
    assertEquals("undefined", browser.evaluate("typeof window.broken"));
    browser.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=http://127.0.0.1:9/>')");
    assertFalse(browser.errors().isEmpty(), "the policy has refused a script");
  }

  @Test
  void aGraphAloneHasNoErrorsToShow() throws IOException {
    Graph graph = Pages.graph(50, i -> "node_" + i);
    open(ReportData.of("net.onnx", graph, Map.of("opset", "26")), 1280, "light");
    assertEquals(List.of(), browser.errors());
    assertEquals("true", browser.evaluate("document.getElementById('depth').hidden"));
    clickNode("node_1");
    assertEquals("node_1", text("#details-name"));
    browser.screenshot(PICTURES.resolve("graph.png"), true);
  }

  @Test
  void aLargeGraphMovesSmoothly() throws IOException {
    open(Pages.failing(Pages.graph(3000, i -> "node_" + i), 1500), 1280, "light");
    showGraph();
    for (String zoom : List.of("0", "document.getElementById('fit').click()")) {
      browser.evaluate(zoom);
      double worst =
          browser.number(
              """
              (async () => {
                const canvas = document.getElementById('canvas');
                const box = canvas.getBoundingClientRect();
                const at = (type, y) => canvas.dispatchEvent(new PointerEvent(type, {pointerId: 1,
                  clientX: box.left + 200, clientY: box.top + y, bubbles: true}));
                canvas.setPointerCapture = () => {};
                at('pointerdown', 600);
                const times = [];
                let before = performance.now();
                for (let i = 0; i < 60; i++) {
                  at('pointermove', 600 - i * 9);
                  await new Promise(requestAnimationFrame);
                  times.push(performance.now() - before);
                  before = performance.now();
                }
                at('pointerup', 60);
                window.frames60 = times.sort((a, b) => a - b);
                return times[54];
              })()\
              """);
      System.out.println(
          "pan: 90th percentile of 60 frames "
              + worst
              + " ms; median "
              + browser.number("window.frames60[30]")
              + "; painted after "
              + browser.number("window.sardonyx.painted"));
      assertTrue(worst < 100, worst + " ms");
    }
  }
}
