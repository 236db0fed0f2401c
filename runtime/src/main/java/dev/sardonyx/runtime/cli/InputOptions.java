package dev.sardonyx.runtime.cli;

import dev.sardonyx.runtime.inputs.DistributionWords;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Options for the values that a model is run on. */
final class InputOptions {
  private InputOptions() {}

  /** Adds them. */
  static Options addTo(Options options) {
    return options
        .addOption(
            CommonOptions.values(
                "i",
                "input",
                "NAME=VALUE",
                "an input: a file (.npy, .npz:KEY, .pb, .csv, an image such as"
                    + " cat.png:resize,imagenet; images are in [0, 1], :imagenet normalises,"
                    + " :bytes leaves 0 to 255) or a distribution, such as ids=tokens:30522; may be"
                    + " given again"))
        .addOption(
            CommonOptions.value(
                "inputs",
                "WHAT",
                "all other inputs: a folder with a file for each (x.npy, input_0.pb), an .npz file,"
                    + " or a distribution: "
                    + DistributionWords.ALL
                    + "; default auto: by what the graph does with an input, such as token ids"
                    + " within the vocabulary"))
        .addOption(CommonOptions.dim())
        .addOption(CommonOptions.seed());
  }

  /** How many sets of inputs a check takes. */
  static Option runs() {
    return CommonOptions.value(
        "runs",
        "N",
        "compare outputs on N sets of inputs, drawn by seeds from --seed on; of a folder of sets,"
            + " on the first N, default all");
  }
}
