package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Bool;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Callable;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Dict;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Int;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.None;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.OddTensor;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Opaque;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Real;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Sequence;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.StorageClass;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.StorageValue;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.TensorValue;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Text;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.TypeName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where in a checkpoint the dict of tensors is. */
final class NestedState {
  /** Where training scripts put it. */
  private static final List<String> KNOWN =
      List.of("state_dict", "model", "model_state_dict", "net", "module", "ema", "params");

  private NestedState() {}

  /**
   * The tensors' container, where none is asked for: the root or what a known key leads to, also
   * two of them in turn, whichever has tensors. Errors: NOT_FOUND when there is none or more.
   */
  static Map<String, PickleValue> find(PickleValue root) {
    Map<String, Map<String, PickleValue>> candidates = new LinkedHashMap<>();
    Map<String, PickleValue> outermost = members(root);
    addIfTensors(candidates, "", outermost);
    for (String outer : KNOWN) {
      Map<String, PickleValue> inner = dictAt(outermost, outer);
      addIfTensors(candidates, outer, inner);
      for (String key : KNOWN) {
        addIfTensors(candidates, outer + "." + key, dictAt(inner, key));
      }
    }
    if (candidates.size() > 1) {
      throw new SardonyxException(
          ErrorCode.NOT_FOUND,
          "tensors stand at " + quoted(candidates) + "; say by the key option which are meant");
    }
    if (!(root instanceof Dict) && outermost.isEmpty()) {
      throw new SardonyxException(
          ErrorCode.NOT_FOUND, "expected a dict of tensors, found " + root.describe());
    }
    if (candidates.isEmpty() && !outermost.isEmpty()) {
      throw new SardonyxException(
          ErrorCode.NOT_FOUND,
          "no tensors stand in the outermost dict or at "
              + String.join(", ", KNOWN)
              + "; give the key option, the outermost keys are "
              + quoted(outermost));
    }
    return candidates.isEmpty() ? outermost : candidates.values().iterator().next();
  }

  private static String quoted(Map<String, ?> candidates) {
    return candidates.keySet().stream()
        .limit(20)
        .map(key -> "'" + Excerpt.of(key) + "'")
        .collect(Collectors.joining(", "));
  }

  private static void addIfTensors(
      Map<String, Map<String, PickleValue>> candidates,
      String path,
      Map<String, PickleValue> members) {
    if (members.values().stream().anyMatch(NestedState::isTensor)) {
      candidates.put(path, members);
    }
  }

  private static boolean isTensor(PickleValue value) {
    return value instanceof TensorValue || value instanceof OddTensor;
  }

  private static Map<String, PickleValue> dictAt(Map<String, PickleValue> members, String key) {
    return members.get(key) instanceof Dict dict ? members(dict) : Map.of();
  }

  /**
   * The container at a path of names joined by dots; names may have dots of their own. Errors:
   * NOT_FOUND, saying how far the path leads.
   */
  static Map<String, PickleValue> at(PickleValue root, String path) {
    PickleValue at = root;
    String rest = path;
    while (!rest.isEmpty()) {
      Map<String, PickleValue> members = members(at);
      String key = longestKey(members, rest);
      at = members.get(key);
      if (at == null) {
        throw new SardonyxException(
            ErrorCode.NOT_FOUND,
            "nothing stands at '"
                + path
                + "': no '"
                + key
                + "' among "
                + (members.isEmpty() ? "nothing" : quoted(members)));
      }
      rest = rest.length() == key.length() ? "" : rest.substring(key.length() + 1);
    }
    Map<String, PickleValue> members = members(at);
    if (members.values().stream().noneMatch(NestedState::isTensor)) {
      throw new SardonyxException(
          ErrorCode.NOT_FOUND,
          "no tensors stand at '" + path + "' but " + at.describe() + ": " + quoted(members));
    }
    return members;
  }

  /** The longest member that the path begins with, else the path up to its first dot. */
  private static String longestKey(Map<String, PickleValue> members, String path) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
      if (members.containsKey(path.substring(0, end))) {
        return path.substring(0, end);
      }
    }
    int dot = path.indexOf('.');
    return dot < 0 ? path : path.substring(0, dot);
  }

  /** By name; what has no name goes by its index, a tensor alone by {@code tensor}. */
  private static Map<String, PickleValue> members(PickleValue value) {
    Map<String, PickleValue> result = new LinkedHashMap<>();
    switch (value) {
      case Dict dict ->
          dict.entries()
              .forEach((key, member) -> plain(key).ifPresent(name -> put(result, name, member)));
      case Sequence sequence -> {
        for (PickleValue item : sequence.items()) {
          result.put(Integer.toString(result.size()), item);
        }
      }
      case TensorValue tensor -> result.put("tensor", tensor);
      case OddTensor tensor -> result.put("tensor", tensor);
      case Text _, Int _, Real _, Bool _, None _ -> {}
      case StorageValue _, Callable _, StorageClass _, TypeName _, Opaque _ -> {}
    }
    return result;
  }

  /** Errors: FORMAT for the keys 0 and "0", which Python tells apart and a state dict does not. */
  private static void put(Map<String, PickleValue> members, String name, PickleValue member) {
    if (members.put(name, member) != null) {
      throw new SardonyxException(
          ErrorCode.FORMAT, "two keys of one dict read '" + Excerpt.of(name) + "'");
    }
  }

  /** What stands in plain text beside the tensors, and beside the dict that holds them. */
  static Map<String, String> metadata(PickleValue root, Map<String, PickleValue> members) {
    Map<String, String> result = new LinkedHashMap<>();
    for (Map<String, PickleValue> level : List.of(members(root), members)) {
      level.forEach((name, value) -> plain(value).ifPresent(text -> result.put(name, text)));
    }
    return result;
  }

  /** Text, numbers and truth, as text. */
  private static Optional<String> plain(PickleValue value) {
    return switch (value) {
      case Text(String text) -> Optional.of(text);
      case Int(long number) -> Optional.of(Long.toString(number));
      case Real(double number) -> Optional.of(Double.toString(number));
      case Bool(boolean truth) -> Optional.of(Boolean.toString(truth));
      case None _, Sequence _, Dict _, TensorValue _, OddTensor _ -> Optional.empty();
      case StorageValue _, Callable _, StorageClass _, TypeName _, Opaque _ -> Optional.empty();
    };
  }
}
