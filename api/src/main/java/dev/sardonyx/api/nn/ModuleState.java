package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.LoadPolicy;
import dev.sardonyx.api.state.LoadReport;
import dev.sardonyx.api.state.LoadReport.Result;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.tensor.Variable;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Weights of a module tree out and in. Source: torch.nn.Module.state_dict, load_state_dict. */
final class ModuleState {
  private ModuleState() {}

  static StateDict stateDict(NnModule root) {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    variables(root, "").forEach((name, variable) -> entries.put(name, variable.dense()));
    return new StateDict(entries);
  }

  /** Unlike named parameters, a state dict repeats what is shared, as PyTorch's does. */
  private static Map<String, Variable> variables(NnModule module, String path) {
    Structure structure = module.structure();
    Map<String, Variable> result = new LinkedHashMap<>();
    structure.parameters().forEach((name, own) -> result.put(ModuleTree.join(path, name), own));
    structure
        .buffers()
        .forEach(
            (name, own) -> {
              if (own.isPersistent()) {
                result.put(ModuleTree.join(path, name), own);
              }
            });
    structure
        .children()
        .forEach((name, child) -> result.putAll(variables(child, ModuleTree.join(path, name))));
    return result;
  }

  static void convert(NnModule root, DType dtype) {
    if (!dtype.isFloat()) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "to(dtype) converts to floating-point types, found " + dtype);
    }
    List<Variable> all = new ArrayList<>(root.parameters());
    all.addAll(root.buffers());
    all.stream()
        .filter(variable -> variable.dtype().isFloat())
        .forEach(variable -> variable.convert(dtype));
  }

  static LoadReport load(NnModule root, StateDict state, LoadPolicy policy) {
    Map<String, Variable> variables = variables(root, "");
    Map<String, String> sources = sources(state, policy);
    List<LoadReport.Row> rows = new ArrayList<>();
    variables.forEach(
        (name, variable) -> {
          Optional<String> source = Optional.ofNullable(sources.get(name));
          Optional<TensorType> theirs = source.map(state::get).map(Tensor::type);
          Result result =
              theirs
                  .map(type -> compare(variable.type(), type, policy))
                  .orElse(isCounter(name) ? Result.KEPT : Result.MISSING);
          rows.add(new LoadReport.Row(name, source, Optional.of(variable.type()), theirs, result));
        });
    sources.forEach(
        (name, source) -> {
          if (!variables.containsKey(name)) {
            var theirs = Optional.of(state.get(source).type());
            rows.add(
                new LoadReport.Row(
                    name, Optional.of(source), Optional.empty(), theirs, Result.UNEXPECTED));
          }
        });
    var report = new LoadReport(rows);
    if (policy.demandsAll() && !report.isComplete()) {
      throw new SardonyxException(
          ErrorCode.STATE,
          "the state dict does not fit %s; nothing was loaded: %s"
              .formatted(root.structure().typeName(), report.faults()));
    }
    Set<String> fitting = Set.copyOf(report.loaded());
    variables.forEach(
        (name, variable) -> {
          String source = sources.get(name);
          if (source != null && fitting.contains(name)) {
            variable.set(state.get(source).dense().convert(variable.dtype()));
          }
        });
    return report;
  }

  /** The names of the state dict by what the policy makes of them. */
  private static Map<String, String> sources(StateDict state, LoadPolicy policy) {
    List<String> names = state.names();
    List<String> renamed = state.rename(policy::renamed).names();
    Map<String, String> sources = new LinkedHashMap<>();
    for (int i = 0; i < renamed.size(); i++) {
      sources.put(renamed.get(i), names.get(i));
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
