package dev.sardonyx.processor.follow;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Outline;
import dev.sardonyx.api.tensor.Variable;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.processor.model.ForwardMethod;
import dev.sardonyx.processor.model.ModuleClass;
import dev.sardonyx.processor.read.ModuleReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Follows models from their constructor without arguments through forward. */
public final class Follower {
  /** Sizes that symbols are given, one after the other, to see whether a mistake stays one. */
  private static final List<List<Long>> SIZES =
      List.of(List.of(1L), List.of(2L, 3L, 5L, 7L), List.of(224L), List.of(64L, 128L, 32L));

  private final Trees trees;
  private final Sources sources;
  private final Elements elements;
  private final Types types;
  private final Modules modules;

  /** A follower for one run of javac, in which all classes are entered. */
  public Follower(Trees trees, Elements elements, Types types, ModuleReader reader) {
    this.trees = trees;
    this.elements = elements;
    this.types = types;
    sources = new Sources(trees);
    modules = new Modules(elements, types, reader);
  }

  /**
   * What was found in a model.
   *
   * @param mistakes what is wrong whatever happens
   * @param notes what is wrong on paths that may not be taken, and what could not be followed
   * @param table the type of each expression
   * @param state the entries of the model's state dict as its constructor leaves it, where known
   */
  public record Result(
      List<Finding> mistakes,
      List<Finding> notes,
      String table,
      Optional<Map<String, TensorType>> state) {}

  /** Follows a model, or a module that can be made without arguments. */
  public Result follow(TypeElement type, boolean table) {
    ModuleClass model = modules.of(type);
    var rows = new Rows(table, sources, trees.getSourcePositions());
    Run run = run(model, Map.of(), rows);
    List<Finding> mistakes = confirmed(model, run.certain());
    List<Finding> confirmed = mistakes;
    List<Finding> notes = new ArrayList<>(run.notes());
    Stream.concat(run.uncertain().stream(), run.certain().stream())
        .filter(finding -> !confirmed.contains(finding))
        .forEach(notes::add);
    return new Result(mistakes, notes, rows.text(), run.state());
  }

  /**
   * Those that stay mistakes when symbols are numbers: with some sizes each is met again, and with
   * none does the model do without any.
   */
  private List<Finding> confirmed(ModuleClass model, List<Finding> mistakes) {
    if (mistakes.isEmpty() || bindings(model, List.of(1L)).isEmpty()) {
      return mistakes;
    }
    Set<Tree> again = new HashSet<>();
    for (List<Long> sizes : SIZES) {
      Run bound =
          run(model, bindings(model, sizes), new Rows(false, sources, trees.getSourcePositions()));
      if (bound.certain().isEmpty()) {
        return List.of();
      }
      bound.certain().forEach(finding -> again.add(finding.tree()));
    }
    return mistakes.stream().filter(mistake -> again.contains(mistake.tree())).toList();
  }

  private record Run(
      List<Finding> certain,
      List<Finding> uncertain,
      List<Finding> notes,
      Optional<Map<String, TensorType>> state) {}

  private Run run(ModuleClass model, Map<String, Long> sizes, Rows rows) {
    var interpreter = new Interpreter(sources, elements, types, modules, rows);
    List<Finding> notes = new ArrayList<>();
    List<Map<String, TensorType>> made = new ArrayList<>();
    Runnable body =
        () -> {
          try {
            interpret(interpreter, model, sizes, made, notes);
          } catch (Exhausted exhausted) {
            note(model, "was not followed to its end: " + exhausted.getMessage(), notes);
          } catch (Thrown thrown) {
            note(model, "throws an exception before its end", notes);
          }
        };
    Operations.recording(
        interpreter.recorder(),
        () ->
            Outline.of(
                () -> {
                  body.run();
                  return 0;
                }));
    notes.addAll(interpreter.unknowns());
    return new Run(
        interpreter.findings().certain(),
        interpreter.findings().uncertain(),
        notes,
        made.stream().findFirst());
  }

  private void note(ModuleClass model, String text, List<Finding> notes) {
    sources
        .type(model.element())
        .map(
            path ->
                new Finding(
                    path.getCompilationUnit(), path.getLeaf(), model.name().nested() + " " + text))
        .ifPresent(notes::add);
  }

  private void interpret(
      Interpreter interpreter,
      ModuleClass model,
      Map<String, Long> sizes,
      List<Map<String, TensorType>> made,
      List<Finding> notes) {
    Optional<TreePath> source = sources.type(model.element());
    Optional<ExecutableElement> constructor =
        ElementFilter.constructorsIn(model.element().getEnclosedElements()).stream()
            .filter(each -> each.getParameters().isEmpty())
            .findFirst();
    if (source.isEmpty() || constructor.isEmpty()) {
      note(model, "is followed where others use it: no constructor without arguments", notes);
      return;
    }
    CompilationUnitTree unit = source.get().getCompilationUnit();
    var frame = new Frame(unit, Optional.empty(), Map.of());
    Object object =
        interpreter.creations().create(frame, source.get().getLeaf(), constructor.get(), List.of());
    if (object instanceof NnModule module) {
      KnownState.of(module, interpreter.heap()).ifPresent(made::add);
      Map<String, Object> paths = modules.paths(module);
      interpreter.recorder().label(paths);
      paths.forEach(
          (path, part) -> {
            if (part instanceof Variable variable) {
              interpreter.chain().input(variable, path);
            }
          });
    }
    interpreter.forgetReassigned();
    if (object instanceof Instance instance && model.forward().isPresent()) {
      ForwardMethod forward = model.forward().get();
      forward.parameters().stream()
          .filter(parameter -> parameter.input().isEmpty())
          .forEach(
              parameter -> note(model, "has no @Input on its input " + parameter.name(), notes));
      List<Object> inputs =
          forward.parameters().stream()
              .map(parameter -> input(interpreter, parameter, sizes))
              .toList();
      interpreter
          .calls()
          .call(frame, source.get().getLeaf(), forward.element(), instance, inputs, true);
    }
  }

  private static Object input(
      Interpreter interpreter, ForwardMethod.Parameter parameter, Map<String, Long> sizes) {
    return parameter
        .input()
        .<Object>map(input -> interpreter.recorder().input(parameter.name(), type(input, sizes)))
        .orElse(Special.UNKNOWN);
  }

  private static TensorType type(ForwardMethod.Input input, Map<String, Long> sizes) {
    List<Dim> dims = input.dims().stream().map(dim -> Dim.parse(dim).bind(sizes)).toList();
    return new TensorType(DType.valueOf(input.dtype()), Shape.of(dims));
  }

  /** A size for each symbol of the inputs. */
  private static Map<String, Long> bindings(ModuleClass model, List<Long> sizes) {
    Map<String, Long> result = new LinkedHashMap<>();
    model.forward().stream()
        .flatMap(forward -> forward.parameters().stream())
        .flatMap(parameter -> parameter.input().stream())
        .flatMap(input -> input.dims().stream())
        .filter(dim -> !Dim.parse(dim).isFixed())
        .forEach(dim -> result.computeIfAbsent(dim, _ -> sizes.get(result.size() % sizes.size())));
    return result;
  }
}
