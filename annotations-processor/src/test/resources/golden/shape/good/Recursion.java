package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A tree of modules, and a method that calls itself. */
@Model
final class Recursion implements UnaryModule {
  static final class Tree implements UnaryModule {
    @Layer final Linear fc;
    @Layer final ModuleList<Tree> below = new ModuleList<>();

    Tree(int depth, int features) {
      fc = new Linear(features, features);
      if (depth > 0) {
        below.append(new Tree(depth - 1, features));
        below.append(new Tree(depth - 1, features));
      }
    }

    @Forward
    @Override
    public Tensor forward(Tensor x) {
      Tensor y = fc.forward(x);
      for (Tree tree : below) {
        y = y.add(tree.forward(x));
      }
      return y;
    }
  }

  @Layer final Tree tree = new Tree(3, fibonacci(6));

  private static int fibonacci(int n) {
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
  }

  private Tensor power(Tensor x, int n) {
    return n == 0 ? x : power(x.mul(x), n - 1);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "8"}) Tensor x) {
    return power(tree.forward(x), 2);
  }
}
