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

/** What the compiler knows of {@link demo.Value}. Written by Sardonyx; do not edit. */
@Generated("dev.sardonyx.processor.SardonyxProcessor")
public final class ValueDescriptor implements ModelDescriptor<demo.Value> {

  public ValueDescriptor() {}

  @Override public Class<demo.Value> type() { return demo.Value.class; }

  @Override public Optional<String> registeredName() { return Optional.of("value"); }

  @Override public demo.Value create() { return new demo.Value(); }

  @Override public Structure structure(demo.Value module) { return Structure.of("Value"); }

  @Override public List<Value> inputs() {
    return List.of(new Value("x", TensorType.of(DType.FLOAT32, "n")));
  }

  @Override public List<String> outputs() { return List.of("output"); }

  @Override public List<Tensor> forward(demo.Value module, List<Tensor> inputs) {
    return List.of(module.forward(inputs.get(0)));
  }

  @Override public SourceLocation source() { return new SourceLocation("Value.java", 14); }
}
