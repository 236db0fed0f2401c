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
import java.util.LinkedHashSet;
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
    Set<String> loaded = new LinkedHashSet<>();
    List<String> missing = new ArrayList<>();
    List<LoadReport.Clash> clashes = new ArrayList<>();
    variables.forEach(
        (name, variable) -> {
          Tensor found = state.entries().get(name);
          if (found == null) {
            missing.add(name);
          } else if (!found.type().equals(variable.type())) {
            clashes.add(new LoadReport.Clash(name, variable.type(), found.type()));
          } else {
            loaded.add(name);
          }
        });
    List<String> unexpected =
        state.entries().keySet().stream().filter(name -> !variables.containsKey(name)).toList();
    var report = new LoadReport(List.copyOf(loaded), missing, unexpected, clashes);
    if (policy == LoadPolicy.STRICT && !report.isComplete()) {
      throw new SardonyxException(
          ErrorCode.STATE,
          "the state dict does not fit "
              + root.structure().typeName()
              + "; nothing was loaded: "
              + report);
    }
    variables.forEach(
        (name, variable) -> {
          if (loaded.contains(name)) {
            variable.set(state.get(name));
          }
        });
    return report;
  }
}
