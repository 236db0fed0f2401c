package dev.sardonyx.runtime.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawingTest {
  private static final TensorType TYPE = TensorType.of(DType.FLOAT32, "4");

  /** Each node adds two earlier values at random, not far back. */
  private static Graph random(int nodes, long seed) {
    var random = new Random(seed);
    List<Value> values = new ArrayList<>(List.of(new Value("x", TYPE), new Value("y", TYPE)));
    List<Node> made = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      int size = values.size();
      Value a = values.get(size - 1 - random.nextInt(Math.min(size, 6)));
      Value b = values.get(size - 1 - random.nextInt(Math.min(size, 30)));
      values.add(new Value("v" + i, TYPE));
      made.add(
          new Node(
              "n" + i,
              new BinaryOp.Add(),
              List.of(a, b),
              List.of(values.getLast()),
              Origin.unknown()));
    }
    return new Graph(
        "random", values.subList(0, 2), List.of(values.getLast()), made, Map.of(), Map.of());
  }

  /** A chain, each node of which takes one of the model's inputs in turn as well. */
  private static Graph chain(int nodes, int inputs) {
    List<Value> given = IntStream.range(0, inputs).mapToObj(i -> new Value("x" + i, TYPE)).toList();
    Value last = given.getFirst();
    List<Node> made = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      var next = new Value("v" + i, TYPE);
      made.add(
          new Node(
              "n" + i,
              new BinaryOp.Add(),
              List.of(last, given.get(i % inputs)),
              List.of(next),
              Origin.unknown()));
      last = next;
    }
    return new Graph("chain", given, List.of(last), made, Map.of(), Map.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 50, 400})
  void everyConnectionLeadsDownAndNoTwoNodesOverlap(int nodes) {
    Points points = Points.of(random(nodes, nodes));
    Drawing drawing = Drawing.of(points);
    for (int from = 0; from < points.size(); from++) {
      for (int to : points.next()[from]) {
        assertTrue(drawing.layers()[from] < drawing.layers()[to], from + " above " + to);
      }
    }
    Integer[] order = IntStream.range(0, points.size()).boxed().toArray(Integer[]::new);
    int[] layers = drawing.layers();
    int[] x = drawing.x();
    Arrays.sort(
        order,
        (a, b) -> layers[a] == layers[b] ? x[a] - x[b] : Integer.compare(layers[a], layers[b]));
    for (int i = 1; i < order.length; i++) {
      int left = order[i - 1];
      int right = order[i];
      boolean apart = layers[left] != layers[right] || x[right] - x[left] >= Places.width(false);
      assertTrue(apart, left + " beside " + right);
    }
  }

  @Test
  void everyConnectionIsALineFromItsBeginningToItsEnd() {
    Points points = Points.of(random(200, 3));
    Drawing drawing = Drawing.of(points);
    int connections = Arrays.stream(points.next()).mapToInt(next -> next.length).sum();
    int[] lines = drawing.lines();
    int ends = 0;
    for (int i = 0; i < lines.length; i += 6) {
      int from = lines[i + 3];
      int to = lines[i + 4];
      if (lines[i + 5] == 0) {
        assertEquals(drawing.x()[from], lines[i + 1]);
        assertEquals(drawing.layers()[from], lines[i]);
      }
      if (to >= 0) {
        assertEquals(drawing.x()[to], lines[i + 2]);
        assertEquals(drawing.layers()[to], lines[i] + 1);
        ends++;
      }
    }
    assertEquals(connections, ends);
    assertTrue(drawing.unrouted().isEmpty());
  }

  @Test
  void theLongestPathIsStraight() {
    Drawing drawing = Drawing.of(Points.of(Pages.graph(400, i -> "node_" + i)));
    int[] path =
        IntStream.range(1, 401)
            .filter(point -> (point - 1) % 8 != 1)
            .map(i -> drawing.x()[i])
            .toArray();
    assertEquals(path[0], path[path.length - 1], 2);
    assertEquals(path[0], path[path.length / 2], 2);
  }

  @Test
  void theSameGraphIsDrawnAlike() {
    Graph graph = random(300, 9);
    assertArrayEquals(Drawing.of(Points.of(graph)).lines(), Drawing.of(Points.of(graph)).lines());
  }

  @Test
  void constantsStandBesideWhatNeedsThem() {
    Value input = new Value("x", TYPE);
    Value constant = new Value("c", TYPE);
    List<Node> made = new ArrayList<>();
    made.add(
        new Node("constant", new UnaryOp.Relu(), List.of(), List.of(constant), Origin.unknown()));
    Value last = input;
    for (int i = 0; i < 5; i++) {
      var next = new Value("v" + i, TYPE);
      made.add(
          new Node("n" + i, new UnaryOp.Relu(), List.of(last), List.of(next), Origin.unknown()));
      last = next;
    }
    var sum = new Value("sum", TYPE);
    made.add(
        new Node(
            "add", new BinaryOp.Add(), List.of(last, constant), List.of(sum), Origin.unknown()));
    int[] layers =
        Points.of(new Graph("c", List.of(input), List.of(sum), made, Map.of(), Map.of())).layers();
    assertArrayEquals(new int[] {0, 5, 1, 2, 3, 4, 5, 6, 7}, layers);
  }

  @Test
  void theLargestGraphIsDrawnInBoundedTimeAndSpace() {
    int nodes = Drawing.MOST_NODES;
    assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          Drawing deep = Drawing.of(Points.of(chain(nodes, 12)));
          assertEquals(nodes + 2, deep.count());
          assertFalse(deep.unrouted().isEmpty(), "there is no room for the lines of all inputs");
          assertTrue(deep.lines().length < 6 * 8 * nodes);
          assertTrue(Drawing.of(Points.of(random(nodes, 1))).lines().length < 6 * 8 * nodes);
        });
  }
}
