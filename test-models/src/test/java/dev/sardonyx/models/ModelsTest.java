package dev.sardonyx.models;

import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.runtime.contract.RegistryContract;

/** Every example model keeps every law. */
class ModelsTest extends RegistryContract {
  @Override
  protected boolean includes(ModelDescriptor<?> model) {
    return OwnModels.contains(model);
  }
}
