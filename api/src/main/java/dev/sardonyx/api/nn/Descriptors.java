package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Finds the generated descriptors of module classes, and the registry of models they make up. */
public final class Descriptors {
  /** One look-up per class: a class's descriptor never changes while it is loaded. */
  private static final ClassValue<Optional<ModelDescriptor<?>>> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected Optional<ModelDescriptor<?>> computeValue(Class<?> type) {
          return all(type.getClassLoader()).stream()
              .<ModelDescriptor<?>>map(descriptor -> descriptor)
              .filter(descriptor -> descriptor.type() == type)
              .findFirst();
        }
      };

  private Descriptors() {}

  /** The descriptor of a module's class or of the nearest class it extends, if there is one. */
  public static Optional<ModelDescriptor<?>> find(NnModule module) {
    for (Class<?> type = module.getClass(); type != null; type = type.getSuperclass()) {
      Optional<ModelDescriptor<?>> found = BY_CLASS.get(type);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The descriptor of a module. Errors: MODEL, saying what the build lacks. */
  @SuppressWarnings("unchecked") // a descriptor is found by the class it describes
  public static <M extends NnModule> ModelDescriptor<M> of(M module) {
    return (ModelDescriptor<M>)
        find(module)
            .orElseThrow(
                () ->
                    new SardonyxException(
                        ErrorCode.MODEL,
                        module.getClass().getName()
                            + " has no generated descriptor: the annotation processor did not run on"
                            + " it. Give it @Layer fields or @Forward, and in the build add"
                            + " dev.sardonyx:sardonyx-annotations-processor to annotationProcessorPaths"
                            + " and set <proc>full</proc>. If it did run, META-INF/services was lost on"
                            + " the way to the class path"));
  }

  /** The registered models that a class loader sees, by name. Errors: MODEL for a name twice. */
  public static TreeMap<String, ModelDescriptor<?>> registry(ClassLoader loader) {
    var models = new TreeMap<String, ModelDescriptor<?>>();
    for (ModelDescriptor<?> descriptor : all(loader)) {
      descriptor
          .registeredName()
          .ifPresent(
              name -> {
                ModelDescriptor<?> other = models.put(name, descriptor);
                if (other != null) {
                  throw new SardonyxException(
                      ErrorCode.MODEL,
                      "two models are registered as '"
                          + name
                          + "': "
                          + other.type().getName()
                          + " and "
                          + descriptor.type().getName()
                          + "; give one of them another name with @Model(\"...\")");
                }
              });
    }
    return models;
  }

  private static List<ModelDescriptor<?>> all(ClassLoader loader) {
    List<ModelDescriptor<?>> found = new ArrayList<>();
    try {
      for (ModelDescriptor<?> descriptor : ServiceLoader.load(ModelDescriptor.class, loader)) {
        found.add(descriptor);
      }
    } catch (ServiceConfigurationError error) {
      throw new SardonyxException(
          ErrorCode.MODEL,
          "the registry of models on the class path is broken ("
              + error.getMessage()
              + "); rebuild the project that holds the models",
          error);
    }
    return found;
  }
}
