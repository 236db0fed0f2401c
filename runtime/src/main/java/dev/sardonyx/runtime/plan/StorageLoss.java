package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Nibbles;
import dev.sardonyx.runtime.kernel.PanelStoring;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a graph's products lose by the storage of their weights: the distance of the stored weights
 * from the model's, relative to these (L2). Independent errors of that size in the weights make one
 * as large in the product, and those of many products add up as the root of the sum of squares.
 */
public final class StorageLoss {
  private final WeightStorage storage;
  private final Map<Node, Double> losses;

  private StorageLoss(WeightStorage storage, Map<Node, Double> losses) {
    this.storage = storage;
    this.losses = losses;
  }

  /** The loss of each node of a graph that has such weights. */
  public static StorageLoss of(Graph graph, WeightStorage storage) {
    Map<Node, Double> losses = new IdentityHashMap<>();
    if (storage != WeightStorage.FLOAT32) {
      for (Node node : graph.nodes()) {
        double squares = 0;
        for (int input : stored(node)) {
          Optional<DenseTensor> weights =
              Optional.ofNullable(graph.initializers().get(node.inputs().get(input).name()))
                  .filter(tensor -> tensor.dtype() == DType.FLOAT32)
                  .filter(tensor -> PanelStoring.holds(storage, tensor.segment()));
          if (weights.isPresent()) {
            double loss = Channels.of(node, weights.get()).loss(storage, weights.get());
            squares += loss * loss;
          }
        }
        if (squares > 0) {
          losses.put(node, Math.sqrt(squares));
        }
      }
    }
    return new StorageLoss(storage, Collections.unmodifiableMap(losses));
  }

  private static List<Integer> stored(Node node) {
    return switch (node.op()) {
      case Gemm _, MatMul _, Conv _, ConvTranspose _ -> List.of(1);
      case RecurrentOp _ -> List.of(1, 2);
      default -> List.of();
    };
  }

  /** How the weights are stored. */
  public WeightStorage storage() {
    return storage;
  }

  /** How many nodes lose something. */
  public int nodes() {
    return losses.size();
  }

  /** What a node loses. */
  public double of(Node node) {
    return losses.getOrDefault(node, 0.0);
  }

  /** What the whole graph loses at most: the root of the sum of squares. */
  public double total() {
    return Math.sqrt(losses.values().stream().mapToDouble(loss -> loss * loss).sum());
  }

  /**
   * Which weights share a scale.
   *
   * @param rows whether a channel is a run of {@code size} weights; else the channels of a matrix
   *     lie side by side in its rows of {@code size}
   * @param matrix the weights of a matrix of the latter kind
   * @param taps weights of a run from one of a sum to the next, which come back to those between
   */
  private record Channels(boolean rows, long size, long matrix, long taps) {
    static Channels of(Node node, DenseTensor weights) {
      long[] sizes = weights.shape().sizes();
      int rank = sizes.length;
      long last = rank == 0 ? 1 : sizes[rank - 1];
      boolean turned = node.op() instanceof Gemm gemm && gemm.transB();
      if (turned || rank == 1 || node.op() instanceof RecurrentOp) {
        return new Channels(true, last, 0, 1);
      }
      long row = Sizes.product(sizes, 1, rank);
      return switch (node.op()) {
        case Conv _ -> new Channels(true, row, 0, Sizes.product(sizes, 2, rank));
        case ConvTranspose conv ->
            new Channels(false, row, Sizes.product(sizes) / Math.max(1, conv.group()), 1);
        default -> new Channels(false, last, last * sizes[rank - 2], 1);
      };
    }

    private int channel(long index) {
      return (int) (rows ? index / size : index / matrix * size + index % size);
    }

    /** The weights of a channel. */
    private long depth() {
      return rows ? size : matrix / size;
    }

    /** Where one of a channel's weights is, in the order of sums. */
    private long index(long channel, long place) {
      if (!rows) {
        return channel / size * matrix + place * size + channel % size;
      }
      long steps = size / taps;
      return channel * size + place % steps * taps + place / steps;
    }

    double loss(WeightStorage storage, DenseTensor weights) {
      if (weights.elements() == 0) {
        return 0;
      }
      var distance = new Distance(storage);
      if (storage == WeightStorage.INT4) {
        groups(weights, distance);
      } else {
        channels(storage, weights, distance);
      }
      return distance.relative();
    }

    private void groups(DenseTensor weights, Distance distance) {
      var group = new float[Nibbles.GROUP];
      long channels = weights.elements() / depth();
      for (long first = 0; first < depth(); first += Nibbles.GROUP) {
        int count = (int) Math.min(Nibbles.GROUP, depth() - first);
        for (long channel = 0; channel < channels; channel++) {
          for (int i = 0; i < count; i++) {
            group[i] = (float) weights.doubleAt(index(channel, first + i));
          }
          float scale = Nibbles.scale(group, count);
          for (int i = 0; i < count; i++) {
            distance.add(group[i], scale);
          }
        }
      }
    }

    private void channels(WeightStorage storage, DenseTensor weights, Distance distance) {
      long n = weights.elements();
      float[] scales = new float[channel(n - 1) + 1];
      for (long i = 0; i < n && storage == WeightStorage.INT8; i++) {
        int channel = channel(i);
        scales[channel] = Math.max(scales[channel], PanelStoring.scale(weights.segment(), i));
      }
      for (long i = 0; i < n; i++) {
        distance.add((float) weights.doubleAt(i), scales[channel(i)]);
      }
    }
  }

  /** How far weights lie from what is stored of them. */
  private static final class Distance {
    private final WeightStorage storage;
    private double squares;
    private double all;

    Distance(WeightStorage storage) {
      this.storage = storage;
    }

    void add(float value, float scale) {
      double error = PanelStoring.rounded(storage, value, scale) - value;
      squares += error * error;
      all += (double) value * value;
    }

    double relative() {
      return all == 0 ? 0 : Math.sqrt(squares / all);
    }
  }
}
