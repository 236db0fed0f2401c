package dev.sardonyx.runtime.junit;

import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.runtime.junit.TestCase.Kind;
import dev.sardonyx.runtime.junit.TestCase.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * Test suites as XML in the dialect of Ant's junitreport task, which build servers read. Any text
 * may stand in names: what XML cannot say at all becomes U+FFFD.
 */
public final class JunitXml {
  private static final String CLASS = "sardonyx.check.";

  private final StringBuilder xml = new StringBuilder();

  private JunitXml() {}

  /** Writes a file. Errors: FILE. */
  public static void write(List<TestSuite> suites, Path file) {
    byte[] bytes = of(suites).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /** The document. */
  public static String of(List<TestSuite> suites) {
    var writer = new JunitXml();
    writer.xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (int i = 0; i < suites.size(); i++) {
      writer.suite(suites.get(i), i);
    }
    return writer.xml.append("</testsuites>\n").toString();
  }

  private void suite(TestSuite suite, int id) {
    open("  <testsuite");
    attribute("name", suite.name());
    attribute("package", "sardonyx");
    attribute("id", Integer.toString(id));
    attribute("hostname", "localhost"); // where it ran is nobody's business
    attribute("timestamp", time(suite));
    attribute("tests", Integer.toString(suite.cases().size()));
    attribute("failures", Long.toString(suite.count(Kind.FAILURE)));
    attribute("errors", Long.toString(suite.count(Kind.ERROR)));
    attribute("skipped", Long.toString(suite.count(Kind.SKIPPED)));
    attribute("time", seconds(suite.seconds()));
    xml.append(">\n    <properties>\n");
    suite
        .properties()
        .forEach(
            (name, value) -> {
              open("      <property");
              attribute("name", name);
              attribute("value", value);
              xml.append("/>\n");
            });
    xml.append("    </properties>\n");
    suite.cases().forEach(one -> testCase(suite, one));
    element("system-out", suite.out());
    element("system-err", "");
    xml.append("  </testsuite>\n");
  }

  private static String time(TestSuite suite) {
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
        suite.at().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.6f", seconds);
  }

  private void testCase(TestSuite suite, TestCase one) {
    open("    <testcase");
    attribute("name", one.name());
    attribute("classname", CLASS + suite.name());
    attribute("time", seconds(one.seconds()));
    if (one.problem().isEmpty()) {
      xml.append("/>\n");
      return;
    }
    Problem problem = one.problem().get();
    xml.append(">\n");
    open("      <" + problem.kind().element());
    attribute("message", problem.message());
    if (problem.kind() != Kind.SKIPPED) {
      attribute("type", problem.type());
    }
    xml.append('>').append(escaped(problem.text(), false));
    xml.append("</").append(problem.kind().element()).append(">\n    </testcase>\n");
  }

  private void element(String name, String text) {
    open("    <" + name);
    xml.append('>').append(escaped(text, false)).append("</").append(name).append(">\n");
  }

  private void open(String tag) {
    xml.append(tag);
  }

  private void attribute(String name, String value) {
    xml.append(' ').append(name).append("=\"").append(escaped(value, true)).append('"');
  }

  /** In attributes a parser would make blanks of ends of lines. Source: XML 1.0, 2.2 and 3.3.3. */
  private static String escaped(String text, boolean attribute) {
    var result = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> result.append("&amp;");
                case '<' -> result.append("&lt;");
                case '>' -> result.append("&gt;");
                case '"' -> result.append("&quot;");
                case '\r' -> result.append("&#13;");
                case '\n', '\t' -> {
                  if (attribute) {
                    result.append("&#").append(c).append(';');
                  } else {
                    result.appendCodePoint(c);
                  }
                }
                default -> result.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
              }
            });
    return result.toString();
  }

  private static boolean isAllowed(int c) {
    return c >= 0x20 && c < 0xD800 || c >= 0xE000 && c < 0xFFFE || c >= 0x10000;
  }
}
