package dev.sardonyx.processor.read;

import dev.sardonyx.processor.model.Enclosing;
import dev.sardonyx.processor.model.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/** Reads the fields that are members of a module or look like it. */
final class MemberReader {
  private final Api api;
  private final Types types;
  private final SourceLines lines;

  MemberReader(Api api, Types types, SourceLines lines) {
    this.api = api;
    this.types = types;
    this.lines = lines;
  }

  /** The members in PyTorch's order of registration: what superclass constructors make is first. */
  List<Member> read(TypeElement type, List<TypeElement> lineage) {
    List<Member> result = new ArrayList<>();
    for (TypeElement owner : lineage) {
      for (VariableElement field : ElementFilter.fieldsIn(owner.getEnclosedElements())) {
        read(type, owner, field, lineage).ifPresent(result::add);
      }
    }
    return result;
  }

  private Optional<Member> read(
      TypeElement type, TypeElement owner, VariableElement field, List<TypeElement> lineage) {
    TypeMirror fieldType = types.asMemberOf((DeclaredType) type.asType(), field);
    Member.Kind kind = kind(fieldType);
    Optional<Member.Mark> mark = Marks.layer(field);
    if (mark.isEmpty() && kind == Member.Kind.OTHER) {
      return Optional.empty();
    }
    return Optional.of(
        new Member(
            field,
            owner,
            field.getSimpleName().toString(),
            TypeTexts.of(fieldType),
            kind,
            mark,
            access(owner, field, lineage),
            !owner.equals(type),
            Marks.describes(owner),
            owner.equals(type) || Access.isVisible(field, Enclosing.packageOf(type)),
            lines.of(field)));
  }

  private Member.Kind kind(TypeMirror type) {
    if (api.isModule(type)) {
      return Member.Kind.MODULE;
    }
    if (api.isVariable(type)) {
      return Member.Kind.VARIABLE;
    }
    return api.isContainerOfMembers(type) ? Member.Kind.CONTAINER : Member.Kind.OTHER;
  }

  /** A field that a subclass hides by one of the same name is reached through its own class. */
  private String access(TypeElement owner, VariableElement field, List<TypeElement> lineage) {
    String name = field.getSimpleName().toString();
    if (owner.getKind() == ElementKind.RECORD && !field.getModifiers().contains(Modifier.STATIC)) {
      return "module." + name + "()";
    }
    boolean hidden =
        lineage.subList(lineage.indexOf(owner) + 1, lineage.size()).stream()
            .flatMap(below -> ElementFilter.fieldsIn(below.getEnclosedElements()).stream())
            .anyMatch(other -> other.getSimpleName().contentEquals(name));
    return hidden ? "((" + types.erasure(owner.asType()) + ") module)." + name : "module." + name;
  }
}
