package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.OptionalOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.ValueType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** Values that may be absent: made, asked for, taken out. */
final class OptionalComputations {
  private OptionalComputations() {}

  static Computation of(OptionalOp op) {
    return (inputs, _) -> {
      ValueType type = Interpreter.types(op, inputs).getFirst();
      Optional<Data> input = inputs.isEmpty() ? Optional.empty() : inputs.getFirst();
      return List.of(
          switch (op) {
            case OptionalOp.Construct _ -> new OptionalData(((OptionalType) type).element(), input);
            case OptionalOp.OptionalHasElement _ ->
                bool(input.flatMap(OptionalComputations::element).isPresent());
            case OptionalOp.OptionalGetElement _ ->
                input
                    .flatMap(OptionalComputations::element)
                    .orElseThrow(
                        () ->
                            new SardonyxException(
                                ErrorCode.ARGUMENT, "OptionalGetElement: the optional is empty"));
          });
    };
  }

  private static Optional<Data> element(Data data) {
    return data instanceof OptionalData(_, Optional<Data> value) ? value : Optional.of(data);
  }

  private static Tensor bool(boolean value) {
    return DenseTensor.view(
        DType.BOOL, Shape.of(), MemorySegment.ofArray(new byte[] {(byte) (value ? 1 : 0)}));
  }
}
