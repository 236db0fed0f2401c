package dev.sardonyx.processor.check;

import dev.sardonyx.processor.check.Problems.Message;
import dev.sardonyx.processor.model.ForwardMethod;
import dev.sardonyx.processor.model.ModuleClass;
import dev.sardonyx.processor.model.Output;
import dev.sardonyx.processor.model.Trait;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** The method that computes. */
final class ForwardCheck {
  private final Problems problems;

  ForwardCheck(Problems problems) {
    this.problems = problems;
  }

  void check(ModuleClass type) {
    List<ForwardMethod> forwards = type.forwards();
    if (forwards.isEmpty()) {
      checkNone(type);
    } else if (forwards.size() > 1) {
      several(type);
    } else if (forwards.getFirst().inherited()) {
      checkInherited(type, forwards.getFirst());
    } else {
      checkModifiers(type, forwards.getFirst());
      checkThrows(forwards.getFirst());
      checkSignature(type, forwards.getFirst());
    }
  }

  private void checkNone(ModuleClass type) {
    if (type.model().isEmpty()) {
      return;
    }
    List<String> candidates = type.unmarkedForwards();
    problems.error(
        Code.NO_FORWARD,
        type.element(),
        new Message(
            type.name().simple() + " cannot be run",
            "one @Forward method",
            candidates.isEmpty() ? "none" : String.join(" and ", candidates) + " without @Forward",
            candidates.isEmpty()
                ? "add one: @Forward public Tensor forward(@Input({\"batch\", \"784\"}) Tensor x)"
                : "annotate the method that computes with @Forward"));
  }

  private void several(ModuleClass type) {
    List<ForwardMethod> forwards = type.forwards();
    String places =
        forwards.stream()
            .map(method -> (method.inherited() ? "inherited " : "") + method.place())
            .collect(Collectors.joining(" and "));
    boolean allOwn = forwards.stream().noneMatch(ForwardMethod::inherited);
    problems.error(
        Code.TWO_FORWARDS,
        allOwn ? forwards.getLast().element() : type.element(),
        new Message(
            type.name().simple() + " has " + forwards.size() + " @Forward methods",
            "one",
            places,
            "keep @Forward on one of them; the others stay plain methods"));
  }

  private void checkInherited(ModuleClass type, ForwardMethod method) {
    if (!method.visible() && !method.element().getModifiers().contains(Modifier.PRIVATE)) {
      problems.error(
          Code.INHERITED_FORWARD,
          type.element(),
          new Message(
              "inherited "
                  + method.signature()
                  + " cannot be called by "
                  + type.name().descriptorSimple(),
              "a public method of a public class, as the superclass is in another package",
              "one that is not",
              "make it public, or override it here as a public method with @Forward"));
    }
  }

  private void checkModifiers(ModuleClass type, ForwardMethod method) {
    if (method.element().getModifiers().contains(Modifier.STATIC)) {
      problems.error(
          Code.STATIC_FORWARD,
          method.element(),
          new Message(
              "@Forward method " + method.signature() + " has no module to compute with",
              "an instance method",
              "a static one",
              "remove 'static'"));
    } else if (method.element().getModifiers().contains(Modifier.PRIVATE)) {
      problems.error(
          Code.PRIVATE_FORWARD,
          method.element(),
          new Message(
              "@Forward method "
                  + method.signature()
                  + " cannot be called by "
                  + type.name().descriptorSimple(),
              "package-private or more",
              "a private one",
              "remove 'private'"));
    }
  }

  private void checkThrows(ForwardMethod method) {
    if (!method.exceptions().isEmpty()) {
      problems.error(
          Code.FORWARD_THROWS,
          method.element(),
          new Message(
              "@Forward method " + method.signature() + " cannot be called by the engines",
              "no checked exceptions",
              "throws " + String.join(", ", method.exceptions()),
              "forward computes with tensors only; read files before it is called"));
    }
  }

  private void checkSignature(ModuleClass type, ForwardMethod method) {
    boolean fitsUnary =
        method.name().equals("forward")
            && method.parameters().size() == 1
            && method.parameters().getFirst().tensor()
            && method.output() instanceof Output.OneTensor;
    if (type.is(Trait.UNARY) && !fitsUnary) {
      problems.error(
          Code.UNARY_FORWARD,
          method.element(),
          new Message(
              type.name().simple() + " is a UnaryModule, but computes by another method",
              "@Forward on Tensor forward(Tensor)",
              "it on " + method.signature(),
              "move @Forward to forward(Tensor), or implement NnModule instead of UnaryModule"));
      return;
    }
    method.parameters().stream().filter(parameter -> !parameter.tensor()).forEach(this::notTensor);
    checkReturn(method);
  }

  private void notTensor(ForwardMethod.Parameter parameter) {
    problems.error(
        Code.FORWARD_PARAMETER,
        parameter.element(),
        new Message(
            "parameter '" + parameter.name() + "' of forward cannot be an input of the graph",
            "Tensor",
            parameter.type(),
            "pass tensors one by one, and make configuration a field of the module"));
  }

  private void checkReturn(ForwardMethod method) {
    String what = "the result of " + method.signature() + " cannot be the outputs of the graph";
    String fix = "declare a record whose components are the outputs, all of type Tensor";
    switch (method.output()) {
      case Output.OneTensor _ -> {}
      case Output.Other(var type) ->
          problems.error(
              Code.FORWARD_RETURN,
              method.element(),
              new Message(what, "Tensor or a record of Tensors", type, fix));
      case Output.TensorRecord(var type, var components, var visible) -> {
        List<String> others =
            components.stream()
                .filter(component -> !component.tensor())
                .map(component -> component.type() + " " + component.name())
                .toList();
        String found =
            components.isEmpty()
                ? type + " without components"
                : type + " with " + String.join(", ", others);
        if (components.isEmpty() || !others.isEmpty()) {
          problems.error(
              Code.FORWARD_RETURN,
              method.element(),
              new Message(what, "Tensor or a record of Tensors", found, fix));
        } else if (!visible) {
          problems.error(
              Code.FORWARD_RETURN,
              method.element(),
              new Message(
                  what,
                  "a record that the package can see",
                  type + ", which is private",
                  "remove 'private'"));
        }
      }
    }
  }
}
