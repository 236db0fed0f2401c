package dev.sardonyx.processor.follow;

import com.sun.source.tree.AssertTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Name;

/** What statements do. */
final class Statements {
  private final Interpreter interpreter;
  private final Loops loops;
  private final Attempts attempts;

  Statements(Interpreter interpreter) {
    this.interpreter = interpreter;
    loops = new Loops(interpreter);
    attempts = new Attempts(interpreter);
  }

  /** Statements one after the other, until one ends otherwise than normally. */
  Completion execute(Frame frame, List<? extends StatementTree> statements) {
    for (StatementTree statement : statements) {
      Completion completion = execute(frame, statement);
      if (!completion.isNormal()) {
        return completion;
      }
    }
    return Completion.NORMAL;
  }

  /** One statement. */
  Completion execute(Frame frame, StatementTree statement) {
    interpreter.step();
    try {
      return run(frame, statement);
    } catch (Thrown thrown) {
      return new Completion.Throw();
    }
  }

  private Completion run(Frame frame, StatementTree statement) {
    return switch (statement) {
      case BlockTree block -> execute(frame, block.getStatements());
      case ExpressionStatementTree expression -> {
        interpreter.expressions().evaluate(frame, expression.getExpression());
        yield Completion.NORMAL;
      }
      case VariableTree variable -> declare(frame, variable);
      case ReturnTree end -> end(frame, end);
      case IfTree choice -> choose(frame, choice);
      case ForLoopTree loop -> loops.run(frame, loop, Optional.empty());
      case EnhancedForLoopTree loop -> loops.run(frame, loop, Optional.empty());
      case WhileLoopTree loop -> loops.run(frame, loop, Optional.empty());
      case DoWhileLoopTree loop -> loops.run(frame, loop, Optional.empty());
      case LabeledStatementTree labelled -> labelled(frame, labelled);
      case BreakTree leave -> new Completion.Break(Optional.ofNullable(leave.getLabel()));
      case ContinueTree next -> new Completion.Continue(Optional.ofNullable(next.getLabel()));
      case YieldTree result ->
          new Completion.Yield(interpreter.expressions().evaluate(frame, result.getValue()));
      case SwitchTree choice -> interpreter.switches().execute(frame, choice);
      case ThrowTree failure -> {
        interpreter.expressions().evaluate(frame, failure.getExpression());
        yield new Completion.Throw();
      }
      case TryTree attempt -> attempts.run(frame, attempt);
      case SynchronizedTree guarded -> execute(frame, guarded.getBlock());
      case AssertTree check -> perhaps(frame, check.getCondition());
      case EmptyStatementTree _ -> Completion.NORMAL;
      case ClassTree _ -> Completion.NORMAL;
      default -> throw new Exhausted("a statement of an unknown kind");
    };
  }

  /** Asserts are evaluated in some runs only. */
  private Completion perhaps(Frame frame, ExpressionTree condition) {
    return interpreter
        .alternatives()
        .run(
            frame,
            List.of(
                () -> Completion.NORMAL,
                () -> {
                  interpreter.expressions().evaluate(frame, condition);
                  return Completion.NORMAL;
                }));
  }

  /** A local variable with its first value. */
  Completion declare(Frame frame, VariableTree tree) {
    ExpressionTree initializer = tree.getInitializer();
    Object value =
        initializer == null
            ? Special.UNKNOWN
            : interpreter.expressions().evaluate(frame, initializer);
    interpreter
        .sources()
        .element(frame.unit(), tree)
        .ifPresent(
            variable -> frame.set(variable, interpreter.converted(value, variable.asType())));
    return Completion.NORMAL;
  }

  private Completion end(Frame frame, ReturnTree tree) {
    return new Completion.Return(
        tree.getExpression() == null
            ? Special.NULL
            : interpreter.expressions().evaluate(frame, tree.getExpression()));
  }

  private Completion choose(Frame frame, IfTree tree) {
    Optional<Boolean> condition = interpreter.expressions().condition(frame, tree.getCondition());
    if (condition.isPresent()) {
      return condition.get() ? execute(frame, tree.getThenStatement()) : otherwise(frame, tree);
    }
    return interpreter
        .alternatives()
        .run(
            frame,
            List.of(() -> execute(frame, tree.getThenStatement()), () -> otherwise(frame, tree)));
  }

  private Completion otherwise(Frame frame, IfTree tree) {
    return tree.getElseStatement() == null
        ? Completion.NORMAL
        : execute(frame, tree.getElseStatement());
  }

  private Completion labelled(Frame frame, LabeledStatementTree tree) {
    Optional<Name> label = Optional.of(tree.getLabel());
    Completion completion =
        switch (tree.getStatement()) {
          case ForLoopTree loop -> loops.run(frame, loop, label);
          case EnhancedForLoopTree loop -> loops.run(frame, loop, label);
          case WhileLoopTree loop -> loops.run(frame, loop, label);
          case DoWhileLoopTree loop -> loops.run(frame, loop, label);
          case StatementTree other -> execute(frame, other);
        };
    boolean left = completion.equals(new Completion.Break(label));
    return left ? Completion.NORMAL : completion;
  }
}
