package dev.sardonyx.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a constructor computes of tensors has a type, though no engine runs in the compiler. */
class ComputedBuffersTest {
  private static final String MODEL =
      """
      package demo;

      import dev.sardonyx.api.nn.*;
      import dev.sardonyx.api.tensor.*;
      import dev.sardonyx.api.type.DType;
      import java.util.List;

      @Model
      final class Positions implements UnaryModule {
        @Layer final Buffer ids = new Buffer(Tensor.arange(12));
        @Layer final Buffer mask = new Buffer(Tensor.ones(12, 12).tril());
        @Layer final Buffer table;
        @Layer final Linear fc = new Linear(FEATURES, 4);

        Positions() {
          Tensor steps = Tensor.arange(12).to(DType.FLOAT32).unsqueeze(1);
          Tensor rates = Tensor.arange(0, 64, 2).to(DType.FLOAT32).div(64).exp();
          Tensor angles = steps.mul(rates);
          table = new Buffer(Tensor.cat(List.of(angles.sin(), angles.cos()), 1));
        }

        @Forward @Override
        public Tensor forward(@Input({"batch", "12", "64"}) Tensor x) {
          return fc.forward(mask.matmul(x.add(table)));
        }
      }
      """;

  @TempDir private Path folder;

  private List<String> compile(int features) throws IOException {
    String source = MODEL.replace("FEATURES", Integer.toString(features));
    return new Workspace(folder).write("Positions", source).compile("Positions");
  }

  @Test
  void areKnownByTheirTypes() throws IOException {
    assertThat(compile(64)).isEmpty();
    assertThat(compile(65))
        .singleElement()
        .asString()
        .contains("[InFeatures] fc = Linear(in=65) receives float32[batch, 12, 64]")
        .contains("use new Linear(64, 4)");
  }
}
