package dev.sardonyx.runtime.translate;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphChecker;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Evaluator;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.compiler.Pass;
import dev.sardonyx.runtime.compiler.ShapeFixing;
import dev.sardonyx.runtime.diagnose.CloseLook;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Translation validation: passes are applied one after the other, and the graph before each is
 * compared with the one after it on some inputs. Both run node by node and with no other pass, so
 * that nothing but the pass can be at fault.
 */
public final class PassValidation {
  /** What fixes the shapes of a graph, which is no pass of the list but may be wrong as well. */
  public static final String FIX_SHAPES = "fix-shapes";

  private final Engine engine;
  private final Evaluator evaluator;
  private final Judging judging;

  /** A validation that runs graphs on a set of kernels. */
  public PassValidation(Kernels kernels, Judging judging) {
    engine = new NativeEngine(kernels);
    evaluator = new NativeEvaluator(kernels);
    this.judging = judging;
  }

  /** On the kernels in Java alone, whatever others this machine has. */
  public static PassValidation of(Judging judging) {
    return new PassValidation(KernelSelection.portable().kernels(), judging);
  }

  /**
   * Applies some passes. Errors: the engine's on the graph as it is given.
   *
   * @param inputs sets of inputs by name, of any shapes
   */
  public PassReport run(Graph graph, List<Pass> passes, List<Map<String, Data>> inputs) {
    return run(graph, new Compiler(passes), inputs);
  }

  /** Applies a compiler's passes, then those for fixed shapes for each set of shapes. */
  public PassReport run(Graph graph, Compiler compiler, List<Map<String, Data>> inputs) {
    return walk(graph, compiler, inputs, false).report();
  }

  /**
   * The first pass of a compiler that is wrong, and no further. Errors: as above.
   *
   * @param inputs one set of inputs, by name
   */
  public static Optional<PassFinding> firstWrong(
      Graph graph, Compiler compiler, Map<String, Data> inputs, Judging judging) {
    return of(judging).walk(graph, compiler, List.of(inputs), true).report().first();
  }

  private Walk walk(
      Graph graph, Compiler compiler, List<Map<String, Data>> inputs, boolean untilFirst) {
    var walk = new Walk(NativeEngine.withoutDefaults(graph), inputs, untilFirst);
    Graph compiled = walk.through(compiler.passes(), walk.start, inputs, 0, false);
    if (compiler.fixedPasses().isEmpty()) {
      return walk;
    }
    for (List<ValueType> types : walk.shapes()) {
      List<Pass> passes = new ArrayList<>(List.of(new Fixing(evaluator, types)));
      passes.addAll(compiler.fixedPasses());
      List<Map<String, Data>> such =
          inputs.stream().filter(one -> types(graph, one).equals(types)).toList();
      walk.through(passes, compiled, such, compiler.passes().size(), true);
    }
    return walk;
  }

  private static List<ValueType> types(Graph graph, Map<String, Data> inputs) {
    return graph.inputs().stream()
        .map(input -> Objects.requireNonNull(inputs.get(input.name()), input.name()).type())
        .toList();
  }

  private record Fixing(Evaluator evaluator, List<ValueType> types) implements Pass {
    @Override
    public String name() {
      return FIX_SHAPES;
    }

    @Override
    public Graph apply(Graph graph) {
      return new ShapeFixing(evaluator).fix(graph, types);
    }
  }

  /** One way through the passes. */
  private final class Walk {
    private final Graph start;
    private final List<Map<String, Data>> inputs;
    private final boolean untilFirst;
    private final List<PassReport.Row> rows = new ArrayList<>();
    private final List<PassFinding> findings = new ArrayList<>();

    Walk(Graph start, List<Map<String, Data>> inputs, boolean untilFirst) {
      this.start = start;
      this.inputs = inputs;
      this.untilFirst = untilFirst;
    }

    PassReport report() {
      return new PassReport(start.name(), inputs.size(), rows, findings);
    }

    Set<List<ValueType>> shapes() {
      Set<List<ValueType>> shapes = new LinkedHashSet<>();
      inputs.forEach(one -> shapes.add(types(start, one)));
      return shapes;
    }

