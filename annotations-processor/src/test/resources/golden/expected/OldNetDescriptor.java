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

/** What the compiler knows of {@link OldNet}. Written by Sardonyx; do not edit. */
@Generated("dev.sardonyx.processor.SardonyxProcessor")
@SuppressWarnings({"deprecation", "removal"})
public final class OldNetDescriptor implements ModelDescriptor<OldNet> {

  public OldNetDescriptor() {}

  @Override public Class<OldNet> type() { return OldNet.class; }

  @Override public Optional<String> registeredName() { return Optional.of("old-net"); }

  @Override public OldNet create() { return new OldNet(); }

  @Override public Structure structure(OldNet module) {
    return Structure.of("OldNet")
        .add("weight", module.weight);
  }

  @Override public List<Value> inputs() {
    return List.of(new Value("x", TensorType.of(DType.FLOAT32, "n")));
  }

  @Override public List<String> outputs() { return List.of("output"); }

  @Override public List<Tensor> forward(OldNet module, List<Tensor> inputs) {
    return List.of(module.forward(inputs.get(0)));
  }

  @Override public SourceLocation source() { return new SourceLocation("OldNet.java", 19); }
}
