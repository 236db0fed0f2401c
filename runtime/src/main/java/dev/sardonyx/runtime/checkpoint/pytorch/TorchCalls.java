package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Callable;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Dict;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.OddTensor;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Opaque;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Sequence;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.TensorValue;
import java.util.ArrayList;
import java.util.List;

/** What the calls of a pickle come to. Source: torch._utils. */
final class TorchCalls {
  private TorchCalls() {}

  /** Errors: FORMAT. */
  static PickleValue call(PickleValue function, List<PickleValue> arguments) {
    return switch (function) {
      case Callable(TorchFunction which) -> call(which, new CallArguments(which, arguments));
      case Opaque opaque -> new Opaque(opaque.what());
      default ->
          throw new SardonyxException(
              ErrorCode.FORMAT, "its pickle breaks: " + function.describe() + " is called");
    };
  }

  private static PickleValue call(TorchFunction function, CallArguments arguments) {
    return switch (function) {
      case DICT -> dict(arguments);
      case SET -> new Sequence(Sequence.Kind.SET, items(arguments));
      case TUPLE -> new Sequence(Sequence.Kind.TUPLE, items(arguments));
      case REBUILD_TENSOR -> new TensorValue(TensorRebuilder.tensor(arguments));
      case REBUILD_TENSOR_V2 -> TensorRebuilder.tensorV2(arguments);
      case REBUILD_TENSOR_V3 -> TensorRebuilder.tensorV3(arguments);
      case REBUILD_QTENSOR -> TensorRebuilder.quantized(arguments);
      case REBUILD_PARAMETER -> parameter(arguments.get(0));
      case REBUILD_FROM_TYPE -> fromType(arguments);
      case ODD_TENSOR ->
          new OddTensor("a sparse or meta tensor or a subclass, which is not read: save it dense");
    };
  }

  /** A default factory, a dict, or a list of pairs; the first means nothing here. */
  private static Dict dict(CallArguments arguments) {
    var result = new Dict();
    for (PickleValue argument : arguments.all()) {
      switch (argument) {
        case Dict other -> result.entries().putAll(other.entries());
        case Sequence pairs -> putPairs(result, pairs);
        default -> {
          // list, int and the like: what makes the values of missing keys
        }
      }
    }
    return result;
  }

  private static void putPairs(Dict result, Sequence pairs) {
    for (PickleValue pair : pairs.items()) {
      if (!(pair instanceof Sequence two) || two.items().size() != 2) {
        throw new SardonyxException(
            ErrorCode.FORMAT, "its pickle breaks: a dict is made of " + pair.describe());
      }
      result.entries().put(two.items().get(0), two.items().get(1));
    }
  }

  private static List<PickleValue> items(CallArguments arguments) {
    return arguments.all().isEmpty()
        ? new ArrayList<>()
        : new ArrayList<>(arguments.sequence(0).items());
  }

  private static PickleValue parameter(PickleValue data) {
    if (data instanceof TensorValue || data instanceof OddTensor) {
      return data;
    }
    throw new SardonyxException(
        ErrorCode.FORMAT, "its pickle breaks: a parameter is made of " + data.describe());
  }

  /** A function, the type of its result, its arguments, state. */
  private static PickleValue fromType(CallArguments arguments) {
    if (arguments.get(0) instanceof Callable(TorchFunction inner)
        && inner != TorchFunction.REBUILD_FROM_TYPE) {
      return call(inner, new CallArguments(inner, arguments.sequence(2).items()));
    }
    throw new SardonyxException(
        ErrorCode.FORMAT, "its pickle breaks: a tensor is made by " + arguments.get(0).describe());
  }
}
