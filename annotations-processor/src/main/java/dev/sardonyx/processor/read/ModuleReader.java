package dev.sardonyx.processor.read;

import dev.sardonyx.processor.model.ClassName;
import dev.sardonyx.processor.model.Construction;
import dev.sardonyx.processor.model.Enclosing;
import dev.sardonyx.processor.model.ModuleClass;
import dev.sardonyx.processor.model.Trait;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads a class. */
public final class ModuleReader {
  private final Elements elements;
  private final Api api;
  private final SourceLines lines;
  private final MemberReader members;
  private final ForwardReader forwards;

  /** A reader for one round. */
  public ModuleReader(Elements elements, Types types, SourceLines lines) {
    this.elements = elements;
    this.lines = lines;
    this.api = Api.of(elements, types);
    this.members = new MemberReader(api, types, lines);
    this.forwards = new ForwardReader(api, elements, lines);
  }

  /** The class as it stands. */
  public ModuleClass read(TypeElement type) {
    List<TypeElement> lineage = lineage(type);
    return new ModuleClass(
        type,
        ClassName.of(type),
        traits(type, lineage),
        Marks.model(type),
        construction(type),
        members.read(type, lineage),
        forwards.read(type, lineage),
        forwards.unmarked(type),
        api.handWrittenStructure(type),
        SourceFiles.of(type, elements),
        lines.of(type));
  }

  /** The superclasses, first the one below Object, last the class itself. */
  static List<TypeElement> lineage(TypeElement type) {
    Deque<TypeElement> result = new ArrayDeque<>();
    TypeElement at = type;
    while (at.getSuperclass() instanceof DeclaredType superclass
        && superclass.getKind() == TypeKind.DECLARED) {
      result.addFirst(at);
      at = (TypeElement) superclass.asElement();
    }
    return List.copyOf(result);
  }

  private Set<Trait> traits(TypeElement type, List<TypeElement> lineage) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    add(traits, Trait.CLASS, isClass(type));
    add(traits, Trait.RECORD, type.getKind() == ElementKind.RECORD);
    add(traits, Trait.MODULE, api.isModule(type.asType()));
    add(traits, Trait.UNARY, api.isUnary(type.asType()));
    add(traits, Trait.ABSTRACT, type.getModifiers().contains(Modifier.ABSTRACT));
    add(traits, Trait.GENERIC, isGeneric(type));
    add(traits, Trait.INNER, isInner(type));
    add(traits, Trait.PRIVATE, Access.isWithinPrivate(type));
    add(traits, Trait.DEPRECATED, usesDeprecated(type, lineage));
    return traits;
  }

  private static void add(Set<Trait> traits, Trait trait, boolean holds) {
    if (holds) {
      traits.add(trait);
    }
  }

  private static boolean isClass(TypeElement type) {
    return type.getKind() == ElementKind.CLASS || type.getKind() == ElementKind.RECORD;
  }

  private static boolean isInner(TypeElement type) {
    return type.getNestingKind().isNested() && !type.getModifiers().contains(Modifier.STATIC);
  }

  private static boolean isGeneric(TypeElement type) {
    return !type.getTypeParameters().isEmpty()
        || (isInner(type) && isGeneric((TypeElement) Enclosing.of(type)));
  }

  private boolean usesDeprecated(TypeElement type, List<TypeElement> lineage) {
    for (Element at = type; at.getKind() != ElementKind.PACKAGE; at = Enclosing.of(at)) {
      if (elements.isDeprecated(at)) {
        return true;
      }
    }
    return lineage.stream()
        .flatMap(owner -> owner.getEnclosedElements().stream())
        .anyMatch(elements::isDeprecated);
  }

  private Construction construction(TypeElement type) {
    List<ExecutableElement> constructors = ElementFilter.constructorsIn(type.getEnclosedElements());
    Optional<ExecutableElement> empty =
        constructors.stream().filter(one -> one.getParameters().isEmpty()).findFirst();
    if (empty.isEmpty()) {
      return new Construction.Missing(constructors.stream().map(TypeTexts::signature).toList());
    }
    if (empty.get().getModifiers().contains(Modifier.PRIVATE)) {
      return new Construction.Private(empty.get());
    }
    List<String> checked = checked(empty.get());
    return checked.isEmpty()
        ? new Construction.Possible()
        : new Construction.Throws(empty.get(), checked);
  }

  private List<String> checked(ExecutableElement constructor) {
    return constructor.getThrownTypes().stream()
        .<TypeMirror>map(thrown -> thrown)
        .filter(api::isChecked)
        .map(TypeTexts::of)
        .toList();
  }
}
