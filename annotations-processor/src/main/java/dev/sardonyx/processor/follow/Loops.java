package dev.sardonyx.processor.follow;

import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Name;
import org.jspecify.annotations.Nullable;

/** Loops: unrolled while their conditions are known. */
final class Loops {
  private static final int MOST_ELEMENTS = 100_000;

  /** Loops of more turns fill arrays; what they build is not told apart. */
  private static final int MOST_TURNS = 2_000;

  private final Map<Tree, Integer> turns = new IdentityHashMap<>();
  private final Interpreter interpreter;

  Loops(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  Completion run(Frame frame, ForLoopTree tree, Optional<Name> label) {
    Completion begun = interpreter.statements().execute(frame, tree.getInitializer());
    if (!begun.isNormal()) {
      return begun;
    }
    ExpressionTree condition = tree.getCondition();
    return whileTrue(
        frame,
        tree,
        label,
        () -> condition == null ? Optional.of(true) : holds(frame, condition),
        () -> interpreter.statements().execute(frame, tree.getStatement()),
        () -> interpreter.statements().execute(frame, tree.getUpdate()));
  }

  Completion run(Frame frame, WhileLoopTree tree, Optional<Name> label) {
    return whileTrue(
        frame,
        tree,
        label,
        () -> holds(frame, tree.getCondition()),
        () -> interpreter.statements().execute(frame, tree.getStatement()),
        () -> Completion.NORMAL);
  }

  Completion run(Frame frame, DoWhileLoopTree tree, Optional<Name> label) {
    boolean[] first = {true};
    return whileTrue(
        frame,
        tree,
        label,
        () -> {
          boolean begins = first[0];
          first[0] = false;
          return begins ? Optional.of(true) : holds(frame, tree.getCondition());
        },
        () -> interpreter.statements().execute(frame, tree.getStatement()),
        () -> Completion.NORMAL);
  }

  private Optional<Boolean> holds(Frame frame, ExpressionTree condition) {
    return interpreter.expressions().condition(frame, condition);
  }

  private Completion whileTrue(
      Frame frame,
      Tree loop,
      Optional<Name> label,
      Supplier<Optional<Boolean>> condition,
      Supplier<Completion> body,
      Supplier<Completion> update) {
    while (true) {
      Optional<Boolean> goesOn = condition.get();
      if (goesOn.isEmpty() || turns.merge(loop, 1, Integer::sum) > MOST_TURNS) {
        return anyNumberOfTimes(frame, loop, () -> turn(label, body, update));
      }
      if (!goesOn.get()) {
        return Completion.NORMAL;
      }
      Completion end = turn(label, body, update);
      if (end instanceof Completion.Unsure) {
        return anyNumberOfTimes(frame, loop, () -> turn(label, body, update));
      }
      if (isLeft(end, label)) {
        return Completion.NORMAL;
      }
      if (!end.isNormal()) {
        return end;
      }
    }
  }

  private static Completion turn(
      Optional<Name> label, Supplier<Completion> body, Supplier<Completion> update) {
    Completion end = body.get();
    boolean next =
        end instanceof Completion.Continue(Optional<Name> to) && (to.isEmpty() || to.equals(label));
    return end.isNormal() || next ? update.get() : end;
  }

  private static boolean isLeft(Completion end, Optional<Name> label) {
    return end instanceof Completion.Break(Optional<Name> which)
        && (which.isEmpty() || which.equals(label));
  }

  Completion run(Frame frame, EnhancedForLoopTree tree, Optional<Name> label) {
    Object all = interpreter.expressions().evaluate(frame, tree.getExpression());
    Optional<Iterator<?>> elements = elements(all);
    if (elements.isEmpty()) {
      return anyNumberOfTimes(frame, tree, () -> turn(frame, tree, Special.UNKNOWN));
    }
    while (elements.get().hasNext()) {
      Object element = elements.get().next();
      Completion end = turn(frame, tree, element == null ? Special.NULL : element);
      if (end instanceof Completion.Unsure) {
        return anyNumberOfTimes(frame, tree, () -> turn(frame, tree, Special.UNKNOWN));
      }
      if (isLeft(end, label)) {
        return Completion.NORMAL;
      }
      boolean next =
          end instanceof Completion.Continue(Optional<Name> to)
              && (to.isEmpty() || to.equals(label));
      if (!end.isNormal() && !next) {
        return end;
      }
    }
    return Completion.NORMAL;
  }

  private Completion turn(Frame frame, EnhancedForLoopTree tree, Object element) {
    VariableTree variable = tree.getVariable();
    interpreter
        .sources()
        .element(frame.unit(), variable)
        .ifPresent(local -> frame.set(local, interpreter.converted(element, local.asType())));
    return interpreter.statements().execute(frame, tree.getStatement());
  }

  /** A copy of the elements: a body may change what it walks over, which is its own mistake. */
  private Optional<Iterator<?>> elements(Object all) {
    if (Special.isUnknown(all) || interpreter.heap().isSpoiled(all) || Spoiling.isUnordered(all)) {
      return Optional.empty();
    }
    if (all.getClass().isArray()) {
      return Optional.of(
          IntStream.range(0, Array.getLength(all)).mapToObj(i -> Array.get(all, i)).iterator());
    }
    return all instanceof Iterable<?> iterable && !(all instanceof Instance)
        ? copied(iterable)
        : Optional.empty();
  }

  private static Optional<Iterator<?>> copied(Iterable<?> elements) {
    List<@Nullable Object> copy = new ArrayList<>();
    for (Object element : elements) {
      if (copy.size() == MOST_ELEMENTS) {
        return Optional.empty();
      }
      copy.add(element);
    }
    return Optional.of(copy.iterator());
  }

  private Completion anyNumberOfTimes(Frame frame, Tree loop, Supplier<Completion> body) {
    return interpreter.alternatives().anyNumberOfTimes(frame, assigned(frame, loop), body);
  }

  /** The local variables that a piece of source assigns. */
  Set<Element> assigned(Frame frame, Tree tree) {
    Set<Element> found = new HashSet<>();
    new Assignments() {
      @Override
      void assigned(ExpressionTree variable) {
        interpreter.expressions().local(frame, variable).ifPresent(found::add);
      }
    }.scan(new TreePath(new TreePath(frame.unit()), tree), null);
    return found;
  }
}
