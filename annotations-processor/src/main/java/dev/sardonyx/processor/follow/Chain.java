package dev.sardonyx.processor.follow;

import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How tensors came to be: which call made each of which other, within the calls that run. */
final class Chain {
  private static final int LONGEST = 24;

  private final Deque<Map<Tensor, Step>> scopes = new ArrayDeque<>();

  /** A tensor's name or what made it, and of what. */
  private record Step(String label, Optional<Tensor> source) {}

  Chain() {
    enter();
  }

  /** A call begins: what it does inside is no longer told once it is over. */
  void enter() {
    scopes.push(new IdentityHashMap<>());
  }

  void leave() {
    scopes.pop();
  }

  /** Notes an input. */
  void input(Tensor tensor, String name) {
    scopes.element().put(tensor, new Step(name, Optional.empty()));
  }

  /** Notes what made a tensor; a tensor that is passed on as it is keeps its history. */
  void made(Tensor result, String label, Tensor source) {
    if (result != source) {
      scopes.element().putIfAbsent(result, new Step(label, Optional.of(source)));
    }
  }

  private boolean knows(Tensor tensor) {
    return step(tensor).isPresent();
  }

  /**
   * From the first input to a tensor: {@code x float32[batch,1,28,28] -> conv1 [batch,32,28,28]}.
   * Steps that leave the type as it is are left out.
   */
  String to(Tensor tensor) {
    List<String> labels = new ArrayList<>();
    List<TensorType> types = new ArrayList<>();
    Optional<Tensor> at = Optional.of(tensor);
    while (at.isPresent()) {
      Tensor here = at.get();
      Optional<Step> step = step(here);
      labels.addFirst(step.map(Step::label).orElse(""));
      types.addFirst(here.type());
      at = step.flatMap(Step::source);
    }
    return text(labels, types);
  }

  /** A line for each tensor of which it is known, at least one. */
  List<String> to(List<Tensor> tensors) {
    List<Tensor> known = tensors.stream().filter(this::knows).toList();
    return (known.isEmpty() ? tensors.stream().limit(1) : known.stream())
        .map(this::to)
        .distinct()
        .toList();
  }

  private Optional<Step> step(Tensor tensor) {
    return scopes.stream()
        .filter(scope -> scope.containsKey(tensor))
        .map(scope -> scope.get(tensor))
        .findFirst();
  }

  private static String text(List<String> labels, List<TensorType> types) {
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      if (i == 0 || !types.get(i).equals(types.get(i - 1))) {
        boolean sameDType = i > 0 && types.get(i).dtype() == types.get(i - 1).dtype();
        String type = sameDType ? types.get(i).shape().toString() : types.get(i).toString();
        steps.add((labels.get(i) + " " + type.replace(", ", ",")).strip());
      }
    }
    int more = steps.size() - LONGEST;
    return String.join(" -> ", steps.subList(0, 1))
        + (more > 0 ? " -> ... " : "")
        + String.join(
            "", steps.stream().skip(Math.max(1, more)).map(step -> " -> " + step).toList());
  }
}
