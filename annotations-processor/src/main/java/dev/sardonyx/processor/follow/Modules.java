package dev.sardonyx.processor.follow;

import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.tensor.Variable;
import dev.sardonyx.processor.model.Enclosing;
import dev.sardonyx.processor.model.Member;
import dev.sardonyx.processor.model.ModuleClass;
import dev.sardonyx.processor.read.ModuleReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** What module classes of the source are, and what their instances do for the library. */
final class Modules {
  private final Elements elements;
  private final Types types;
  private final ModuleReader reader;
  private final Map<TypeElement, ModuleClass> read = new HashMap<>();

  Modules(Elements elements, Types types, ModuleReader reader) {
    this.elements = elements;
    this.types = types;
    this.reader = reader;
  }

  /** The class as the processor reads it. */
  ModuleClass of(TypeElement type) {
    return read.computeIfAbsent(type, reader::read);
  }

  boolean isModule(TypeElement type) {
    return types.isSubtype(
        types.erasure(type.asType()), types.erasure(api("dev.sardonyx.api.nn.NnModule").asType()));
  }

  private TypeElement api(String name) {
    return elements.getTypeElement(name);
  }

  private ExecutableElement method(String type, String name) {
    return ElementFilter.methodsIn(api(type).getEnclosedElements()).stream()
        .filter(method -> method.getSimpleName().contentEquals(name))
        .findFirst()
        .orElseThrow();
  }

  ModuleInstance.Behaviour behaviour(Interpreter interpreter) {
    return new ModuleInstance.Behaviour() {
      @Override
      public Tensor forward(ModuleInstance module, Tensor x) {
        ExecutableElement forward = method("dev.sardonyx.api.nn.UnaryModule", "forward");
        return interpreted(interpreter, module, forward, List.of(x)) instanceof Tensor result
            ? result
            : unknown();
      }

      @Override
      public Structure structure(ModuleInstance module) {
        return of(module.type()).handWrittenStructure().isPresent()
            ? written(interpreter, module)
            : declared(module);
      }
    };
  }

  private Structure written(Interpreter interpreter, ModuleInstance module) {
    ExecutableElement structure = method("dev.sardonyx.api.nn.NnModule", "structure");
    return interpreted(interpreter, module, structure, List.of()) instanceof Structure known
        ? known
        : unknown();
  }

  private static Object interpreted(
      Interpreter interpreter,
      ModuleInstance module,
      ExecutableElement method,
      List<Object> arguments) {
    ExecutableElement own = interpreter.implementation(module.type(), method);
    return interpreter
        .sources()
        .method(own)
        .map(
            source -> {
              var frame =
                  new Frame(source.getCompilationUnit(), Optional.of(module), module.captured());
              return interpreter
                  .calls()
                  .call(frame, source.getLeaf(), own, module, arguments, true);
            })
        .orElse(Special.UNKNOWN);
  }

  private static <T> T unknown() {
    throw new UnknownResult();
  }

  private Structure declared(ModuleInstance module) {
    ModuleClass type = of(module.type());
    Structure structure = Structure.of(type.typeName());
    for (Member member : type.layers()) {
      switch (value(module, member)) {
        case NnModule child -> structure.add(member.name(), child);
        case Variable variable -> structure.add(member.name(), variable);
        case Special.NULL -> {}
        default -> throw new UnknownResult();
      }
    }
    return structure;
  }

  private static Object value(ModuleInstance module, Member member) {
    return module.fields().entrySet().stream()
        .filter(field -> isField(field.getKey(), member))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(Special.UNKNOWN);
  }

  private static boolean isField(Element field, Member member) {
    return field.getSimpleName().contentEquals(member.field())
        && Enclosing.of(field).equals(member.owner());
  }

  /** The modules below one and the models' own variables by their paths, as far as known. */
  Map<String, Object> paths(NnModule root) {
    Map<String, Object> found = new LinkedHashMap<>();
    collect("", root, found);
    return found;
  }

  private void collect(String path, NnModule module, Map<String, Object> found) {
    if (found.containsValue(module)) {
      return;
    }
    found.put(path, module);
    String prefix = path.isEmpty() ? "" : path + ".";
    if (module instanceof ModuleInstance instance) {
      for (Member member : of(instance.type()).layers()) {
        switch (value(instance, member)) {
          case NnModule child -> collect(prefix + member.name(), child, found);
          case Variable variable -> found.putIfAbsent(prefix + member.name(), variable);
          default -> {}
        }
      }
    } else {
      module.structure().children().forEach((name, child) -> collect(prefix + name, child, found));
    }
  }
}
