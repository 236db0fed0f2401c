package dev.sardonyx.api.state;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.LoadReport.Result;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Which entries of a state dict fit which of a module: by name, element type and shape. */
final class LoadComparison {
  private LoadComparison() {}

  static LoadReport of(
      Map<String, TensorType> ours, Map<String, TensorType> theirs, LoadPolicy policy) {
    Map<String, String> sources = sources(theirs.keySet(), policy::renamed);
    List<LoadReport.Row> rows = new ArrayList<>();
    ours.forEach(
        (name, type) -> {
          Optional<String> source = Optional.ofNullable(sources.get(name));
          Optional<TensorType> found = source.map(theirs::get);
          Result result =
              found
                  .map(other -> compare(type, other, policy))
                  .orElse(isCounter(name) ? Result.KEPT : Result.MISSING);
          rows.add(new LoadReport.Row(name, source, Optional.of(type), found, result));
        });
    sources.forEach(
        (name, source) -> {
          if (!ours.containsKey(name)) {
            rows.add(
                new LoadReport.Row(
                    name,
                    Optional.of(source),
                    Optional.empty(),
                    Optional.ofNullable(theirs.get(source)),
                    Result.UNEXPECTED));
          }
        });
    return new LoadReport(rows);
  }

  /** The names by what renaming makes of them. Errors: STATE when it makes one of two. */
  static Map<String, String> sources(Collection<String> names, UnaryOperator<String> renaming) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String name : names) {
      String target = renaming.apply(name);
      String other = sources.put(target, name);
      if (other != null) {
        throw new SardonyxException(
            ErrorCode.STATE,
            "'" + other + "' and '" + name + "' would both be named '" + target + "'");
      }
    }
    return sources;
  }

  private static Result compare(TensorType ours, TensorType theirs, LoadPolicy policy) {
    if (ours.equals(theirs)) {
      return Result.LOADED;
    }
    return policy.casts() && ours.shape().equals(theirs.shape()) ? Result.CAST : Result.CLASH;
  }

  /** Source: torch.nn.modules.batchnorm._NormBase._load_from_state_dict, version 1. */
  private static boolean isCounter(String name) {
    return name.endsWith("num_batches_tracked");
  }
}
