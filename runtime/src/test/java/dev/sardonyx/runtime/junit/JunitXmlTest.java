package dev.sardonyx.runtime.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.runtime.junit.TestCase.Kind;
import dev.sardonyx.runtime.junit.TestCase.Problem;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

class JunitXmlTest {
  private static final Instant AT = Instant.parse("2026-11-22T16:44:21.5Z");

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static TestSuite suite(String name, TestCase... cases) {
    return new TestSuite(name, AT, Map.of("engine", "native <1>"), List.of(cases), "note");
  }

  private static List<String> children(Element parent) {
    List<String> names = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        names.add(element.getTagName());
      }
    }
    return names;
  }

  @Test
  void suitesHaveWhatAntsSchemaDemandsInItsOrder() throws Exception {
    var failure = new Problem(Kind.FAILURE, "Difference", "y differs", "y[0] is 1");
    var error = new Problem(Kind.ERROR, "SardonyxException", "no engine", "no engine at all");
    Document document =
        parsed(
            JunitXml.of(
                List.of(
                    suite(
                        "m",
                        TestCase.passed("a", 0.25),
                        TestCase.of("b", 0.5, failure),
                        TestCase.of("c", 0, error)),
                    suite("n"))));
    var suite = (Element) document.getElementsByTagName("testsuite").item(0);
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("testsuites");
    assertThat(children(suite))
        .containsExactly(
            "properties", "testcase", "testcase", "testcase", "system-out", "system-err");
    assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-11-22T16:44:21");
    for (String name : List.of("name", "package", "id", "hostname")) {
      assertThat(suite.getAttribute(name)).as(name).isNotEmpty();
    }
    assertThat(
            List.of("tests", "failures", "errors", "skipped", "time").stream()
                .map(suite::getAttribute))
        .containsExactly("3", "1", "1", "0", "0.750000");
    var found = (Element) suite.getElementsByTagName("failure").item(0);
    assertThat(found.getAttribute("message")).isEqualTo("y differs");
    assertThat(found.getAttribute("type")).isEqualTo("Difference");
    assertThat(found.getTextContent()).isEqualTo("y[0] is 1");
  }

  @Test
  void hostileNamesComeBackAsTheyAre() throws Exception {
    String hostile = "\"/><failure>]]>&amp;\n\t\r'\u20ac\ud83d\ude00";
    var problem = new Problem(Kind.FAILURE, hostile, hostile, hostile);
    Document document =
        parsed(JunitXml.of(List.of(suite(hostile, TestCase.of(hostile, 0, problem)))));
    assertThat(document.getElementsByTagName("failure").getLength()).isOne();
    var suite = (Element) document.getElementsByTagName("testsuite").item(0);
    var test = (Element) document.getElementsByTagName("testcase").item(0);
    var failure = (Element) document.getElementsByTagName("failure").item(0);
    assertThat(suite.getAttribute("name")).isEqualTo(hostile);
    assertThat(test.getAttribute("name")).isEqualTo(hostile);
    assertThat(failure.getAttribute("message")).isEqualTo(hostile);
    assertThat(failure.getTextContent()).isEqualTo(hostile);
  }

  @Test
  void whatXmlCannotSayIsReplaced() throws Exception {
    String wrong = "a\u0000b\u001bc\ud800d\uffff";
    Document document = parsed(JunitXml.of(List.of(suite(wrong))));
    var suite = (Element) document.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("name")).isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffd");
  }
}
