package dev.sardonyx.runtime.contract;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.check.CrossCheck;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What must be true of a model, as JUnit 5 tests to inherit, in one line for each model:
 *
 * <pre>{@code
 * final class DigitsTest extends ModelContract { DigitsTest() { super(Digits::new); } }
 * }</pre>
 *
 * {@link RegistryContract} holds all registered models to the same laws. What cannot be tested
 * here, such as an engine whose library is not there, is reported as skipped with the reason. A law
 * that a model cannot keep is overridden with {@code @Disabled} and why.
 *
 * <p>Golden files are kept of models for which they are asked: {@code -Dsardonyx.golden=update}
 * writes {@link #golden}, and from then on graph, weights and outputs are compared with it. The
 * graph and the bits of the weights are held exactly; bits of outputs differ between processors and
 * kernels, so of outputs it is five numbers, within the tolerance of the cross-check.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModelContract {
  private final Subject subject;

  /** The laws for what a constructor makes; each call must make a new model. */
  protected ModelContract(Supplier<? extends NnModule> model) {
    subject = new Subject(model);
  }

  /**
   * The inputs of a run by name: the same at every call. By default random ones of the shapes that
   * forward declares, integers 0 or 1, dims with a symbol 2 where they come first, else 32; a model
   * that wants others, such as lengths or indices of many words, overrides this.
   */
  protected Map<String, Tensor> inputs(Graph graph) {
    return Laws.randomInputs(graph);
  }

  /**
   * The golden file, relative to the folder of the build: by default beside this class, among the
   * resources of the tests.
   */
  protected Path golden() {
    return Path.of("src/test/resources", getClass().getName().replace('.', '/') + ".golden");
  }

  /** Forward can be traced into a graph with the inputs that it declares. */
  @Test
  public void traces() {
    subject.graph();
  }

  /** It can be written as an ONNX file. */
  @Test
  public void exports() {
    laws().exports();
  }

  /** Two models made after the same seed have the same file. */
  @Test
  public void exportsTheSameBytesTwice() {
    laws().exportsTheSameBytesTwice();
  }

  /** What is exported reads back to the same graph. */
  @Test
  public void readsBackToTheSameGraph() {
    laws().readsBackToTheSameGraph();
  }

  /** The native engine computes what forward computes eagerly. */
  @Test
  public void runsOnTheNativeEngine() {
    laws().runsOn(Laws.NATIVE);
  }

  /** ONNX Runtime computes what forward computes eagerly. */
  @Test
  public void runsOnOnnxRuntime() {
    laws().runsOn(Laws.ONNX_RUNTIME);
  }

  /** So does each further engine on the class path. */
  @TestFactory
  public Stream<DynamicNode> runsOnOtherEngines() {
    return Sardonyx.engines().stream()
        .map(Engine::name)
        .filter(name -> !name.equals(Laws.NATIVE) && !name.equals(Laws.ONNX_RUNTIME))
        .map(name -> DynamicTest.dynamicTest(name, () -> laws().runsOn(name)));
  }

  /** Both engines agree on every output and node; see {@link CrossCheck}. */
  @Test
  public void crossChecks() {
    laws().crossChecks();
  }

  /** Its weights go to a file and into a new model, which is then the same. */
  @Test
  public void stateDictSurvivesARoundTrip() {
    laws().stateDictSurvivesARoundTrip();
  }

  /** What the golden file says of graph, weights and outputs; no test where there is no file. */
  @TestFactory
  public Stream<DynamicNode> isAsInTheGoldenFile() {
    return Golden.tests(subject, golden(), this::inputs);
  }

  private Laws laws() {
    return new Laws(subject, this::inputs);
  }

  /** All of the above for a model that has no test class of its own. */
  final Stream<DynamicNode> tests() {
    return Stream.of(
            Stream.of(
                DynamicTest.dynamicTest("traces", this::traces),
                DynamicTest.dynamicTest("exports", this::exports),
                DynamicTest.dynamicTest("exportsTheSameBytesTwice", this::exportsTheSameBytesTwice),
                DynamicTest.dynamicTest("readsBackToTheSameGraph", this::readsBackToTheSameGraph),
                DynamicTest.dynamicTest("runsOnTheNativeEngine", this::runsOnTheNativeEngine),
                DynamicTest.dynamicTest("runsOnOnnxRuntime", this::runsOnOnnxRuntime),
                DynamicTest.dynamicTest("crossChecks", this::crossChecks),
                DynamicTest.dynamicTest(
                    "stateDictSurvivesARoundTrip", this::stateDictSurvivesARoundTrip)),
            runsOnOtherEngines(),
            isAsInTheGoldenFile())
        .flatMap(tests -> tests);
  }
}
