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

/** What the compiler knows of {@link Affine}. Written by Sardonyx; do not edit. */
@Generated("dev.sardonyx.processor.SardonyxProcessor")
public final class AffineDescriptor implements ModelDescriptor<Affine> {

  public AffineDescriptor() {}

  @Override public Class<Affine> type() { return Affine.class; }

  @Override public Optional<String> registeredName() { return Optional.of("affine"); }

  @Override public Affine create() { return new Affine(); }

  @Override public Structure structure(Affine module) {
    return Structure.of("Affine")
        .add("weight", module.weight())
        .add("offset", module.bias());
  }

  @Override public List<Value> inputs() {
    return List.of(new Value("x", TensorType.of(DType.FLOAT32, "batch", "3")));
  }

  @Override public List<String> outputs() { return List.of("output"); }

  @Override public List<Tensor> forward(Affine module, List<Tensor> inputs) {
    return List.of(module.forward(inputs.get(0)));
  }

  @Override public SourceLocation source() { return new SourceLocation("Affine.java", 18); }
}
