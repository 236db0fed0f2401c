package dev.sardonyx.processor.follow;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** The trees of what is compiled now, attributed when they are first needed. */
final class Sources {
  private final Trees trees;
  private final Set<Element> indexed = new HashSet<>();
  private final Map<Element, TreePath> declarations = new HashMap<>();
  private final Set<Element> reassigned = new HashSet<>();

  Sources(Trees trees) {
    this.trees = trees;
  }

  /** A class's tree in its file; empty where it comes from a class file. */
  Optional<TreePath> type(TypeElement type) {
    return declaration(type);
  }

  /** A method's or constructor's tree in its file, where it has a body. */
  Optional<TreePath> method(ExecutableElement method) {
    return declaration(method)
        .filter(path -> path.getLeaf() instanceof MethodTree tree && tree.getBody() != null);
  }

  private Optional<TreePath> declaration(Element element) {
    Element outermost = outermost(element);
    if (indexed.add(outermost)) {
      TreePath path = trees.getPath(outermost);
      if (path != null && path.getLeaf() instanceof ClassTree type) {
        // Asked for something that has no element, javac attributes the class around it.
        trees.getElement(new TreePath(path, type.getModifiers()));
        new Index().scan(path, null);
      }
    }
    return Optional.ofNullable(declarations.get(element));
  }

  private static Element outermost(Element element) {
    Element at = element;
    while (at.getEnclosingElement() != null
        && !(at.getEnclosingElement() instanceof PackageElement)) {
      at = at.getEnclosingElement();
    }
    return at;
  }

  /** The fields that methods assign, so that nobody knows what they hold when forward is called. */
  Set<Element> reassigned() {
    return Set.copyOf(reassigned);
  }

  /** What a name, a call or a declaration refers to. */
  Optional<Element> element(CompilationUnitTree unit, Tree tree) {
    return Optional.ofNullable(trees.getElement(path(unit, tree)));
  }

  /** The static type of an expression. */
  Optional<TypeMirror> typeOf(CompilationUnitTree unit, Tree tree) {
    return Optional.ofNullable(trees.getTypeMirror(path(unit, tree)));
  }

  /** Source in one line of bearable length. */
  String text(CompilationUnitTree unit, Tree tree) {
    String text = Texts.of(unit, tree, trees.getSourcePositions());
    return Texts.shortened(text);
  }

  /** What a method is called on, as it is written: {@code fc1} of {@code this.fc1.forward(x)}. */
  String receiver(CompilationUnitTree unit, MethodInvocationTree call) {
    return call.getMethodSelect() instanceof MemberSelectTree select
        ? text(unit, select.getExpression()).replaceFirst("^this\\.", "")
        : text(unit, call.getMethodSelect());
  }

  private static TreePath path(CompilationUnitTree unit, Tree tree) {
    return new TreePath(new TreePath(unit), tree);
  }

  /** All classes, methods and variables of a file's class. */
  private final class Index extends Assignments {
    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
      keep();
      return super.visitClass(tree, nothing);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
      keep();
      return super.visitMethod(tree, nothing);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void nothing) {
      keep();
      return super.visitVariable(tree, nothing);
    }

    @Override
    void assigned(ExpressionTree variable) {
      Element element = trees.getElement(new TreePath(getCurrentPath(), variable));
      if (element != null && element.getKind().isField() && isInMethod()) {
        reassigned.add(element);
      }
    }

    private boolean isInMethod() {
      TreePath at = getCurrentPath();
      while (!(at.getLeaf() instanceof MethodTree) && !(at.getLeaf() instanceof ClassTree)) {
        at = at.getParentPath();
      }
      return at.getLeaf() instanceof MethodTree method && method.getReturnType() != null;
    }

    private void keep() {
      Element element = trees.getElement(getCurrentPath());
      if (element != null) {
        declarations.put(element, getCurrentPath());
      }
    }
  }
}
