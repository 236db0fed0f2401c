package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What ONNX's recurrent operators have in common. Source: ONNX RNN, LSTM, GRU.
 *
 * @param hiddenSize the elements of a state
 * @param activations names of functions for each direction; none for the operator's own
 * @param alphas the first parameters of those activations that have one, in order, as far as given
 * @param betas the second ones
 * @param clip what the inputs of activations are bounded by; 0 for nothing
 * @param batchFirst whether the batch comes before the steps (ONNX's layout = 1)
 */
public record Recurrence(
    int hiddenSize,
    Direction direction,
    List<String> activations,
    List<Float> alphas,
    List<Float> betas,
    float clip,
    boolean batchFirst) {

  /** In which order the steps are taken. */
  public enum Direction {
    FORWARD,
    REVERSE,
    BIDIRECTIONAL;

    /** How many runs over the steps there are. */
    public int count() {
      return this == BIDIRECTIONAL ? 2 : 1;
    }

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final List<String> FUNCTIONS =
      List.of(
          "Affine",
          "Elu",
          "HardSigmoid",
          "LeakyRelu",
          "Relu",
          "ScaledTanh",
          "Sigmoid",
          "Softplus",
          "Softsign",
          "Tanh",
          "ThresholdedRelu");

  public Recurrence {
    activations = List.copyOf(activations);
    alphas = List.copyOf(alphas);
    betas = List.copyOf(betas);
  }

  /** Steps first, the operator's own activations, nothing clipped. */
  public static Recurrence of(int hiddenSize, Direction direction) {
    return new Recurrence(hiddenSize, direction, List.of(), List.of(), List.of(), 0, false);
  }

  /** The same with activations for each direction. */
  public Recurrence withActivations(List<String> names) {
    return new Recurrence(hiddenSize, direction, names, alphas, betas, clip, batchFirst);
  }

  static Recurrence read(Attributes attributes, List<String> defaults) {
    String text = attributes.string("direction", "forward");
    Direction direction =
        Arrays.stream(Direction.values())
            .filter(value -> value.text().equals(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new SardonyxException(
                        ErrorCode.ARGUMENT,
                        "direction must be forward, reverse or bidirectional, found " + text));
    List<String> activations = attributes.strings("activations");
    boolean own = activations.equals(repeated(defaults, direction));
    return new Recurrence(
            attributes.int32("hidden_size", 0),
            direction,
            own ? List.of() : activations,
            attributes.floats("activation_alpha"),
            attributes.floats("activation_beta"),
            attributes.floating("clip", 0),
            attributes.bool("layout", false))
        .checked(defaults.size());
  }

  private Recurrence checked(int functions) {
    if (hiddenSize < 1) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "hidden_size must be given and 1 or more, found " + hiddenSize);
    }
    if (!activations.isEmpty() && activations.size() != functions * direction.count()) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "activations must be " + functions + " for each direction, found " + activations);
    }
    for (String name : activations) {
      if (FUNCTIONS.stream().noneMatch(name::equalsIgnoreCase)) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT, "activations must be of " + FUNCTIONS + ", found " + name);
      }
    }
    return this;
  }

  private static List<String> repeated(List<String> names, Direction direction) {
    List<String> result = new ArrayList<>(names);
    return direction.count() == 2 && result.addAll(names) ? result : List.copyOf(names);
  }

  /** The activations of all directions, one after the other. */
  List<String> activations(List<String> defaults) {
    return activations.isEmpty() ? repeated(defaults, direction) : activations;
  }

  int sinceOpset() {
    return batchFirst ? 14 : 7;
  }

  Attributes attributes() {
    Attributes result =
        Attributes.none()
            .with("hidden_size", Attribute.of(hiddenSize))
            .with("direction", Attribute.of(direction.text()), Attribute.of("forward"))
            .with("clip", Attribute.of(clip), Attribute.of(0f))
            .with("layout", Attribute.of(batchFirst), Attribute.of(false));
    result =
        activations.isEmpty()
            ? result
            : result.with("activations", new Attribute.Strings(activations));
    result =
        alphas.isEmpty() ? result : result.with("activation_alpha", new Attribute.Floats(alphas));
    return betas.isEmpty() ? result : result.with("activation_beta", new Attribute.Floats(betas));
  }

  /** The types of Y and of each final state. */
  List<ValueType> infer(Inputs in, int gates, int states) {
    in.requireFloat(0, "X");
    in.sameDType(0, 1, 2, 3);
    TensorType x = in.ranked(0, "X", 3);
    Dim hidden = Dim.of(hiddenSize);
    Dim rows = Dim.of((long) gates * hiddenSize);
    Dim directions = Dim.of(direction.count());
    Dim steps = x.shape().isKnown() ? x.dim(batchFirst ? 1 : 0) : new Dim.Unknown();
    Dim batch = x.shape().isKnown() ? x.dim(batchFirst ? 0 : 1) : new Dim.Unknown();
    Dim features = x.shape().isKnown() ? x.dim(2) : new Dim.Unknown();
    require(in, 1, "W", List.of(directions, rows, features));
    require(in, 2, "R", List.of(directions, rows, hidden));
    require(in, 3, "B", List.of(directions, Dim.of(2L * gates * hiddenSize)));
    if (in.has(4)) {
      in.requireDType(4, "sequence_lens", Set.of(DType.INT32));
      require(in, 4, "sequence_lens", List.of(batch));
    }
    List<Dim> state =
        batchFirst ? List.of(batch, directions, hidden) : List.of(directions, batch, hidden);
    for (int i = 0; i < states; i++) {
      in.sameDType(0, 5 + i);
      require(in, 5 + i, i == 0 ? "initial_h" : "initial_c", state);
    }
    List<Dim> all =
        batchFirst
            ? List.of(batch, steps, directions, hidden)
            : List.of(steps, directions, batch, hidden);
    List<ValueType> result = new ArrayList<>();
    result.add(x.withShape(Shape.of(all)));
    for (int i = 0; i < states; i++) {
      result.add(x.withShape(Shape.of(state)));
    }
    return List.copyOf(result);
  }

  static void require(Inputs in, int index, String name, List<Dim> dims) {
    if (!in.has(index)) {
      return;
    }
    TensorType found = in.ranked(index, name, dims.size());
    for (int axis = 0; found.shape().isKnown() && axis < dims.size(); axis++) {
      if (found.dim(axis).differsFrom(dims.get(axis))) {
        throw in.shapeError(name + " must be " + dims + ", found " + found);
      }
    }
  }
}
