package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.Padding;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Helpers that return lists and arrays, change what they are given, and take functions. */
@Model
final class GraphOfHelpers implements UnaryModule {
  @Layer final ModuleList<Conv2d> convs = new ModuleList<>();

  GraphOfHelpers() {
    fill(convs, 3, 4);
    fill(convs, 4, 5);
  }

  private static void fill(ModuleList<Conv2d> list, int in, int out) {
    list.append(new Conv2d(in, out, 3, o -> o.padding(Padding.of(1)).stride(2, 1)));
  }

  private List<Tensor> features(Tensor x, Function<Tensor, Tensor> activation) {
    List<Tensor> results = new ArrayList<>();
    for (Conv2d conv : convs) {
      x = activation.apply(conv.forward(x));
      results.add(x);
    }
    return results;
  }

  private static void double_(Tensor[] tensors) {
    for (int i = 0; i < tensors.length; i++) {
      tensors[i] = tensors[i].mul(2);
    }
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "16", "16"}) Tensor x) {
    Tensor[] all = features(x, Functional::relu).toArray(Tensor[]::new);
    double_(all);
    Collections.swap(Arrays.asList(all), 0, 1);
    return all[0].mean(1).matmul(all[1].narrow(2, 0, 4).mean(1).transpose(1, 2));
  }
}
