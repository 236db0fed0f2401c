package dev.sardonyx.processor.check;

import dev.sardonyx.processor.check.Problems.Message;
import dev.sardonyx.processor.model.Member;
import dev.sardonyx.processor.model.ModuleClass;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The members of a class, one by one and their names among each other. */
final class LayerCheck {
  private final Problems problems;

  LayerCheck(Problems problems) {
    this.problems = problems;
  }

  void check(ModuleClass type) {
    type.layers().forEach(member -> checkLayer(type, member));
    checkNames(type);
    checkStructure(type);
    checkUnannotated(type);
  }

  private void checkLayer(ModuleClass type, Member member) {
    if (member.inherited()) {
      checkInherited(type, member);
    } else {
      checkType(member);
      checkModifiers(type, member);
      checkName(member);
    }
  }

  private void checkType(Member member) {
    switch (member.kind()) {
      case MODULE, VARIABLE -> {}
      case CONTAINER -> container(member, "a field with @Layer");
      case OTHER ->
          problems.error(
              Code.LAYER_TYPE,
              member.element(),
              new Message(
                  "@Layer field '" + member.field() + "' cannot be part of a module",
                  "a module, Parameter or Buffer",
                  member.type(),
                  member.type().equals("Tensor")
                      ? "declare it as Parameter (learned) or Buffer, or remove @Layer if it is a"
                          + " constant"
                      : "remove @Layer"));
    }
  }

  private void container(Member member, String subject) {
    problems.error(
        Code.LAYER_IN_CONTAINER,
        member.element(),
        new Message(
            "what is in '" + member.field() + "' would be missing from state_dict",
            subject + " that is itself a module, Parameter or Buffer",
            member.type(),
            "use Sequential, ModuleList or ModuleDict, or one @Layer field each (null counts as not"
                + " there)"
                + escape(member)));
  }

  /** A reference to a module that is not a part, such as its parent: the way out of the rule. */
  private static String escape(Member member) {
    boolean possible = member.layer().isEmpty() && !member.isComponent();
    return possible ? ", or mark the field transient if it is no part of the model" : "";
  }

  private void checkModifiers(ModuleClass type, Member member) {
    String subject = "@Layer field '" + member.field() + "'";
    if (member.is(Modifier.STATIC)) {
      problems.error(
          Code.STATIC_LAYER,
          member.element(),
          new Message(
              subject + " belongs to no instance",
              "an instance field",
              "static " + member.text(),
              "remove 'static'"));
    } else if (member.is(Modifier.PRIVATE) && !member.isComponent()) {
      problems.error(
          Code.PRIVATE_LAYER,
          member.element(),
          new Message(
              subject + " cannot be read by " + type.name().descriptorSimple(),
              "package-private or more",
              "private " + member.text(),
              "remove 'private'"));
    }
  }

  private void checkName(Member member) {
    String name = member.name();
    if (name.isEmpty() || name.contains(".") || name.chars().anyMatch(Character::isWhitespace)) {
      problems.error(
          Code.LAYER_NAME,
          member.element(),
          member.layer().orElseThrow().mirror(),
          new Message(
              "field '" + member.field() + "' cannot have this name in state_dict",
              "a name without '.' and white space, not empty",
              "\"" + name + "\"",
              "use the attribute's name in the PyTorch class; nested names come from nested"
                  + " modules"));
    }
  }

  private void checkInherited(ModuleClass type, Member member) {
    if (!member.visible() && !member.is(Modifier.PRIVATE)) {
      problems.error(
          Code.INHERITED_LAYER,
          type.element(),
          new Message(
              "@Layer field '"
                  + member.text()
                  + "' cannot be read by "
                  + type.name().descriptorSimple(),
              "a public field of a public class, as the superclass is in another package",
              "one that is not",
              "make it public, or move the classes to one package"));
    }
  }

  private void checkNames(ModuleClass type) {
    Map<String, Member> taken = new HashMap<>();
    for (Member member : type.layers()) {
      Member other = taken.putIfAbsent(member.name(), member);
      if (other != null && !member.inherited()) {
        problems.error(
            Code.DUPLICATE_LAYER,
            member.element(),
            new Message(
                "two members of " + type.name().simple() + " are named '" + member.name() + "'",
                "different names",
                "'"
                    + other.text()
                    + "' at line "
                    + other.line()
                    + " and '"
                    + member.text()
                    + "' at line "
                    + member.line(),
                "give one of them another name in @Layer(\"...\")"));
      }
    }
  }

  private void checkStructure(ModuleClass type) {
    if (type.handWrittenStructure().isPresent() && !type.layers().isEmpty()) {
      Member first = type.layers().getLast();
      problems.error(
          Code.STRUCTURE_OVERRIDDEN,
          first.inherited() ? type.element() : first.element(),
          new Message(
              "@Layer has no effect in " + type.name().simple(),
              "either @Layer or a structure() written by hand",
              "@Layer on '"
                  + first.text()
                  + "' and "
                  + type.handWrittenStructure().get()
                  + ".structure()",
              "remove one of them"));
    }
  }

  /** Also for classes without annotations whose superclass has some. */
  void checkUnannotated(ModuleClass type) {
    if (type.handWrittenStructure().isPresent()) {
      return;
    }
    type.members().stream()
        .filter(member -> member.layer().isEmpty())
        .filter(member -> !member.inherited() || !member.ownerDescribed())
        .filter(member -> !member.is(Modifier.STATIC) && !member.is(Modifier.TRANSIENT))
        .forEach(this::unannotated);
  }

  private void unannotated(Member member) {
    if (member.kind() == Member.Kind.CONTAINER) {
      container(member, "a field");
      return;
    }
    problems.error(
        Code.UNANNOTATED_LAYER,
        member.element(),
        new Message(
            "field '" + member.text() + "' would be missing from state_dict",
            "@Layer on every module, Parameter and Buffer",
            "none",
            "add @Layer" + escape(member)));
  }
}
