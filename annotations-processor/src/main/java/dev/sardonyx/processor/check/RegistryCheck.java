package dev.sardonyx.processor.check;

import dev.sardonyx.processor.check.Problems.Message;
import dev.sardonyx.processor.model.ModelMark;
import dev.sardonyx.processor.model.ModuleClass;
import dev.sardonyx.processor.model.Registration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The models of a compilation, and of earlier ones into the same folder, among each other. */
public final class RegistryCheck {
  private final Map<String, String> classByName = new HashMap<>();
  private final Map<String, String> classByDescriptor = new HashMap<>();
  private final Set<String> earlierNames = new HashSet<>();

  /** A registry that starts with what is registered already. */
  public RegistryCheck(List<Registration> earlier) {
    for (Registration model : earlier) {
      classByName.put(model.name(), model.canonicalClassName());
      earlierNames.add(model.name());
    }
  }

  /** Adds a class. */
  public void check(ModuleClass type, Problems problems) {
    type.model().ifPresent(mark -> checkName(type, mark, problems));
    String other = classByDescriptor.putIfAbsent(type.name().descriptor(), type.name().canonical());
    if (other != null) {
      problems.error(
          Code.DESCRIPTOR_NAME,
          type.element(),
          new Message(
              type.name().canonical() + " and " + other + " would have the same descriptor",
              "different names when '.' is written '_'",
              type.name().descriptor() + " twice",
              "rename one of them"));
    }
  }

  private void checkName(ModuleClass type, ModelMark mark, Problems problems) {
    String name = type.registeredName().orElseThrow();
    String other = classByName.putIfAbsent(name, type.name().canonical());
    if (other != null) {
      problems.error(
          Code.DUPLICATE_MODEL,
          type.element(),
          mark.mirror(),
          new Message(
              "two models are registered as '" + name + "'",
              "different names",
              other + " and " + type.name().canonical(),
              "give one of them another name with @Model(\"...\")"
                  + (earlierNames.contains(name)
                      ? "; if " + other + " no longer exists, clean the output folder"
                      : "")));
    }
  }
}
