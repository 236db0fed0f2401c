package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.runtime.certificate.Certificate;
import dev.sardonyx.runtime.certificate.CertificateFile;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.inputs.InputSet;
import dev.sardonyx.runtime.junit.JunitXml;
import dev.sardonyx.runtime.junit.TestSuite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.cli.Options;

/** The files that a check writes besides what it prints. */
final class CheckProducts {
  private static final String JUNIT = "junit-xml";

  private static final String CERTIFICATE = "certificate";

  private final Invocation invocation;
  private final List<Certificate.Run> runs = new ArrayList<>();
  private final List<TestSuite> suites = new ArrayList<>();

  CheckProducts(Invocation invocation) {
    this.invocation = invocation;
  }

  static Options addTo(Options options) {
    return options
        .addOption(
            CommonOptions.value(
                JUNIT,
                "FILE",
                "write the results for build servers: a test for each output and one for the nodes,"
                    + " also where the check ends in an error"))
        .addOption(
            CommonOptions.value(
                CERTIFICATE,
                "FILE",
                "write what was tested, on which inputs and within which bounds, as JSON; sardonyx"
                    + " verify FILE checks it again"));
  }

  /** Runs a check, and keeps what it found or how it ended. Errors: those of the check. */
  CheckReport of(String name, Supplier<CheckReport> check) {
    Instant at = Instant.now();
    try {
      CheckReport report = check.get();
      suites.add(TestSuite.of(name, at, properties(), report));
      return report;
    } catch (RuntimeException
        | Error error) { // which the caller reports; build servers want it too
      suites.add(TestSuite.failed(name, at, properties(), error));
      try {
        finish();
      } catch (SardonyxException unwritable) {
        error.addSuppressed(unwritable);
      }
      throw error;
    }
  }

  /** Certifies one run of a model, beside those before. Errors: FILE, USAGE with --all. */
  void tested(String model, Graph graph, InputSet inputs, CheckReport report) {
    Optional<String> file = invocation.value(CERTIFICATE);
    if (file.isEmpty()) {
      return;
    }
    if (invocation.has("all")) {
      throw new SardonyxException(
          ErrorCode.USAGE, "--certificate is for one MODEL, not for --all; found both");
    }
    runs.add(Certifying.run(invocation, graph, inputs, report));
    CertificateFile.write(
        Certifying.of(invocation, model, graph, runs, report), FileNames.path(file.get()));
  }

  /** Writes what goes over all checks. Errors: FILE. */
  void finish() {
    invocation.value(JUNIT).map(FileNames::path).ifPresent(file -> JunitXml.write(suites, file));
  }

  private static Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("sardonyx", Help.version());
    properties.put("java", Runtime.version().toString());
    for (Engine engine : Sardonyx.engines()) {
      properties.put(
          "engine " + engine.name(),
          engine.unavailable().map(why -> "not usable: " + why).orElseGet(engine::description));
    }
    return properties;
  }
}
