package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Locale;

/** Channels moved into blocks of the plane, or back. Shapes: [N, C, H, W]. */
public sealed interface SpaceOp extends LayoutOp {

  /** Whether the blocks' rows and columns are the outer or the inner part of the channels. */
  enum Order {
    /** Depth, column, row: blocks outside. */
    DCR,
    /** Column, row, depth: blocks inside, as torch.nn.PixelShuffle. */
    CRD
  }

  /** [N, C, H, W] -> [N, C / b / b, H * b, W * b]. Source: ONNX DepthToSpace. */
  record DepthToSpace(int blocksize, Order mode) implements SpaceOp {
    @Override
    public String name() {
      return "DepthToSpace";
    }

    @Override
    public int sinceOpset() {
      return mode == Order.DCR ? 1 : 11;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("blocksize", Attribute.of(blocksize))
          .with("mode", Attribute.of(mode.name()), Attribute.of("DCR"));
    }

    static DepthToSpace read(Attributes attributes) {
      attributes.only("blocksize", "mode");
      String mode = attributes.string("mode", "DCR").toUpperCase(Locale.ROOT);
      if (!mode.equals("DCR") && !mode.equals("CRD")) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT, "DepthToSpace: mode must be DCR or CRD, found " + mode);
      }
      return new DepthToSpace(attributes.int32("blocksize", 0), Order.valueOf(mode));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = image(in, blocksize);
      if (!x.shape().isKnown()) {
        return List.of(TensorType.of(x.dtype(), "?", "?", "?", "?"));
      }
      Dim b = Dim.of(blocksize);
      return List.of(
          TensorType.of(
              x.dtype(),
              x.dim(0),
              quotient(in, x, 1, Dim.of((long) blocksize * blocksize)),
              x.dim(2).times(b),
              x.dim(3).times(b)));
    }
  }

  /** [N, C, H, W] -> [N, C * b * b, H / b, W / b]. Source: ONNX SpaceToDepth. */
  record SpaceToDepth(int blocksize) implements SpaceOp {
    @Override
    public String name() {
      return "SpaceToDepth";
    }

    @Override
    public int sinceOpset() {
      return 1;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("blocksize", Attribute.of(blocksize));
    }

    static SpaceToDepth read(Attributes attributes) {
      return new SpaceToDepth(attributes.only("blocksize").int32("blocksize", 0));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = image(in, blocksize);
      if (!x.shape().isKnown()) {
        return List.of(TensorType.of(x.dtype(), "?", "?", "?", "?"));
      }
      return List.of(
          TensorType.of(
              x.dtype(),
              x.dim(0),
              x.dim(1).times(Dim.of((long) blocksize * blocksize)),
              quotient(in, x, 2, Dim.of(blocksize)),
              quotient(in, x, 3, Dim.of(blocksize))));
    }
  }

  private static TensorType image(Inputs in, int blocksize) {
    if (blocksize < 1) {
      throw in.argumentError("blocksize must be 1 or more, found " + blocksize);
    }
    return in.requireCount(1, 1).ranked(0, "input", 4);
  }

  private static Dim quotient(Inputs in, TensorType x, int axis, Dim by) {
    Dim size = x.dim(axis);
    if (size.isFixed() && size.fixed() % by.fixed() != 0) {
      throw in.shapeError("axis " + axis + " of " + x + " must be a multiple of " + by);
    }
    return size.isFixed() ? size.exactQuotient(by) : size.floorDiv(by.fixed());
  }
}
