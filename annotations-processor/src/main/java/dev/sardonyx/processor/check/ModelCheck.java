package dev.sardonyx.processor.check;

import dev.sardonyx.processor.check.Problems.Message;
import dev.sardonyx.processor.model.Construction;
import dev.sardonyx.processor.model.ModelMark;
import dev.sardonyx.processor.model.ModuleClass;
import dev.sardonyx.processor.model.Trait;

/** Whether a class with Model can be made by the registry, and under which name. */
final class ModelCheck {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

  private final Problems problems;

  ModelCheck(Problems problems) {
    this.problems = problems;
  }

  void check(ModuleClass type) {
    type.model()
        .ifPresent(
            mark -> {
              boolean makeable = checkClass(type, mark);
              if (makeable) {
                checkConstruction(type, mark);
              }
              checkName(type, mark);
            });
  }

  private boolean checkClass(ModuleClass type, ModelMark mark) {
    String name = type.name().simple();
    String what = name + " cannot be made by the registry";
    if (type.is(Trait.ABSTRACT)) {
      error(
          Code.ABSTRACT_MODEL,
          type,
          mark,
          new Message(
              what,
              "a concrete class",
              "an abstract one",
              "put @Model on its subclasses; @Layer and @Forward here are inherited"));
      return false;
    }
    if (type.is(Trait.INNER)) {
      error(
          Code.INNER_MODEL,
          type,
          mark,
          new Message(
              what,
              "a top-level or static nested class",
              "an inner class, which needs an instance of the class around it",
              "make it static"));
      return false;
    }
    if (type.is(Trait.GENERIC)) {
      error(
          Code.GENERIC_MODEL,
          type,
          mark,
          new Message(
              what,
              "a class without type parameters",
              name + "<" + typeParameters(type) + ">",
              "put @Model on a subclass that fixes them"));
    }
    return true;
  }

  private static String typeParameters(ModuleClass type) {
    return String.join(
        ", ", type.element().getTypeParameters().stream().map(Object::toString).toList());
  }

  private void checkConstruction(ModuleClass type, ModelMark mark) {
    String name = type.name().simple();
    String what = name + " cannot be made by the registry";
    String expected = "a constructor " + name + "() that is not private";
    switch (type.construction()) {
      case Construction.Possible _ -> {}
      case Construction.Missing(var others) ->
          error(
              Code.NO_CONSTRUCTOR,
              type,
              mark,
              new Message(
                  what,
                  expected,
                  String.join(" and ", others),
                  "add one that calls this(...) with the default configuration, or remove @Model if"
                      + " this is only part of models"));
      case Construction.Private(var constructor) ->
          problems.error(
              Code.NO_CONSTRUCTOR,
              constructor,
              new Message(what, expected, "a private one", "remove 'private'"));
      case Construction.Throws(var constructor, var exceptions) ->
          problems.error(
              Code.CONSTRUCTOR_THROWS,
              constructor,
              new Message(
                  what,
                  "a constructor " + name + "() without checked exceptions",
                  "throws " + String.join(", ", exceptions),
                  "load files after construction, with load(), or wrap the exception"));
    }
  }

  private void checkName(ModuleClass type, ModelMark mark) {
    String name = type.registeredName().orElseThrow();
    if (name.matches(NAME) && !name.endsWith(".onnx")) {
      return;
    }
    error(
        Code.MODEL_NAME,
        type,
        mark,
        new Message(
            type.name().simple() + " cannot be registered under this name",
            "letters, digits, '-', '_' and '.', a letter or digit first, and no ending .onnx",
            "'" + name + "'",
            mark.value().isPresent()
                ? "choose another name"
                : "give it a name with @Model(\"...\")"));
  }

  private void error(Code code, ModuleClass type, ModelMark mark, Message message) {
    problems.error(code, type.element(), mark.mirror(), message);
  }
}
