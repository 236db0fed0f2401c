package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/** Attention, head by head: by products of matrices for float32, by plain loops for others. */
final class AttentionRoutine {
  private AttentionRoutine() {}

  static Routine of(Attention op, Call call, Kernels kernels) {
    boolean precise = op.softmaxPrecision().filter(type -> type != DType.FLOAT32).isPresent();
    return precise
        ? of(op, call, kernels, false)
        : Widening.of(call, false, kernels, (wide, set) -> of(op, wide, set, isSingle(wide)));
  }

  private static boolean isSingle(Call call) {
    return IntStream.range(0, 3).allMatch(i -> call.input(i).dtype() == DType.FLOAT32);
  }

  private static Routine of(Attention op, Call call, Kernels kernels, boolean single) {
    var sizes = AttentionSizes.of(op, call);
    var bias = new AttentionBias(op, call, sizes);
    var keys = new AttentionCache(call, sizes, 1, sizes.size());
    var values = new AttentionCache(call, sizes, 2, sizes.valueSize());
    long loops = single ? 0 : PlainAttention.scratchBytes(sizes);
    boolean alone = single && SingleQueryAttention.takes(op, call, sizes, bias, kernels);
    long each =
        alone
            ? SingleQueryAttention.memberScratchBytes(sizes)
            : single ? SingleAttention.memberScratchBytes(sizes, bias, kernels) : 0;
    long first = AttentionCache.align(loops);
    long second = Sizes.add(first, keys.scratchBytes());
    return Routine.of(
            buffers -> {
              MemorySegment scratch = buffers.scratch();
              MemorySegment k = keys.place(buffers, scratch, first);
              MemorySegment v = values.place(buffers, scratch, second);
              Runnable attend =
                  alone
                      ? new SingleQueryAttention(op, sizes, bias, keys, values, kernels)
                          .bind(buffers, k, v)
                      : single
                          ? SingleAttention.of(op, call, sizes, bias, keys, values, kernels)
                              .bind(buffers, k, v)
                          : new PlainAttention(op, call, sizes, bias, keys, values)
                              .bind(buffers, k, v);
              return () -> {
                keys.assemble(buffers, k);
                values.assemble(buffers, v);
                attend.run();
              };
            })
        .withScratch(Sizes.add(second, values.scratchBytes()))
        .withMemberScratch(each);
  }
}
