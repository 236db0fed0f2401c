package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.ElementwiseOp;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.NormalizationOp.LogSoftmax;
import dev.sardonyx.api.op.NormalizationOp.Softmax;
import dev.sardonyx.api.op.OneHot;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.SizeOf;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.op.Where;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether an input hides scores from a softmax: added to them, or choosing among them. */
final class MaskUse implements Uses.Follower {
  private static final int ATTENTION_MASK = 3;

  private final Uses uses;
  private final Set<String> combined = new HashSet<>();
  private String softmax = "";

  MaskUse(Uses uses) {
    this.uses = uses;
  }

  Optional<Choice> of(Value input) {
    uses.follow(input, this);
    return softmax.isEmpty()
        ? Optional.empty()
        : Optional.of(new Choice(new Distribution.Mask(), "hides scores from " + softmax));
  }

  @Override
  public List<Value> next(Uses.Use use) {
    Node node = use.node();
    return switch (node.op()) {
      case Attention _ -> {
        if (use.index() == ATTENTION_MASK) {
          softmax = Uses.told(node);
        }
        yield List.of();
      }
      case Softmax _, LogSoftmax _ -> {
        if (combined.contains(use.input(0).name())) {
          softmax = Uses.told(node);
        }
        yield List.of();
      }
      case ShapeOf _, SizeOf _, OneHot _ -> List.of();
      case BinaryOp _, VariadicOp _, Where _ -> {
        node.outputs().forEach(output -> combined.add(output.name()));
        yield node.outputs();
      }
      case ElementwiseOp _ -> passed(use);
      case Gather _ -> use.index() == 0 ? passed(use) : List.of();
      case Concat _ -> passed(use);
      case LayoutOp _ -> use.index() == 0 ? passed(use) : List.of();
      default -> List.of(); // products and sums of it are no mask
    };
  }

  private List<Value> passed(Uses.Use use) {
    if (combined.contains(use.input(use.index()).name())) {
      use.node().outputs().forEach(output -> combined.add(output.name()));
    }
    return use.node().outputs();
  }
}
