package dev.sardonyx.runtime.contract;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.check.Disagreement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assertions;

/**
 * Assertions that engines agree, for tests of any model: {@code assertEnginesAgree(new Digits())}.
 *
 * <p>Outputs are compared as production computes them, then every node. Where something differs,
 * the AssertionFailedError holds the diagnosis: outputs, the first node at fault with its operator,
 * module and source line, its worst elements and who is wrong. An engine that is not there is no
 * success but SardonyxException (ENGINE), which says what to add.
 */
public final class EngineAssertions {
  private static final String[] BANDS = {Laws.NATIVE, Laws.ONNX_RUNTIME};

  private EngineAssertions() {}

  /** Of a model, run eagerly, natively and on ONNX Runtime, on inputs that fit its graph. */
  public static void assertEnginesAgree(NnModule model) {
    assertEnginesAgree(CrossCheck.of(model).engines(BANDS));
  }

  /** The same on given inputs. */
  public static void assertEnginesAgree(NnModule model, Map<String, ? extends Data> inputs) {
    assertEnginesAgree(CrossCheck.of(model).engines(BANDS).inputs(inputs));
  }

  /** Of a graph. */
  public static void assertEnginesAgree(Graph graph) {
    assertEnginesAgree(CrossCheck.of(graph).engines(BANDS));
  }

  /** The same on given inputs. */
  public static void assertEnginesAgree(Graph graph, Map<String, ? extends Data> inputs) {
    assertEnginesAgree(CrossCheck.of(graph).engines(BANDS).inputs(inputs));
  }

  /** Of a model file. Errors: those of {@link Sardonyx#format} and of reading. */
  public static void assertEnginesAgree(Path file) {
    assertEnginesAgree(Sardonyx.format(file).read(file));
  }

  /** Of a check with engines, and whatever else, of its own. Errors: those of the check. */
  public static void assertEnginesAgree(CrossCheck check) {
    CheckReport report = check.timing(Duration.ZERO).run();
    if (!report.passed()) {
      Assertions.fail(Disagreement.describe(report));
    }
  }
}
