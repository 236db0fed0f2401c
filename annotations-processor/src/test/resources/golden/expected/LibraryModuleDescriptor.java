package library;

import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;

/** What the compiler knows of {@link LibraryModule}. Written by Sardonyx; do not edit. */
@Generated("dev.sardonyx.processor.SardonyxProcessor")
public final class LibraryModuleDescriptor implements ModelDescriptor<LibraryModule> {

  public LibraryModuleDescriptor() {}

  @Override public Class<LibraryModule> type() { return LibraryModule.class; }

  @Override public Optional<String> registeredName() { return Optional.empty(); }

  @Override public LibraryModule create() {
    throw new UnsupportedOperationException("LibraryModule is not registered: it has no @Model");
  }

  @Override public Structure structure(LibraryModule module) {
    return Structure.of("LibraryModule")
        .add("open", module.open)
        .add("guarded", module.guarded)
        .add("near", module.near);
  }

  @Override public List<Value> inputs() { return List.of(); }

  @Override public List<String> outputs() { return List.of("output"); }

  @Override public List<Tensor> forward(LibraryModule module, List<Tensor> inputs) {
    return List.of(module.compute(inputs.get(0)));
  }

  @Override public SourceLocation source() { return new SourceLocation("LibraryModule.java", 16); }
}
