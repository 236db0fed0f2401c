package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.plan.MemoryBudget;
import java.util.List;

/** What the values of one run take, checked against a limit before memory is taken. */
final class RunMemory {
  /** What a value takes beside its elements. */
  private static final long OVERHEAD = 64;

  private final long limit;
  private long held;
  private long heap;

  RunMemory(long limit) {
    this.limit = limit;
  }

  /** Checks that tensors have room together. Errors: LIMIT. */
  void require(List<TensorType> types) {
    long total = 0;
    for (TensorType type : types) {
      long bytes = type.dtype().bytes(type.shape().elements().fixed());
      total += Math.min(bytes, Long.MAX_VALUE - total);
    }
    require(total, types.size() == 1 ? types.getFirst() : types);
  }

  /** Checks that a tensor has room. Errors: LIMIT. */
  void require(TensorType type) {
    require(type.dtype().bytes(type.shape().elements().fixed()), type);
  }

  /** Checks that scratch memory has room beside what is held. Errors: LIMIT. */
  void requireScratch(long bytes) {
    require(bytes, "the scratch memory");
  }

  private void require(long bytes, Object what) {
    if (bytes > limit - held) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          what
              + " needs "
              + bytes
              + " bytes; the memory budget of the run is "
              + limit
              + " bytes, of which "
              + held
              + " are taken"
              + MemoryBudget.MORE);
    }
  }

  /** Counts a value. Errors: LIMIT. */
  void hold(Data data) {
    long bytes = bytes(data);
    long onHeap = stringBytes(data);
    require(bytes, data.type());
    requireHeap(onHeap);
    held += bytes;
    heap += onHeap;
  }

  /** Checks that values on the heap leave half of it free. Errors: LIMIT. */
  void requireHeap(long bytes) {
    long most = Runtime.getRuntime().maxMemory() / 2;
    if (bytes > most - heap) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "strings need " + bytes + " bytes, " + heap + " are taken; half of the heap is " + most);
    }
  }

  /** Ends what {@link #hold} began. */
  void release(Data data) {
    held -= bytes(data);
    heap -= stringBytes(data);
  }

  private static long stringBytes(Data data) {
    return switch (data) {
      case Tensor tensor -> tensor.dtype() == DType.STRING ? tensor.dense().byteSize() : 0;
      case SequenceData(_, var values) -> values.stream().mapToLong(RunMemory::stringBytes).sum();
      case OptionalData(_, var value) -> value.map(RunMemory::stringBytes).orElse(0L);
      case MapData(_, var values) -> stringBytes(values);
    };
  }

  private static long bytes(Data data) {
    return switch (data) {
      case Tensor tensor -> OVERHEAD + tensor.dense().byteSize();
      case SequenceData(_, var values) ->
          OVERHEAD + values.stream().mapToLong(RunMemory::bytes).sum();
      case OptionalData(_, var value) -> OVERHEAD + value.map(RunMemory::bytes).orElse(0L);
      case MapData(var keys, var values) -> keys.byteSize() + bytes(values);
    };
  }
}