    /** The graph after all passes that are right. */
    Graph through(
        List<Pass> passes, Graph first, List<Map<String, Data>> sets, int done, boolean fixed) {
      Graph before = first;
      List<Map<String, Data>> expected = results(before, sets);
      for (int i = 0; i < passes.size() && !(untilFirst && !findings.isEmpty()); i++) {
        Pass pass = passes.get(i);
        var step = new Step(pass, done + i + 1, before, sets, expected);
        rows.add(step.row(fixed));
        step.finding().ifPresent(findings::add);
        if (step.finding().isEmpty()) {
          before = step.after();
          expected = step.results();
        }
      }
      return before;
    }
  }

  private List<Map<String, Data>> results(Graph graph, List<Map<String, Data>> sets) {
    return sets.stream().map(one -> WrittenRun.of(engine, graph, one)).toList();
  }

  /** One pass on one graph. */
  private final class Step {
    private final String pass;
    private final int place;
    private final Graph before;
    private Graph after;
    private List<Map<String, Data>> results;
    private double relativeL2;
    private Optional<PassFinding> finding = Optional.empty();

    Step(
        Pass pass,
        int place,
        Graph before,
        List<Map<String, Data>> sets,
        List<Map<String, Data>> expected) {
      this.pass = pass.name();
      this.place = place;
      this.before = before;
      after = before;
      results = expected;
      try {
        after = pass.apply(before);
        if (!isUnchanged(before, after)) {
          GraphChecker.check(after);
          results = PassValidation.this.results(after, sets);
        }
      } catch (RuntimeException broken) { // a pass in the making may fail in any way
        finding = Optional.of(PassFinding.failed(this.pass, place, String.valueOf(broken)));
        relativeL2 = Double.NaN;
        return;
      }
      for (int i = 0; i < sets.size() && results != expected; i++) {
        compare(i, sets.get(i), results.get(i), expected.get(i));
      }
    }

    private void compare(
        int set, Map<String, Data> inputs, Map<String, Data> found, Map<String, Data> expected) {
      for (Value output : before.outputs()) {
        String name = output.name();
        Data is = found.get(name);
        if (is == null) {
          finding = Optional.of(PassFinding.failed(pass, place, "output '" + name + "' is lost"));
          return;
        }
        if (finding.isPresent() || judging.leftOut().test(name)) {
          continue;
        }
        Data was = Objects.requireNonNull(expected.get(name));
        Comparison comparison = judging.compare(name, is, was);
        relativeL2 = Math.max(relativeL2, comparison.relativeL2());
        if (!comparison.passes()) {
          var last = Optional.ofNullable(after.producers().get(name));
          var end = new FirstChange.Found(name, last, comparison, is, was);
          var change = new FirstChange(engine, before, after, judging);
          finding = Optional.of(finding(change.find(inputs).orElse(end), set));
        }
      }
    }

    private PassFinding finding(FirstChange.Found found, int set) {
      return new PassFinding(
          pass,
          place,
          found.node(),
          Optional.of(found.value()),
          Optional.of(found.comparison()),
          CloseLook.at(found.is(), found.was()).worst(),
          set + 1,
          Optional.empty());
    }

    PassReport.Row row(boolean fixed) {
      return new PassReport.Row(
          pass,
          fixed,
          before.nodes().size(),
          after.nodes().size(),
          !isUnchanged(before, after),
          relativeL2,
          finding.isEmpty());
    }

    Graph after() {
      return after;
    }

    List<Map<String, Data>> results() {
      return results;
    }

    Optional<PassFinding> finding() {
      return finding;
    }
  }

  private static boolean isUnchanged(Graph before, Graph after) {
    return before == after
        || before.nodes().equals(after.nodes())
            && before.outputs().equals(after.outputs())
            && before.initializers().keySet().equals(after.initializers().keySet())
            && before.initializers().entrySet().stream()
                .allMatch(one -> after.initializers().get(one.getKey()) == one.getValue());
  }
}
