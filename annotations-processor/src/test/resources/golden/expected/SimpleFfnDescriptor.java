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

/** What the compiler knows of {@link SimpleFfn}. Written by Sardonyx; do not edit. */
@Generated("dev.sardonyx.processor.SardonyxProcessor")
public final class SimpleFfnDescriptor implements ModelDescriptor<SimpleFfn> {

  public SimpleFfnDescriptor() {}

  @Override public Class<SimpleFfn> type() { return SimpleFfn.class; }

  @Override public Optional<String> registeredName() { return Optional.of("simple-ffn"); }

  @Override public SimpleFfn create() { return new SimpleFfn(); }

  @Override public Structure structure(SimpleFfn module) {
    return Structure.of("SimpleFfn")
        .add("fc1", module.fc1)
        .add("fc2", module.fc2);
  }

  @Override public List<Value> inputs() {
    return List.of(new Value("x", TensorType.of(DType.FLOAT32, "batch", "784")));
  }

  @Override public List<String> outputs() { return List.of("output"); }

  @Override public List<Tensor> forward(SimpleFfn module, List<Tensor> inputs) {
    return List.of(module.forward(inputs.get(0)));
  }

  @Override public SourceLocation source() { return new SourceLocation("SimpleFfn.java", 27); }
}
