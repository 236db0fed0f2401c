package dev.sardonyx.runtime.contract;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Generator;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Shape;
import java.util.concurrent.atomic.AtomicInteger;

/** Models that break one law each, and one that breaks none. */
final class LawBreakers {
  private LawBreakers() {}

  /** Keeps all laws. */
  static final class Lawful implements UnaryModule {
    @Layer final Linear fc;

    Lawful() {
      this(2);
    }

    Lawful(int outputs) {
      fc = new Linear(3, outputs);
    }

    @Forward
    @Override
    public Tensor forward(@Input({"batch", "3"}) Tensor x) {
      return fc.forward(x);
    }
  }

  /** Has no graph. */
  static final class Untraceable implements UnaryModule {
    @Layer final Linear fc = new Linear(3, 2);

    @Forward
    @Override
    public Tensor forward(@Input({"batch", "3"}) Tensor x) {
      throw new SardonyxException(ErrorCode.SHAPE, "no way through " + fc.describe());
    }
  }

  /** Numbers its models. */
  static final class Counting implements UnaryModule {
    private static final AtomicInteger MADE = new AtomicInteger();

    @Layer final Parameter weight = new Parameter(Tensor.full(MADE.incrementAndGet(), 3, 3));

    @Forward
    @Override
    public Tensor forward(@Input({"batch", "3"}) Tensor x) {
      return x.matmul(weight);
    }
  }

  /** Keeps random numbers out of its state dict. */
  static final class Forgetful implements UnaryModule {
    @Layer
    final Buffer noise = new Buffer(Generator.defaultGenerator().uniform(Shape.of(3), 0, 1), false);

    @Forward
    @Override
    public Tensor forward(@Input({"batch", "3"}) Tensor x) {
      return x.mul(noise);
    }
  }

  /** Computes something else at each call. */
  static final class Moody implements UnaryModule {
    @Layer final Linear fc = new Linear(3, 2);
    private int calls;

    @Forward
    @Override
    public Tensor forward(@Input({"batch", "3"}) Tensor x) {
      return fc.forward(x).add(calls++);
    }
  }
}
