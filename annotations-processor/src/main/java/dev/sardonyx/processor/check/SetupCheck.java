package dev.sardonyx.processor.check;

import dev.sardonyx.processor.check.Problems.Message;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.Element;

/** What is wrong with the build and not with a class: nothing of that may pass in silence. */
public final class SetupCheck {
  /** What a generated descriptor implements. */
  private static final Set<String> DESCRIPTOR_METHODS =
      new TreeSet<>(
          List.of(
              "type",
              "registeredName",
              "create",
              "structure",
              "inputs",
              "outputs",
              "forward",
              "source"));

  private final Problems problems;

  /** The rules of one round. */
  public SetupCheck(Problems problems) {
    this.problems = problems;
  }

  /** Reports types of the api that are not on the class path. */
  public void missing(Element place, List<String> types) {
    problems.error(
        Code.API_MISSING,
        place,
        new Message(
            "Sardonyx's annotations are here without its api",
            "dev.sardonyx:sardonyx-api on the class path",
            "no " + String.join(", ", types),
            "add the dependency dev.sardonyx:sardonyx-api in the version of"
                + " sardonyx-annotations-processor"));
  }

  /** Whether the class path's ModelDescriptor is the one that is implemented here. */
  public boolean fits(Element place, Set<String> descriptorMethods) {
    boolean fits = descriptorMethods.equals(DESCRIPTOR_METHODS);
    if (!fits) {
      problems.error(
          Code.API_VERSION,
          place,
          new Message(
              "the annotation processor and the api are of different versions",
              "a ModelDescriptor with methods " + String.join(", ", DESCRIPTOR_METHODS),
              String.join(", ", descriptorMethods),
              "use sardonyx-api and sardonyx-annotations-processor of one version"));
    }
    return fits;
  }

  /** Reports descriptors that are lost where the module is used as one; elsewhere all is well. */
  public void notProvided(Element type, String module, List<String> descriptors) {
    problems.warning(
        Code.NOT_PROVIDED,
        type,
        new Message(
            "on the module path the models of module " + module + " will not be found",
            "provides dev.sardonyx.api.nn.ModelDescriptor with " + String.join(", ", descriptors),
            "no such line in module-info.java",
            "add it"));
  }

  /** Reports that the compiler did not take a descriptor. */
  public void cannotWrite(Element type, String descriptor, IOException error) {
    if (error instanceof FilerException) {
      problems.error(
          Code.DESCRIPTOR_NAME,
          type,
          new Message(
              "the descriptor of " + type.getSimpleName() + " cannot be written",
              "no other class named " + descriptor,
              "one among the sources",
              "rename it, or remove generated sources from the source path"));
    } else {
      outputFolder(type, descriptor, error);
    }
  }

  /** Reports a file in the output folder that cannot be read or written. */
  public void outputFolder(Element type, String file, IOException error) {
    problems.error(
        Code.OUTPUT_FOLDER,
        type,
        new Message(
            file + " cannot be read or written",
            "a readable and writable output folder",
            error.toString(),
            "check its permissions and the space on the disk"));
  }

  /** Reports a fault of the processor itself, which must not look like a class without mistakes. */
  public void internal(Element type, RuntimeException fault) {
    var trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    problems.error(
        Code.INTERNAL,
        type,
        new Message(
            "Sardonyx's annotation processor failed on " + type.getSimpleName(),
            "no exception",
            fault.toString(),
            "this is our mistake: please report it with the class and these lines\n" + trace));
  }
}
