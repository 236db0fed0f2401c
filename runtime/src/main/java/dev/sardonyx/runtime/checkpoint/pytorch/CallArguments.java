package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Bool;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Int;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Real;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Sequence;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.StorageValue;
import java.util.List;
import java.util.stream.IntStream;

/** The arguments of a call, taken by place and kind. Errors of all: FORMAT. */
record CallArguments(TorchFunction function, List<PickleValue> all) {

  PickleValue get(int index) {
    if (index >= all.size()) {
      throw fault("has " + all.size() + " arguments, at least " + (index + 1) + " are needed");
    }
    return all.get(index);
  }

  Storage storage(int index) {
    if (get(index) instanceof StorageValue(Storage storage)) {
      return storage;
    }
    throw wrong(index, "a storage");
  }

  long integer(int index) {
    if (get(index) instanceof Int(long value)) {
      return value;
    }
    throw wrong(index, "an integer");
  }

  double real(int index) {
    return switch (get(index)) {
      case Real(double value) -> value;
      case Int(long value) -> value;
      default -> throw wrong(index, "a number");
    };
  }

  Sequence sequence(int index) {
    if (get(index) instanceof Sequence sequence) {
      return sequence;
    }
    throw wrong(index, "a tuple or list");
  }

  List<Long> integers(int index) {
    List<PickleValue> items = sequence(index).items();
    var inner = new CallArguments(function, items);
    return IntStream.range(0, items.size()).mapToObj(i -> inner.integer(i)).toList();
  }

  /** Whether an argument is there and is True. */
  static boolean isTrue(PickleValue value) {
    return value instanceof Bool(boolean truth) && truth;
  }

  SardonyxException wrong(int index, String expected) {
    return fault(
        "needs " + expected + " as argument " + index + ", found " + all.get(index).describe());
  }

  private SardonyxException fault(String what) {
    return new SardonyxException(ErrorCode.FORMAT, "its pickle breaks: " + function + " " + what);
  }
}
