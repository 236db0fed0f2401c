package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Dict;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.OddTensor;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Sequence;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.TensorValue;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Text;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.TypeName;
import java.util.List;

/** Tensors of the arguments that torch saved them with. Source: torch._utils. Errors: FORMAT. */
final class TensorRebuilder {
  private TensorRebuilder() {}

  /** storage, offset, size, stride. */
  static TensorView tensor(CallArguments arguments) {
    Storage storage = arguments.storage(0);
    return TensorView.of(
        storage,
        storage.type().dtype(),
        arguments.integer(1),
        arguments.integers(2),
        arguments.integers(3));
  }

  /** The same, then requires_grad, hooks, and perhaps flags of views that negate or conjugate. */
  static PickleValue tensorV2(CallArguments arguments) {
    TensorView view = tensor(arguments);
    return arguments.all().size() > 6 ? flagged(view, arguments.get(6)) : new TensorValue(view);
  }

  /** The same with the element type before the flags; the storage counts bytes. */
  static PickleValue tensorV3(CallArguments arguments) {
    if (!(arguments.get(6) instanceof TypeName(var dtype))) {
      throw arguments.wrong(6, "an element type");
    }
    TensorView view =
        TensorView.of(
            arguments.storage(0),
            dtype,
            arguments.integer(1),
            arguments.integers(2),
            arguments.integers(3));
    return arguments.all().size() > 7 ? flagged(view, arguments.get(7)) : new TensorValue(view);
  }

  private static PickleValue flagged(TensorView view, PickleValue flags) {
    boolean odd =
        flags instanceof Dict dict
            && List.of("conj", "neg").stream()
                .map(Text::new)
                .map(flag -> dict.entries().get(flag))
                .anyMatch(value -> value != null && CallArguments.isTrue(value));
    return odd
        ? new OddTensor("a conjugated or negated view, which is not read: save its clone()")
        : new TensorValue(view);
  }

  /** storage, offset, size, stride, (scheme, scales, zero points, axis), ... */
  static PickleValue quantized(CallArguments arguments) {
    TensorView view = tensor(arguments);
    Sequence scheme = arguments.sequence(4);
    var parameters = new CallArguments(arguments.function(), scheme.items());
    return scheme.items().size() == 3
        ? new TensorValue(
            view.quantized(new Quantization.PerTensor(parameters.real(1), parameters.integer(2))))
        : perChannel(view, parameters);
  }

  /** Scales and zero points are tensors of their own, read when the tensor is. */
  private static PickleValue perChannel(TensorView view, CallArguments parameters) {
    if (parameters.get(1) instanceof TensorValue(TensorView scales)
        && parameters.get(2) instanceof TensorValue(TensorView zeroPoints)) {
      return new TensorValue(
          view.quantized(
              Quantization.PerChannel.of(scales, zeroPoints, parameters.integer(3), view.sizes())));
    }
    throw parameters.wrong(1, "tensors of scales and zero points");
  }
}
