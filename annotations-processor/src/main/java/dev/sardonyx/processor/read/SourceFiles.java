package dev.sardonyx.processor.read;

import dev.sardonyx.processor.model.ClassName;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** File names, as stack traces show them too. */
final class SourceFiles {
  private SourceFiles() {}

  /** The name of a class's source file; guessed where the class comes compiled. */
  static String of(TypeElement type, Elements elements) {
    String guess = ClassName.of(type).simpleNames().getFirst() + ".java";
    try {
      String path = elements.getFileObjectOf(type).getName();
      String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
      return name.endsWith(".java") ? name : guess;
    } catch (UnsupportedOperationException otherCompiler) {
      return guess;
    }
  }
}
