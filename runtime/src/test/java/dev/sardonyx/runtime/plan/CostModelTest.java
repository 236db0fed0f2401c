package dev.sardonyx.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.machine.Processor;
import dev.sardonyx.runtime.tune.Decision;
import dev.sardonyx.runtime.tune.Way;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostModelTest {
  private static final Kernels KERNELS = KernelSelection.fastest().kernels();

  private static Way cheapest(int channels, int outChannels, int size) {
    var axis = new Axis(size, 3, 1, 1, 1, 1);
    var g = new ConvolutionGeometry(1, channels, outChannels, 1, Axis.SINGLE, axis, axis);
    var model = new CostModel(KERNELS.rates());
    return Decision.cheapest(
            false,
            Map.of(
                Way.PRODUCTS,
                model.products(g),
                Way.WINOGRAD_2,
                model.winograd(2, g),
                Way.WINOGRAD_4,
                model.winograd(4, g)))
        .way();
  }

  @Test
  void takesWhatIsTheFastestInNetworks() {
    assumeTrue(Processor.current().has(Processor.Level.AVX512));
    assumeTrue(KERNELS.name().startsWith("machine"));
    assertThat(cheapest(64, 64, 56)).isEqualTo(Way.WINOGRAD_4); // ResNet
    assertThat(cheapest(128, 128, 28)).isEqualTo(Way.WINOGRAD_4);
    assertThat(cheapest(256, 256, 14)).isEqualTo(Way.WINOGRAD_2);
    assertThat(cheapest(512, 512, 7)).isEqualTo(Way.PRODUCTS);
    assertThat(cheapest(32, 64, 14)).isEqualTo(Way.WINOGRAD_4); // SimpleCnn
    for (int[] one : new int[][] {{64, 64, 256}, {128, 64, 128}, {256, 256, 32}, {512, 256, 32}}) {
      assertThat(cheapest(one[0], one[1], one[2])).isEqualTo(Way.WINOGRAD_4); // U-Net
    }
  }

  @Test
  void whatLiesBetweenConvolutionsCosts() {
    var axis = new Axis(14, 3, 1, 1, 1, 1);
    var one = new Axis(14, 1, 1, 1, 0, 0);
    List<ConvolutionGeometry> chain =
        List.of(
            new ConvolutionGeometry(1, 64, 64, 64, Axis.SINGLE, axis, axis),
            new ConvolutionGeometry(1, 64, 32, 1, Axis.SINGLE, one, one));
    var model = new CostModel(KERNELS.rates());
    assertThat(model.chain(chain)).isLessThan(model.apart(chain));
  }
}
