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

/** What the compiler knows of {@link ManyLayers}. Written by Sardonyx; do not edit. */
@Generated("dev.sardonyx.processor.SardonyxProcessor")
public final class ManyLayersDescriptor implements ModelDescriptor<ManyLayers> {

  public ManyLayersDescriptor() {}

  @Override public Class<ManyLayers> type() { return ManyLayers.class; }

  @Override public Optional<String> registeredName() { return Optional.of("many-layers"); }

  @Override public ManyLayers create() { return new ManyLayers(); }

  @Override public Structure structure(ManyLayers module) {
    return Structure.of("ManyLayers")
        .add("weight0", module.weight0).add("weight1", module.weight1)
        .add("weight2", module.weight2).add("weight3", module.weight3)
        .add("weight4", module.weight4).add("weight5", module.weight5)
        .add("weight6", module.weight6).add("weight7", module.weight7)
        .add("weight8", module.weight8).add("weight9", module.weight9)
        .add("weight10", module.weight10).add("weight11", module.weight11)
        .add("weight12", module.weight12).add("weight13", module.weight13)
        .add("weight14", module.weight14).add("weight15", module.weight15)
        .add("weight16", module.weight16).add("weight17", module.weight17)
        .add("weight18", module.weight18).add("weight19", module.weight19)
        .add("weight20", module.weight20).add("weight21", module.weight21)
        .add("weight22", module.weight22).add("weight23", module.weight23)
        .add("weight24", module.weight24).add("weight25", module.weight25)
        .add("weight26", module.weight26).add("weight27", module.weight27)
        .add("weight28", module.weight28).add("weight29", module.weight29)
        .add("weight30", module.weight30).add("weight31", module.weight31);
  }

  @Override public List<Value> inputs() {
    return List.of(new Value("x", TensorType.of(DType.FLOAT32, "n")));
  }

  @Override public List<String> outputs() { return List.of("output"); }

  @Override public List<Tensor> forward(ManyLayers module, List<Tensor> inputs) {
    return List.of(module.forward(inputs.get(0)));
  }

  @Override public SourceLocation source() { return new SourceLocation("ManyLayers.java", 48); }
}
