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

/** What the compiler knows of {@link Containers}. Written by Sardonyx; do not edit. */
@Generated("dev.sardonyx.processor.SardonyxProcessor")
public final class ContainersDescriptor implements ModelDescriptor<Containers> {

  public ContainersDescriptor() {}

  @Override public Class<Containers> type() { return Containers.class; }

  @Override public Optional<String> registeredName() { return Optional.of("containers"); }

  @Override public Containers create() { return new Containers(); }

  @Override public Structure structure(Containers module) {
    return Structure.of("Containers")
        .add("linears", module.linears)
        .add("choices", module.choices)
        .add("nested", module.nested)
        .add("weights", module.weights);
  }

  @Override public List<Value> inputs() {
    return List.of(new Value("x", TensorType.of(DType.FLOAT32, "batch", "2")));
  }

  @Override public List<String> outputs() { return List.of("output"); }

  @Override public List<Tensor> forward(Containers module, List<Tensor> inputs) {
    return List.of(module.forward(inputs.get(0)));
  }

  @Override public SourceLocation source() { return new SourceLocation("Containers.java", 35); }
}
