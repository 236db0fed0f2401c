package demo;

import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;

/** What the compiler knows of {@link Heirs.Scale}. Written by Sardonyx; do not edit. */
@Generated("dev.sardonyx.processor.SardonyxProcessor")
public final class Heirs_ScaleDescriptor implements ModelDescriptor<Heirs.Scale> {

  public Heirs_ScaleDescriptor() {}

  @Override public Class<Heirs.Scale> type() { return Heirs.Scale.class; }

  @Override public Optional<String> registeredName() { return Optional.empty(); }

  @Override public Heirs.Scale create() {
    throw new UnsupportedOperationException("Heirs.Scale is not registered: it has no @Model");
  }

  @Override public Structure structure(Heirs.Scale module) {
    return Structure.of("Scale")
        .add("factor", module.factor);
  }

  @Override public List<Value> inputs() { return List.of(); }

  @Override public List<String> outputs() { return List.of(); }

  @Override public List<Tensor> forward(Heirs.Scale module, List<Tensor> inputs) {
    throw new UnsupportedOperationException("Heirs.Scale has no @Forward method");
  }

  @Override public SourceLocation source() { return new SourceLocation("Heirs.java", 41); }
}
