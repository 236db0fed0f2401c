package dev.sardonyx.runtime.certificate;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.compare.Tolerances;
import dev.sardonyx.runtime.diagnose.Suspect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/** A certificate held against what is there now: what changed, what no longer holds. */
public final class Verification {
  /** Runs of another kind than sessions, which a model file does not have. */
  private static final String EAGER = "eager";

  private final Certificate certificate;
  private final List<String> faults = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** A verification in which nothing is known yet. */
  public Verification(Certificate certificate) {
    this.certificate = certificate;
    if (!certificate.passed()) {
      faults.add("the certificate itself says that the check failed");
    }
  }

  /** Compares the model with the one that was tested. */
  public void model(Graph graph) {
    Hashes now = Hashes.of(graph);
    if (!now.model().equals(certificate.hashes().model())) {
      faults.add("the model changed: its graph is another");
    }
    if (!now.weights().equals(certificate.hashes().weights())) {
      faults.add(
          "the weights changed: " + differing(certificate.hashes().weights(), now.weights()));
    }
  }

  /** Compares the inputs of a run with those that were tested. */
  public void inputs(Certificate.Run run, Map<String, ? extends Data> values) {
    SortedMap<String, String> now = Hashes.ofValues(values);
    if (!now.equals(run.inputs())) {
      faults.add("the inputs changed: " + differing(run.inputs(), now));
    }
  }

  private static List<String> differing(
      SortedMap<String, String> then, SortedMap<String, String> now) {
    var names = new TreeSet<>(then.keySet());
    names.addAll(now.keySet());
    names.removeIf(name -> Objects.equals(then.get(name), now.get(name)));
    return names.stream().limit(5).toList();
  }

  /**
   * Tells what is another of engines and machine: no fault, but a reason why numbers may differ.
   */
  public void environment(Map<String, String> engines, Map<String, String> environment) {
    told("engine", certificate.engines(), engines);
    told("environment:", certificate.environment(), environment);
  }

  private void told(String kind, SortedMap<String, String> then, Map<String, String> now) {
    then.forEach(
        (name, value) -> {
          if (!value.equals(now.get(name))) {
            notes.add("%s %s was %s, is %s".formatted(kind, name, value, now.get(name)));
          }
        });
  }

  /**
   * Runs a check again, within the bounds of the certificate's run. Errors: those of the check.
   *
   * @param check with engines, options and inputs
   */
  public CheckReport run(Certificate.Run run, CrossCheck check) {
    Graph graph = check.graph();
    CheckReport report = check.tolerances(Measuring.tolerances(graph, run)).run();
    List<Certificate.Output> usual = Measuring.outputs(graph, Tolerances.defaults(), report);
    for (Certificate.Output then : run.outputs()) {
      Optional<Certificate.Output> now =
          usual.stream().filter(one -> one.key().equals(then.key())).findFirst();
      now.ifPresentOrElse(
          found -> hold(then, found),
          () ->
              (then.engine().equals(EAGER) ? notes : faults)
                  .add(then.key() + " was not measured again"));
      if (Measuring.isWide(then, usual)) {
        notes.add(then.key() + ": the bounds are wider than the defaults of this version");
      }
    }
    report
        .divergence()
        .filter(suspect -> suspect.charge() != Suspect.Charge.TIE)
        .ifPresent(suspect -> notes.add("by the defaults of this version: " + suspect));
    return report;
  }

  private void hold(Certificate.Output then, Certificate.Output now) {
    if (!now.type().equals(then.type())) {
      faults.add("%s is %s, was %s".formatted(then.key(), now.type(), then.type()));
    }
    if (!now.passed()) {
      faults.add(
          "%s lies outside of the bounds %s: max abs %.2e, rel L2 %.2e"
              .formatted(then.key(), then.bounds(), now.maxAbsolute(), now.relativeL2()));
    }
  }

  /** Whether everything is as it was tested, and still holds. */
  public boolean holds() {
    return faults.isEmpty();
  }

  /** What does not hold. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  /** What is worth knowing. */
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
