package dev.sardonyx.models;

import dev.sardonyx.api.nn.ModelDescriptor;

/** The example models, without the broken ones that tests register. */
public final class OwnModels {
  private OwnModels() {}

  /** Whether a model is one of them. */
  public static boolean contains(ModelDescriptor<?> model) {
    return SimpleFfn.class
        .getProtectionDomain()
        .getCodeSource()
        .equals(model.type().getProtectionDomain().getCodeSource());
  }
}
