package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.GatherElements;
import dev.sardonyx.api.op.OneHot;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.op.Tile;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Optional;

/** Whether whole numbers of an input choose among the rows of tables: words, kinds, positions. */
final class IndexUse implements Uses.Follower {
  private final Uses uses;
  private long smallest = Long.MAX_VALUE;
  private String table = "";

  IndexUse(Uses uses) {
    this.uses = uses;
  }

  /** Ids within the smallest table that the input's elements look something up in. */
  Optional<Choice> of(Value input) {
    uses.follow(input, this);
    return table.isEmpty()
        ? Optional.empty()
        : Optional.of(new Choice(new Distribution.Tokens(smallest), table));
  }

  @Override
  public List<Value> next(Uses.Use use) {
    Node node = use.node();
    boolean first = use.index() == 0;
    return switch (node.op()) {
      case Gather(int axis) -> first ? node.outputs() : lookedUp(use, axis);
      case GatherElements(int axis) -> first ? node.outputs() : lookedUp(use, axis);
      case OneHot _ -> first ? oneHot(use) : List.of();
      case Where _ -> first ? List.of() : node.outputs();
      case Concat _ -> node.outputs();
      case Cast _, UnaryOp.Identity _, Reshape _, Flatten _, Transpose _, AxesOp _, Slice _ ->
          first ? node.outputs() : List.of();
      case Split _, Expand _, Tile _ -> first ? node.outputs() : List.of();
      default -> List.of(); // computes something else of them
    };
  }

  private List<Value> lookedUp(Uses.Use use, int axis) {
    ValueType data = use.input(0).type();
    if (data instanceof TensorType type && type.shape().isKnown() && type.rank() > 0) {
      var rows = type.dim(type.shape().axis(axis));
      if (rows.isFixed()) {
        found(rows.fixed(), "chooses rows of " + use.input(0).name());
      }
    }
    return List.of();
  }

  private List<Value> oneHot(Uses.Use use) {
    DenseTensor depth = uses.graph().initializers().get(use.input(1).name());
    if (depth != null && depth.elements() == 1) {
      found((long) depth.doubleAt(0), "is made one-hot by " + Uses.told(use.node()));
    }
    return List.of();
  }

  private void found(long size, String because) {
    if (size > 0 && size < smallest) {
      smallest = size;
      table = because;
    }
  }
}
