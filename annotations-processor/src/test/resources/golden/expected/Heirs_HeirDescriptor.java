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

/** What the compiler knows of {@link Heirs.Heir}. Written by Sardonyx; do not edit. */
@Generated("dev.sardonyx.processor.SardonyxProcessor")
public final class Heirs_HeirDescriptor implements ModelDescriptor<Heirs.Heir> {

  public Heirs_HeirDescriptor() {}

  @Override public Class<Heirs.Heir> type() { return Heirs.Heir.class; }

  @Override public Optional<String> registeredName() { return Optional.of("heir"); }

  @Override public Heirs.Heir create() { return new Heirs.Heir(); }

  @Override public Structure structure(Heirs.Heir module) {
    return Structure.of("Heir")
        .add("part", module.part)
        .add("weight", ((demo.Heirs.Base) module).weight)
        .add("own", module.weight);
  }

  @Override public List<Value> inputs() {
    return List.of(new Value("x", TensorType.of(DType.FLOAT32, "batch", "2")));
  }

  @Override public List<String> outputs() { return List.of("output"); }

  @Override public List<Tensor> forward(Heirs.Heir module, List<Tensor> inputs) {
    return List.of(module.forward(inputs.get(0)));
  }

  @Override public SourceLocation source() { return new SourceLocation("Heirs.java", 36); }
}
