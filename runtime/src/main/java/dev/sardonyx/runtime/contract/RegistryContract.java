package dev.sardonyx.runtime.contract;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.Descriptors;
import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.api.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The laws of {@link ModelContract} for every registered model, those of tomorrow too, in one line:
 *
 * <pre>{@code
 * final class ModelsTest extends RegistryContract {}
 * }</pre>
 *
 * Test reports know dynamic tests by number, and by name only where they are told to show it; a
 * ModelContract for each model is clearer there.
 */
public abstract class RegistryContract {
  /** For subclasses. */
  protected RegistryContract() {}

  /** Whether a model takes part; by default each that the test's class path registers. */
  protected boolean includes(ModelDescriptor<?> model) {
    return true;
  }

  /** The inputs of a run of a model; see {@link ModelContract#inputs}. */
  protected Map<String, Tensor> inputs(ModelDescriptor<?> model, Graph graph) {
    return Laws.randomInputs(graph);
  }

  /** The golden file of a model; see {@link ModelContract#golden}. */
  protected Path golden(String registeredName) {
    String folder = getClass().getName().replace('.', '/');
    return Path.of("src/test/resources", folder, registeredName + ".golden");
  }

  /** Every law of every model. Errors: MODEL where no model is registered. */
  @TestFactory
  public Stream<DynamicNode> everyModel() {
    List<Map.Entry<String, ModelDescriptor<?>>> models =
        Descriptors.registry(getClass().getClassLoader()).entrySet().stream()
            .filter(model -> includes(model.getValue()))
            .toList();
    if (models.isEmpty()) {
      throw new SardonyxException(
          ErrorCode.MODEL,
          "no model is registered on the class path of "
              + getClass().getName()
              + ": expected classes with @Model, in whose build the annotation processor is");
    }
    return models.stream()
        .map(
            model ->
                DynamicContainer.dynamicContainer(
                    model.getKey(), contract(model.getKey(), model.getValue()).tests()));
  }

  private ModelContract contract(String name, ModelDescriptor<?> model) {
    return new ModelContract(model::create) {
      @Override
      protected Map<String, Tensor> inputs(Graph graph) {
        return RegistryContract.this.inputs(model, graph);
      }

      @Override
      protected Path golden() {
        return RegistryContract.this.golden(name);
      }
    };
  }
}
