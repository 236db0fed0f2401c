package dev.sardonyx.onnx;

import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Optional;

/** What the annotation processor would write about {@link Scaled}. */
public final class ScaledDescriptor implements ModelDescriptor<Scaled> {
  @Override
  public Class<Scaled> type() {
    return Scaled.class;
  }

  @Override
  public Optional<String> registeredName() {
    return Optional.of("scaled");
  }

  @Override
  public Scaled create() {
    return new Scaled();
  }

  @Override
  public Structure structure(Scaled module) {
    return Structure.of("Scaled").add("weight", module.weight);
  }

  @Override
  public List<Value> inputs() {
    return List.of(new Value("x", TensorType.of(DType.FLOAT32, "batch", "3")));
  }

  @Override
  public List<String> outputs() {
    return List.of("y");
  }

  @Override
  public List<Tensor> forward(Scaled module, List<Tensor> inputs) {
    return List.of(module.forward(inputs.getFirst()));
  }

  @Override
  public SourceLocation source() {
    return new SourceLocation("Scaled.java", 12);
  }
}
