package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/**
 * Triangular filters, evenly spaced on the mel scale, as the columns of a matrix that spectra are
 * multiplied by. Inputs, all scalars: num_mel_bins, dft_length, sample_rate, lower_edge_hertz,
 * upper_edge_hertz. Shape: [dft_length / 2 + 1, num_mel_bins]. Source: ONNX MelWeightMatrix.
 */
public record MelWeightMatrix(DType outputDatatype) implements SignalOp {
  @Override
  public String name() {
    return "MelWeightMatrix";
  }

  @Override
  public int sinceOpset() {
    return 17;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with(
            "output_datatype",
            Attribute.of(outputDatatype.onnxCode()),
            Attribute.of(DType.FLOAT32.onnxCode()));
  }

  static MelWeightMatrix read(Attributes attributes) {
    return new MelWeightMatrix(TaperOp.outputDatatype(attributes.only("output_datatype")));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    in.requireCount(5, 5);
    for (int i = 0; i < 3; i++) {
      in.requireDType(i, "an integer input", Inputs.INDICES);
    }
    for (int i = 3; i < 5; i++) {
      in.requireDType(i, "an edge", Inputs.FLOATS);
    }
    TaperOp.requireNumbers(name(), outputDatatype);
    return List.of(
        TensorType.of(
            outputDatatype,
            in.size(1, "dft_length").floorDiv(2).plus(1),
            in.size(0, "num_mel_bins")));
  }
}
