package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.CenterCropPad;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.FillOp;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.GatherElements;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.OneHot;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.SizeOf;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.SpaceOp;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.op.Tile;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.Trilu;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Memory;
import java.util.Arrays;

/** Operators that move elements, whatever their type. */
final class LayoutRoutines {
  private LayoutRoutines() {}

  static Routine of(LayoutOp op, Call call, Kernels kernels) {
    return switch (op) {
      case Reshape _, Flatten _, AxesOp _ -> copy();
      case Transpose transpose -> ViewRoutines.transpose(transpose, call, kernels);
      case Slice _ -> ViewRoutines.slice(call, kernels);
      case Split split -> ViewRoutines.split(split, call, kernels);
      case Tile _ -> ViewRoutines.tile(call, kernels);
      case SpaceOp space -> ViewRoutines.space(space, call, kernels);
      case FillOp fill -> FillRoutines.of(fill, call);
      case OneHot oneHot -> FillRoutines.oneHot(oneHot, call);
      case Trilu trilu -> FillRoutines.trilu(trilu, call);
      case Expand _ -> ViewRoutines.expand(call, kernels);
      case Concat concat -> ConcatRoutine.of(concat, call, kernels);
      case Pad pad -> PadRoutine.of(pad, call);
      case CenterCropPad centred -> PadRoutine.centred(centred, call);
      case Resize resize -> ResizeRoutine.nearest(resize, call);
      case Gather gather -> GatherRoutines.gather(gather, call);
      case GatherElements gather -> GatherRoutines.elements(gather, call);
      case ShapeOf shape ->
          integers(
              shape.of(Arrays.stream(call.sizes(0)).boxed().toList()).stream()
                  .mapToLong(size -> size)
                  .toArray());
      case SizeOf _ -> integers(Sizes.product(call.sizes(0)));
    };
  }

  /** The same bytes; used where an alias will not do. */
  static Routine copy() {
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          return () -> Memory.copy(x, y);
        });
  }

  private static Routine integers(long... values) {
    return Routine.of(
        buffers -> {
          var y = buffers.output();
          return () -> {
            for (int i = 0; i < values.length; i++) {
              y.set(JAVA_LONG_UNALIGNED, i * 8L, values[i]);
            }
          };
        });
  }
}
