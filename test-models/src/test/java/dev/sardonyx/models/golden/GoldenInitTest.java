package dev.sardonyx.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.PReLU;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("the default generator")
class GoldenInitTest {

  @Test
  void manualSeedGivesPyTorchsInitialWeightsToTheBit() {
    Sardonyx.manualSeed(42);
    Map<String, NnModule> layers = new LinkedHashMap<>();
    layers.put("Linear_20_30", new Linear(20, 30));
    layers.put("Conv2d_3_8_3", new Conv2d(3, 8, 3));
    layers.put("PReLU", new PReLU());
    layers.put("BatchNorm2d_4", new BatchNorm2d(4));
    layers.put("Linear_7_5_no_bias", new Linear(7, 5, false));
    layers.forEach(
        (name, layer) ->
            layer
                .namedParameters()
                .forEach(
                    (parameter, found) -> {
                      String file = name + "." + parameter + ".npy";
                      assertThat(found.floats())
                          .as(file)
                          .containsExactly(Golden.of("init").array(file).floats());
                    }));
  }
}
