package dev.sardonyx.api.state;

import dev.sardonyx.api.type.TensorType;
import java.util.List;

/** What a load did: which entries were loaded, and which did not fit. */
public record LoadReport(
    List<String> loaded, List<String> missing, List<String> unexpected, List<Clash> clashes) {

  /** An entry whose type in the state dict is not the module's. */
  public record Clash(String name, TensorType expected, TensorType found) {
    @Override
    public String toString() {
      return name + ": expected " + expected + ", found " + found;
    }
  }

  public LoadReport {
    loaded = List.copyOf(loaded);
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    clashes = List.copyOf(clashes);
  }

  /** Whether everything fitted. */
  public boolean isComplete() {
    return missing.isEmpty() && unexpected.isEmpty() && clashes.isEmpty();
  }

  /** Counts, then every entry that did not fit, one per line. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append("loaded ").append(loaded.size());
    text.append(", missing ").append(missing.size());
    text.append(", unexpected ").append(unexpected.size());
    text.append(", clashes ").append(clashes.size());
    missing.forEach(name -> text.append("\n  missing     ").append(name));
    unexpected.forEach(name -> text.append("\n  unexpected  ").append(name));
    clashes.forEach(clash -> text.append("\n  clash       ").append(clash));
    return text.toString();
  }
}
