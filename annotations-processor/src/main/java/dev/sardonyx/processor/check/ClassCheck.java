package dev.sardonyx.processor.check;

import dev.sardonyx.processor.check.Problems.Message;
import dev.sardonyx.processor.model.LocalClass;
import dev.sardonyx.processor.model.ModuleClass;
import dev.sardonyx.processor.model.Trait;
import java.util.Locale;

/** What kind of class may have a descriptor at all. */
final class ClassCheck {
  private final Problems problems;

  ClassCheck(Problems problems) {
    this.problems = problems;
  }

  /** Whether it makes sense to look at the members. */
  boolean check(ModuleClass type) {
    String name = type.name().simple();
    if (!type.is(Trait.CLASS)) {
      problems.error(
          Code.NOT_A_CLASS,
          type.element(),
          new Message(
              name + " cannot be a module",
              "@Model, @Layer and @Forward on a class or record",
              kind(type),
              "move them to a class that implements " + name));
      return false;
    }
    if (!type.is(Trait.MODULE)) {
      problems.error(
          Code.NOT_A_MODULE,
          type.element(),
          new Message(
              name + " is annotated but is no module",
              "a class that implements NnModule or UnaryModule",
              "one that does not",
              "add 'implements UnaryModule' for one tensor in and one out, else NnModule"));
      return false;
    }
    if (type.is(Trait.PRIVATE)) {
      problems.error(
          Code.PRIVATE_CLASS,
          type.element(),
          new Message(
              name + " cannot be seen by its descriptor",
              "package-private or more",
              "private, or within a private class",
              "remove 'private'"));
    }
    return true;
  }

  private static String kind(ModuleClass type) {
    String kind = type.element().getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return (kind.matches("[aeiou].*") ? "an " : "a ") + kind;
  }

  void check(LocalClass type) {
    problems.error(
        Code.LOCAL_CLASS,
        type.within(),
        new Message(
            type.name() + " at line " + type.line() + " cannot have a descriptor",
            "@" + type.annotation() + " in a top-level or static nested class",
            "it in a class inside of a method or initializer, which nothing outside can name",
            "move the class out"));
  }
}
