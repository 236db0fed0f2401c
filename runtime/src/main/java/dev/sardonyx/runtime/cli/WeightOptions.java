package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.state.LoadPolicy;
import dev.sardonyx.api.state.LoadReport;
import dev.sardonyx.api.state.StateDict;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Weights from a file for a registered model, and how their names become the model's. */
final class WeightOptions {
  private static final List<String> DEPENDENT =
      List.of("key", "strip-prefix", "rename", "cast", "partial");

  private WeightOptions() {}

  /** The options of commands that run a model. */
  static Options addTo(Options options) {
    options.addOption(
        CommonOptions.value(
            "weights", "FILE", "weights for a registered model: .pth, .safetensors and so on"));
    addNamesTo(options);
    return options
        .addOption(CommonOptions.flag("cast", "convert weights of another element type"))
        .addOption(CommonOptions.flag("partial", "load what fits by name and shape"));
  }

  /** The options that say which entries of a file are meant and what they are to be called. */
  static void addNamesTo(Options options) {
    options
        .addOption(key())
        .addOption(
            CommonOptions.value(
                "strip-prefix",
                "PREFIX",
                "take a prefix such as module. off the names; may be given again"))
        .addOption(
            CommonOptions.value(
                "rename",
                "REGEX=TEXT",
                "replace matches in the names, $1 is a group; may be given again, in order"));
  }

  static Option key() {
    return CommonOptions.value(
        "key", "PATH", "where the weights stand in a nested checkpoint, such as state_dict");
  }

  /** Loads what is asked for. Errors: USAGE, the file's, STATE unless partial. */
  static void load(Invocation invocation, Target target) {
    var file = invocation.value("weights");
    if (file.isEmpty()) {
      DEPENDENT.stream()
          .filter(invocation::has)
          .findFirst()
          .ifPresent(
              option -> {
                throw new SardonyxException(
                    ErrorCode.USAGE, "--" + option + " wants --weights FILE");
              });
      return;
    }
    NnModule model =
        target
            .module()
            .orElseThrow(
                () ->
                    new SardonyxException(
                        ErrorCode.USAGE,
                        "--weights is for registered models; " + target.name() + " has its own"));
    Path path = FileNames.path(file.get());
    LoadPolicy policy = names(invocation);
    policy = invocation.has("cast") ? policy.cast() : policy;
    policy = invocation.has("partial") ? policy.partial() : policy;
    LoadReport report = load(model, path, read(invocation, path), policy);
    if (!report.isComplete()) {
      invocation.console().err().println("note: " + path + " fits in part: " + report.faults());
    }
  }

  private static LoadReport load(NnModule model, Path file, StateDict state, LoadPolicy policy) {
    try {
      return model.load(state, policy);
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    }
  }

  /** The weights of a file, at {@code --key} where it is given. Errors: the file's. */
  static StateDict read(Invocation invocation, Path file) {
    return invocation
        .value("key")
        .map(key -> StateDict.read(file, options -> options.key(key)))
        .orElseGet(() -> StateDict.read(file));
  }

  /** Prefixes are taken off first. Errors: USAGE, ARGUMENT for a wrong expression. */
  static LoadPolicy names(Invocation invocation) {
    LoadPolicy policy = LoadPolicy.STRICT;
    for (String prefix : invocation.values("strip-prefix")) {
      policy = policy.stripPrefix(prefix);
    }
    for (String renaming : invocation.values("rename")) {
      int equals = renaming.indexOf('=');
      if (equals < 1) {
        throw new SardonyxException(
            ErrorCode.USAGE, "--rename wants REGEX=TEXT, found '" + renaming + "'");
      }
      policy = policy.rename(renaming.substring(0, equals), renaming.substring(equals + 1));
    }
    return policy;
  }
}
