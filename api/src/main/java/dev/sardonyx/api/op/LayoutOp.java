package dev.sardonyx.api.op;

/** Operators that move elements or tell shapes, and compute nothing. */
public sealed interface LayoutOp extends Op
    permits Reshape,
        Flatten,
        Transpose,
        Concat,
        Gather,
        ShapeOf,
        AxesOp,
        Slice,
        Split,
        Pad,
        CenterCropPad,
        Expand,
        GatherElements,
        Tile,
        Trilu,
        SizeOf,
        FillOp,
        SpaceOp,
        OneHot,
        Resize {
  @Override
  default Precision precision() {
    return Precision.EXACT;
  }
}
