package dev.sardonyx.processor;

import dev.sardonyx.processor.read.Marks;
import dev.sardonyx.processor.weights.WeightsFolder;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Checks annotated module classes and writes a descriptor for each: the generated part that lets
 * the library do without reflection. Options: sardonyx.weights, the folder of the files that
 * Weights annotations name.
 */
public final class SardonyxProcessor extends AbstractProcessor {
  private @Nullable Compilation compilation;

  /** Called by the compiler. */
  public SardonyxProcessor() {}

  /** With Generated, which our descriptors bring in and which -Xlint:processing asks about too. */
  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(
        Marks.MODEL, Marks.LAYER, Marks.FORWARD, Marks.INPUT, Marks.WEIGHTS, Marks.GENERATED);
  }

  @Override
  public Set<String> getSupportedOptions() {
    return Set.of(WeightsFolder.OPTION, Options.SHAPES, Options.VERBOSE);
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  /** Claims our annotations, so that -Xlint:processing has nothing to say about them. */
  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (compilation == null) {
      compilation = new Compilation(processingEnv);
    }
    compilation.process(round);
    return true;
  }
}
