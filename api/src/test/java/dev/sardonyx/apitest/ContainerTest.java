package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.ModuleDict;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
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
    assertThat(new ModuleList(inner).get(0)).isSameAs(inner);
    assertThat(new ModuleList(List.of(inner, inner)).size()).isEqualTo(2);
    assertThat(new ModuleList().add(inner).size()).isEqualTo(1);
  }

  @Test
  void aDictKeepsItsOrder() {
    var dict = new ModuleDict().add("z", new ReLU()).add("a", new Flatten());
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
}
