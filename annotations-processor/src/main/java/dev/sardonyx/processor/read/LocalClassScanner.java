package dev.sardonyx.processor.read;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.sardonyx.processor.model.LocalClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;

/** Finds annotated classes inside of methods; the compiler shows a processor no elements there. */
final class LocalClassScanner extends TreePathScanner<Void, Void> {
  private final Trees trees;
  private final TreePath start;
  private final List<LocalClass> found = new ArrayList<>();

  LocalClassScanner(Trees trees, TreePath start) {
    this.trees = trees;
    this.start = start;
  }

  List<LocalClass> scan() {
    scan(start, null);
    return found;
  }

  @Override
  public Void visitClass(ClassTree tree, Void nothing) {
    Tree parent = getCurrentPath().getParentPath().getLeaf();
    boolean member = parent instanceof ClassTree || parent instanceof CompilationUnitTree;
    if (member) {
      return super.visitClass(tree, nothing);
    }
    Optional<String> annotation =
        modifiers(tree)
            .flatMap(list -> list.getAnnotations().stream())
            .flatMap(this::ours)
            .findFirst();
    annotation.ifPresent(
        mark -> found.add(new LocalClass(enclosingMember(), name(tree), mark, line(tree))));
    return super.visitClass(tree, nothing);
  }

  private static Stream<ModifiersTree> modifiers(ClassTree tree) {
    Stream<ModifiersTree> ofMembers =
        tree.getMembers().stream()
            .flatMap(
                member ->
                    switch (member) {
                      case MethodTree method -> Stream.of(method.getModifiers());
                      case VariableTree field -> Stream.of(field.getModifiers());
                      case Tree _ -> Stream.of();
                    });
    return Stream.concat(Stream.of(tree.getModifiers()), ofMembers);
  }

  /** Nothing is attributed yet, so the name is all there is, with the imports to be sure of it. */
  private Stream<String> ours(AnnotationTree annotation) {
    String name = annotation.getAnnotationType().toString();
    return Stream.of(Marks.MODEL, Marks.LAYER, Marks.FORWARD)
        .filter(mark -> name.equals(mark) || (mark.endsWith("." + name) && isImported(mark)))
        .map(mark -> mark.substring(mark.lastIndexOf('.') + 1));
  }

  private boolean isImported(String mark) {
    String wildcard = mark.substring(0, mark.lastIndexOf('.')) + ".*";
    return getCurrentPath().getCompilationUnit().getImports().stream()
        .map(ImportTree::getQualifiedIdentifier)
        .map(Tree::toString)
        .anyMatch(imported -> imported.equals(mark) || imported.equals(wildcard));
  }

  /**
   * The member of a proper class that all this stands in. Only such have elements; asking javac for
   * the element of anything deeper would make it compile the method, too early.
   */
  private Element enclosingMember() {
    TreePath member = getCurrentPath();
    for (TreePath at = getCurrentPath(); at != null; at = at.getParentPath()) {
      boolean classAround =
          at.getParentPath() != null && at.getParentPath().getLeaf() instanceof ClassTree;
      boolean named = at.getLeaf() instanceof MethodTree || at.getLeaf() instanceof VariableTree;
      if (classAround && isProper(at.getParentPath())) {
        member = named ? at : at.getParentPath();
        break;
      }
    }
    return trees.getElement(member);
  }

  /** Whether a class is top-level or a member of a proper one. */
  private static boolean isProper(TreePath classPath) {
    Tree parent = classPath.getParentPath().getLeaf();
    return parent instanceof CompilationUnitTree
        || (parent instanceof ClassTree && isProper(classPath.getParentPath()));
  }

  private static String name(ClassTree tree) {
    return tree.getSimpleName().isEmpty() ? "an anonymous class" : tree.getSimpleName().toString();
  }

  private int line(ClassTree tree) {
    CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
    long position = trees.getSourcePositions().getStartPosition(unit, tree);
    return position < 0 ? 1 : (int) unit.getLineMap().getLineNumber(position);
  }
}
