package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.api.op.IntegerProductOp.QLinearConv;
import dev.sardonyx.api.op.MatrixOp;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Optional;

/** Whether an input of the form of images reaches a convolution as such. */
final class ImageUse implements Uses.Follower {
  private static final int RANK = 4;

  /** Smaller pictures show nothing. */
  private static final int LEAST_SIDE = 16;

  private final Uses uses;
  private String convolution = "";

  ImageUse(Uses uses) {
    this.uses = uses;
  }

  Optional<Choice> of(Value input, TensorType type) {
    boolean form =
        type.shape().isKnown()
            && type.rank() == RANK
            && ImageLayout.of(type.shape())
                .filter(layout -> isLarge(type.dim(layout.heightAxis())))
                .filter(layout -> isLarge(type.dim(layout.widthAxis())))
                .isPresent();
    if (!form) {
      return Optional.empty();
    }
    uses.follow(input, this);
    return convolution.isEmpty()
        ? Optional.empty()
        : Optional.of(new Choice(new Distribution.Image(), "reaches " + convolution));
  }

  private static boolean isLarge(Dim side) {
    return !side.isFixed() || side.fixed() >= LEAST_SIDE;
  }

  @Override
  public List<Value> next(Uses.Use use) {
    return switch (use.node().op()) {
      case ConvolutionOp _, QLinearConv _ -> {
        if (use.index() == 0 && convolution.isEmpty()) {
          convolution = Uses.told(use.node());
        }
        yield List.of();
      }
      case MatrixOp _ -> List.of();
      default -> use.node().outputs().stream().filter(ImageUse::isImages).toList();
    };
  }

  /** What has lost the form of images is none any more. */
  private static boolean isImages(Value value) {
    return value.type() instanceof TensorType type && type.shape().isKnown() && type.rank() == RANK;
  }
}
