package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * An operator with its attributes: everything that is true of it, but not how to compute it. The
 * semantics are those of ONNX's newest opset; names, attributes and defaults are ONNX's.
 */
public sealed interface Op
    permits ElementwiseOp,
        MatrixOp,
        ConvolutionOp,
        PoolOp,
        NormalizationOp,
        RecurrentOp,
        ReductionOp,
        LayoutOp,
        IndexOp,
        SignalOp,
        ControlOp,
        AttentionOp,
        LossOp,
        SequenceOp,
        OptionalOp,
        TextOp,
        SelectionOp,
        RandomOp,
        TrainingOp,
        SamplingOp,
        QuantizationOp,
        ImageDecoder,
        MlOp,
        Opaque {

  /** ONNX's name, for example {@code Gemm}. */
  String name();

  /** The operator set: empty for ai.onnx. */
  default String domain() {
    return "";
  }

  /** The first opset in which the operator exists in the form that {@link #attributes} gives. */
  int sinceOpset();

  /** The attributes that differ from their defaults, by ONNX's names. */
  default Attributes attributes() {
    return Attributes.none();
  }

  /**
   * The graphs that it runs. What they take from the graphs around them are their last inputs and
   * the node's, the same for all of them.
   */
  default List<Body> bodies() {
    return List.of();
  }

  /** How closely implementations agree. */
  default Precision precision() {
    return Precision.ROUNDED;
  }

  /**
   * The types of all outputs; a node may leave out the last ones, or have absent ones between,
   * where ONNX says that they are optional. Errors: SHAPE, DTYPE or ARGUMENT with both sides of
   * what does not fit.
   */
  List<ValueType> infer(Inputs in);

  /**
   * What is known of the elements of a small integer output, in terms of dims: this is how shape
   * arithmetic is followed through a graph. Empty when nothing is known.
   */
  default Optional<List<Dim>> contents(Inputs in) {
    return Optional.empty();
  }

  /** Multiplications with addition for given inputs and outputs; 0 where that is not the cost. */
  default Dim multiplyAdds(Inputs in, List<ValueType> outputs) {
    return Dim.of(0);
  }
}
