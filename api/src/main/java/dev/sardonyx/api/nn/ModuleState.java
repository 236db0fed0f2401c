package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.LoadPolicy;
import dev.sardonyx.api.state.LoadReport;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.tensor.Variable;
import dev.sardonyx.api.type.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    LoadReport report = LoadReport.of(stateDict(root).types(), state.types(), policy);
    if (policy.demandsAll() && !report.isComplete()) {
      throw new SardonyxException(
          ErrorCode.STATE,
          "the state dict does not fit %s; nothing was loaded: %s"
              .formatted(root.structure().typeName(), report.faults()));
    }
    Set<String> fitting = Set.copyOf(report.loaded());
    for (LoadReport.Row row : report.rows()) {
      Variable variable = variables.get(row.name());
      if (variable != null && fitting.contains(row.name())) {
        variable.set(state.get(row.source().orElseThrow()).dense().convert(variable.dtype()));
      }
    }
    return report;
  }
}
