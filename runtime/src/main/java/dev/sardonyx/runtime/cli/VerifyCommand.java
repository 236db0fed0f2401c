package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.certificate.Certificate;
import dev.sardonyx.runtime.certificate.CertificateFile;
import dev.sardonyx.runtime.certificate.Verification;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.inputs.InputSet;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.commons.cli.Options;

/** Checks a certificate again. */
final class VerifyCommand implements Command {
  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String arguments() {
    return "CERTIFICATE [MODEL]";
  }

  @Override
  public String summary() {
    return "check again what a certificate of check says was tested: what changed, what still holds";
  }

  @Override
  public Options options() {
    return WeightOptions.addTo(InputOptions.addTo(new Options()));
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(1, 2);
  }

  @Override
  public boolean computes() {
    return true;
  }

  @Override
  public int run(Invocation invocation) {
    Certificate certificate =
        CertificateFile.read(FileNames.path(invocation.arguments().getFirst()));
    if (certificate.runs().isEmpty()) {
      throw new SardonyxException(ErrorCode.FORMAT, "the certificate tells of no run");
    }
    long seed = certificate.runs().getFirst().seed();
    Target target = invocation.targets().find(model(invocation, certificate), seed);
    WeightOptions.load(invocation, target);
    var verification = new Verification(certificate);
    verification.model(target.graph());
    verification.environment(Certifying.engines(certificate.order()), Certifying.environment());
    for (Certificate.Run run : certificate.runs()) {
      run(invocation, certificate, run, target, verification);
    }
    print(invocation, certificate, target.name(), verification);
    return verification.holds() ? CommandLineTool.SUCCESS : CommandLineTool.CHECK_FAILED;
  }

  /** What changed need not be run: what a certificate says is not of it. */
  private static void run(
      Invocation invocation,
      Certificate certificate,
      Certificate.Run run,
      Target target,
      Verification verification) {
    CrossCheck check =
        target.module().map(CrossCheck::of).orElseGet(() -> CrossCheck.of(target.graph()));
    if (!verification.holds()) {
      return;
    }
    InputSet inputs = Certifying.inputs(invocation, run, target.graph());
    verification.inputs(run, inputs.values());
    if (verification.holds()) {
      Certifying.prepare(certificate, check);
      verification.run(run, check.inputs(inputs.values()).timing(Duration.ZERO));
    }
  }

  /**
   * The model: as the user names it now, else as the certificate does where that leads nowhere but
   * down from here. Errors: USAGE.
   */
  private static String model(Invocation invocation, Certificate certificate) {
    if (invocation.arguments().size() > 1) {
      return invocation.arguments().getLast();
    }
    String model = certificate.model();
    if (!invocation.targets().isRegistered(model)) {
      Path path = FileNames.path(model).normalize();
      if (path.isAbsolute() || path.startsWith("..")) {
        throw new SardonyxException(
            ErrorCode.USAGE,
            "the certificate is of %s, and files outside of this folder are read only where you name them: verify %s MODEL"
                .formatted(model, invocation.arguments().getFirst()));
      }
    }
    return model;
  }

  private static void print(
      Invocation invocation, Certificate certificate, String model, Verification verification) {
    PrintStream out = invocation.console().out();
    if (invocation.json()) {
      out.println(
          Json.object()
              .put("certificate", invocation.arguments().getFirst())
              .put("claim", Certificate.CLAIM)
              .put("model", model)
              .put("date", certificate.date())
              .put("runs", certificate.runs().size())
              .put("faults", verification.faults())
              .put("notes", verification.notes())
              .put("verdict", verification.holds() ? "holds" : "does not hold"));
      return;
    }
    out.println(
        "%s of %s on %s, certified %s"
            .formatted(
                Certificate.CLAIM,
                model,
                String.join(" and ", certificate.order()),
                certificate.date()));
    verification.faults().forEach(out::println);
    verification.notes().forEach(note -> out.println("note: " + note));
    out.println("verdict: " + (verification.holds() ? "HOLDS" : "DOES NOT HOLD"));
  }
}
