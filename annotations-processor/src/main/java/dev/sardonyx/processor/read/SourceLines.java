package dev.sardonyx.processor.read;

import dev.sardonyx.processor.model.LocalClass;
import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** What only the compiler's syntax trees tell: lines, and classes inside of methods. */
public sealed interface SourceLines permits SourceLines.Unknown, TreeLines {

  /** The line of an element's name or type; 1 when it is not known. */
  int of(Element element);

  /** The classes inside of methods and initializers of a class that carry our annotations. */
  List<LocalClass> localClasses(TypeElement type);

  /** The lines of javac's trees; unknown in another compiler or where a build tool hides javac. */
  static SourceLines of(ProcessingEnvironment environment) {
    try {
      return TreeLines.of(environment);
    } catch (IllegalArgumentException | LinkageError notJavac) {
      return new Unknown();
    }
  }

  /** Where there are no trees. */
  record Unknown() implements SourceLines {
    @Override
    public int of(Element element) {
      return 1;
    }

    @Override
    public List<LocalClass> localClasses(TypeElement type) {
      return List.of();
    }
  }
}
