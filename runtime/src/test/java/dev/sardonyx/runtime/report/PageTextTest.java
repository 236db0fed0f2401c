package dev.sardonyx.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.api.json.JsonReader;
import dev.sardonyx.api.json.JsonValue.JsonObject;
import dev.sardonyx.api.json.JsonValue.JsonString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text of pages, which needs no browser. */
class PageTextTest {
  private static final String HOSTILE = "</script><script>alert(1)</script><!--<script>";

  @TempDir private Path folder;

  private String page(ReportData data) throws IOException {
    Path file = folder.resolve("page.html");
    HtmlReport.write(file, data);
    return Files.readString(file);
  }

  private static String data(String page) {
    String begin = "<script type=\"application/json\" id=\"data\">";
    int from = page.indexOf(begin) + begin.length();
    return page.substring(from, page.indexOf("</script>", from));
  }

  @Test
  void noTextOfAModelEndsTheScriptThatHoldsIt() throws IOException {
    String page =
        page(ReportData.of(HOSTILE, Pages.graph(9, i -> HOSTILE + i), Map.of(HOSTILE, HOSTILE)));
    assertEquals(2, page.split("</script>", -1).length - 1);
    var parsed =
        (JsonObject) JsonReader.read(ByteBuffer.wrap(data(page).getBytes(StandardCharsets.UTF_8)));
    assertEquals(new JsonString(HOSTILE), parsed.members().get("model"));
  }

  @Test
  void aPageRefersToNothingElse() throws IOException {
    String page = page(Pages.failing(Pages.graph(20, i -> "node_" + i), 3));
    String rest = page.replace("http://www.w3.org/2000/svg", "");
    for (String reference :
        new String[] {"http:", "https:", "src=", "@import", "url(", "innerHTML"}) {
      assertFalse(rest.contains(reference), reference);
    }
    assertTrue(page.contains("default-src 'none'; style-src 'sha256-"));
  }

  @Test
  void aGraphThatIsTooLargeIsNotDrawnAndSaysSo() throws IOException {
    String page =
        page(ReportData.of("large", Pages.graph(Drawing.MOST_NODES + 1, i -> "n" + i), Map.of()));
    assertTrue(data(page).contains("one of more than 200,000 is not drawn"));
    assertFalse(data(page).contains("\"lines\""));
  }
}
