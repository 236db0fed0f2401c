package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Identity;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleDict;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.Tanh;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lists and Sequentials cut, extended, inserted into and emptied. */
@Model
final class ContainersEdited implements UnaryModule {
  @Layer final Sequential net = new Sequential(new Linear(4, 5), new Linear(5, 6));
  @Layer final ModuleList<Linear> list = new ModuleList<>(new Linear(6, 7), new Linear(9, 9));
  @Layer final ModuleDict<Linear> heads = new ModuleDict<>();

  ContainersEdited() {
    net.insert(1, new ReLU()).append(new Identity()).extend(new Sequential(new Tanh()));
    list.set(1, new Linear(7, 8)).append(new Linear(8, 3)).insert(0, new Linear(1, 1));
    list.remove(0);
    heads.put("a", new Linear(3, 2));
    heads.put("b", new Linear(100, 2));
    heads.remove("b");
    heads.update(new LinkedHashMap<>(Map.of("c", new Linear(2, 2))));
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4"}) Tensor x) {
    x = net.slice(0, -1).forward(x);
    for (Linear layer : list.slice(0, 2)) {
      x = layer.forward(x);
    }
    x = list.get(-1).forward(x);
    for (Map.Entry<String, Linear> head : heads.entries()) {
      x = head.getKey().equals("a") || heads.containsKey("d") ? head.getValue().forward(x) : x;
    }
    return x;
  }
}
