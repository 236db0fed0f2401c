package dev.sardonyx.processor.follow;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePathScanner;
import org.jspecify.annotations.Nullable;

/** Walks over source and finds the variables that it assigns, elements of arrays aside. */
abstract class Assignments extends TreePathScanner<@Nullable Void, @Nullable Void> {

  /** A variable that is assigned, incremented or decremented. */
  abstract void assigned(ExpressionTree variable);

  @Override
  public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void nothing) {
    found(tree.getVariable());
    return super.visitAssignment(tree, nothing);
  }

  @Override
  public @Nullable Void visitCompoundAssignment(
      CompoundAssignmentTree tree, @Nullable Void nothing) {
    found(tree.getVariable());
    return super.visitCompoundAssignment(tree, nothing);
  }

  @Override
  public @Nullable Void visitUnary(UnaryTree tree, @Nullable Void nothing) {
    switch (tree.getKind()) {
      case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT ->
          found(tree.getExpression());
      default -> {}
    }
    return super.visitUnary(tree, nothing);
  }

  private void found(ExpressionTree target) {
    if (target instanceof IdentifierTree || target instanceof MemberSelectTree) {
      assigned(target);
    }
  }
}
