package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.compare.Bounds;
import dev.sardonyx.runtime.compare.OperatorJudge;
import dev.sardonyx.runtime.plan.ExpectedLoss;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Compares two engines node by node, each node with its whole past and alone. Both walk through the
 * graph in segments and forget what nothing needs any more, so that memory is bounded. A node with
 * graphs of its own, such as a Loop, is one node.
 */
public final class Bisection {
  /** What the values and weights of a segment may take of the memory: two engines hold them. */
  private static final int PARTS_OF_MEMORY = 10;

  private final Graph graph;
  private final Engine engine;
  private final Engine reference;
  private final Bounds bounds;
  private final SessionOptions options;
  private final ExpectedLoss loss;
  private final RandomValues random;
  private boolean all;
  private long memory = SessionOptions.defaults().memoryBudget();

  /**
   * What came of it.
   *
   * @param drift how far the values of a quantised graph moved
   * @param engineOutputs the outputs of the graph, node by node on the engine, as far as it gives
   *     them
   * @param referenceOutputs the same on the reference
   * @param choices of the nodes that give outputs of the graph and choose, where several choices
   *     may be right ({@link OperatorJudge}), by output
   */
  public record Result(
      Diagnosis diagnosis,
      QuantizationDrift drift,
      Map<String, Data> engineOutputs,
      Map<String, Data> referenceOutputs,
      Map<String, Evidence> choices) {}

  /**
   * A bisection between two engines.
   *
   * @param bounds how far values may lie off; the nodes are added to it
   * @param loss what the engine loses by its options
   */
  public Bisection(Graph graph, Engine engine, Engine reference, Bounds bounds, ExpectedLoss loss) {
    this.graph = graph;
    this.engine = engine;
    this.reference = reference;
    this.bounds = bounds;
    this.loss = loss;
    this.options = SessionOptions.defaults().threads(1);
    this.random = RandomValues.of(graph);
  }

  /** Goes through all nodes, rather than up to the first fault. */
  public Bisection ofAll() {
    all = true;
    return this;
  }

  /** Within so many bytes for values, weights and sessions. */
  public Bisection within(long bytes) {
    memory = bytes;
    return this;
  }

  /** Runs it. Errors: those of the engines; a difference is no error but a result. */
  public Result run(Map<String, Data> inputs) {
    SessionOptions limited = options.within(memory);
    var segments = new Segments(graph, inputs, memory / PARTS_OF_MEMORY);
    var walk = new Walk(inputs, limited);
    Segment segment = segments.first();
    while (segment.from() < segment.to() && (all || !walk.trail.hasFault())) {
      segment = walk.through(segment, segments);
      if (!segment.isWhole()) {
        System.gc(); // frees tensors off the heap, which the heap's own need would not do in time
      }
      segment = segments.after(segment);
    }
    return walk.result();
  }

  /** The engines on their way. */
  private final class Walk {
    private final Chain found;
    private final Chain expected;
    private final Optional<Chain> moved;
    private final QuantizationDrift.Meter meter = new QuantizationDrift.Meter(graph);
    private final Set<String> notes = new LinkedHashSet<>();
    private final Trail trail = new Trail(all);
    private final Map<String, Evidence> choices = new LinkedHashMap<>();
    private QuantizationDrift drift = QuantizationDrift.none();

    Walk(Map<String, Data> inputs, SessionOptions limited) {
      found = new Chain(engine, graph, inputs, limited);
      expected = new Chain(reference, graph, inputs, limited);
      moved =
          QuantizationDrift.moved(graph).map(other -> new Chain(reference, other, inputs, limited));
    }

    /** Runs a segment, cut or lengthened where it has to be, and returns what it was then. */
    Segment through(Segment planned, Segments segments) {
      Segment segment = planned;
      while (true) {
        try {
          Chain.Step ours = found.run(segment);
          Chain.Step theirs = expected.run(segment);
          Segment longer = longer(segment, segments, ours, theirs);
          if (longer.to() > segment.to()) {
            segment = longer;
            continue;
          }
          measureDrift(segment, segments, theirs);
          judge(segment, ours, theirs);
          Segment done = segment;
          Predicate<String> isNeeded = name -> segments.isNeededAfter(done, name);
          found.advance(ours, isNeeded);
          expected.advance(theirs, isNeeded);
          return segment;
        } catch (SardonyxException error) {
          int nodes = segment.to() - segment.from();
          if (error.code() != ErrorCode.LIMIT || nodes == 1 || segment.to() > planned.to()) {
            throw error;
          }
          segment = segment.upTo(segment.from() + nodes / 2);
        }
      }
    }

