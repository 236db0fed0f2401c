package dev.sardonyx.apitest;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.nn.DescribeStyle;
import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.ModuleDict;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.ParameterDict;
import dev.sardonyx.api.nn.ParameterList;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.Tanh;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerTest {
  @Test
  void sequentialsOfAllFormsAreAlike() {
    var named = new LinkedHashMap<String, UnaryModule>();
    named.put("flatten", new Flatten());
    named.put("linear1", new Linear(784, 300));
    var added = new Sequential().add("flatten", new Flatten()).add("linear1", new Linear(784, 300));
    assertThat(Sequential.of(named).describe()).isEqualTo(added.describe());
    assertThat(added.stateDict().entries().keySet())
        .containsExactly("linear1.weight", "linear1.bias");
  }

  @Test
  void modulesAreFoundByPositionAndName() {
    var first = new ReLU();
    var last = new Flatten();
    var model = new Sequential(first).add("end", last);
    assertThat(model.get(0)).isSameAs(model.get("0")).isSameAs(first);
    assertThat(model.get(-1)).isSameAs(model.get("end")).isSameAs(last);
    assertThat(model.size()).isEqualTo(2);
    List<UnaryModule> walked = new ArrayList<>();
    model.forEach(walked::add);
    assertThat(walked).containsExactly(first, last);
  }

  @Test
  void aListOfOneSequentialHoldsTheSequential() {
    var inner = new Sequential(new ReLU(), new ReLU());
    assertThat(new ModuleList<>(inner).get(0)).isSameAs(inner);
    assertThat(new ModuleList<>(List.of(inner, inner)).size()).isEqualTo(2);
    assertThat(new ModuleList<Sequential>().append(inner).size()).isEqualTo(1);
  }

  @Test
  void aDictKeepsItsOrder() {
    var dict = new ModuleDict<UnaryModule>().add("z", new ReLU()).add("a", new Flatten());
    assertThat(dict.entries()).extracting(entry -> entry.getKey()).containsExactly("z", "a");
  }

  @Test
  void aSharedLayerIsOneParameterUnderItsFirstName() {
    var shared = new Linear(3, 3);
    var model = new Sequential(shared, new ReLU(), shared);
    assertThat(model.namedParameters().keySet()).containsExactly("0.weight", "0.bias");
    assertThat(model.namedModules().keySet()).containsExactly("", "0", "1");
    assertThat(model.stateDict().entries().keySet())
        .containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
  }

  @Test
  void modesReachAllLayers() {
    var model = new Sequential(new Sequential(new Dropout()));
    assertThat(model.isTraining()).isFalse();
    model.train();
    assertThat(model.isTraining()).isTrue();
    model.eval();
    assertThat(model.isTraining()).isFalse();
  }

  @Test
  void namedPairsAreAMapWrittenInPlace() {
    var pairs = new Sequential(entry("first", new ReLU()), entry("second", new Flatten()));
    assertThat(pairs.namedChildren().keySet()).containsExactly("first", "second");
    var dict = new ModuleDict<UnaryModule>(entry("z", new ReLU()), entry("a", new Linear(1, 1)));
    assertThat(dict.keys()).containsExactly("z", "a");
    Errors.expect(
        ErrorCode.MODEL,
        () -> new Sequential(entry("a", new ReLU()), entry("a", new ReLU())),
        "Sequential has a module named 'a' already");
  }

  @Test
  void whatIsInsertedOrRemovedRenumbersTheRest() {
    var a = new ReLU();
    var b = new Flatten();
    var list = new ModuleList<UnaryModule>(a).insert(0, b).append(a);
    assertThat(list).containsExactly(b, a, a);
    assertThat(list.remove(0)).isSameAs(b);
    assertThat(list.namedChildren().keySet()).containsExactly("0", "1");
    var net = new Sequential(a).insert(-1, b).extend(new Sequential(a, b));
    assertThat(net).containsExactly(b, a, a, b);
    assertThat(net.extend(net).size()).isEqualTo(8);
    Errors.expect(
        ErrorCode.NOT_FOUND, () -> list.insert(3, a), "ModuleList has no module at 3; it has 2");
    Errors.expect(
        ErrorCode.MODEL,
        () -> new Sequential(entry("conv", a)).insert(0, b),
        "names [conv] cannot number what is inserted");
  }

  @Test
  void slicesClipAsPythons() {
    var a = new ReLU();
    var b = new Flatten();
    var net = new Sequential(a, b, a);
    assertThat(net.slice(1, 3).namedChildren().keySet()).containsExactly("1", "2");
    assertThat(net.slice(-2, 99)).containsExactly(b, a);
    assertThat(net.slice(2, 1)).isEmpty();
    var list = new ModuleList<UnaryModule>(a, b, a);
    assertThat(list.slice(1, -1)).containsExactly(b);
    assertThat(list.slice(1, 3).namedChildren().keySet()).containsExactly("0", "1");
  }

  @Test
  void aDictIsChangedInPlace() {
    var dict = new ModuleDict<UnaryModule>(entry("a", new ReLU()), entry("b", new ReLU()));
    var tanh = new Tanh();
    assertThat(dict.put("a", tanh).get("a")).isSameAs(tanh);
    assertThat(dict.keys()).containsExactly("a", "b");
    assertThat(dict.containsKey("b")).isTrue();
    dict.remove("b");
    assertThat(dict.containsKey("b")).isFalse();
    Errors.expect(
        ErrorCode.NOT_FOUND, () -> dict.get("aa"), "no module 'aa' (did you mean a?); it has [a]");
    dict.clear();
    assertThat(dict.size()).isZero();
  }

  @Test
  void containersHoldModulesOfAnyKindAndKnowTheirType() {
    var inner = new ModuleList<>(new Linear(2, 3), new Linear(3, 4));
    assertThat(inner.get(-1).weight().shape().toString()).isEqualTo("[4, 3]");
    var outer =
        new ModuleDict<NnModule>(entry("list", inner), entry("weights", new ParameterList()));
    assertThat(outer.namedParameters())
        .containsOnlyKeys("list.0.weight", "list.0.bias", "list.1.weight", "list.1.bias");
  }

  @Test
  void tensorsInAParameterListBecomeParameters() {
    var own = new Parameter(Tensor.ones(2));
    var list = new ParameterList(own, Tensor.zeros(3)).append(Tensor.ones(1));
    assertThat(list.get(0)).isSameAs(own);
    assertThat(list.namedParameters()).containsOnlyKeys("0", "1", "2");
    assertThat(list.slice(1, 3).size()).isEqualTo(2);
    var dict = new ParameterDict(entry("left", own)).put("right", Tensor.ones(1));
    assertThat(dict.stateDict().entries()).containsOnlyKeys("left", "right");
    assertThat(dict.remove("left")).isSameAs(own);
  }

  @Test
  void torch2FoldsEqualNeighboursOfAList() {
    var list = new ModuleList<UnaryModule>(new ReLU(), new ReLU(), new Tanh(), new ReLU());
    assertThat(list.describe(DescribeStyle.TORCH_2))
        .isEqualTo(
            """
            ModuleList(
              (0-1): 2 x ReLU()
              (2): Tanh()
              (3): ReLU()
            )\
            """);
    var nested = new Sequential(entry("a", new Sequential(new ReLU(), new ReLU())));
    assertThat(nested.describe(DescribeStyle.TORCH_2)).isEqualTo(nested.describe());
    var blocks =
        new ModuleList<>(
            new Sequential(new ReLU(), new Tanh()), new Sequential(new ReLU(), new Tanh()));
    assertThat(blocks.describe(DescribeStyle.TORCH_2))
        .isEqualTo(
            """
            ModuleList(
              (0-1): 2 x Sequential(
                (0): ReLU()
                (1): Tanh()
              )
            )\
            """);
  }
}
