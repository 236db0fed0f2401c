package dev.sardonyx.processor.check;

import dev.sardonyx.processor.check.Problems.Message;
import dev.sardonyx.processor.model.ForwardMethod;
import dev.sardonyx.processor.model.Member;
import dev.sardonyx.processor.model.ModuleClass;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.Element;

/** Inputs, outputs and the module's own weights share one name space in the graph. */
final class NameClashCheck {
  private final Problems problems;

  NameClashCheck(Problems problems) {
    this.problems = problems;
  }

  void check(ModuleClass type) {
    if (type.forwards().size() != 1 || type.model().isEmpty()) {
      return;
    }
    ForwardMethod method = type.forwards().getFirst();
    Map<String, String> taken = new HashMap<>();
    type.layers().stream()
        .filter(member -> member.kind() == Member.Kind.VARIABLE)
        .forEach(member -> taken.put(member.name(), "@Layer field '" + member.text() + "'"));
    for (ForwardMethod.Parameter parameter : method.parameters()) {
      Element place = method.inherited() ? type.element() : parameter.element();
      claim(taken, parameter.name(), "input", place);
    }
    Element place = method.inherited() ? type.element() : method.element();
    method.outputNames().forEach(name -> claim(taken, name, "output", place));
  }

  private void claim(Map<String, String> taken, String name, String role, Element place) {
    String other = taken.putIfAbsent(name, role + " '" + name + "'");
    if (other != null) {
      problems.error(
          Code.NAME_CLASH,
          place,
          new Message(
              "two values of the graph are named '" + name + "'",
              "different names for inputs, outputs, and the module's own parameters and buffers",
              other + " and " + role + " '" + name + "'",
              role.equals("input")
                  ? "rename the parameter of forward"
                  : "rename the input or field, or return a record with another component name"));
    }
  }
}
