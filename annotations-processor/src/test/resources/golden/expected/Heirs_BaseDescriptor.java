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

/** What the compiler knows of {@link Heirs.Base}. Written by Sardonyx; do not edit. */
@Generated("dev.sardonyx.processor.SardonyxProcessor")
@SuppressWarnings({"rawtypes"})
public final class Heirs_BaseDescriptor implements ModelDescriptor<Heirs.Base> {

  public Heirs_BaseDescriptor() {}

  @Override public Class<Heirs.Base> type() { return Heirs.Base.class; }

  @Override public Optional<String> registeredName() { return Optional.empty(); }

  @Override public Heirs.Base create() {
    throw new UnsupportedOperationException("Heirs.Base is not registered: it has no @Model");
  }

  @Override public Structure structure(Heirs.Base module) {
    return Structure.of("Base")
        .add("part", module.part)
        .add("weight", module.weight);
  }

  @Override public List<Value> inputs() {
    return List.of(new Value("x", TensorType.of(DType.FLOAT32, "batch", "2")));
  }

  @Override public List<String> outputs() { return List.of("output"); }

  @Override public List<Tensor> forward(Heirs.Base module, List<Tensor> inputs) {
    return List.of(module.forward(inputs.get(0)));
  }

  @Override public SourceLocation source() { return new SourceLocation("Heirs.java", 36); }
}
