package dev.sardonyx.processor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The network of weights.py as a model, with the weights that a test wants. */
final class WeightsSources {
  private static final String DIGITS =
      """
      package demo;
      import dev.sardonyx.api.nn.*;
      import dev.sardonyx.api.tensor.Tensor;

      @Model
      @Weights(WEIGHTS)
      public class Digits implements UnaryModule {
        @Layer final Conv2d conv = new Conv2d(1, 4, 3, o -> o.padding(1));
        @Layer final BatchNorm2d bn = new BatchNorm2d(4);
        @Layer final Sequential blocks =
            new Sequential(new Linear(4, 3), new ReLU(), new Linear(3, 2));

        @Override
        @Forward
        public Tensor forward(@Input({"batch", "1", "8", "8"}) Tensor x) {
          return blocks.forward(bn.forward(conv.forward(x)).mean(new int[] {2, 3}));
        }
      }
      """;

  private WeightsSources() {}

  static List<String> compile(Path folder, Path weights, String arguments) throws IOException {
    return compile(folder, weights, arguments, "", "");
  }

  /** The errors of the model in which one text is replaced. */
  static List<String> compile(
      Path folder,
      Path weights,
      String arguments,
      String text,
      String replacement,
      String... options)
      throws IOException {
    String source = text.isEmpty() ? DIGITS : DIGITS.replace(text, replacement);
    return new Workspace(folder)
        .option("-Asardonyx.weights=" + weights)
        .option(options)
        .write("Digits", source.replace("WEIGHTS", arguments))
        .compile("Digits");
  }
}
