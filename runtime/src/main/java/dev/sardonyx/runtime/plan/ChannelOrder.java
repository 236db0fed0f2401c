package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Team;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Computes calls in ONNX's order (N, C, spatial...) by routines that know only tensors whose
 * channels come last: the first input and the residual are turned before, the output after.
 */
final class ChannelOrder {
  private final Call call;
  private final long inputBytes;

  /** Whether the output is turned too, and with it the residual. */
  private final boolean outputs;

  private final long residualBytes;
  private final long outputBytes;

  private ChannelOrder(Call call) {
    this.call = call;
    inputBytes = bytes(call.input(0).type());
    outputs = call.order() == Order.FIRST;
    OptionalInt residual = call.tail().residual();
    residualBytes =
        outputs && residual.isPresent() ? bytes(call.input(residual.getAsInt()).type()) : 0;
    outputBytes = outputs ? bytes(call.output()) : 0;
  }

  /** The routine for a call in either order, made by one for channels last. */
  static Routine of(Call call, Function<Call, Routine> routine) {
    return call.channelsLast() ? routine.apply(call) : new ChannelOrder(call).turned(routine);
  }

  /** Sizes (N, spatial..., C) in ONNX's order. */
  static long[] onnx(long[] sizes) {
    long[] result = sizes.clone();
    System.arraycopy(sizes, 1, result, 2, sizes.length - 2);
    result[1] = sizes[sizes.length - 1];
    return result;
  }

  /** Sizes in ONNX's order as (N, spatial..., C). */
  private static long[] last(long[] sizes) {
    long[] result = sizes.clone();
    System.arraycopy(sizes, 2, result, 1, sizes.length - 2);
    result[sizes.length - 1] = sizes[1];
    return result;
  }

  private static long bytes(TensorType type) {
    return MemoryBudget.aligned(type.dtype().bytes(type.shape().elements().fixed()));
  }

  private Routine turned(Function<Call, Routine> routine) {
    List<Optional<Operand>> inputs = new ArrayList<>(call.inputs());
    inputs.set(0, Optional.of(Operand.of(last(call.input(0).type()))));
    List<Optional<TensorType>> results = new ArrayList<>(call.outputs());
    if (outputs) {
      call.tail()
          .residual()
          .ifPresent(at -> inputs.set(at, Optional.of(Operand.of(last(call.input(at).type())))));
      results.set(0, Optional.of(last(call.output())));
    }
    Routine inner = routine.apply(new Call(call.op(), inputs, results, call.tail(), Order.LAST));
    long own = Sizes.add(Sizes.add(inputBytes, residualBytes), outputBytes);
    return Routine.of(buffers -> bind(inner, buffers))
        .withScratch(Sizes.add(own, inner.scratchBytes()))
        .withMemberScratch(inner.memberScratchBytes())
        .around(inner);
  }

  private static TensorType last(TensorType type) {
    return new TensorType(type.dtype(), Shape.of(last(type.shape().sizes())));
  }

  private Step bind(Routine inner, Buffers buffers) {
    MemorySegment scratch = buffers.scratch();
    List<Optional<MemorySegment>> inputs = new ArrayList<>(buffers.inputs());
    List<Step> turns = new ArrayList<>();
    long at = 0;
    turns.add(toLast(0, inputs, scratch.asSlice(at, inputBytes), buffers.team()));
    at += inputBytes;
    if (!outputs) {
      Step turn = turns.getFirst();
      MemorySegment rest = scratch.asSlice(at);
      Step step = inner.binder().bind(buffers.with(inputs, buffers.outputs(), rest));
      return () -> {
        turn.run();
        step.run();
      };
    }
    OptionalInt residual = call.tail().residual();
    if (residual.isPresent()) {
      turns.add(
          toLast(residual.getAsInt(), inputs, scratch.asSlice(at, residualBytes), buffers.team()));
    }
    at += residualBytes;
    MemorySegment result = scratch.asSlice(at, buffers.output().byteSize());
    at += outputBytes;
    List<Optional<MemorySegment>> results = new ArrayList<>(buffers.outputs());
    results.set(0, Optional.of(result));
    Step step = inner.binder().bind(buffers.with(inputs, results, scratch.asSlice(at)));
    long[] sizes = last(call.outputSizes());
    int[] order = new int[sizes.length];
    order[1] = sizes.length - 1;
    for (int axis = 2; axis < order.length; axis++) {
      order[axis] = axis - 1;
    }
    int bytes = call.output().dtype().bits() / Byte.SIZE;
    LoopNest nest = LoopNest.permuted(sizes, order);
    Step back = StridedCopy.step(nest, bytes, result, 0, buffers.output(), buffers.team());
    return () -> {
      turns.forEach(Step::run);
      step.run();
      back.run();
    };
  }

  /** Replaces an input by a turned copy; returns the step that makes it. */
  private Step toLast(
      int index, List<Optional<MemorySegment>> inputs, MemorySegment to, Team team) {
    long[] sizes = call.sizes(index);
    int[] order = new int[sizes.length];
    order[sizes.length - 1] = 1;
    for (int axis = 1; axis < order.length - 1; axis++) {
      order[axis] = axis + 1;
    }
    MemorySegment from = inputs.get(index).orElseThrow();
    MemorySegment turned = to.asSlice(0, from.byteSize());
    inputs.set(index, Optional.of(turned));
    LoopNest nest = LoopNest.permuted(sizes, order);
    return StridedCopy.step(nest, call.elementBytes(), from, 0, turned, team);
  }
}
