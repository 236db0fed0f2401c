package dev.sardonyx.processor.read;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.sardonyx.processor.model.LocalClass;
import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Lines from javac's syntax trees. */
record TreeLines(Trees trees) implements SourceLines {

  static TreeLines of(ProcessingEnvironment environment) {
    return new TreeLines(Trees.instance(environment));
  }

  @Override
  public int of(Element element) {
    TreePath path = trees.getPath(element);
    if (path == null) {
      return 1;
    }
    CompilationUnitTree unit = path.getCompilationUnit();
    long start = trees.getSourcePositions().getStartPosition(unit, afterAnnotations(path));
    return start < 0 ? 1 : (int) unit.getLineMap().getLineNumber(start);
  }

  /** The tree starts at its annotations; its type stands on the line that a reader looks for. */
  private static Tree afterAnnotations(TreePath path) {
    return switch (path.getLeaf()) {
      case MethodTree method when method.getReturnType() != null -> method.getReturnType();
      case VariableTree variable when variable.getType() != null -> variable.getType();
      case Tree other -> other;
    };
  }

  @Override
  public List<LocalClass> localClasses(TypeElement type) {
    TreePath path = trees.getPath(type);
    return path == null ? List.of() : new LocalClassScanner(trees, path).scan();
  }
}
