package demo;

import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;

/** What the compiler knows of {@link ResidualNet}. Written by Sardonyx; do not edit. */
@Generated("dev.sardonyx.processor.SardonyxProcessor")
public final class ResidualNetDescriptor implements ModelDescriptor<ResidualNet> {

  public ResidualNetDescriptor() {}

  @Override public Class<ResidualNet> type() { return ResidualNet.class; }

  @Override public Optional<String> registeredName() { return Optional.of("residual_net.v2"); }

  @Override public ResidualNet create() { return new ResidualNet(); }

  @Override public Structure structure(ResidualNet module) {
    return Structure.of("Residual \"Net\"")
        .add("conv_weight", module.weight)
        .add("mean", module.mean);
  }

  @Override public List<Value> inputs() {
    return List.of(
        new Value("x", TensorType.of(DType.FLOAT32, "batch", "4")),
        new Value("mask", TensorType.of(DType.INT64, "batch", "seq_len")),
        new Value("scale", TensorType.of(DType.FLOAT32, new String[0])));
  }

  @Override public List<String> outputs() { return List.of("logits", "hidden"); }

  @Override public List<Tensor> forward(ResidualNet module, List<Tensor> inputs) {
    var result = module.compute(inputs.get(0), inputs.get(1), inputs.get(2));
    return List.of(result.logits(), result.hidden());
  }

  @Override public SourceLocation source() { return new SourceLocation("ResidualNet.java", 28); }
}
