package dev.sardonyx.processor;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.Trees;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.processor.check.Problems;
import dev.sardonyx.processor.follow.Finding;
import dev.sardonyx.processor.follow.Follower;
import dev.sardonyx.processor.model.ClassName;
import dev.sardonyx.processor.model.WeightsMark;
import dev.sardonyx.processor.read.ModuleReader;
import dev.sardonyx.processor.read.RoundReader;
import dev.sardonyx.processor.read.SourceLines;
import dev.sardonyx.processor.weights.WeightsCheck;
import dev.sardonyx.processor.weights.WeightsFolder;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;
import javax.tools.StandardLocation;

/**
 * Follows all models of a compilation when javac begins to analyse their classes: after the last
 * round, when every class is known, and before the first class file is written.
 */
final class ShapeCheck implements TaskListener {
  private final ProcessingEnvironment environment;
  private final Options options;
  private final Trees trees;
  private final Set<ClassName> models = new LinkedHashSet<>();
  private boolean begun;

  private ShapeCheck(ProcessingEnvironment environment, Options options, Trees trees) {
    this.environment = environment;
    this.options = options;
    this.trees = trees;
  }

  /** A check that waits for javac; empty where it is switched off, and in other compilers. */
  static Optional<ShapeCheck> begin(ProcessingEnvironment environment, Options options) {
    if (!options.checksShapes()) {
      return Optional.empty();
    }
    try {
      var check = new ShapeCheck(environment, options, Trees.instance(environment));
      JavacTask.instance(environment).addTaskListener(check);
      return Optional.of(check);
    } catch (IllegalArgumentException | LinkageError notJavac) {
      environment
          .getMessager()
          .printMessage(
              Kind.NOTE,
              "[ShapesUnchecked] this compiler does not show the processor its syntax trees, so"
                  + " shapes are not checked; descriptors are written all the same. Build with"
                  + " javac to have them checked, or say -Asardonyx.shapes=off");
      return Optional.empty();
    }
  }

  /** Classes that are to be followed. */
  void add(Collection<ClassName> names) {
    models.addAll(names);
  }

  @Override
  public void started(TaskEvent event) {
    if (event.getKind() == TaskEvent.Kind.ANALYZE && !begun) {
      begun = true;
      run();
    }
  }

  private void run() {
    var elements = environment.getElementUtils();
    var types = environment.getTypeUtils();
    var reader = new ModuleReader(elements, types, SourceLines.of(environment));
    var follower = new Follower(trees, elements, types, reader);
    Set<Object> reported = new HashSet<>();
    long start = System.nanoTime();
    for (ClassName name : models) {
      TypeElement type = elements.getTypeElement(name.canonical());
      if (type != null && !type.getModifiers().contains(Modifier.ABSTRACT)) {
        guarded(type, () -> report(type, follower.follow(type, options.reportsShapes()), reported));
      }
    }
    if (options.isVerbose()) {
      long milliseconds = (System.nanoTime() - start) / 1_000_000;
      String note = "followed " + models.size() + " modules in " + milliseconds + " ms";
      environment.getMessager().printMessage(Kind.NOTE, note);
    }
  }

  /** A fault of ours is no fault of the model, but it is told. */
  private void guarded(TypeElement type, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | LinkageError | StackOverflowError fault) {
      environment
          .getMessager()
          .printMessage(
              Kind.NOTE, "[Internal] the shapes of " + type + " were not checked: " + fault, type);
    }
  }

  private void report(TypeElement type, Follower.Result result, Set<Object> reported) {
    for (Finding finding : result.mistakes()) {
      // A block that several models use has its mistake once.
      if (reported.add(finding.tree())) {
        trees.printMessage(Kind.ERROR, finding.text(), finding.tree(), finding.unit());
      }
    }
    if (options.isVerbose()) {
      for (Finding note : result.notes()) {
        trees.printMessage(Kind.NOTE, note.text(), note.tree(), note.unit());
      }
    }
    RoundReader.weights(type).ifPresent(mark -> checkWeights(type, mark, result.state()));
    if (options.reportsShapes() && !result.table().isBlank()) {
      write(type, result.table());
    }
  }

  private void checkWeights(
      TypeElement type, WeightsMark mark, Optional<Map<String, TensorType>> state) {
    var problems = new Problems();
    new WeightsCheck(problems, WeightsFolder.of(environment.getOptions())).check(type, mark, state);
    new Reporter(environment.getMessager(), SourceLines.of(environment)).report(problems);
    if (state.isEmpty() && options.isVerbose()) {
      String note = WeightsCheck.unchecked(type, mark);
      environment.getMessager().printMessage(Kind.NOTE, note, type);
    }
  }

  private void write(TypeElement type, String table) {
    String file =
        "META-INF/sardonyx/shapes/" + environment.getElementUtils().getBinaryName(type) + ".txt";
    try (Writer out =
        environment
            .getFiler()
            .createResource(StandardLocation.CLASS_OUTPUT, "", file, type)
            .openWriter()) {
      out.write(table);
    } catch (IOException error) {
      environment
          .getMessager()
          .printMessage(Kind.ERROR, "cannot write " + file + ": " + error.getMessage(), type);
    }
  }
}
