package dev.sardonyx.runtime.generate.proof;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.api.nn.NnModule;
import java.util.ServiceLoader;

/** Makes a model of compiled classes. */
final class LoadedModel {
  private LoadedModel() {}

  /** The model of a class. Errors: MODEL for one without a descriptor. */
  static NnModule of(CompiledSources compiled, String className) {
    var loader = new MemoryLoader(compiled.files(), LoadedModel.class.getClassLoader());
    for (ModelDescriptor<?> descriptor : ServiceLoader.load(ModelDescriptor.class, loader)) {
      boolean own = descriptor.type().getClassLoader() == loader;
      if (own && descriptor.type().getName().equals(className)) {
        return descriptor.create();
      }
    }
    throw new SardonyxException(
        ErrorCode.MODEL,
        "expected a descriptor of " + className + " from the annotation processor, found none");
  }
}
