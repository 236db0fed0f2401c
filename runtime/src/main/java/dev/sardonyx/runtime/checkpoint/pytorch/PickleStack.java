package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.ArrayList;
import java.util.List;

/** The stack of the machine and the marks on it. */
final class PickleStack {
  private final List<PickleValue> values = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();

  boolean isEmpty() {
    return values.isEmpty();
  }

  void push(PickleValue value) {
    values.add(value);
  }

  /** Nothing below the last mark may be taken. */
  PickleValue pop() {
    int floor = marks.isEmpty() ? 0 : marks.getLast();
    if (values.size() == floor) {
      throw fault("a value is taken of an empty stack");
    }
    return values.removeLast();
  }

  PickleValue peek() {
    PickleValue top = pop();
    values.add(top);
    return top;
  }

  void mark() {
    marks.add(values.size());
  }

  /** The values since the last mark, which is taken away. */
  List<PickleValue> popMark() {
    if (marks.isEmpty()) {
      throw fault("there is no mark");
    }
    List<PickleValue> above = values.subList(marks.removeLast(), values.size());
    List<PickleValue> result = new ArrayList<>(above);
    above.clear();
    return result;
  }

  /** The last values in their order. */
  List<PickleValue> pop(int count) {
    List<PickleValue> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      result.addFirst(pop());
    }
    return result;
  }

  private static SardonyxException fault(String what) {
    return new SardonyxException(ErrorCode.FORMAT, "its pickle breaks: " + what);
  }
}