    /** Values that an engine does not give cannot be handed to the next segment. */
    private Segment longer(Segment segment, Segments segments, Chain.Step ours, Chain.Step theirs) {
      List<String> missing =
          Stream.concat(ours.missing().keySet().stream(), theirs.missing().keySet().stream())
              .filter(name -> !segment.isLast() && segments.isNeededAfter(segment, name))
              .toList();
      return segments.until(segment, missing);
    }

    private void measureDrift(Segment segment, Segments segments, Chain.Step theirs) {
      moved.ifPresent(
          chain -> {
            Chain.Step step = chain.run(segment.of(chain.graph()));
            meter.add(theirs.values(), step.values());
            drift = meter.drift();
            chain.advance(step, name -> segments.isNeededAfter(segment, name));
          });
    }

    private void judge(Segment segment, Chain.Step ours, Chain.Step theirs) {
      for (Node node : segment.nodes()) {
        Optional<String> reason =
            leftOut(node, engine, ours).or(() -> leftOut(node, reference, theirs));
        if (reason.isPresent()) {
          notes.add("node " + node.name() + " (" + node.op().name() + ") is " + reason.get());
          trail.add(new NodeFinding(node, List.of(), List.of(), reason));
          continue;
        }
        Evidence evidence = evidence(node, theirs);
        keepChoice(evidence);
        trail.add(judge().finding(evidence, ours.values()), evidence);
        if (!all && trail.hasFault()) {
          return;
        }
      }
    }

    private void keepChoice(Evidence evidence) {
      Node node = evidence.node();
      if (OperatorJudge.mayTie(node.op())) {
        graph.outputs().stream()
            .map(Value::name)
            .filter(evidence.reference()::containsKey)
            .forEach(name -> choices.put(name, evidence));
      }
    }

    private NodeJudge judge() {
      return new NodeJudge(engine, reference, bounds, loss, drift, random, all);
    }

    /** Why a node cannot be compared, if so. */
    private Optional<String> leftOut(Node node, Engine on, Chain.Step step) {
      if (random.drawnBy(node)) {
        return Optional.of("not compared: it draws random numbers");
      }
      return Stream.concat(node.inputs().stream(), node.outputs().stream())
          .map(Value::name)
          .filter(step.missing()::containsKey)
          .findFirst()
          .map(
              name ->
                  "not compared: engine "
                      + on.name()
                      + " gives no value for "
                      + name
                      + ": "
                      + step.missing().get(name));
    }

    private Evidence evidence(Node node, Chain.Step theirs) {
      Map<String, Data> constants = new LinkedHashMap<>();
      Map<String, Data> inputs = new LinkedHashMap<>();
      for (Value input : node.inputs()) {
        if (input.isPresent()) {
          Data computed = theirs.values().get(input.name());
          Data value = computed == null ? expected.value(input.name()) : computed;
          boolean constant = computed == null && !expected.live().containsKey(input.name());
          (constant ? constants : inputs).put(input.name(), value);
        }
      }
      Map<String, Data> right = new LinkedHashMap<>();
      for (Value output : node.outputs()) {
        if (output.isPresent()) {
          String name = output.name();
          right.put(name, EngineOutputs.named(reference.name(), theirs.values(), name));
        }
      }
      return new Evidence(
          node, constants, inputs, NodeAlone.run(engine, node, constants, inputs, options), right);
    }

    Result result() {
      NotANumbers.first(trail.findings()).ifPresent(notes::add);
      var diagnosis =
          new Diagnosis(
              graph,
              engine.name(),
              reference.name(),
              trail.findings(),
              trail.suspect(judge()),
              List.copyOf(notes));
      return new Result(diagnosis, drift, found.live(), expected.live(), choices);
    }
  }
}
