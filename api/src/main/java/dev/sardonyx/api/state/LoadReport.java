package dev.sardonyx.api.state;

import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a load did with each entry of the module and of the state dict; prints as a table. */
public record LoadReport(List<Row> rows) {

  /** What became of an entry. */
  public enum Result {
    /** It has the state dict's value. */
    LOADED,
    /** The same, converted from another element type. */
    CAST,
    /** A counter that files from before PyTorch 0.4.1 lack; it stays as it was. */
    KEPT,
    /** The module has it, the state dict does not. */
    MISSING,
    /** The state dict has it, the module does not. */
    UNEXPECTED,
    /** Both have it, with types that differ. */
    CLASH;

    /** Whether a strict load bears it. */
    public boolean isGood() {
      return switch (this) {
        case LOADED, CAST, KEPT -> true;
        case MISSING, UNEXPECTED, CLASH -> false;
      };
    }
  }

  /**
   * An entry.
   *
   * @param name the module's name; the renamed one where only the state dict has it
   * @param source the name in the state dict, before renaming
   * @param ours the type in the module
   * @param theirs the type in the state dict
   */
  public record Row(
      String name,
      Optional<String> source,
      Optional<TensorType> ours,
      Optional<TensorType> theirs,
      Result result) {}

  public LoadReport {
    rows = List.copyOf(rows);
  }

  /**
   * What a load of these entries by a policy does; nothing but types is needed to know it. Errors:
   * STATE when renaming gives two entries one name.
   *
   * @param ours the module's entries
   * @param theirs the state dict's
   */
  public static LoadReport of(
      Map<String, TensorType> ours, Map<String, TensorType> theirs, LoadPolicy policy) {
    return LoadComparison.of(ours, theirs, policy);
  }

  /** The names of the entries that were loaded, converted or not. */
  public List<String> loaded() {
    return rows.stream()
        .filter(row -> row.result() == Result.LOADED || row.result() == Result.CAST)
        .map(Row::name)
        .toList();
  }

  /** The names that the state dict lacks. */
  public List<String> missing() {
    return names(Result.MISSING);
  }

  /** The names that the module lacks. */
  public List<String> unexpected() {
    return names(Result.UNEXPECTED);
  }

  /** The entries whose types differ. */
  public List<Row> clashes() {
    return rows.stream().filter(row -> row.result() == Result.CLASH).toList();
  }

  private List<String> names(Result result) {
    return rows.stream().filter(row -> row.result() == result).map(Row::name).toList();
  }

  /** Whether everything fitted. */
  public boolean isComplete() {
    return rows.stream().allMatch(row -> row.result().isGood());
  }

  /** What to try where something did not fit; empty where nothing comes to mind. */
  public List<String> hints() {
    return LoadHints.of(this);
  }

  /** Counts, the entries that did not fit as a table, and hints. */
  public String faults() {
    return LoadTable.text(this, faultRows());
  }

  /** The entries that did not fit as a table: so many at most, and how many more there are. */
  public String faultTable(int most) {
    return LoadTable.rows(faultRows(), most);
  }

  private List<Row> faultRows() {
    return rows.stream().filter(row -> !row.result().isGood()).toList();
  }

  /** Counts, all entries as a table, and hints. */
  @Override
  public String toString() {
    return LoadTable.text(this, rows);
  }
}
