package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.runtime.generate.model.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Modules that are of one class, with the numbers in which they differ. */
final class ClassGroup {
  private final ClassShape shape;
  private final Map<ModuleCall, List<Optional<Expression>>> numbers = new LinkedHashMap<>();
  private final Set<ModuleCall> lacking = new HashSet<>();
  private Optional<String> optional = Optional.empty();

  ClassGroup(ClassShape shape) {
    this.shape = shape;
  }

  ClassShape shape() {
    return shape;
  }

  List<ModuleCall> modules() {
    return List.copyOf(numbers.keySet());
  }

  /** The field that some of the modules are without. */
  Optional<String> optional() {
    return optional;
  }

  void add(ModuleCall module, List<Expression> its) {
    numbers.put(module, its.stream().map(Optional::of).toList());
  }

  /** Takes in the modules of a group that is as this one without a field. */
  void addWithout(String field, ClassGroup others) {
    optional = Optional.of(field);
    others.numbers.forEach(
        (module, given) -> {
          var rest = given.iterator();
          List<Optional<Expression>> spread = new ArrayList<>();
          for (String owner : shape.owners()) {
            spread.add(owner.equals(field) ? Optional.empty() : rest.next());
          }
          numbers.put(module, spread);
          lacking.add(module);
        });
  }

  /** Whether a module has the field that others are without. */
  boolean isWhole(ModuleCall module) {
    return !lacking.contains(module);
  }

  /** The numbers at one place, of all modules. */
  List<Optional<Expression>> at(int place) {
    return numbers.values().stream().map(all -> all.get(place)).toList();
  }
}
