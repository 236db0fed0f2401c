package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.engine.Precision;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a graph loses by how sessions store its weights and compute its products.
 *
 * @param parts of each engine that loses something
 */
public record ExpectedLoss(List<Part> parts) {

  /** What one engine loses. */
  public record Part(String engine, StorageLoss storage, PrecisionLoss precision) {}

  public ExpectedLoss {
    parts = List.copyOf(parts);
  }

  /** Nothing. */
  public static ExpectedLoss none() {
    return new ExpectedLoss(List.of());
  }

  /** The loss of a graph with a session's options on a set of kernels, of an engine of a name. */
  public static ExpectedLoss of(
      String engine, Graph graph, SessionOptions options, Kernels kernels) {
    return new ExpectedLoss(
        List.of(
            new Part(
                engine,
                StorageLoss.of(graph, options.weights()),
                PrecisionLoss.of(graph, options.precision(), kernels))));
  }

  /** What two engines may lie apart by: errors that are independent add up by their squares. */
  public ExpectedLoss and(ExpectedLoss other) {
    List<Part> both = new ArrayList<>(parts);
    both.addAll(other.parts);
    return new ExpectedLoss(both);
  }

  /** What a node loses, relative to its result (L2). */
  public double of(Node node) {
    return sum(part -> Math.hypot(part.storage().of(node), part.precision().of(node)));
  }

  /** What the whole graph loses at most. */
  public double total() {
    return sum(part -> Math.hypot(part.storage().total(), part.precision().total()));
  }

  private double sum(ToDoubleFunction<Part> loss) {
    return parts.stream().mapToDouble(loss).reduce(0, Math::hypot);
  }

  /** What a check tells of it: nothing where all is float32. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Part part : parts) {
      add(part, notes);
    }
    return notes;
  }

  private static void add(Part part, List<String> notes) {
    String engine = "engine " + part.engine();
    StorageLoss storage = part.storage();
    if (storage.storage() != WeightStorage.FLOAT32) {
      notes.add(
          "%s stores the weights of %d nodes as %s, %.1e (relative L2) from the model's in all; %s"
              .formatted(
                  engine,
                  storage.nodes(),
                  storage.storage().word(),
                  storage.total(),
                  bounds("its own weights do")));
    }
    PrecisionLoss precision = part.precision();
    precision.lack().ifPresent(notes::add);
    if (precision.used() != Precision.FLOAT32) {
      notes.add(
          "precision %s: %s computes the products of %d nodes on AMX tiles, each to %.0e; %s"
              .formatted(
                  precision.used().word(),
                  engine,
                  precision.nodes(),
                  precision.used().loss(),
                  bounds("its own product does")));
    }
  }

  private static String bounds(String own) {
    return ("values may lie off by %d times that in their norm, but by no more than half of the norm, those of a node"
            + " alone by as many times what %s, and its elements by %d times")
        .formatted(Tolerance.OF_NORM, own, Tolerance.OF_ELEMENT);
  }
}
