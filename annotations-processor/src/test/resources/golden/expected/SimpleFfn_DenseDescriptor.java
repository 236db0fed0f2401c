package demo;

import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;

/** What the compiler knows of {@link SimpleFfn.Dense}. Written by Sardonyx; do not edit. */
@Generated("dev.sardonyx.processor.SardonyxProcessor")
public final class SimpleFfn_DenseDescriptor implements ModelDescriptor<SimpleFfn.Dense> {

  public SimpleFfn_DenseDescriptor() {}

  @Override public Class<SimpleFfn.Dense> type() { return SimpleFfn.Dense.class; }

  @Override public Optional<String> registeredName() { return Optional.empty(); }

  @Override public SimpleFfn.Dense create() {
    throw new UnsupportedOperationException("SimpleFfn.Dense is not registered: it has no @Model");
  }

  @Override public Structure structure(SimpleFfn.Dense module) {
    return Structure.of("Dense")
        .add("weight", module.weight)
        .add("bias", module.bias);
  }

  @Override public List<Value> inputs() { return List.of(); }

  @Override public List<String> outputs() { return List.of("output"); }

  @Override public List<Tensor> forward(SimpleFfn.Dense module, List<Tensor> inputs) {
    return List.of(module.forward(inputs.get(0)));
  }

  @Override public SourceLocation source() { return new SourceLocation("SimpleFfn.java", 31); }
}
