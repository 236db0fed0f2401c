package dev.sardonyx.models.golden;

import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Our side of a golden case: a module, or a function of tensors, and how it is called. */
record TorchSubject(NnModule module, Function<List<Tensor>, List<Tensor>> forward) {

  /** A function has no weights and prints nothing. */
  private record FunctionModule() implements NnModule {
    @Override
    public Structure structure() {
      return Structure.of("Function");
    }
  }

  static TorchSubject layer(UnaryModule module) {
    return new TorchSubject(module, in -> List.of(module.forward(in.getFirst())));
  }

  static TorchSubject layer(NnModule module, Function<List<Tensor>, List<Tensor>> forward) {
    return new TorchSubject(module, forward);
  }

  static TorchSubject function(UnaryOperator<Tensor> function) {
    return functions(in -> List.of(function.apply(in.getFirst())));
  }

  static TorchSubject function(BinaryOperator<Tensor> function) {
    return functions(in -> List.of(function.apply(in.get(0), in.get(1))));
  }

  static TorchSubject functions(Function<List<Tensor>, List<Tensor>> function) {
    return new TorchSubject(new FunctionModule(), function);
  }

  boolean isLayer() {
    return !(module instanceof FunctionModule);
  }
}
