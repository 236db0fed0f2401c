package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.CommonType;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/** Operators on lists of tensors. Positions below 0 count from the end. */
public sealed interface SequenceOp extends Op permits SequenceOp.Listing, SplitToSequence {

  @Override
  default int sinceOpset() {
    return 11;
  }

  @Override
  default Precision precision() {
    return Precision.EXACT;
  }

  /** Operators that make, change and take from a sequence but move no elements of tensors. */
  sealed interface Listing extends SequenceOp
      permits SequenceEmpty,
          SequenceConstruct,
          SequenceInsert,
          SequenceErase,
          SequenceAt,
          SequenceLength,
          ConcatFromSequence {}

  /** A sequence without tensors. Source: ONNX SequenceEmpty. */
  record SequenceEmpty(DType dtype) implements Listing {
    @Override
    public String name() {
      return "SequenceEmpty";
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("dtype", Attribute.of(dtype.onnxCode()), Attribute.of(DType.FLOAT32.onnxCode()));
    }

    static SequenceEmpty read(Attributes attributes) {
      int code = attributes.only("dtype").int32("dtype", DType.FLOAT32.onnxCode());
      return new SequenceEmpty(DType.ofOnnxCode(code));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(0, 0);
      return List.of(new SequenceType(new TensorType(dtype, Shape.unknown())));
    }
  }

  /** The inputs, all of one element type, in order. Source: ONNX SequenceConstruct. */
  record SequenceConstruct() implements Listing {
    @Override
    public String name() {
      return "SequenceConstruct";
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      ValueType common = in.requireCount(1, Integer.MAX_VALUE).tensor(0, "input 0");
      for (int i = 1; i < in.count(); i++) {
        in.sameDType(0, i);
        common = common(in, common, in.tensor(i, "input " + i));
      }
      return List.of(new SequenceType(common));
    }
  }

  /**
   * One tensor more. Inputs: sequence of n, tensor, position within [-n, n] (default n). Source:
   * ONNX SequenceInsert.
   */
  record SequenceInsert() implements Listing {
    @Override
    public String name() {
      return "SequenceInsert";
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      SequenceType sequence = in.requireCount(2, 3).sequence(0, "input_sequence");
      requirePosition(in, 2);
      return List.of(
          new SequenceType(common(in, sequence.element(), in.tensor(1, "the inserted value"))));
    }
  }

  /**
   * One tensor less. Inputs: sequence of n, position within [-n, n - 1] (default n - 1). Source:
   * ONNX SequenceErase.
   */
  record SequenceErase() implements Listing {
    @Override
    public String name() {
      return "SequenceErase";
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      requirePosition(in.requireCount(1, 2), 1);
      return List.of(in.sequence(0, "input_sequence"));
    }
  }

  /** One tensor. Inputs: sequence of n, position within [-n, n - 1]. Source: ONNX SequenceAt. */
  record SequenceAt() implements Listing {
    @Override
    public String name() {
      return "SequenceAt";
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(2, 2).tensor(1, "position");
      requirePosition(in, 1);
      return List.of(in.sequence(0, "input_sequence").element());
    }
  }

  /** How many tensors there are: one int64. Source: ONNX SequenceLength. */
  record SequenceLength() implements Listing {
    @Override
    public String name() {
      return "SequenceLength";
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(1, 1).sequence(0, "input_sequence");
      return List.of(TensorType.of(DType.INT64, new long[0]));
    }
  }

  /**
   * All tensors one after the other along an axis, which may be a new one. Source: ONNX
   * ConcatFromSequence.
   */
  record ConcatFromSequence(int axis, boolean newAxis) implements Listing {
    @Override
    public String name() {
      return "ConcatFromSequence";
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("axis", Attribute.of(axis))
          .with("new_axis", Attribute.of(newAxis), Attribute.of(false));
    }

    static ConcatFromSequence read(Attributes attributes) {
      if (!attributes.byName().containsKey("axis")) {
        throw attributes.error("ConcatFromSequence: attribute axis must be given");
      }
      attributes.only("axis", "new_axis");
      return new ConcatFromSequence(
          attributes.int32("axis", 0), attributes.bool("new_axis", false));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      ValueType element = in.requireCount(1, 1).sequence(0, "input_sequence").element();
      if (!(element instanceof TensorType tensor) || !tensor.shape().isKnown()) {
        return List.of(element);
      }
      if (newAxis) {
        int at = in.axes(List.of((long) axis), tensor.rank() + 1).getFirst();
        return List.of(ControlOp.stacked(tensor, new Dim.Unknown(), at));
      }
      int along = in.axis(tensor.shape(), axis);
      return List.of(tensor.withShape(tensor.shape().with(along, new Dim.Unknown())));
    }
  }

  private static ValueType common(Inputs in, ValueType a, ValueType b) {
    return CommonType.of(a, b)
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.DTYPE,
                    in.operator() + ": a sequence of " + a + " does not take " + b));
  }

  private static void requirePosition(Inputs in, int index) {
    if (in.has(index)) {
      in.requireDType(index, "position", Inputs.INDICES);
      in.requireOne(index, "position");
    }
  }
}
