import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The format check of the build: google-java-format over every Java source, plus the size law (no
 * file over 500 lines). Arguments: {@code check} or {@code fix}, then the repository root.
 */
public final class Format {
  private static final int LONGEST_FILE = 500;

  public static void main(String[] arguments) throws Exception {
    boolean fix = arguments[0].equals("fix");
    Path root = Path.of(arguments[1]);
    var formatter = new Formatter();
    List<String> faults = new ArrayList<>();
    for (Path file : sources(root)) {
      String source = Files.readString(file);
      String tidy = RemoveUnusedImports.removeUnusedImports(source);
      tidy = ImportOrderer.reorderImports(tidy, JavaFormatterOptions.Style.GOOGLE);
      tidy = formatter.formatSource(tidy);
      if (!tidy.equals(source)) {
        if (fix) {
          Files.writeString(file, tidy);
          System.out.println("formatted " + root.relativize(file));
        } else {
          faults.add(root.relativize(file) + " is not formatted");
        }
      }
      long lines = tidy.lines().count();
      if (lines > LONGEST_FILE) {
        faults.add(root.relativize(file) + " has " + lines + " lines, more than " + LONGEST_FILE);
      }
    }
    faults.forEach(System.err::println);
    if (!faults.isEmpty()) {
      System.err.println("Run: mvn -N process-classes -Pformat");
      System.exit(1);
    }
  }

  /** Every tracked kind of source: not build output, and not the processor's golden inputs. */
  private static List<Path> sources(Path root) throws Exception {
    try (var paths = Files.walk(root)) {
      return paths
          .filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !root.relativize(path).toString().matches("(.*/)?(target|golden|\\..*)/.*"))
          .sorted()
          .toList();
    }
  }
}
