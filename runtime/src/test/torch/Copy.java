import dev.sardonyx.api.state.StateDict;
import java.nio.file.Path;

/** Reads a checkpoint and writes it in the format of each further name. */
public final class Copy {
  private Copy() {}

  /** Arguments: the file to read, the files to write. */
  public static void main(String[] arguments) {
    StateDict state = StateDict.read(Path.of(arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      state.write(Path.of(arguments[i]));
    }
  }
}
