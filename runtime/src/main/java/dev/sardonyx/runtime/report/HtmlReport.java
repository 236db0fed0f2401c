package dev.sardonyx.runtime.report;

import dev.sardonyx.api.file.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Writes what was found about a model as one HTML page. It needs no other file and no network, and
 * lets no script run but its own: a browser is told their hashes, so that no text of a model can
 * become one.
 */
public final class HtmlReport {
  /** The parts of the one script, each of what the parts before it offer. */
  private static final List<String> SCRIPTS =
      List.of(
          "page.js",
          "scale.js",
          "facts.js",
          "select.js",
          "plot.js",
          "canvas.js",
          "graph.js",
          "overview.js",
          "details.js",
          "search.js",
          "suspect.js",
          "times.js",
          "start.js");

  private HtmlReport() {}

  /** Writes the page, whole or not at all. Errors: FILE. */
  public static void write(Path file, ReportData data) {
    AtomicFile.write(
        file,
        out -> {
          var writer =
              new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
          write(writer, data);
          writer.flush();
        });
  }

  private static void write(Writer out, ReportData data) throws IOException {
    String style = resource("page.css");
    String script =
        SCRIPTS.stream()
            .map(HtmlReport::resource)
            .collect(Collectors.joining("\n", "(() => {\n'use strict';\n", "})();\n"));
    // Split at the marks rather than replaced: what is put in is never searched for marks.
    String[] parts = resource("page.html").split("@(?:POLICY|STYLE|DATA|SCRIPT)@", -1);
    out.append(parts[0]).append(policy(style, script));
    out.append(parts[1]).append(style);
    out.append(parts[2]);
    new PageData(out, data).write();
    out.append(parts[3]).append(script).append(parts[4]);
  }

  private static String policy(String style, String script) {
    return "default-src 'none'; style-src "
        + hash(style)
        + "; script-src "
        + hash(script)
        + "; base-uri 'none'; form-action 'none'";
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException error) {
      throw new UncheckedIOException(error); // a broken jar
    }
  }
}
