package dev.sardonyx.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.Descriptors;
import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is generated, compiled and loaded as a user's program would. */
class DescriptorAtWorkTest {
  private URLClassLoader loader;

  @BeforeEach
  void compileGoodModels(@TempDir Path folder) throws IOException {
    var workspace = new Workspace(folder);
    for (String name : new String[] {"SimpleFfn", "ResidualNet", "Heirs", "Affine"}) {
      Path source = Path.of("src/test/resources/golden/good", name + ".java");
      workspace.write(name, Files.readString(source));
    }
    assertThat(workspace.compile("SimpleFfn", "ResidualNet", "Heirs", "Affine")).isEmpty();
    loader = workspace.loader();
  }

  @AfterEach
  void close() throws IOException {
    loader.close();
  }

  private NnModule model(String name) {
    return Objects.requireNonNull(Descriptors.registry(loader).get(name)).create();
  }

  @Test
  void listsModelsByName() {
    assertThat(Descriptors.registry(loader))
        .containsOnlyKeys("affine", "heir", "residual_net.v2", "simple-ffn");
  }

  @Test
  void namesParametersAsPyTorchDoes() {
    assertThat(model("simple-ffn").namedParameters().keySet())
        .containsExactly("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias");
    assertThat(model("simple-ffn").describe())
        .isEqualTo("SimpleFfn(\n  (fc1): Dense()\n  (fc2): Dense()\n)");
    assertThat(model("residual_net.v2").stateDict().entries().keySet())
        .containsExactly("conv_weight", "mean");
  }

  @Test
  void putsSuperclassMembersFirstAndLeavesOutNulls() {
    NnModule heir = model("heir");
    assertThat(heir.namedParameters().keySet()).containsExactly("weight", "own");
    assertThat(heir.namedChildren().keySet()).containsExactly("part");
  }

  @Test
  void givesASubclassWithoutAnnotationsTheDescriptorOfItsSuperclass() throws Exception {
    var subclass = Class.forName("demo.Heirs$Grandchild", true, loader).getDeclaredConstructor();
    subclass.setAccessible(true);
    var grandchild = (NnModule) subclass.newInstance();
    assertThat(grandchild.namedParameters().keySet()).containsExactly("weight", "own");
  }

  @Test
  void readsRecordComponents() {
    assertThat(model("affine").namedParameters().keySet()).containsExactly("weight", "offset");
  }

  @Test
  void tracesToAGraphWithTheDeclaredNamesAndTypes() {
    Graph graph = Trace.of(model("simple-ffn")).graph();
    assertThat(graph.inputs())
        .containsExactly(new Value("x", TensorType.of(DType.FLOAT32, "batch", "784")));
    assertThat(graph.outputs())
        .containsExactly(new Value("output", TensorType.of(DType.FLOAT32, "batch", "10")));
    assertThat(graph.initializers().keySet())
        .containsExactly("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias");
    assertThat(graph.nodes()).hasSize(4);
  }

  @Test
  void tracesSeveralInputsAndOutputs() {
    Graph graph = Trace.of(model("residual_net.v2")).graph();
    assertThat(graph.inputs())
        .containsExactly(
            new Value("x", TensorType.of(DType.FLOAT32, "batch", "4")),
            new Value("mask", TensorType.of(DType.INT64, "batch", "seq_len")),
            new Value("scale", TensorType.of(DType.FLOAT32, new String[0])));
    assertThat(graph.outputs()).extracting(Value::name).containsExactly("logits", "hidden");
  }

  @Test
  void pointsToTheLineOfForward() {
    assertThat(Descriptors.of(model("simple-ffn")).source()).hasToString("SimpleFfn.java:27");
  }

  @Test
  void refusesToMakeOrRunWhatIsOnlyAPart() {
    ModelDescriptor<?> scale =
        ServiceLoader.load(ModelDescriptor.class, loader).stream()
            .map(ServiceLoader.Provider::get)
            .map(descriptor -> (ModelDescriptor<?>) descriptor)
            .filter(descriptor -> descriptor.type().getSimpleName().equals("Scale"))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(scale::create)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("Heirs.Scale is not registered: it has no @Model");
    assertThatThrownBy(() -> forward(scale, model("heir").children().getFirst()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("Heirs.Scale has no @Forward method");
  }

  private static <M extends NnModule> List<Tensor> forward(
      ModelDescriptor<M> descriptor, NnModule module) {
    return descriptor.forward(descriptor.type().cast(module), List.of());
  }
}
