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

/** What the compiler knows of {@link HandWritten}. Written by Sardonyx; do not edit. */
@Generated("dev.sardonyx.processor.SardonyxProcessor")
public final class HandWrittenDescriptor implements ModelDescriptor<HandWritten> {

  public HandWrittenDescriptor() {}

  @Override public Class<HandWritten> type() { return HandWritten.class; }

  @Override public Optional<String> registeredName() { return Optional.of("hand-written"); }

  @Override public HandWritten create() { return new HandWritten(); }

  @Override public Structure structure(HandWritten module) { return module.structure(); }

  @Override public List<Value> inputs() {
    return List.of(new Value("x", TensorType.of(DType.FLOAT32, "batch", "2")));
  }

  @Override public List<String> outputs() { return List.of("output"); }

  @Override public List<Tensor> forward(HandWritten module, List<Tensor> inputs) {
    return List.of(module.forward(inputs.get(0)));
  }

  @Override public SourceLocation source() { return new SourceLocation("HandWritten.java", 24); }
}
