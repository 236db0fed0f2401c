package dev.sardonyx.processor.follow;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Try statements: with catches, whatever the block did may have been cut short anywhere. */
final class Attempts {
  private final Interpreter interpreter;

  Attempts(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  Completion run(Frame frame, TryTree tree) {
    Completion end = tree.getCatches().isEmpty() ? block(frame, tree) : withCatches(frame, tree);
    if (tree.getFinallyBlock() == null) {
      return end;
    }
    Completion last = interpreter.statements().execute(frame, tree.getFinallyBlock());
    return last.isNormal() ? end : last;
  }

  private Completion block(Frame frame, TryTree tree) {
    for (Tree resource : tree.getResources()) {
      Completion opened =
          switch (resource) {
            case VariableTree variable -> interpreter.statements().declare(frame, variable);
            case ExpressionTree expression -> {
              interpreter.expressions().evaluate(frame, expression);
              yield Completion.NORMAL;
            }
            default -> Completion.NORMAL;
          };
      if (!opened.isNormal()) {
        return opened;
      }
    }
    return interpreter.statements().execute(frame, tree.getBlock());
  }

  private Completion withCatches(Frame frame, TryTree tree) {
    List<Supplier<Completion>> paths = new ArrayList<>();
    paths.add(() -> block(frame, tree));
    for (CatchTree each : tree.getCatches()) {
      paths.add(() -> caught(frame, tree, each));
    }
    return interpreter.alternatives().run(frame, paths);
  }

  /** The block ran up to an unknown place, and then this. */
  private Completion caught(Frame frame, TryTree tree, CatchTree each) {
    Completion cutShort =
        interpreter
            .alternatives()
            .anyNumberOfTimes(
                frame,
                interpreter.assigned(frame, tree.getBlock()),
                () -> {
                  block(frame, tree);
                  return Completion.NORMAL;
                });
    return cutShort.isNormal()
        ? interpreter.statements().execute(frame, each.getBlock())
        : cutShort;
  }
}
