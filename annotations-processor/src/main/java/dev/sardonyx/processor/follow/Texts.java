package dev.sardonyx.processor.follow;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;

/** Source as messages show it. */
final class Texts {
  private static final int LONGEST = 60;

  private Texts() {}

  /** What a method is called on, as it is written: {@code fc1} of {@code this.fc1.forward(x)}. */
  static String receiver(MethodInvocationTree call) {
    return call.getMethodSelect() instanceof MemberSelectTree select
        ? shortened(select.getExpression()).replaceFirst("^this\\.", "")
        : shortened(call.getMethodSelect());
  }

  /** Source in one line of bearable length. */
  static String shortened(Tree tree) {
    String text = tree.toString().replaceAll("\\s+", " ");
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }
}
