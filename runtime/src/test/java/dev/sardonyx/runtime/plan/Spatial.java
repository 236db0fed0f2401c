package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Team;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Operators on images and volumes, run by a routine alone: what laws of convolutions need. */
final class Spatial {
  private Spatial() {}

  static Stream<Kernels> kernels() {
    return Stream.of(
        Kernels.scalar(),
        Kernels.scalar(16),
        KernelSelection.portable().kernels(),
        KernelSelection.fastest().kernels());
  }

  /** A window with pads (begins, then ends). */
  static Window window(int[] kernel, int[] strides, int[] dilations, int[] pads) {
    return new Window(
        list(kernel), list(strides), list(dilations), list(pads), AutoPad.NOTSET, false);
  }

  private static List<Integer> list(int[] values) {
    return IntStream.of(values).boxed().toList();
  }

  static Tensor random(Random random, long... sizes) {
    int count = (int) Sizes.product(sizes);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, sizes);
  }

  /** The same elements with the channels last, or back. */
  static Tensor turned(Tensor x, boolean toLast) {
    int rank = x.rank();
    int[] order = new int[rank];
    for (int axis = 1; axis < rank; axis++) {
      order[axis] = toLast ? axis % (rank - 1) + 1 : axis == 1 ? rank - 1 : axis - 1;
    }
    long[] sizes = x.shape().sizes();
    long[] turned = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      turned[axis] = sizes[order[axis]];
    }
    MemorySegment to = Arena.ofAuto().allocate(x.dense().segment().byteSize() + 64, 64);
    StridedCopy.run(LoopNest.permuted(sizes, order), 4, x.dense().segment(), 0, to);
    float[] values = new float[(int) Sizes.product(turned)];
    MemorySegment.copy(to, ValueLayout.JAVA_FLOAT, 0, values, 0, values.length);
    return Tensor.of(values, turned);
  }

  /** How a call is run. */
  record Way(Kernels kernels, Order order, int threads, Weights weights, Choices choices) {
    Way(Kernels kernels, Order order, int threads) {
      this(kernels, order, threads, Weights.none(), Choices.standard());
    }

    /** The first output; inputs and result are in ONNX's order whatever the way. */
    float[] run(Op op, List<Tensor> inputs, Tail tail, long... output) {
      boolean turns = order != Order.FIRST;
      List<Optional<Operand>> operands = new ArrayList<>();
      List<Optional<MemorySegment>> segments = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        boolean moved =
            i == 0
                ? order == Order.LAST
                : turns && tail.residual().isPresent() && tail.residual().getAsInt() == i;
        Tensor given = inputs.get(i);
        DenseTensor input = (moved ? turned(given, true) : given).dense();
        operands.add(Optional.of(i == 1 ? Operand.of(input) : Operand.of(input.type())));
        segments.add(Optional.of(input.segment()));
      }
      long[] sizes = output.clone();
      if (turns) {
        System.arraycopy(output, 2, sizes, 1, output.length - 2);
        sizes[output.length - 1] = output[1];
      }
      var type = new TensorType(DType.FLOAT32, Shape.of(sizes));
      var call = new Call(op, operands, List.of(Optional.of(type)), tail, order);
      Routine routine = new Routines(kernels, weights, choices).of(call);
      float[] values = new float[(int) Sizes.product(sizes)];
      try (var team = new Team(threads);
          Arena arena = Arena.ofShared()) {
        MemorySegment block = arena.allocate(Math.max(64, routine.bytes(threads)), 64);
        block.fill((byte) 0x7f); // large numbers: nobody may rely on zeros
        MemorySegment y =
            arena.allocate(values.length * 4L + 64, 64).asSlice(0, values.length * 4L);
        var buffers = Buffers.of(routine, segments, List.of(Optional.of(y)), block, Crew.of(team));
        routine.binder().bind(buffers).run();
        MemorySegment.copy(y, ValueLayout.JAVA_FLOAT, 0, values, 0, values.length);
      }
      return turns ? floats(turned(Tensor.of(values, sizes), false)) : values;
    }
  }

  static float[] floats(Tensor tensor) {
    float[] values = new float[(int) tensor.dense().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) tensor.dense().doubleAt(i);
    }
    return values;
  }
}
