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

/** What a graph loses by how a session stores its weights and computes its products. */
public record ExpectedLoss(StorageLoss storage, PrecisionLoss precision) {

  /** The loss of a graph with a session's options on a set of kernels. */
  public static ExpectedLoss of(Graph graph, SessionOptions options, Kernels kernels) {
    return new ExpectedLoss(
        StorageLoss.of(graph, options.weights()),
        PrecisionLoss.of(graph, options.precision(), kernels));
  }

  /** What a node loses, relative to its result (L2). */
  public double of(Node node) {
    return Math.hypot(storage.of(node), precision.of(node));
  }

  /** What the whole graph loses at most: errors that are independent add up by their squares. */
  public double total() {
    return Math.hypot(storage.total(), precision.total());
  }

  /** What a check tells of it: nothing where all is float32. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (storage.storage() != WeightStorage.FLOAT32) {
      notes.add(
          "the native engine stores the weights of %d nodes as %s, %.1e (relative L2) from the model's in all; %s"
              .formatted(
                  storage.nodes(),
                  storage.storage().word(),
                  storage.total(),
                  bounds("its own weights do")));
    }
    precision.lack().ifPresent(notes::add);
    if (precision.used() != Precision.FLOAT32) {
      notes.add(
          "precision %s: the native engine computes the products of %d nodes on AMX tiles, each to %.0e; %s"
              .formatted(
                  precision.used().word(),
                  precision.nodes(),
                  precision.used().loss(),
                  bounds("its own product does")));
    }
    return notes;
  }

  private static String bounds(String own) {
    return ("values may lie off by %d times that in their norm, but by no more than half of the norm, those of a node"
            + " alone by as many times what %s, and its elements by %d times")
        .formatted(Tolerance.OF_NORM, own, Tolerance.OF_ELEMENT);
  }
}
