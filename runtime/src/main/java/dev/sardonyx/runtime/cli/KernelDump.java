package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.machine.MachineCode;
import dev.sardonyx.runtime.machine.assembler.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.apache.commons.cli.Option;

/** Writes the machine code that a command makes into a folder, a listing a file. */
final class KernelDump implements MachineCode.Watch {
  private static final String NAME = "dump-kernels";

  private final Path folder;
  private int count;

  private KernelDump(Path folder) {
    this.folder = folder;
  }

  static Option option() {
    return CommonOptions.value(
        NAME, "DIR", "write the listings of the machine code that one thread makes into a folder");
  }

  /** Runs a command, and writes its code where that is asked for. Errors: USAGE, those of it. */
  static int around(Invocation invocation, IntSupplier command) {
    Optional<String> folder = invocation.value(NAME);
    if (folder.isEmpty()) {
      return command.getAsInt();
    }
    var dump = new KernelDump(Path.of(folder.get()));
    int status = MachineCode.watched(dump, command::getAsInt);
    invocation.console().err().println(dump.count + " kernels written to " + dump.folder);
    return status;
  }

  @Override
  public void look(String name, Listing listing) {
    String file = "%03d-%s.txt".formatted(++count, name.replaceAll("[^A-Za-z0-9.]+", "-"));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(file), name + "\n" + listing);
    } catch (IOException e) {
      String why = FileErrors.unwritable(folder, e).reason();
      throw new SardonyxException(ErrorCode.USAGE, "--%s %s: %s".formatted(NAME, folder, why));
    }
  }
}
