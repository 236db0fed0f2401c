package dev.sardonyx.api.state;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which weights a load demands, and how their names become the module's: {@code
 * LoadPolicy.STRICT.stripPrefix("module.").cast()}. Each method gives a changed copy.
 *
 * @param demandsAll whether every entry must fit, on both sides; else nothing is loaded
 * @param casts whether numbers of another element type are converted to the module's
 * @param renamings what is done to each name of the state dict, in order
 */
public record LoadPolicy(boolean demandsAll, boolean casts, List<Renaming> renamings) {
  /** Every entry fits by name, element type and shape, on both sides; else nothing is loaded. */
  public static final LoadPolicy STRICT = new LoadPolicy(true, false, List.of());

  /** What fits by name, element type and shape is loaded, the rest is reported. */
  public static final LoadPolicy PARTIAL = new LoadPolicy(false, false, List.of());

  /** A regular expression and what its matches become: {@code $1} is its first group. */
  public record Renaming(Pattern pattern, String replacement) {}

  public LoadPolicy {
    renamings = List.copyOf(renamings);
  }

  /** The same, loading what fits. */
  public LoadPolicy partial() {
    return new LoadPolicy(false, casts, renamings);
  }

  /**
   * Takes a prefix off the names that have it: "module." of DataParallel, "_orig_mod." of
   * torch.compile, "model." of a training framework.
   */
  public LoadPolicy stripPrefix(String prefix) {
    return rename("^" + Pattern.quote(prefix), "");
  }

  /**
   * Replaces every match of a regular expression in the names, after the renamings before it:
   * {@code rename("^encoder\\.layer_(\\d+)", "blocks.$1")}. Errors: ARGUMENT for an expression or
   * replacement that is none.
   */
  public LoadPolicy rename(String regex, String replacement) {
    try {
      List<Renaming> more = new ArrayList<>(renamings);
      more.add(new Renaming(Pattern.compile(regex), replacement));
      return new LoadPolicy(demandsAll, casts, more);
    } catch (PatternSyntaxException wrong) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "'%s' is no regular expression: %s".formatted(regex, wrong.getDescription()),
          wrong);
    }
  }

  /** Converts numbers of another element type to the module's, as load_state_dict does. */
  public LoadPolicy cast() {
    return new LoadPolicy(demandsAll, true, renamings);
  }

  /** What a name of the state dict becomes. Errors: ARGUMENT for a replacement that is none. */
  public String renamed(String name) {
    String result = name;
    for (Renaming renaming : renamings) {
      try {
        result = renaming.pattern().matcher(result).replaceAll(renaming.replacement());
      } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            "'%s' is no replacement for '%s': %s"
                .formatted(renaming.replacement(), renaming.pattern(), wrong.getMessage()),
            wrong);
      }
    }
    return result;
  }
}
